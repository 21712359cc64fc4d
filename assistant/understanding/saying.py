"""The facts of a case that people tell in a conversation, in everyday words.

A later word replaces an earlier one. What is only supposed (要是有3件呢) holds for its own message; another client
(另一家公司) starts anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from ceyin.assistant.places import county_city, county_names, place_names
from ceyin.assistant.rules.book import RuleBook
from ceyin.assistant.rules.files import FactSpec
from ceyin.assistant.rules.money import AMOUNT, COUNTED, FIGURE, amount_of
from ceyin.assistant.rules.values import Absent, Fact, Facts, Known, Value
from ceyin.assistant.understanding.adding import counted_in
from ceyin.assistant.understanding.conversation import CORRECTING, NEW_CLIENT, SUPPOSING
from ceyin.assistant.understanding.correcting import other_members
from ceyin.assistant.understanding.days import day_of, with_next_years, written_out
from ceyin.assistant.understanding.generally import generally_met
from ceyin.assistant.understanding.grades import graded, names_by_level
from ceyin.assistant.understanding.labels import MENTIONED, is_label
from ceyin.assistant.understanding.lengths import in_years
from ceyin.assistant.understanding.literally import told_literally
from ceyin.assistant.understanding.losing import RIGHTS, after_losses, without_losses, without_pending
from ceyin.assistant.understanding.needles import Needles, missing, needles_of
from ceyin.assistant.understanding.others import RELATIVE, asks_for_another, of_another
from ceyin.assistant.understanding.roughly import ends_of, more, pair_of, rough, rough_count
from ceyin.assistant.understanding.sums import (
    Paid,
    Things,
    names_of_things,
    sums_in,
    total_of,
)
from ceyin.assistant.understanding.telling import BLANK, settled, told
from ceyin.assistant.understanding.titles import gone, other_levels, swaps
from ceyin.corpus.numerals import ORDINAL_CHARS, to_int

# Not from the middle of a figure: 「认证费一万二千五」 is not 2500, however much a pattern skips before it.
_START = rf"(?<![\d.{ORDINAL_CHARS}万亿])"
_COUNT = rf"{_START}(?:\d+(?:\.\d+)?|[{ORDINAL_CHARS}俩仨]+)"
# A sum in words has a unit (两万, 五千块), or 「交了一次」 would be one yuan; 「花了3个月」 is no sum either.
_MONEY = rf"{_START}(?:(?=\d|[{ORDINAL_CHARS}]*[百千万亿元块]){FIGURE}(?:元|块钱?)?(?![\d.]|[{COUNTED}]))"
#: 「大学毕业」, 「高校老师」 tell of a person, not who applies.
_OF_A_PERSON = re.compile(r"(?:毕业|[里念读]?(?:大?学)?生(?!产)|本科|专科|学历|文凭|时代?|同学|老师的)")
#: Names too common to be read out of a sentence.
_GIVEN_ONLY = frozenset(
    {"一般", "示范区", "试验区", "集聚发展示范区", "集聚发展试验区"}
    | {f"{own}国家知识产权服务业集聚发展{kind}区" for own in ("", "原") for kind in ("示范", "试验")}
)
#: 「七个人」, 「十来个人」 count people, they are no 个人.
_COUNTED_BEFORE = re.compile(rf"[\d{ORDINAL_CHARS}俩仨来多几每各哪整这那半]$")
#: 「国家级示范」 is a firm's honour; with 区 or 园 behind it that of a place.
_HONOURED, _OF_A_PLACE = ("示范", "优势", "试点"), re.compile(r"园?区|县|城|园|基地|项目|单位")
_SCHOOLS = ("大学", "高校", "学院", "学校")
#: In front of a name it leaves open whether the case is that: 「不知道是企业」.
_ASKED = re.compile(
    r"(?:是不是|是否(?:属于)?|算不算(?:是)?|属不属于|不知道是|不确定是|不清楚是|(?:能不能|可不可以|能否|能|可以)(?:按照?|算作?|当作?))$"
)
#: In front of a name it says that this one is the applicant's own.
_SELF = re.compile(
    r"(?:我|我们|俺|俺们|咱|本单位|我家|咱家|申请人)(?:这边|这里|单位|这|自己|家)?(?:就|本来|也|都)?(?:是|属于|算|开了?|办了?)(?:一?[个家所户]|搞|干|做)?$"
)
#: Around a name it says that this one is who acts, whoever else is named: 由市政府出面.
_BY, _ACTS = re.compile(r"(?:由|让|请)$"), re.compile(r"(?:出面|牵头|(?:来|去|统一)(?:申?报|递))")
#: In front of a denial it turns it round: 不是没有, 没有一件不是.
_TURNED = re.compile(
    r"(?:不是|并非|并不是|不可能|不能说|不会)(?:完全|真的|说)?$|没有?(?:哪)?一?[件个项]\S{0,3}$"
)
_DATE = r"(?:[12]\d{3}-\d{1,2}-\d{1,2}|[12]\d{3}年\d{1,2}月(?:\d{1,2}[日号])?)"
#: A city or province, and what is named below it: 南京, 江西省抚州市临川区. Longest names first.
_PLACE = (
    r"(?:(?:"
    + "|".join(sorted(county_names()))
    + r")|(?:"
    + "|".join(sorted(place_names() - {"全国"}, key=len, reverse=True))
    + r")"
    r"(?:[\u4e00-\u9fff]{2,5}?[市区县](?![\u4e00-\u9fff]{0,2}(?:政府|局)))?)"
)
_WHOLE_DAY = re.compile(r"[-月]\d{1,2}[日号]?$")
_RATE = r"(?:\d+(?:\.\d+)?%|百分之[一二三四五六七八九十百]+)"
_MARKS = {"N": _COUNT, "M": _MONEY, "D": _DATE, "R": _RATE, "P": _PLACE}
#: Between a name and its figure a sentence does not end, and what was blanked is not skipped.
_GAP = r"[^\d\n。;?!]"


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A compiled pattern of the rule book and the words without which it cannot match."""

    regex: re.Pattern[str]
    needles: Needles

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """Every match in a text, found only where one is possible."""
        return iter(()) if missing(self.needles, text) else self.regex.finditer(text)


