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
    r"(?:想|要|拟|打算|准备|计划|申请|申报|申|安排|列支?|划(?:出|拨)?|切(?:出|走)?|提取?|拨|批|贷|借|拿出?|用|花|报销?|给到?|额度)"
    r"(?:要|想|再|先|来|去|出|下来|着|个|到|我们?|一笔|大概|差不多|多|个人|贷款|借款|担保|创业|贴息|经费|工作|资金|额度|补[贴助]|资助|是|为|[,])*$"
    r"|(?:get|borrow|apply|request|use|spend|loan)(?:\s+\w+){0,9}\s*(?:of|for)?\s*$",
    re.IGNORECASE,
)
#: Behind or before it: whether that much goes.
_WHETHER = re.compile(
    r"行不行|行不|行吗|行么|成不成|成吗|中不中|可不可以|可以吗|可以不|能不能|能(?:批|贷|借|给|列|报|拿|安排)\S{0,8}(?:吗|不|么)|能[^,。?]{0,16}(?:吗|不|么)[?]?$"
    r"|超没超|超不超|超了?(?:吗|没|不)|有没有超|会不会超|超标|超额|超限|合规|合不合|够不够|允许|批得下|批不批|给不给|放不放|不[?。]?$|没问题吧|可以吧|行吧"
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


#: Whether a loan is given, in any words: 批得下来不, 放不放, 有戏吗.
_GIVEN = re.compile(
    r"[批放贷借拿办弄搞申下够]得?(?:下|到|成|出|着|了)?来?[不吗么没嘛]|([批放贷借给办])[不没]\1|有(?:没有)?(?:戏|希望|可能|指望)|靠谱|现实[不吗么]"
    r"|[吗么嘛不没啵吧][?。!]*$|(?:想|要|打算|准备|计划)(?:去|来)?(?:申请)?[贷借][^,。;?!]{0,12}$"
)
#: Around a sum that is no loan asked for: it was spent, earned, had, lent before, or is what others got or the text gives.
_NOT_ASKED = re.compile(
    r"(?:花|投入?|投资|砸|装修|租金?|流水|营业额|营收|销售额?|收入|利润|赚|利息|欠|存款?|攒|积蓄|自有|自己[有出]|自筹|凑了?|押金|注册资[本金]|工资|年薪|还了|还清|还过|[贷借](?:了|过)|已经|之前|以前"
    r"|上一?次|上一?轮|第一轮|去年|前年|听说|据说|说是|别人|人家|朋友|同学都?|邻居|最[高多]|顶多|封顶|上限|限额|不超过|只有|才|就给|标准)[^,。;?!]{0,8}$"
)
_LIMIT = re.compile(r"(?:最[高多]|顶多|封顶|上限|限额)(?:是|为|到|能|可以)?$")
_FOR_ELSE = re.compile(
    r"(?:元|块钱?)?(?:的|多)?(?:流水|营业额|营收|利润|存款|积蓄|设备|装修|货|房租|租金|启动资金|注册资|利息|彩礼|投资|费|以内|封顶|上限|以下)"
)


def wished(text: str, told: Collection[Decimal], *, loan: bool = False) -> Decimal | None:
    """The one sum a normalised message wants and asks about, in CNY; None where there is none, or more than one.

    ``told`` are the sums of the case itself (what was paid, what the whole fund is): those are no wish. Where a
    ``loan`` is asked for, the one sum that is nothing else is wanted, in whatever words.
    """
    found = _sums(text, told) if _WHETHER.search(text) else set()
    if not found and loan and (_WHETHER.search(text) or _GIVEN.search(text)):
        found = _sums(text, told, any_word=True)
    return found.pop() if len(found) == 1 else None


def _sums(text: str, told: Collection[Decimal], *, any_word: bool = False) -> set[Decimal]:
    """The sums wanted; with ``any_word`` those that are not said to be something else."""
    found: set[Decimal] = set()
    for m in _SUM.finditer(text):
        amount = AMOUNT.match(m.group("v"))
        value = amount_of(amount) if amount else None
        ahead = text[max(0, m.start() - 60) : m.start()]
        wanted = _WANTED.search(ahead) or (_THAT_MUCH.match(text, m.end()) and not _LIMIT.search(ahead))
        if any_word:
            wanted = not (_NOT_ASKED.search(ahead) or _FOR_ELSE.match(text, m.end()))
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
    return found
