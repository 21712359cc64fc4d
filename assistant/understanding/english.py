"""English messages in the terms of the texts, and the facts they tell in Chinese words.

A bag of terms is enough to search by; facts are put into Chinese sentences, which the patterns of the rule book read.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ceyin.assistant.understanding.english_facts import told_in
from ceyin.assistant.understanding.intents import WORDS
from ceyin.indexes.tokens import translate as terms_of


def is_english(text: str) -> bool:
    """Whether a message is in English, a Chinese term or two aside."""
    letters = len(re.findall(r"[A-Za-z]", text))
    han = len(re.findall(r"[\u4e00-\u9fff]", text))
    return letters > 12 and letters > 4 * han


@lru_cache(maxsize=1024)
def translate(text: str) -> str:
    """The terms of the texts for an English message, the facts in it in Chinese, its own words behind them."""
    rest = text.lower()
    pattern, terms = _asking()
    found = list(dict.fromkeys([*terms_of(rest), *(terms[m.group(1)] for m in pattern.finditer(rest))]))
    facts = told_in(rest)
    return " ".join([*found, *([f"{','.join(facts)}。"] if facts else []), text])


@lru_cache(maxsize=1)
def _asking() -> tuple[re.Pattern[str], dict[str, str]]:
    lines = (WORDS / "english.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("=", 1) for line in lines if "=" in line and not line.startswith("#")]
    terms = {a.strip(): b.strip() for a, b in pairs}
    longest = sorted(terms, key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(map(re.escape, longest))})(?:s)?\b"), terms
