"""English answers: the same decisions in English words, the Chinese clauses cited."""

from ceyin.assistant.english.compose import in_english
from ceyin.assistant.english.supported import supported

__all__ = ["in_english", "supported"]