@dataclass(frozen=True, slots=True)
class _Found:
    """A fact and where in the message it is told."""

    fact: Fact
    at: int


def said_facts(messages: Sequence[str], book: RuleBook, as_of: date) -> Facts:
    """Facts said in a conversation, messages as ``reading.read`` gives them, in order."""
    facts: dict[str, Fact] = {}
    dated = with_next_years([written_out(m, as_of) for m in messages])
    whole = "。".join(dated)
    for number, message in enumerate(dated, 1):
        if NEW_CLIENT.search(message):
            facts.clear()
        supposed = SUPPOSING.search(message) if number < len(dated) else None
        if supposed is None:
            _add(facts, message, book, whole)
            continue
        _add(facts, message[: supposed.start()], book, whole)
        before = dict(facts)
        _add(facts, message[supposed.start() :], book, whole)
        facts |= before  # what was told stands again once the supposition has been answered
    return Facts(facts)


def _add(facts: dict[str, Fact], message: str, book: RuleBook, whole: str) -> None:
    """Read one message of the ``whole`` talk into what is known; each correction in it is a message of its own."""
    cuts = [m.start() for m in CORRECTING.finditer(message)]
    for start, end in zip([0, *cuts], [*cuts, len(message)], strict=True):
        piece = message[start:end]
        if not piece:
            continue
        text = without_pending(told(settled(piece)))
        left = without_losses(text)
        found = _told_in(left, book)
        if left != text and not any(key in known for known in (facts, found) for key in RIGHTS):
            found = _told_in(text, book)  # none of a number that is known: 「一年转让了3200件」
        for name in generally_met(text, whole, book.facts.values()):
            found.setdefault(name, _Found(Known(True), 0))
        if start in cuts and (key := _corrected(piece, facts, found, book)):
            found |= key
        found |= {k: _Found(Known(v), 0) for k, v in other_members(piece, facts, book.facts).items()}
        for taken in gone(text, facts, found, book):
            del facts[taken]
        _drop_denied(facts, text, book)
        _drop_shared(facts, found, text, book)
        _change_counts(facts, found, text, book)
        known = dict(facts)
        mends = start in cuts
        for k, v in other_levels(piece, facts, found, book, corrects=mends).items():
            found[k] = _Found(Known((v,)), end)
        instead = swaps(piece, corrects=mends)
        for key_, item in sorted(found.items(), key=lambda f: f[1].at):
            earlier = facts.pop(key_, None)  # popped first: the order of the keys is that of the telling
            facts[key_] = item.fact if instead else _with_earlier(book.facts[key_], earlier, item.fact)
        facts |= after_losses(text, known, {k: item.fact for k, item in found.items()})


