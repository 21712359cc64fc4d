"""A message in standard words: slips, dialect and short forms put right, before anything is looked for in it."""

from __future__ import annotations

import re
from functools import lru_cache

from ceyin.assistant.understanding.intents import WORDS
from ceyin.corpus.normalise import normalise
from ceyin.indexes.spelling import correct

_SUMS = (
    (  # RMB 8 million: an English sum keeps its unit, behind the figure
        re.compile(r"(?:[¥¥]|\b(?:RMB|CNY|rmb))\s?(\d[\d,]*(?:\.\d+)?\s?(?:million|thousand|billion))\b"),
        r"\1 yuan",
    ),
    (re.compile(r"(?<=\d)\s?(?:[wW]|个[wW达])(?![A-Za-z])"), "万"),
    (re.compile(r"(?<=\d)\s?[kK](?![A-Za-z])"), "千"),
    (re.compile(r"(?<=[\d一二两三四五六七八九十百])个(?=亿)"), ""),
    (re.compile(r"[¥¥]\s?(?=\d)|(?<![A-Za-z])(?:RMB|CNY|rmb)\s?(?=\d)|人民币(?=\d)"), ""),
    (re.compile(r"(?<=\d)\s?(?:RMB|CNY|rmb)(?![A-Za-z])"), "元"),
)


#: 国家级的优势企业 is what the texts call 国家级优势企业.
_OF_GRADE = re.compile(r"(?<=[家省市]级)的(?=(?:知识产权)?(?:优势|示范)(?:企业|单位|机构))")
#: 二〇二五年.
_YEAR = re.compile(r"[一二][〇零一九][〇零一二三四五六七八九]{2}(?=年)")


@lru_cache(maxsize=1)
def _dialect() -> tuple[re.Pattern[str], dict[str, str]]:
    lines = (WORDS / "dialect.txt").read_text(encoding="utf-8").splitlines()
    pairs = dict(line.split(" = ", 1) for line in lines if " = " in line and not line.startswith("#"))
    longest = sorted(pairs, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest))), pairs


@lru_cache(maxsize=2048)
def read(message: str) -> str:
    """A message normalised, its slips and dialect put right, its sums with Chinese units."""
    text = normalise(message)
    pattern, standard = _dialect()
    text = pattern.sub(lambda m: standard[m.group()], text)
    text = _OF_GRADE.sub("", text)
    text = _YEAR.sub(
        lambda m: "".join(str("〇一二三四五六七八九".index(c)) for c in m.group().replace("零", "〇")), text
    )
    for sign, written in _SUMS:
        text = sign.sub(written, text)
    return correct(text)
