"""A title put in the place of the one spoken of: 那省级的呢, 要是只评上市里那一级, 我们要是国家级的示范呢."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from ceyin.assistant.rules.book import RuleBook
from ceyin.assistant.rules.values import Fact, Known

#: What is said of one case after another: the later takes the place of the earlier.
_INSTEAD = re.compile(
    r"要是|如果|假如|假设|倘若|若是|换(?:成|作|个|了)|改成|(?:^|[,。;!?])那|呢(?:[?。!,]|$)|只(?:是|有|评上|拿到|算)|(?:不是|没评上)\S{1,14}(?:是|评上)"
)
#: What is said of one case more: both hold.
_BESIDES = re.compile(r"再|又|还|也|都|同时|另外|加上|一起|两[个块项]|叠加|重复|和|跟|以及|既")
#: 「被撤销了」, 「牌子摘了」, not 「没被取消」.
TAKEN_AWAY = (
    r"(?<![没未不])(?<!没有)(?<![没未]被)(?<!没有被)(?<!不会被)"
    r"(?:撤销|撤[了掉]|取消|摘(?:[了掉下走]牌?|牌)|收回|收走|吊销|作废|没了|丢[了掉])"
)
#: 「后来牌子被取消了」 says of the title told before that it is had no more.
_GONE = re.compile(rf"(?:牌子|牌匾|称号|资格|头衔|认定)[^。;?!]{{0,8}}?{TAKEN_AWAY}|摘了?牌")
#: A level with nothing behind it that says of what: 省里那一级的呢, 国家级的给多少.
_LEVEL = re.compile(
    r"(?P<level>国家|省|市)(?:级|里|局|一级|那一?级|里那一?级|里这一?级|一级)+(?:认定|评|批|备案|的)*(?=呢|的?(?:多少|给|奖|补|能|又|一次|[,。;?!]|$))"
)
_OF_LEVEL = re.compile(r"(?P<level>国家|省|市|江西省|抚州市)级?(?P<kind>\S{4,})")


def swaps(text: str, *, corrects: bool = False) -> bool:
    """Whether what a message names takes the place of what was named before it; ``corrects``: it puts that right."""
    return (corrects or _INSTEAD.search(text) is not None) and _BESIDES.search(text) is None


def gone(text: str, known: Mapping[str, Fact], told: Collection[str], book: RuleBook) -> list[str]:
    """The keys of the titles known so far of which a message that names none says that they were taken away."""
    if not _GONE.search(text):
        return []
    return [
        key
        for key, fact in known.items()
        if key not in told
        and book.facts[key].type == "choices"
        and isinstance(fact, Known)
        and any(_kind(member)[1] for member in _members(fact))
    ]


def other_levels(
    text: str, known: Mapping[str, Fact], told: Collection[str], book: RuleBook, *, corrects: bool = False
) -> dict[str, str]:
    """The title that a message means by its level or its kind alone, by the key of its fact.

    Only where one title of that kind is known so far and the message names none itself.
    """
    level = _LEVEL.search(text)
    if not (corrects or _INSTEAD.search(text)):
        return {}
    out: dict[str, str] = {}
    for key, fact in known.items():
        spec = book.facts[key]
        if key in told or spec.type != "choices" or not isinstance(fact, Known):
            continue
        held = [_kind(member) for member in _members(fact) if _kind(member)[1]]
        if len(held) != 1:
            continue
        if level is not None:
            same = [n for n in spec.values if _kind(n) == (level.group("level"), held[0][1])]
        else:
            same = [n for n in spec.values if _kind(n)[0] == held[0][0] and _short(_kind(n)[1]) in text]
        if len(same) == 1:
            out[key] = same[0]
    return out


def _short(kind: str) -> str:
    """A kind as it is said alone: 优势企业."""
    return kind.removeprefix("知识产权")


def _members(fact: Known) -> tuple[str, ...]:
    return tuple(map(str, fact.value)) if isinstance(fact.value, tuple) else (str(fact.value),)


def _kind(name: str) -> tuple[str, str]:
    """The level and the kind of a title: (省, 知识产权示范企业); empty for one that has no level."""
    m = _OF_LEVEL.fullmatch(name)
    if m is None:
        return "", ""
    return {"江西省": "省", "抚州市": "市"}.get(m.group("level"), m.group("level")), m.group("kind")
