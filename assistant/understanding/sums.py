"""What each sum of money in a message is for: the thing named nearest to it (请代理花了2.1万, 3万是车险).

A sum for something no rule counts (车险, 房租) is no cost of any fact; several sums of one thing add up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from ceyin.assistant.rules.money import AMOUNT, amount_of
from ceyin.assistant.rules.values import AtLeast, Known

#: What people pay for and get that is no cost of any rule.
_OTHER_THINGS = (
    "(?:车险|意外险|财产险|寿险|货运险|雇主险|雇主责任险|责任险|信用险|综合险|社保险?|商业险)(?:的)?(?:保费|保单)?|社保|医保|公积金|工资|奖金|房租|租金|店租|设备|机器|装修|罚款|滞纳金|税款|交税|缴税|的税|差旅|路费|油费|咨询|顾问费"
    "|辅导|培训费|检测费|材料费|进货|货款|水电|广告费?|年费|申请费|官费|赔偿|赔款|赔了|判赔|损失|定金|押金|注册资本|注册资金"
    "|领过|领了|已领|拿过|拿了|补过|补了|奖过|奖了|营业额|营收|销售额|流水|利润|产值"
)
#: What a sum is for where nothing nearer to it is named.
_LOOSELY = "打官司|官司|维权|起诉|诉讼(?!费)"
FOREIGN = ""
_SEGMENT = re.compile(r"(?:[^,。;?!:()\n]|(?<=\d),(?=\d{3}))+")
_SAID_OF = re.compile(r"(?:是|为|费|花了?|交了?|付了?|掏了?|用了|缴了?|才|只要|一共|总共)$")
_STANDARD = re.compile(r"(?:号|标准|规范|认证|体系|国标)")
_UNIT = re.compile(r"[十百千万亿元块]")
_COST = re.compile(r"费")
_WHOLE = re.compile(r"一共|总共|合计|共计|总计|加起来|统共|拢共|前后")
_AGAIN = re.compile(
    r"另|还有|又|再|加上|外加|一[个件场笔次张份家起]|二审|第二|今年|去年|(?:20)?[12]\d年|[、和跟]$"
)
#: A sum the text of a policy names or the user gets, none he pays.
_COMES_IN = re.compile(
    r"(?:封顶|上限|顶格|最高|最多|顶多|不超过|限额|补贴?|补助|奖励?|给|拿到?|资助|报销?)(?:是|到|为|个|了)?$"
)
_CAPPED = re.compile(r"(?:元|块钱?)?(?:封顶|为限|为上限|的?上限|以内)")
_INSTEAD = re.compile(r"实际|最后|后来|最终|(?:砍|优惠|降|谈|打折)到")
_LISTED = re.compile(
    r"^[、,和及跟]?(?:另外?|还有|又|再加?上?)?(?:一|第[二三])?[个件场笔次张份家起]?(?:是|花了?)?$"
)
_AT_LEAST_BEFORE = re.compile(
    r"(?:至少|起码|最少|不低于|不少于|超过|不止|不下|高于|大于)(?:是|有|花了?|交了?|付了?|得)?$"
)
_AT_LEAST_AFTER = re.compile(
    r"(?:元|块钱?)?(?:多(?!少)|[几余](?![百千])|出头|以上|往上|起步|打底|开外|有余"
    r"|(?:是|都|肯定|绝对|总归|那|也)*(?:只多不少|只会更?多|不止|打不住|肯定有|跑不掉|跑不了))"
)
#: Named so, a thing is not what the sum after it is for: 没请律师,自己花了2万.
_NOT_HAD = re.compile(r"(?:没有?|不|无|未)(?:买|请|找|交|付|投|做|用|花)?过?$")


@dataclass(frozen=True, slots=True)
class Paid:
    """One sum: where it stands, what it is for (a fact key, ``FOREIGN``, or None where nothing is named)."""

    start: int
    end: int
    value: Decimal
    thing: str | None
    exact: bool  # named as the cost itself (认证费), not only what it is about (贯标)
    low_only: bool
    whole: bool
    added: bool
    instead: bool
    sum_for_sure: bool  # 「29490认证」 names a standard
    denied: bool  # 「3万是车险」: what was told of that sum before is not so


def at_least(text: str, start: int, end: int) -> bool:
    """Whether of the figure standing there only the lower end is told: 至少3万, 2万多, 3万是只多不少."""
    return bool(_AT_LEAST_AFTER.match(text, end) or _AT_LEAST_BEFORE.search(text[max(0, start - 8) : start]))


def total_of(paid: Sequence[Paid]) -> Known | AtLeast | None:
    """What several sums of one thing come to: the whole where it is told, else those that are added up."""
    if not paid:
        return None
    paid = [p for p in paid if p.exact] or paid
    wholes = [p for p in paid if p.whole]
    counted = wholes[-1:] or [paid[0]]
    if not wholes:
        for one in paid[1:]:
            if one.instead:
                counted = [one]
            elif one.added:
                counted.append(one)
    total = sum((p.value for p in counted), Decimal(0))
    return AtLeast(total) if any(p.low_only for p in counted) else Known(total)


@lru_cache(maxsize=8)
def names_of_things(named: tuple[tuple[str, tuple[str, ...]], ...]) -> Things:
    """The words for what sums are paid for, from each fact with its words."""
    keys = {word: key for key, words in named for word in words}
    words = sorted(keys, key=len, reverse=True)
    return Things(
        re.compile("|".join([*map(re.escape, words), f"(?P<loose>{_LOOSELY})|(?P<other>{_OTHER_THINGS})"])),
        keys,
    )


@dataclass(frozen=True, eq=False)
class Things:
    """The words for what sums are paid for."""

    regex: re.Pattern[str]
    keys: dict[str, str]

    def last(self, text: str) -> tuple[str, int] | None:
        """The last thing named in a text and where its name ends."""
        found = self._found(text)
        return (self._key(found[-1]), found[-1].end()) if found else None

    def carried(self, text: str) -> str | None:
        """The last thing named in a text that is not said to be lacking."""
        had = [f for f in self._found(text) if not _NOT_HAD.search(text[: f.start()])]
        return self._key(had[-1]) if had else None

    def first(self, text: str) -> tuple[str, int, int] | None:
        """The first thing named in a text, where its name begins and where it ends."""
        found = self._found(text)
        return (self._key(found[0]), found[0].start(), found[0].end()) if found else None

    def _found(self, text: str) -> list[re.Match[str]]:
        every = list(self.regex.finditer(text))
        return [f for f in every if not f.group("loose")] or every

    def _key(self, found: re.Match[str]) -> str:
        return FOREIGN if found.group("other") or found.group("loose") else self.keys[found.group()]


#: So near before a sum a name is its own, whatever follows: 认证费一共1.8万.
_NEAR_BEFORE, _NEAR_AFTER = 5, 4


@lru_cache(maxsize=64)
def sums_in(text: str, things: Things, money: re.Pattern[str]) -> tuple[Paid, ...]:
    """The sums of a text as ``telling.told`` gives it, in order; ``money`` is the pattern of a sum."""
    return tuple(_read(text, things, money))


def _read(text: str, things: Things, money: re.Pattern[str]) -> Iterator[Paid]:
    last: Paid | None = None
    taken = 0  # a name behind a sum is not also that of the next one
    carried: str | None = None  # named in the segment before, with no sum of its own
    for segment in _SEGMENT.finditer(text):
        found = [m for m in money.finditer(text, segment.start(), segment.end()) if m.group()]
        for k, m in enumerate(found):
            amount = AMOUNT.search(m.group())
            value = amount_of(amount) if amount else None
            if value is None:
                continue
            since = max(taken, found[k - 1].end() if k else segment.start())
            until = found[k + 1].start() if k + 1 < len(found) else segment.end()
            before, after = text[since : m.start()], text[m.end() : until]
            thing, named_behind = _thing(things, before, after, alone=k + 1 == len(found))
            taken = m.end() + named_behind
            if _COMES_IN.search(before) or _CAPPED.match(text, m.end()):
                thing = FOREIGN
            gap = text[last.end : m.start()] if last is not None else ""
            again = last is not None and (
                (k > 0 and _LISTED.search(gap) is not None) or _AGAIN.search(gap[-12:]) is not None
            )
            changed = last is not None and _INSTEAD.search(before) is not None
            exact = thing is not None and _COST.search(f"{before}{after[:named_behind]}") is not None
            if thing is None and last is not None and (again or changed):
                thing, exact = last.thing, last.exact
            elif thing is None and k == 0:
                thing = carried
            last = Paid(
                m.start(),
                m.end(),
                value,
                thing,
                exact,
                at_least(text, *m.span()),
                _WHOLE.search(before) is not None,
                again,
                changed,
                _UNIT.search(m.group()) is not None or _is_sum(text, m),
                bool(named_behind) and text.startswith(("是", "块是", "元是"), m.end()),
            )
            yield last
        carried = things.carried(segment.group()) if not found else None


def _is_sum(text: str, m: re.Match[str]) -> bool:
    """Whether a figure without a unit is money: 执行险是8000, 认证花了12000."""
    return bool(
        _SAID_OF.search(text[: m.start()]) and not _STANDARD.match(text, m.end()) and len(m.group()) > 2
    )


def _thing(things: Things, before: str, after: str, *, alone: bool) -> tuple[str | None, int]:
    """What a sum is for, and how much of what follows it names that."""
    ahead, behind = things.last(before), things.first(after)
    if ahead is not None and len(before) - ahead[1] <= _NEAR_BEFORE:
        return ahead[0], 0
    if behind is not None and behind[1] <= _NEAR_AFTER and (alone or ahead is None):
        return behind[0], behind[2]
    if ahead is not None:
        return ahead[0], 0
    return (behind[0], behind[2]) if behind is not None and alone else (None, 0)
