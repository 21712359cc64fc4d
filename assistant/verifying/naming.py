"""What a figure belongs to: the naming words beside it, on each side, and further off in its sentence.

Words are pairs of characters, without a dictionary: 示范企业 and 优势企业 differ in 示范 and 优势 and share 企业. Words
that stand beside any award (给予, 一次性, 奖励) name none and are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ceyin.assistant.verifying.figures import Quantity, quantities

#: Words that name nothing: what is done with a sum, how it is bounded, and the glue of a sentence.
_GENERIC = re.compile(
    r"一次性|不超过|不低于|不少于|最高|最多|最低|至少|以上|以下|以内|左右|上限|额度|限额|可以|可|能够?|应当|应|要|必须|须"
    r"|给予|予以|奖励|奖金|资助|补助|补贴|支持|享受|申请|申报|领取|获得|取得|得到|每年|年度|当年|每家|每件|每项|每个|单个"
    r"|按照|按|计算|计|共|各|分别|均|都|只|仅|还|再|另|并|和|与|及|或|的|了|在|对|为|是|有|到|达到|达|由|被|经|给|从|自|要|者"
    r"|符合条件的|截止日|今天|为止"
    r"|依据|要求|未说明|不是|并非|写|已具备|不晚于|查询日|文件|规定|这项|这份|本|该|其"
)
_HAN_RUN = re.compile(r"[一-鿿A-Za-z]+")
#: The level of an award, which one character tells: 国家级, 江西省, 市级 (城市 and 市场 are none).
_LEVEL = re.compile(r"国(?=家|务|级)|省|(?<!城)市(?!场|辖)|县|(?<!园)(?<!地)区(?=级)")
_PUNCTUATION = re.compile(r"[,;:。!?\n]")
_SENTENCE_END = re.compile(r"[。;!?\n]")
#: How far before a figure its sentence is read.
_REACH = 160

#: A naming word beside a figure counts so many times one further off, one on the other side of it a little less.
_NEAR, _OTHER_SIDE, _LEVELS = 3.0, 2.0, 2.0


@dataclass(frozen=True, slots=True)
class Place:
    """The naming words around one figure: close by on the left and on the right, and before that in the sentence.

    ``level``: the last level of government named before it; ``run``: which run of figures in one list it is of.
    """

    left: frozenset[str]
    right: frozenset[str]
    far: frozenset[str]
    level: str | None
    run: int


def words_of(text: str) -> frozenset[str]:
    """The naming words of a text."""
    out: set[str] = set()
    for run in _HAN_RUN.findall(_GENERIC.sub(" ", text)):
        out.update(run[i : i + 2] for i in range(len(run) - 1))
    return frozenset(out)


@lru_cache(maxsize=8192)
def places(text: str) -> tuple[Place, ...]:
    """The surroundings of each figure of a text, in the order of ``quantities``."""
    found = quantities(text)
    run = 0
    out = []
    for k, q in enumerate(found):
        if k and not re.fullmatch(r"[、和或及/~至到—-]{1,2}", text[found[k - 1].end : q.start]):
            run += 1
        out.append(_place(text, found, k, run))
    return tuple(out)


def _place(text: str, found: tuple[Quantity, ...], k: int, run: int) -> Place:
    here = found[k]
    floor = max(0, here.start - _REACH)
    sentence = max((m.end() for m in _SENTENCE_END.finditer(text, floor, here.start)), default=floor)
    before = next((q.end for q in reversed(found[:k]) if q.kind == here.kind and not q.article), 0)
    near, left = here.start, words_of("")
    # 「优势企业,一次性奖励3万元」: what names the sum stands one comma before it
    breaks = [sentence, *(m.end() for m in _PUNCTUATION.finditer(text, sentence, here.start))]
    for cut in reversed(breaks):
        near = max(cut, before)
        if before > cut:  # 「5件以上专利、1件商标」: the patents are the other figure's
            near = max(near, text.rfind("、", before, here.start) + 1)
        left = words_of(text[near : here.start])
        if left or near >= before > cut:
            break
    stop = _PUNCTUATION.search(text, here.end + 1)
    end = stop.start() if stop else len(text)
    end = min(end, next((q.start for q in found[k + 1 :] if q.kind == here.kind and not q.article), end))
    comma = text.find("、", here.end, end)
    right = words_of(text[here.end : comma if comma >= 0 else end])
    levels = _LEVEL.findall(text, sentence, here.start)
    return Place(left, right, words_of(text[sentence:near]), levels[-1] if levels else None, run)


def likeness(said: Place, source: Place) -> float:
    """How much two figures stand beside the same words."""
    beside, around = said.left | said.right, source.left | source.right
    same = (said.left & source.left) | (said.right & source.right)
    other = (beside & around) - same
    far = (beside & source.far) - around
    before = (said.far - beside) & around
    level = _LEVELS if said.level and said.level == source.level else 0.0
    return _NEAR * len(same) + _OTHER_SIDE * len(other) + len(far) + len(before) + level
