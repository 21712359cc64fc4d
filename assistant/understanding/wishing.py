"""A sum the user has in mind and asks whether it goes: 想安排70万,行不行; 申请800万能批吗; could we get 8 million."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal

from ceyin.assistant.rules.money import AMOUNT, FIGURE, amount_of

_SUM = re.compile(
    rf"(?<![\d.%])(?P<v>{FIGURE})(?:元|块钱?)?(?!的?[\u4e00-\u9fff]{{0,4}}(?:费|合同|投入|设备))"
)
#: In front of a sum: it is wanted, not had, paid or heard of.
_WANTED = re.compile(
    r"(?:想|要|拟|打算|准备|计划|申请|申报|安排|列支?|划(?:出|拨)?|切(?:出|走)?|提取?|拨|批|贷|借|拿出?|用|花|报销?|给到?|额度)"
    r"(?:要|想|再|先|来|去|出|下来|着|个|到|我们?|一笔|大概|差不多|多|个人|贷款|借款|担保|创业|贴息|经费|工作|资金|额度|补[贴助]|资助|是|为|[,])*$"
    r"|(?:get|borrow|apply|request|use|spend|loan)(?:\s+\w+){0,9}\s*(?:of|for)?\s*$",
    re.IGNORECASE,
)
#: Behind or before it: whether that much goes.
_WHETHER = re.compile(
    r"行不行|行不|行吗|行么|成不成|成吗|中不中|可不可以|可以吗|可以不|能不能|能(?:批|贷|借|给|列|报|拿|安排)\S{0,8}(?:吗|不|么)|能[^,。?]{0,16}(?:吗|不|么)[?]?$"
    r"|超没超|超不超|超了?(?:吗|没|不)|有没有超|会不会超|超标|超额|超限|合规|合不合|够不够|允许|批得下|批不批|不[?。]?$|没问题吧|可以吧|行吧"
    r"|\b(?:can|could|may|is it (?:ok|okay|allowed|possible)|allowed)\b",
    re.IGNORECASE,
)
#: Behind a sum: it is asked about by itself, 「80万可以吗」.
_THAT_MUCH = re.compile(
    r"(?:的(?:创业|担保)*(?:贷款|款|补贴|资助|奖励)[^,。;?!]{0,6}?)?[,]?(?:行不|行吗|行么|成吗|成不|可以吗|可不可以|够不够|超没|超不超|超了?吗|批不批|能批)"
)
_MILLION = re.compile(r"\s*million\b", re.IGNORECASE)


#: In front of a sum that comes on top of what went before.
_MORE = re.compile(r"再|还[想要]|另外?")
_GONE = re.compile(
    rf"(?:已经?|上半年|前面|之前)[^,。;?!\d]{{0,6}}?(?:花|列|用|拨|支|安排|批|贷|借)(?:了|过|掉|出去)?(?P<v>{FIGURE})(?=[元块,。;]|\D)"
)


def _spent(text: str) -> Decimal:
    """What was taken of the limit already, as far as it is told."""
    sums = (AMOUNT.match(m.group("v")) for m in _GONE.finditer(text))
    return sum((value for m in sums if m is not None and (value := amount_of(m)) is not None), Decimal(0))


def wished(text: str, told: Collection[Decimal]) -> Decimal | None:
    """The one sum a normalised message wants and asks about, in CNY; None where there is none, or more than one.

    ``told`` are the sums of the case itself (what was paid, what the whole fund is): those are no wish.
    """
    if not _WHETHER.search(text):
        return None
    found: set[Decimal] = set()
    for m in _SUM.finditer(text):
        amount = AMOUNT.match(m.group("v"))
        value = amount_of(amount) if amount else None
        wanted = _WANTED.search(text[max(0, m.start() - 60) : m.start()]) or _THAT_MUCH.match(text, m.end())
        if value is None or not wanted:
            continue
        if _MILLION.match(text, m.end()):
            value *= 1_000_000
        elif not re.search(r"[百千万亿元块]|\d{4}", m.group()):
            continue
        if value in told:
            continue
        before = text[max(0, m.start() - 8) : m.start()]
        found.add(value + (_spent(text[: m.start()]) if _MORE.search(before) else 0))
    return found.pop() if len(found) == 1 else None