def _change_counts(facts: dict[str, Fact], found: dict[str, _Found], text: str, book: RuleBook) -> None:
    """「又续了一轮」 after 「借过一轮」, 「一个退出了」 after 「四个人合伙」: what changes a count told before.

    A count told behind the change is the new one already: 「一个退出了,剩三个」.
    """
    for spec in book.facts.values():
        if not (spec.added or spec.dropped):
            continue
        more_of_it, at = counted_in((p.regex for p in _compiled(spec.added)), text, _number)
        fewer, where = counted_in((p.regex for p in _compiled(spec.dropped)), text, _number)
        told_here = found.get(spec.key)
        if max(at, where) < 0 or (told_here is not None and told_here.at > max(at, where)):
            continue
        before = told_here.fact if told_here is not None else facts.get(spec.key)
        if isinstance(before, Known) and isinstance(before.value, Decimal):
            found[spec.key] = _Found(Known(max(Decimal(0), before.value + more_of_it - fewer)), 0)


def _told_in(text: str, book: RuleBook) -> dict[str, _Found]:
    found: dict[str, _Found] = {}
    things = _things(book)
    for spec in book.facts.values():
        item = _paid(spec, text, things) if spec.things else _said(spec, text)
        if item is not None:
            found[spec.key] = item
    for spec in book.facts.values():
        if spec.parts and (whole := _whole(spec, found, text)) is not None:
            found[spec.key] = whole
    return found


def _drop_denied(facts: dict[str, Fact], text: str, book: RuleBook) -> None:
    """「3万是车险」 after 「保费3万」: the sum told before was for something else."""
    for one in sums_in(text, _things(book), _SUM):
        wrong = [
            k
            for k, f in facts.items()
            if one.denied and k != one.thing and book.facts[k].things and f == Known(one.value)
        ]
        for key in wrong:
            del facts[key]


def _drop_shared(facts: dict[str, Fact], found: dict[str, _Found], text: str, book: RuleBook) -> None:
    """「退了5000」 after 「保费1万」: what was paid in the end is not known any more."""
    sums = sums_in(text, _things(book), _SUM)
    for key in [k for k in facts if book.facts[k].things and k not in found]:
        if _unclear(text, sums, key):
            del facts[key]


def _unclear(text: str, sums: Sequence[Paid], thing: str) -> bool:
    """Whether part of what was paid is for something else, came back, or is borne by others."""
    if _SHARED.search(text):
        return True
    part = _PART_OF.search(text)
    if part is None:
        return False
    inside = next((p for p in sums if p.start >= part.start()), None)
    back = part.group().startswith("退")
    return back or (inside is not None and inside.thing not in (None, thing))


def _things(book: RuleBook) -> Things:
    """The words for what sums are paid for."""
    return names_of_things(tuple((spec.key, spec.things) for spec in book.facts.values() if spec.things))


