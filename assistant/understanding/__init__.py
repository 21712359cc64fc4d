"""What a message asks and what it tells, by patterns and word lists alone.

``reading`` brings a message into standard words, ``english`` into the terms of the texts; ``intents`` says what kind
of answer is wanted, ``naming`` which policies are meant, ``splitting`` which single questions there are,
``conversation`` what the message means after the earlier ones, ``premises`` what it takes for granted, ``saying``
which facts of the applicant it tells (``telling``: which words do, ``days``: on which day).
"""
