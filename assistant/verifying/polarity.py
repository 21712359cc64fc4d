"""Whether a sentence says yes where its source says no: 可以申请 and 不可以申请, 不得使用 and 可以使用."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ceyin.assistant.verifying.grounds import Source
from ceyin.assistant.verifying.naming import words_of

_NO = (
    r"不得|不能够?|不可以?|不应当?|不予|不再|不准|不许|不必|不用|无需|无须|不需要?|免予|免于|禁止|严禁|不会|不属于|不算|"
    r"尚?未能?|没能|没有?|无|不"
)
_MODAL = r"可以?|能够?|应当?|必须|须|需要?|要|得以|会"
#: A word of denial, what may stand between, and two characters of what is denied.
_DENIED = re.compile(
    rf"(?P<no>{_NO})(?:{_MODAL})?(?:再|继续|直接|重复|同时|另行|给予|予以|发生|办理过?)?(?P<act>符合[一-鿿]{{2}}|[一-鿿]{{2}})"
)
#: 不超过 bounds a figure and is read there; 不断, 不同 deny nothing; 不得与…挂钩 denies what comes later.
_NO_ACT = re.compile(
    r"超过|少于|低于|高于|大于|小于|多于|晚于|迟于|断|同|仅|只|限|满|足|到|论|管|含|上限|需|偿|形|锡|疑|线|关|效|写|说|[与将把对以在向因按用从给]"
)
#: Before an act in a source, a denial this near is its own: 尚未完成盘点, 无欠税(滞纳金)及罚款.
_DENIAL_NEAR = re.compile(r"[不未没无免非][^,。;:!?]{0,8}$|(?:禁止|取消|避免|杜绝)[^,。;:!?]{0,8}$")
_STOP = r"(?=[,。;:!?(]|$)"
#: Verdicts by themselves, and pairs that differ in more than a 不.
_PAIRS = (
    (rf"(?:^|[,。;:]){a}", rf"(?:^|[,。;:]){b}")
    for a, b in (
        (rf"可以{_STOP}", rf"(?:不可以|不能|不行){_STOP}"),
        (rf"能{_STOP}", rf"(?:不可以|不能|不行){_STOP}"),
        (rf"符合{_STOP}", rf"不符合{_STOP}"),
        (r"来得及", r"来不及"),
        (r"还有效", r"(?:已经?失效|已经?无效|无效|已过期|不再有效)"),
        (r"属于", r"不属于"),
        (r"已过(?!期)", r"(?:还没过|未过|没过)"),
        (r"已经过了", r"(?:还没有?过|没有?过)"),
        (r"条件不够", r"条件(?:足够|够)"),
    )
)
_PAIR_PATTERNS = tuple((re.compile(a), re.compile(b)) for a, b in _PAIRS)

_SENTENCE = re.compile(r"[^。;]+")
#: What two sentences may differ in and say the opposite.
_POLAR = re.compile(r"[不未没无]|可以?|能够?|应当?|必须|得|须|有|[,。;:!?\s]")


def _denied(text: str) -> int:
    return len(re.findall(r"[不未没无]", text))


def _bare(text: str) -> str:
    """A sentence without its words of denial and allowance."""
    return _POLAR.sub("", text)


_STRONG = re.compile(r"不得|不可以?(?!逾)|不能|不予|不再|禁止|严禁|不准|不许")
_ANY_DENIAL = re.compile(r"[不未无没非禁免]|取消|避免|杜绝|停止|除外")
_SEGMENT = re.compile(r"[^,。;:!?]+")
_SAID_SO = re.compile(r"可|能|应|须|要|允许|准予|通过|享受|使用")
#: The share of a segment's words that make a segment of a source the one it restates.
_SAME = 0.6


def _allowed_though_denied(text: str, texts: Sequence[str]) -> str | None:
    """A segment without a denial that restates one with: 可以直接将数量作为条件 for 不得直接将数量作为条件."""
    for m in _SEGMENT.finditer(text):
        words = words_of(m.group())
        if len(words) < 4 or _ANY_DENIAL.search(m.group()) or not _SAID_SO.search(m.group()):
            continue
        best, denied = 0, False
        for t in texts:
            if len(words & _known(t)) < _SAME * len(words):
                continue
            for other in _SEGMENT.finditer(t):
                shared = len(words & _known(other.group()))
                strong = bool(_STRONG.search(other.group()))
                if shared > best or (shared == best and not strong):
                    best, denied = shared, strong
        if denied and best >= _SAME * len(words):
            return m.group()[:12]
    return None


@lru_cache(maxsize=8192)
def _known(text: str) -> frozenset[str]:
    return words_of(text)


def turned(text: str, sources: Sequence[Source]) -> str | None:
    """The words of a sentence that say the opposite of all it rests on; None where none do."""
    texts = [s.text for s in sources if s.origin != "said"]
    for yes, no in _PAIR_PATTERNS:
        for mine, theirs in ((yes, no), (no, yes)):
            m = mine.search(text)
            if m and not any(mine.search(t) for t in texts) and any(theirs.search(t) for t in texts):
                return m.group().strip(",。;:")
    bare = _bare(text)
    for t in texts:
        for m in _SENTENCE.finditer(t):
            other = m.group().strip("。;")
            if len(bare) >= 6 and _bare(other) == bare and _denied(other) != _denied(text):
                return text[:12]
    denied = {act: word for word, act in _denials(text)}
    for act, word in denied.items():
        if any(act in t for t in texts) and not any(_denies(act, t) for t in texts):
            return f"{word}{act}"
    strong = _STRONG.search(text)
    if strong and not any(_ANY_DENIAL.search(t) for t in texts):
        return strong.group()
    allowed = _allowed_though_denied(text, texts)
    if allowed is not None:
        return allowed
    for act in {act for t in texts for _, act in _denials(t)}:
        if _affirms(act, text) and not any(_affirms(act, t) for t in texts):
            return act
    return None


def _denials(text: str) -> Iterator[tuple[str, str]]:
    for m in _DENIED.finditer(text):
        if not _NO_ACT.match(m.group("act")) and not _NO_ACT.match(text[m.end("no") :]):
            yield m.group("no"), m.group("act")


def _denies(act: str, text: str) -> bool:
    """Whether an act stands in a text at least once with a denial on it."""
    return any(_DENIAL_NEAR.search(text[max(0, m.start() - 12) : m.start()]) for m in re.finditer(act, text))


def _affirms(act: str, text: str) -> bool:
    """Whether an act stands in a text at least once with no denial near it."""
    return any(
        not _DENIAL_NEAR.search(text[max(0, m.start() - 12) : m.start()]) for m in re.finditer(act, text)
    )