def _paid(spec: FactSpec, text: str, things: Things) -> _Found | None:
    """A sum paid for something: one said in a usual way, unless another thing is named nearer to it, or one named."""
    sums = sums_in(text, things, _SUM)
    if _unclear(text, sums, spec.key):
        # 8万,其中3万是公证费: only a sum named after that is what was paid for the thing
        part = _PART_OF.search(text)
        rest = [
            p for p in sums if part and p.start >= part.start() and p.thing == spec.key and p.sum_for_sure
        ]
        fact = total_of(rest)
        return None if fact is None else _Found(fact, rest[0].start)
    free = [p for p in sums if p.thing is None or p.thing == spec.key]
    own = [p for p in sums if p.thing == spec.key]
    for pattern in _compiled((*spec.denied, *spec.said)) if free or not sums else ():
        for m in pattern.matches(text):
            if "v" not in pattern.regex.groupindex:
                return _Found(Absent(), m.start())
            hit = next((p for p in free if p.start < m.end("v") and m.start("v") < p.end), None)
            if hit is None or (rough(spec, text, hit.start, hit.end) and not hit.low_only):
                continue
            fact = total_of(own if hit in own else [hit, *_joined(sums, hit)])
            return None if fact is None else _Found(fact, hit.start)
    own = [p for p in own if p.sum_for_sure]
    exact = [p for p in own if p.low_only or not rough(spec, text, p.start, p.end)]
    fact = total_of(exact) if len(exact) == len(own) else None
    return None if fact is None else _Found(fact, own[0].start)


def _joined(sums: Sequence[Paid], first: Paid) -> list[Paid]:
    """The unnamed sums that go on after one: 花了3万,另外还有2万."""
    out = []
    for one in sums[sums.index(first) + 1 :]:
        if one.thing is not None or not one.added:
            break
        out.append(one)
    return out


#: Part of a sum is for something else, was given back, or is borne by somebody else.
_PART_OF = re.compile(
    rf"(?:其中|里面|里头|包括|包含|含(?:了|有)?|退(?:了|回|还)+)(?=[^\n,。;?!]{{0,10}}?\d)[^\n,。;?!]{{0,10}}?{_MONEY}"
)
_SHARED = re.compile(
    r"合买|合着买|平摊|分摊|均摊|各出|各掏|(?:出|掏|付|承担|负担)(?:了)?(?:一半|半价|[一二三四五六七八九]成|三分之)"
)

_LOOSE_COUNT = re.compile(rf"({_COUNT})([件项个家人名次枚])")
_LOOSE_MONEY = re.compile(rf"(?=\S*[万千百元块]){_MONEY}")
_SUM = re.compile(_MONEY)
_LOOSE_DAY = re.compile(_DATE)
_REPLACED = re.compile(r"不是([^,。;?!]+)")


def _corrected(
    piece: str, facts: dict[str, Fact], found: dict[str, _Found], book: RuleBook
) -> dict[str, _Found]:
    """「不对,是4件」: the fact told last that such a figure can be of, where the message does not name it."""
    text = told(settled(piece))
    if any(book.facts[key].type in ("count", "number", "money", "date") for key in found):
        return {}
    loose: list[tuple[str, str, Value | None, str]] = []
    for m in _LOOSE_COUNT.finditer(text):
        loose.append(
            ("count", "件" if m.group(2) in "项个件枚" else m.group(2), _number(m.group(1)), m.group())
        )
    loose += [
        ("money", "元", amount_of(a), m.group())
        for m in _LOOSE_MONEY.finditer(text)
        if (a := AMOUNT.search(m.group()))
    ]
    loose += [("date", "", day_of(m.group()), m.group()) for m in _LOOSE_DAY.finditer(text)]
    replaced = _REPLACED.search(piece)
    for kind, unit, value, words in loose:
        keys = [
            k
            for k in reversed(facts)
            if book.facts[k].type == kind and (not unit or book.facts[k].unit == unit)
        ]
        if replaced is not None:
            keys.sort(key=lambda k: not _same(facts[k], replaced.group(1)))
        if keys and value is not None:
            month = kind == "date" and not _WHOLE_DAY.search(words)
            return {keys[0]: _Found(Known(value, month_only=month), 0)}
    return {}


