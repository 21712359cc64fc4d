"""Typing slips: words that sound like one of our terms but are none (「非正长」, 「申情」, 「贯表」)."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, product

from ceyin.indexes.tokens import cutter, terms

#: Everyday words of the field that are typed wrong most often, beside our terms.
_COMMON = (
    "申请 申报 非正常 发明 专利 商标 贯标 认证 补贴 补助 资助 奖励 截止 期限 材料 验收 示范 试验 试点 备案 批准 批复 质押 贷款 贴息 注销 转让 许可 保险 维权"
    " 代理 机构 企业 个体 退役 高校 城市 指标 目标 有效 到期 续贷 登记 清税 简易 纠纷 知识 产权 推荐 方案 措施 意见 抚州 江宁 四川 南京 江西"
).split()
_HAN_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")


def correct(text: str) -> str:
    """``text`` with misspelt terms put right; words of the dictionary are never touched."""
    if not _HAN_RUN.search(text):
        return text
    out = list(text)
    for run in _HAN_RUN.finditer(text):
        _correct_run(out, run.start(), run.group())
    return "".join(out)


def _correct_run(out: list[str], base: int, run: str) -> None:
    sounds = _sounds(run)
    known = _known_positions(run)
    i = 0
    while i < len(run):
        for size in (6, 5, 4, 3, 2):
            piece = run[i : i + size]
            if len(piece) < size:
                continue
            target = _term_for(sounds[i : i + size])
            if target is None or piece == target or (i, i + size) in known:
                continue
            same = sum(a == b for a, b in zip(piece, target, strict=True))
            # At least half of the letters must stand; a word that is one in its own right stays.
            if same * 2 < size or cutter().FREQ.get(piece, 0) > 0 or _breaks_word(known, i, i + size):
                continue
            out[base + i : base + i + size] = list(target)
            i += size - 1
            break
        i += 1


def _known_positions(run: str) -> set[tuple[int, int]]:
    """Where the cutter finds words of two or more characters."""
    return {(a, b) for _, a, b in cutter().tokenize(run, HMM=False) if b - a > 1}


def _breaks_word(known: set[tuple[int, int]], start: int, end: int) -> bool:
    """Whether changing ``[start, end)`` would cut through a word of the dictionary."""
    return any((a < start < b) or (a < end < b) for a, b in known)


def _sounds(text: str) -> list[list[str]]:
    """The readings of each character, tones left out; the usual one first."""
    from pypinyin import Style, pinyin

    return [list(dict.fromkeys(r)) for r in pinyin(text, style=Style.NORMAL, heteronym=True)]


def _term_for(sounds: list[list[str]]) -> str | None:
    """The term that sounds like this in any reading."""
    combinations = islice(product(*(s[:3] for s in sounds)), 32)
    return next((t for c in combinations if (t := _by_sound().get(" ".join(c)))), None)


@lru_cache(maxsize=1)
def _by_sound() -> dict[str, str]:
    out: dict[str, str] = {}
    for term in (*_COMMON, *(t for t in terms() if 2 <= len(t) <= 6 and _HAN_RUN.fullmatch(t))):
        out.setdefault(" ".join(s[0] for s in _sounds(term)), term)
    return out
