"""What is left of a number after a loss is told: 有3件,其中1件没缴年费失效了; 其中4件去年卖了; 只剩1件."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ceyin.assistant.rules.values import Absent, AtLeast, Fact, Known, Unknown
from ceyin.assistant.understanding.telling import BLANK
from ceyin.corpus.numerals import ORDINAL_CHARS, to_int

#: The facts that tell how many rights are held: all patents, and the inventions among them.
OWN = "专利是否自主研发"
RIGHTS = PATENTS, INVENTIONS = "有效专利件数", "有效发明专利件数"

_N = rf"(?P<n>\d+|[{ORDINAL_CHARS}俩仨]+)[件项个]"
_KIND = r"(?P<kind>发明|实用新型|外观)?(?:设计)?(?:专利)?"
_GONE = (
    r"(?:(?:已经?|都|就|也|全|刚|刚刚|后来|早就|早|年前|前年|去年|今年|上个?月|最近|前阵子|因为|因|由于|又|是|\d{4}年(?:\d{1,2}月)?|[,了])*)"
    r"(?:(?:没有?|未|忘了?|断|停|漏|欠)(?:按时|按期|再|续)?(?:缴|交|续)(?:费|年费|纳?年费)?|断缴|欠缴年费|失效|无效|被(?:宣告)?无效|过期|到期|终止|作废|放弃|转(?:让)?(?:出去|给|掉|走)"
    r"|转让(?:了|出)|卖(?:了|掉|出|给)|出让|不要了|撤(?:销|了))"
)
#: A loss is no loss where it is denied; 「4件,卖了1件」 has lost the figure behind.
_LOST = re.compile(
    rf"(?<!第)(?<!没)(?<!没有)(?<!无)(?<!每)(?<![\d.{ORDINAL_CHARS}])(?P<told>{_N}(?:有效|自研|自主研发)?(?:的)?{_KIND})"
    rf"{_GONE}(?!了?\S{{0,4}}?[\d{ORDINAL_CHARS}俩仨][件项个])"
)
_LOST_AFTER = re.compile(
    rf"(?:失效|过期|作废|无效|卖|转让|转)(?:了|掉|出去|给\S{{1,4}}?)+(?P<told>(?P<n>\d+|[{ORDINAL_CHARS}俩仨]+)[件项个]{_KIND})"
)
#: Applied for and not yet granted.
_PENDING = re.compile(
    rf"(?P<told>{_N}(?:的)?{_KIND})(?:也|都|还|才|刚)*(?:(?:正在|还在|都在|在)(?:申请|审查|实审|排队|走流程)|(?:[,]?(?:但|可)?(?:都)?(?:还没|尚未|没有|没|未)(?:有)?(?:授权|下证|拿证|拿到证|批下来)))"
)
_PENDING_BEFORE = re.compile(
    rf"(?:在申请|申请中|在审|在审查|未授权|没授权)的?(?:有|还有)?(?P<told>{_N}{_KIND})"
)
#: Some of them are bought: only the others are of one's own research.
_BOUGHT = re.compile(
    rf"{_N}(?:的)?{_KIND}[(]?(?:也|都|就|则|却|才|则)?(?:是|属于)?(?:从\S{{1,8}}?)?(?:花钱|外面|外地)?(?:买|购|受让|过户|收购|转让[来过得])"
)
_SELF_MADE = re.compile(r"自主研发|自研|(?:自己|自行|自家)\S{0,2}(?:研发|搞|做|琢磨|开发|研究)")
_LEFT = re.compile(
    rf"(?:(?:只|就|仅|才|还)(?:剩下?|余下?|留下?)(?:了|有)?|剩(?:下|余)?(?:的|了)?(?:还有|只有|有|就)?"
    rf"|(?:还|仍)(?:有效|管用)的(?:只|就)?(?:有|剩)?){_N}"
)
_LAST_ONE = re.compile(r"剩(?:下)?的?那[一]?[件项个]")
#: What all of them, or the only one, are.
_ALL_ARE = re.compile(
    r"(?:都|全|全部|清一色|那一?[件项个]|剩下的?|(?:就|只|才)(?:有)?(?:一|1)[件项个](?:有效)?(?:专利)?[,]?)(?:都|也|就|还|全)*是(?!不是)[^,。;?!\n\d]{0,9}?"
    r"(?P<kind>发明(?!人)|实用新型|外观)"
)


@dataclass(frozen=True, slots=True)
class Loss:
    """So many rights of one kind (None: of any) that are held no longer."""

    number: Decimal
    kind: str | None


def without_losses(text: str) -> str:
    """A text in which the figures of what is lost are blanked: nobody has them."""
    for m in _found(text):
        start, end = m.span("told")
        text = text[:start] + BLANK * (end - start) + text[end:]
    return text


def without_pending(text: str) -> str:
    """A text in which the figures of what is only applied for are blanked."""
    for m in [*_PENDING.finditer(text), *_PENDING_BEFORE.finditer(text)]:
        start, end = m.span("told")
        text = text[:start] + BLANK * (end - start) + text[end:]
    return text


def losses(text: str) -> list[Loss]:
    """The losses told in a text."""
    counted = ((_count(m.group("n")), m.group("kind")) for m in _found(text))
    return [Loss(number, kind) for number, kind in counted if number is not None]


def _found(text: str) -> list[re.Match[str]]:
    return list(_LOST.finditer(text)) or list(_LOST_AFTER.finditer(text))


def after_losses(text: str, known: Mapping[str, Fact], told: Mapping[str, Fact]) -> dict[str, Fact]:
    """The numbers of rights after what a message tells; ``known`` before it, ``told`` in it. Only those that change."""
    now: dict[str, Fact] = {
        k: told.get(k) or known[k] for k in (PATENTS, INVENTIONS) if k in told or k in known
    }
    before = dict(now)
    for loss in losses(text):
        _take(now, loss)
    bought = _BOUGHT.search(text)
    if bought is not None:
        _without_bought(now, _count(bought.group("n")), bought.group("kind"), text)
    left = _LEFT.search(text)
    number = _count(left.group("n")) if left else None
    if number is not None:
        now[PATENTS] = Known(number)
    elif _LAST_ONE.search(text) and not isinstance(now.get(PATENTS), Known):
        now[PATENTS] = Known(Decimal(1))
    _of_one_kind(now, text)
    return {k: fact for k, fact in now.items() if fact != before.get(k)}


def _take(now: dict[str, Fact], loss: Loss) -> None:
    patents, inventions = _figure(now.get(PATENTS)), _figure(now.get(INVENTIONS))
    all_inventions = patents is not None and patents == inventions
    if patents is not None and loss.number <= patents:
        now[PATENTS] = Known(patents - loss.number)
    if inventions is None or loss.kind in ("实用新型", "外观"):
        return
    if loss.kind == "发明" or all_inventions or patents is None:
        now[INVENTIONS] = Known(max(Decimal(0), inventions - loss.number))
    elif inventions:  # which of them is gone was not told
        now[INVENTIONS] = AtLeast(max(Decimal(0), inventions - loss.number))


def _without_bought(now: dict[str, Fact], number: Decimal | None, kind: str | None, text: str) -> None:
    """「6件里有2件是买的」: four of one's own; whether the invention that was bought counts no text says."""
    patents, inventions = _figure(now.get(PATENTS)), _figure(now.get(INVENTIONS))
    if patents is None and inventions is not None and number is not None and number < inventions:
        now[INVENTIONS] = Known(inventions - number)
    elif patents is None or number is None or not number < patents:
        return
    else:
        now[PATENTS] = Known(patents - number)
        if kind not in ("实用新型", "外观") and inventions:
            now[INVENTIONS] = Unknown()
    now[OWN] = Known(True) if _SELF_MADE.search(text) else Unknown()


def _of_one_kind(now: dict[str, Fact], text: str) -> None:
    """「就一件,是发明」, 「剩下那件是实用新型」."""
    m = _ALL_ARE.search(text)
    patents = _figure(now.get(PATENTS))
    if m is None or not patents:
        return
    if m.group("kind") != "发明":
        now.setdefault(INVENTIONS, Absent())
    elif _figure(now.get(INVENTIONS)) in (None, Decimal(0)):
        now[INVENTIONS] = Known(patents)


def _figure(fact: Fact | None) -> Decimal | None:
    if isinstance(fact, Absent):
        return Decimal(0)
    return fact.value if isinstance(fact, Known) and isinstance(fact.value, Decimal) else None


def _count(text: str) -> Decimal | None:
    text = text.replace("俩", "二").replace("仨", "三").replace("两", "二")
    number = int(text) if text.isdigit() else to_int(text)
    return None if number is None else Decimal(number)