def _same(fact: Fact, words: str) -> bool:
    """Whether a fact has the figure that some words name."""
    m = AMOUNT.search(words)
    return isinstance(fact, Known) and m is not None and amount_of(m) == fact.value


def _with_earlier(spec: FactSpec, earlier: Fact | None, fact: Fact) -> Fact:
    """Of a fact with several values (honours) each message may add one; else the later word replaces the earlier."""
    if spec.type != "choices" or not isinstance(earlier, Known) or not isinstance(fact, Known):
        return fact
    if isinstance(earlier.value, tuple) and isinstance(fact.value, tuple):
        return Known(tuple(dict.fromkeys([*earlier.value, *fact.value])))
    return fact


def _said(spec: FactSpec, text: str) -> _Found | None:
    if spec.type == "bool" and not spec.said and not spec.denied:
        literal = told_literally((spec.key, *spec.synonyms), text)
        return None if literal is None else _Found(Known(literal[0]), literal[1])
    turned: _Found | None = None
    for pattern in _compiled(spec.denied):
        for m in pattern.matches(text):
            if not _TURNED.search(text[: m.start()]):
                return _Found(Known(False) if spec.type == "bool" else Absent(), m.start())
            turned = _Found(Known(True), m.start()) if spec.type == "bool" else None
    if turned is not None:
        return turned
    if spec.values:
        return _named(spec, text)
    if spec.unit == "年":
        text = in_years(text)
    for pattern in _compiled((*spec.added, *spec.dropped)):  # a change is not the count itself
        text = pattern.regex.sub(lambda m: BLANK * len(m.group()), text)
    for pattern in _compiled(spec.said):
        for m in pattern.matches(text):
            if spec.type == "bool":
                return _Found(Known(True), m.start())
            if "v" not in pattern.regex.groupindex:
                continue
            value = _value(spec, m.group("v"))
            if value is None:
                if (pair := pair_of(spec, m.group("v"))) is not None:
                    return _Found(pair, m.start("v"))
                continue
            if more(spec, text, m.end("v")) or rough(spec, text, *m.span("v")):
                ends = ends_of(spec, value, text, *m.span("v"))
                if ends is not None:
                    return _Found(ends, m.start("v"))
                continue
            if "besides" in pattern.regex.groupindex and isinstance(value, Decimal):
                value += 1  # 我和两个同学: three
            month = spec.type == "date" and not _WHOLE_DAY.search(m.group("v"))
            return _Found(Known(value, month_only=month), m.start("v"))
    return None


def _whole(spec: FactSpec, found: dict[str, _Found], text: str) -> _Found | None:
    """A number counted from its kinds: 2件发明 and 3件实用新型 are 5件专利; None where the number itself is told."""
    kinds = [_kind(pattern, text) for pattern in _compiled(spec.parts)]
    told_kinds = {at: value for value, at in (k for k in kinds if k is not None)}  # no figure counts twice
    if not told_kinds:
        return found.get(spec.key)
    total = sum(told_kinds.values(), Decimal(0))
    for key in spec.and_parts:
        other = found.get(key)
        if other is not None and isinstance(other.fact, Known) and isinstance(other.fact.value, Decimal):
            total += other.fact.value
    return found.get(spec.key) or _Found(Known(total), min(told_kinds))


def _kind(pattern: _Pattern, text: str) -> tuple[Decimal, int] | None:
    for m in pattern.matches(text):
        value = _number(m.group("v"))
        if value is not None and not rough_count(text, *m.span("v")):
            return value, m.start("v")
    return None


