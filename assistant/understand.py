"""What a message asks: its topic, the policies and places it names, the kind of answer it wants, what it presupposes.

Deterministic: patterns and word lists only. What was understood is kept in one value, so it can be shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from ceyin.assistant.places import Place, find_districts, find_places
from ceyin.assistant.understanding.conversation import chain, leans, told_place, without_left
from ceyin.assistant.understanding.english import is_english, translate
from ceyin.assistant.understanding.helping import asks_for_help
from ceyin.assistant.understanding.intents import Intent, intents_of
from ceyin.assistant.understanding.levels import asked_instead
from ceyin.assistant.understanding.naming import named_policies
from ceyin.assistant.understanding.premises import Premise, premises_of
from ceyin.assistant.understanding.reading import read
from ceyin.assistant.understanding.returning import came_back
from ceyin.assistant.understanding.splitting import parts_of
from ceyin.corpus.library import StoredPolicy
from ceyin.indexes.figures import figure_wanted

_PERSONAL = re.compile(
    r"我|俺|咱|本公司|本企业|本单位|本所|本园|本店|我司|我院|我校|贵|\b(?:we|our|my|us|I)\b"
)
_COVERAGE = re.compile(
    r"(?:^|[,。]|你|您|们|这里|这儿|库里?|现在|目前|[总一]共|都)(?:收录|包含|覆盖|支持|有).{0,4}(?:哪些|什么|几个|多少)(?:城市|地区|地方|文件|政策文件|份文件)"
    r"|(?:政策库|库|数据)里?(?:都)?有(?:什么|哪些|没有)|which cities"
    r"|(?:政策库|库)里?.{0,3}有.{1,14}(?:文件|政策)(?:吗|么|没)"
    r"|(?:你|你们|这)(?:这儿|这里|这边|那儿|库里|家|们)?.{0,3}(?:查|问|搜|找)(?:到|得到|得了)?.{0,2}(?:哪|什么|啥|几).{0,5}(?:省|市|地方|地区|政策|文件)"
    r"|(?:你|你们)(?:这儿|这里|这边|那儿|库里|家)?.{0,3}有(?:没有)?.{0,16}(?:的|省|市)(?:文件|政策)(?:吗|没|么)?[?。]?$"
    r"|(?:数据|政策库|文件库|资料|内容|库)(?:是)?(?:什么时候|啥时候|哪天|何时|多久|最近|最后|上次).{0,5}更新|更新(?:到|至)(?:哪|什么|啥|几)"
)
#: Whoever speaks to the program of what it holds: 「你肚子里装了哪些地方的文件」, 「哪些地方的政策可以问你」.
_WHAT = r"(?:哪[些几]?|几|多少|什么|啥)(?:个|份|座|家|些)?"
_HOLDINGS = re.compile(
    rf"(?:你|您|政策库|知识库|资料库|文件库|库里|系统里?|(?:这个?|本)(?:系统|助手|程序|软件|工具|机器人|小程序))[^。?;!]{{0,16}}"
    rf"(?:收|装|存|录|收录|入库|覆盖|涵盖|掌握|认得|查得到|能查|能答|管(?!理)|有)(?:录|了|着|进|进来|有|到|过|的)*(?:都|是|有)?{_WHAT}[^,。?]{{0,6}}"
    r"(?:省|市|县|城市|地方|地区|区域|省份|文件)(?!.{0,3}(?:负责|牵头|管|办|发))"
    rf"|{_WHAT}(?:地方|地区|城市|省份?|市)的?(?:文件|政策|规定|办法)?(?:是|都)?(?:能|可以|可|归|在)?(?:在|由)?(?:你|您|库里|政策库)(?!们(?:局|市|省|单位))"
    r"|(?:你|您|库里)[^。,?]{0,6}(?:有|懂|管|收|查|知道|会)[^。,?]{0,4}(?:别处|别的地方|其他地方|外地|[别其][的他](?:省|市|地区|城市))"
    rf"|{_WHAT}(?:地方|地区|城市|省份?|市)的?(?:文件|政策|规定|办法)(?:能|可以|可)(?:在这儿?里?)?(?:查|问|搜|答)"
    r"|(?:what|which) (?:documents|policies|places|regions|cities|provinces)(?: and \w+)? (?:do you|are (?:in|covered))",
    re.IGNORECASE,
)
#: 「你手头有没有四川的」: of a place, of nothing that a policy would give.
_HAS_PLACE = re.compile(
    r"(?:你|您|政策库|知识库|库里|系统里)[^。,?]{0,6}(?:有没有|有无|收没收|收录没收录|有)[^。?]{2,14}(?:的|省|市)(?:文件|政策|规定|资料|东西|内容)?(?:吗|没|么|没有)?[,?。]?$"
)
_PASTED = re.compile(r"[“\"「][^”\"」]{16,400}[”\"」]|【[^】]{1,20}】[^。]*?。")


@dataclass(frozen=True, slots=True)
class Question:
    """A message as understood; ``topic`` is what is searched for (with the conversation where it is elliptic).

    ``said`` and ``history`` are the messages in standard words, English ones behind the terms of the texts.
    ``region`` is the place the caller chose, ``chosen`` says that he chose the policies; ``places`` are those named,
    or told of the applicant before.
    """

    message: str
    said: str
    topic: str
    history: tuple[str, ...]
    as_of: date
    intents: frozenset[Intent]
    figure: re.Pattern[str] | None
    personal: bool
    english: bool
    policies: tuple[str, ...]
    places: tuple[Place, ...]
    districts: tuple[str, ...]
    parts: tuple[str, ...]
    premises: tuple[Premise, ...]
    help: bool
    coverage: bool
    region: str | None = None
    chosen: bool = False

    def only(self, part: str) -> Question:
        """One question of a message that asks several, with all else as it is."""
        return replace(self, said=part, parts=(part,), intents=intents_of(part), figure=figure_wanted(part))

    def wants(self, *intents: Intent) -> bool:
        """Whether any of these is asked for."""
        return any(i in self.intents for i in intents)


#: Whoever wants a figure confirmed asks for it: 「牌子管五年,没错吧」.
_OF_PREMISE = {
    "term": Intent.DURATION,
    "date": Intent.DEADLINE,
    "money": Intent.AMOUNT,
    "rate": Intent.AMOUNT,
}


def understand(
    turns: Sequence[str],
    as_of: date,
    policies: Sequence[StoredPolicy],
    *,
    chosen: Sequence[str] | None = None,
    region: str | None = None,
) -> Question:
    """Read the last of the user's messages in the light of the earlier ones.

    ``chosen`` policies and a ``region`` stand for those that would be read from the words; none chosen, none is meant.
    """
    history = [_standard(t) for t in turns[:-1]]
    own = _standard(turns[-1])
    if region:
        own, history = _elsewhere(own, region), [_elsewhere(t, region) for t in history]
    named = named_policies(own, policies) if chosen is None else tuple(chosen)
    before: list[str] = []
    earlier = came_back(own, history)
    if leans(own, earlier, bool(named_policies(own, policies))):
        before = chain(own, earlier, [bool(named_policies(t, policies)) for t in earlier])
    if before and chosen is None:
        named = named or asked_instead(own, " ".join(earlier), policies)
    if history:
        own = without_left(own)
    topic = " ".join([*before, own])
    if chosen is None:
        named = named or named_policies(topic, policies)
    if region:
        topic = f"{region} {topic}"
    asked = _PASTED.sub(" ", own) if len(_PASTED.sub("", own)) >= 12 else own
    # 「那四川呢?」 asks what was asked before it
    wording = asked if intents_of(asked) or figure_wanted(asked) or not before else f"{before[0]} {asked}"
    where = region or _without_others(topic)
    premises = premises_of(read(turns[-1]) if is_english(turns[-1]) else asked)
    intents = intents_of(wording)
    if not intents & set(_OF_PREMISE.values()):
        # 「2026年要到10件」: the year only says when the figure is to be reached
        dated = all(p.kind in ("date", "claim") for p in premises)
        intents |= {
            _OF_PREMISE[p.kind] for p in premises if p.kind in _OF_PREMISE and (dated or p.kind != "date")
        }
    return Question(
        message=turns[-1],
        said=own,
        topic=topic,
        history=tuple(history),
        as_of=as_of,
        intents=intents,
        figure=figure_wanted(wording),
        personal=any(_PERSONAL.search(t) for t in (*history, own)),
        english=is_english(turns[-1]),
        policies=named,
        places=tuple(find_places(where) or find_places(told_place(history))),
        districts=tuple(find_districts(where)),
        parts=_parts(turns[-1], asked),
        premises=premises,
        help=asks_for_help(own, turns[-1]),
        coverage=not named_policies(own, policies) and _asks_holdings(own),
        region=region,
        chosen=bool(chosen),
    )


def _asks_holdings(text: str) -> bool:
    """Whether the message asks which places and texts the library has."""
    of_place = _HAS_PLACE.search(text) and find_places(text)
    return bool(_COVERAGE.search(text) or _HOLDINGS.search(text) or of_place)


def _parts(message: str, asked: str) -> tuple[str, ...]:
    """The single questions; those of an English message are told apart in its own words."""
    if not is_english(message):
        return parts_of(asked)
    each = parts_of(read(message))
    return tuple(translate(part) for part in each) if len(each) > 1 else (asked,)


def _standard(message: str) -> str:
    text = read(message)
    return translate(text) if is_english(text) else text


#: In front of a place and behind it: where the other side is, not the applicant.
_AGAINST = r"(?:被|遭|让|告(?:了|赢了?|倒)?|起诉(?:了)?|状告|把|将|跟|和|与)(?:了)?(?:一?[家个])?"
_SOMEBODY = r"[省市]?(?:的|那边的?|一带的?)?(?:一?[家个])?[^,。;?!局]{0,4}?(?:厂|公司|企业|店|商家|同行|人)"
#: Such a case is told of.
_OF_RIGHTS = re.compile(r"侵|仿|抄|冒|盗|山寨|官司|起诉|告")


def _without_others(text: str) -> str:
    """A message without the places of those it goes against: 「被广东一个厂抄了」."""
    if not _OF_RIGHTS.search(text):
        return text
    for place in find_places(text):
        text = re.sub(rf"({_AGAINST}){re.escape(place.name)}(?={_SOMEBODY})", r"\1", text)
    return text


def _elsewhere(text: str, region: str) -> str:
    """A message without the places it names, where the caller chose another."""
    for place in find_places(text):
        if place.name not in region:
            text = re.sub(rf"{re.escape(place.name)}[省市]?", "", text)
    return text
