"""Nothing wrong passes: each paragraph of an answer is held against what it cites before it is shown."""

from ceyin.assistant.verifying.counting import Counts
from ceyin.assistant.verifying.grounds import Grounds, Known, grounds
from ceyin.assistant.verifying.mending import Mended, mend
from ceyin.assistant.verifying.review import Finding, review
from ceyin.assistant.verifying.verified import Verified, verified

__all__ = [
    "Counts",
    "Finding",
    "Grounds",
    "Known",
    "Mended",
    "Verified",
    "grounds",
    "mend",
    "review",
    "verified",
]