def _named(spec: FactSpec, text: str) -> _Found | None:
    found: list[tuple[int, int, str]] = []
    for name, others in spec.values.items():
        for word in () if name in spec.unheard else (name, *others):
            if word in text and word not in _GIVEN_ONLY:
                found += [
                    (m.start(), len(word), name)
                    for m in re.finditer(re.escape(word), text)
                    if (word not in _SCHOOLS or not _OF_A_PERSON.match(text, m.end()))
                    and not (word == "个人" and _COUNTED_BEFORE.search(text[: m.start()]))
                    and not (word.endswith(_HONOURED) and _OF_A_PLACE.match(text, m.end()))
                ]
    for name, patterns in spec.ways.items():
        for pattern in _compiled(patterns):
            found += [(m.start(), m.end() - m.start(), name) for m in pattern.matches(text)]
    found += graded(text, names_by_level(spec.values)) if spec.type == "choices" else []
    each = _longest(found)
    for_him = asks_for_another(text)
    relatives = {f[2] for f in each if not for_him and RELATIVE.search(text[: f[0]])}
    longest = [
        f
        for f in each
        if not of_another(text, f[0], f[0] + f[1], applies=for_him)
        and (f[2] not in relatives or _SELF.search(text[: f[0]]))  # 我老公是退役军人,退役军人贷款我能申请吗
    ]
    found = [f for f in longest if not _ASKED.search(text[: f[0]])]
    found = [f for f in found if _SELF.search(text[: f[0]]) or not is_label(text, f[0] + f[1])]
    if any(_SELF.search(text[: f[0]]) for f in found):
        found = [f for f in found if not MENTIONED.match(text, f[0] + f[1])]
    if not found:
        return None
    if spec.type == "choices":
        return _Found(Known(tuple(dict.fromkeys(name for _, _, name in found))), found[0][0])
    own = next((f for f in found if _SELF.search(text[: f[0]])), None) or next(
        (f for f in found if _BY.search(text[: f[0]]) or _ACTS.match(text, f[0] + f[1])), found[0]
    )
    return _Found(Known(own[2]), own[0])


def _longest(found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Of overlapping mentions the longest: 国家知识产权示范企业 is not also 示范企业."""
    kept: list[tuple[int, int, str]] = []
    for at, size, name in sorted(found, key=lambda f: (-f[1], f[0])):
        if all(at + size <= a or at >= a + s for a, s, _ in kept):
            kept.append((at, size, name))
    return sorted(kept)


@lru_cache(maxsize=1024)
def _compiled(patterns: tuple[str, ...]) -> tuple[_Pattern, ...]:
    out = []
    for pattern in patterns:
        pattern = pattern.replace(r"\D", _GAP)
        needles = needles_of(re.sub(r"\(\?P<v>[NMDRP]\)", ".", pattern))
        for mark, body in _MARKS.items():
            pattern = pattern.replace(f"(?P<v>{mark})", f"(?P<v>{body})")
        out.append(_Pattern(re.compile(pattern), needles))
    return tuple(out)


def _value(spec: FactSpec, text: str) -> Value | None:
    match spec.type:
        case "text":
            return county_city(text) + text
        case "date":
            return day_of(text)
        case "rate":
            return _rate(text)
        case "count" | "number":
            return _number(text)
        case _:
            m = AMOUNT.search(text)
            return amount_of(m) if m else None


def _number(text: str) -> Decimal | None:
    """A count; None for a vague one (两三件)."""
    text = text.replace("俩", "二").replace("仨", "三")
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return Decimal(text)
    if re.search(r"[一二两三四五六七八九]{2}", text):
        return None
    number = to_int(text)
    return Decimal(number) if number is not None else None


def _rate(text: str) -> Decimal | None:
    if text.endswith("%"):
        return Decimal(text[:-1]) / 100
    number = to_int(text.removeprefix("百分之"))
    return Decimal(number) / 100 if number is not None else None
