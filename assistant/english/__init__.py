"""English answers: the same decisions in English words, the Chinese clauses cited."""

from ceyin.assistant.english.compose import in_english

__all__ = ["in_english"]
