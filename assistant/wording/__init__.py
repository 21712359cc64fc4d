"""Wording with a language model, off unless one is configured: it may say an answer better, never say another.

``writer`` is the way in; ``endpoint`` talks to the model, ``keeping`` holds what it wrote against the answer.
"""

from ceyin.assistant.wording.writer import Case, Outcome, Reviewer, Writer

__all__ = ["Case", "Outcome", "Reviewer", "Writer"]
