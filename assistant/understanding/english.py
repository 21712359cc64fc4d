"""English messages in the terms of the texts, and the facts they tell in Chinese words.

A bag of terms is enough to search by; facts are put into Chinese sentences, which the patterns of the rule book read.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ceyin.assistant.places import place_names
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
    found = [*terms_of(rest), *(terms[m.group(1)] for m in pattern.finditer(rest)), *_places(rest)]
    facts = told_in(rest)
    # No full stop behind the facts: the message is not cut into questions there.
    return " ".join([*dict.fromkeys(found), *([",".join(facts)] if facts else []), text])


@lru_cache(maxsize=1)
def _asking() -> tuple[re.Pattern[str], dict[str, str]]:
    lines = (WORDS / "english.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("=", 1) for line in lines if "=" in line and not line.startswith("#")]
    terms = {a.strip(): b.strip() for a, b in pairs}
    longest = sorted(terms, key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(map(re.escape, longest))})(?:s)?\b"), terms


#: Places with a name of their own in English, or one that Pinyin does not tell.
_NAMED = {
    "hong kong": "香港",
    "macau": "澳门",
    "macao": "澳门",
    "taiwan": "台湾",
    "tibet": "西藏",
    "inner mongolia": "内蒙古",
    "harbin": "哈尔滨",
    "urumqi": "乌鲁木齐",
    "lhasa": "拉萨",
    "chongqing": "重庆",
    "xiamen": "厦门",
    "shaanxi": "陕西",
    "shanxi": "山西",
    "xi'an": "西安",
    "fuzhou": "抚州",  # of the two, the one this library began with; 福州 has the same letters
    "fuzhou in fujian": "福州",
    "suzhou": "苏州",
    "taizhou": "台州",
}


@lru_cache(maxsize=1)
def _spelt() -> tuple[re.Pattern[str], dict[str, str]]:
    """Every place of the gazetteer as English spells it."""
    from pypinyin import Style, lazy_pinyin

    spelt = dict(_NAMED)
    for name in sorted(place_names()):
        if name[-1] not in "省市" and name != "全国":
            spelt.setdefault("".join(lazy_pinyin(name, style=Style.NORMAL)), name)
    telling = sorted((s for s in spelt if len(s) > 4), key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(map(re.escape, telling))})\b"), spelt


def _places(text: str) -> list[str]:
    """The places an English text names, in Chinese."""
    pattern, spelt = _spelt()
    return [spelt[m.group(1)] for m in pattern.finditer(text)]
