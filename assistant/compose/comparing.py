"""Comparisons: what can be said of all sides first, then a table with what each side's own text says.

A side is answered from its own policies alone; one that holds nothing is said so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ceyin.assistant.citing import Citations, called, cite_as, short_title
from ceyin.assistant.compose.differing import of_words
from ceyin.assistant.compose.draft import Compared, Draft, Material, block, row
from ceyin.assistant.compose.extracting import answers
from ceyin.assistant.compose.quoting import add_spans, quote
from ceyin.assistant.contract import Block, Table
from ceyin.assistant.deciding import Decision
from ceyin.assistant.evidence import Evidence, Sentence
from ceyin.corpus.library import StoredClause, StoredPolicy
from ceyin.corpus.model import ClauseRef, InForce
from ceyin.corpus.validity import in_force
from ceyin.indexes.coverage import share_in, word_weight
from ceyin.indexes.tokens import content_words, in_chinese

#: Words of a side shown in its cell; a longer sentence is cut to the parts around what was asked.
_CELL = 90
#: A rule speaks for a side when its clause is among so many of the best clauses found for it.
_LOOKED_AT = 3
_STATES = {
    InForce.IN_FORCE: "有效",
    InForce.EXPIRED: "已过期",
    InForce.REPEALED: "已废止",
    InForce.NOT_YET: "尚未施行",
    InForce.UNKNOWN: "没有写明有效期",
}
_LACKS = re.compile(r"少了|多了|多出|缺了?哪|没有?列|没提|差了?哪|哪.{0,3}(?:没有|不在)")


@dataclass(frozen=True, slots=True)
class _Found:
    """What one side's text says: the deciding words (a range of the clause, or a rule's own), its number."""

    side: Compared
    policy: StoredPolicy
    clause: StoredClause
    words: str
    n: int
    said: str  # the words of the clause itself, for figures and lists


def compare(material: Material, *, alone: bool = False) -> Draft | None:
    """The sides next to each other; None where none of them says anything, or all say it in one clause.

    ``alone``: one subject that is found is enough, the others are said not to be.
    """
    draft = Draft(Citations(material.question.as_of))
    found: list[_Found | None] = []
    for compared in material.compared:
        taken = frozenset(f.clause.ref for f in found if f is not None)
        found.append(_found(draft, compared, taken))
    there = [f for f in found if f is not None]
    if not there or len({f.clause.ref for f in there}) < min(2, len(there)):
        return None
    silent = [c for c, f in zip(material.compared, found, strict=True) if f is None]
    alone = alone or all(_in_no_text(c.side.name, material) for c in silent)
    if len(there) < 2 and material.compared[0].side.policies is None and not alone:
        return None  # two subjects only one of which is found: the whole question may be answered as one
    names = [c.side.name for c in material.compared if c.side.policies is None]
    if names and any(all(name in f.clause.text for name in names) for f in there):
        return None  # the text itself speaks of them together: nothing is set apart
    draft.say("conclusion", _conclusion(draft, there, material))
    draft.say("conclusion", _lists(there, material.question.said))
    draft.blocks.append(_table(found, material))
    _also(draft, there)
    for compared in silent:
        draft.say("unsaid", f"{_silent(compared)}里没有找到写这一点的条文。")
    for f in there:
        if in_force(f.policy, material.question.as_of) is InForce.EXPIRED:
            draft.warnings.append(f"《{short_title(f.policy)}》已过期。")
        if f.clause.damaged:
            draft.warnings.append(f"{f.side.side.name}:这一条有残缺,{f.clause.damage}。")
    return draft


def _in_no_text(name: str, material: Material) -> bool:
    """Whether no text of the library has any word of a subject."""
    words = content_words(name)
    return bool(words) and all(material.idf(w) >= material.idf("") for w in words)


#: A second clause of a side is quoted when it comes this near to the first.
_NEAR = 0.9


def _also(draft: Draft, there: Sequence[_Found]) -> None:
    """The second clause of each side, where it answers nearly as well: a table has room for one."""
    cited = {f.clause.ref for f in there}
    for f in there:
        material = f.side.material
        best = material.evidence[0].score
        for item in material.evidence[:_LOOKED_AT]:
            if item.clause.ref in cited or item.score < _NEAR * best or not answers(material, item):
                continue
            cited.add(item.clause.ref)
            where = cite_as(item.policy, item.clause.ref.path)
            add_spans(
                draft,
                item.policy,
                item.clause,
                [_deciding(item, material)],
                lead=f"{f.side.side.name},另见{where}:",
            )
            break


def _silent(compared: Compared) -> str:
    return (
        f"{compared.side.name}的文件" if compared.side.policies is not None else f"{compared.side.name}:文件"
    )


#: The clause of a subject that is another's, too, may be one that stands so much behind, where it has its name.
_OWN = 0.6


def _found(draft: Draft, compared: Compared, taken: frozenset[ClauseRef]) -> _Found | None:
    material = compared.material
    best = next((e for e in material.evidence if answers(material, e)), None)
    if best is not None and best.clause.ref in taken and compared.side.policies is None:
        best = next((e for e in material.evidence if _own(compared, e, best, taken)), best)
    decision = _rule(compared)
    if decision is not None and (best is None or decision.clause.ref == best.clause.ref):
        n = draft.cites.cite(decision.policy, decision.clause)
        said = decision.clause.text
        words = (decision.rule.say.general or "").rstrip("。")
        return _Found(compared, decision.policy, decision.clause, words, n, said) if n else None
    if best is None:
        return None
    start, end = _deciding(best, material, compared.side.name if compared.side.policies is None else "")
    n = draft.cites.cite(best.policy, best.clause, [(start, end)])
    if n is None:
        return None
    said = best.clause.text[start:end]
    return _Found(compared, best.policy, best.clause, quote(said).strip(",;。、"), n, said)


def _own(compared: Compared, item: Evidence, best: Evidence, taken: frozenset[ClauseRef]) -> bool:
    """Whether a clause that no other subject has speaks of this one by its name, the best one not."""
    words = content_words(compared.side.name)
    text, other = item.clause.text, best.clause.text
    named = [w for w in words if share_in(w, text) >= _OWN > share_in(w, other)]
    return bool(named) and item.clause.ref not in taken and item.score >= _OWN * best.score


def _rule(compared: Compared) -> Decision | None:
    """The rule that speaks for a side: asked by its words and standing on a clause the search found, too."""
    near = [e.clause.ref for e in compared.material.evidence[:_LOOKED_AT]]
    return next(
        (d for d in compared.material.decisions[:1] if d.rule.say.general and d.clause.ref in near), None
    )


# -- the deciding words ------------------------------------------------------------------------------


#: What it counts for that a sentence, and a part of one, speaks of the subject by its name.
_BY_NAME, _NAMED = 0.15, 6.0


def _deciding(item: Evidence, material: Material, name: str = "") -> tuple[int, int]:
    """The range of a clause that answers: its best sentence, of a long one the parts around what was asked.

    ``name``: the subject a sentence should speak of.
    """
    text, words = item.clause.text, {w: word_weight(w, material.idf) for w in content_words(name)}

    def named(said: str) -> float:
        return sum(g for w, g in words.items() if share_in(w, said) >= _OWN) / (sum(words.values()) or 1.0)

    def worth(s: Sentence) -> float:
        said = s.cut(text)
        return s.score + 0.02 * _score(said, material) + _BY_NAME * named(said)

    sentence = max(_said(item), key=lambda s: (worth(s), -s.start))
    figure = item.asks_figure or material.question.figure is not None
    longest = _CELL if figure else _BOTH
    if sentence.end - sentence.start <= longest:
        return sentence.start, _with_next(item, sentence, material)
    parts = [
        (m.start(), m.end())
        for m in re.finditer(r"[^,;:。]+[,;:。]?", text)
        if sentence.start <= m.start() < sentence.end
    ]
    scores = [_score(text[a:b], material) + _NAMED * named(text[a:b]) for a, b in parts]
    low = high = max(range(len(parts)), key=lambda k: scores[k])
    while True:
        grown = [
            k
            for k in (low - 1, high + 1)
            if 0 <= k < len(parts) and parts[max(high, k)][1] - parts[min(low, k)][0] <= longest
        ]
        if not grown:
            return parts[low][0], parts[high][1]
        k = max(grown, key=lambda k: (scores[k], -k))
        low, high = min(low, k), max(high, k)


#: Where no figure is asked for, a longer sentence is shown, or a short one with the next, up to so many characters.
_BOTH = 130


def _with_next(item: Evidence, sentence: Sentence, material: Material) -> int:
    """Where the words shown end: with the next sentence where what is said, not a figure, is asked for."""
    if item.asks_figure or material.question.figure is not None:
        return sentence.end  # one figure is asked for
    if sentence.end - sentence.start > _CELL:
        return sentence.end
    after = [s for s in item.sentences if s.start >= sentence.end and s.end - sentence.start <= _BOTH]
    return after[0].end if after else sentence.end


_TITLE = re.compile(
    r"^(?:第[^条]{1,6}条|[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d+[.、]|——)?[^,、;:]{2,24}。$"
)


def _said(item: Evidence) -> list[Sentence]:
    """The sentences of a clause without the title it begins with: 「2.构建文化环境。」 says nothing yet."""
    first = item.sentences[0]
    rest = [s for s in item.sentences if s is not first]
    titled = first.start == 0 and _TITLE.match(first.cut(item.clause.text).strip())
    return rest if rest and titled else list(item.sentences)


def _score(words: str, material: Material) -> float:
    """How much of what is asked stands in a part of a sentence; a figure of the kind asked for counts."""
    words = words.lower()
    asked = content_words(in_chinese(material.question.said))
    score = sum(word_weight(w, material.idf) * share_in(w, words, material.idf) for w in asked)
    said = re.findall(r"(?=([\u4e00-\u9fff]{2}))", material.question.said)
    score += 0.3 * sum(
        pair in words for pair in set(said)
    )  # 高价值专利 is nearer to 高价值发明专利 than 有效发明专利
    figure = material.question.figure
    return score + (3.0 if figure is not None and figure.search(words) else 0.0)


# -- what can be said of all -------------------------------------------------------------------------


def _conclusion(draft: Draft, there: Sequence[_Found], material: Material) -> str:
    """Each side's figure in its own words where one is asked for; else how the texts stand to each other."""
    figures = [_figured(f) for f in there]
    which = of_words(
        [f.side.side.name for f in there],
        [
            max(parts, key=lambda p, f=f: _score(p, f.side.material)) if parts else f.words  # type: ignore[misc]
            for f, parts in zip(there, figures, strict=True)
        ],
        [f.n for f in there],
        [f.clause.text for f in there],
        material.question.said,
    )
    if which:
        return which
    if all(figures):
        when = _ASKS_YEAR.search(material.question.said)
        each = ";".join(
            f"{f.side.side.name}:{','.join(parts)}[{f.n}]{_by_when(draft, f) if when else ''}"
            for f, parts in zip(there, figures, strict=True)
        )
        return f"{each}。"
    marks = "".join(f"[{f.n}]" for f in there)
    if len(there) == 1 and there[0].side.side.policies is None:
        return f"只写到{there[0].side.side.name},见下{marks}。"
    if len(there) == 1:
        return f"只有{there[0].side.side.name}的文件写到,见下{marks}。"
    if there[0].side.side.policies is None:
        return "分别如下。"
    all_of = "两边" if len(there) == 2 else "各方"
    if len({f.words for f in there}) == 1:
        return f"{all_of}写法相同{marks}。"
    return f"{all_of}写法不同,对照如下。"


_ASKS_YEAR = re.compile(r"[哪几]一?年(?!限|期)|到什么时候|截至何时|什么时候(?:实现|达到|完成)")
_UNTIL = re.compile(r"到20\d\d年[^,;:。]{0,8}")


def _by_when(draft: Draft, found: _Found) -> str:
    """By which year a target is set: as its clause says before it, or the one its clause stands under."""
    at = found.clause.text.find(found.said)
    own = _UNTIL.findall(found.clause.text[: at + len(found.said)])
    if own:
        return f",{own[-1]}[{found.n}]"
    path = found.clause.ref.path
    for clause in reversed(found.policy.clauses):
        years = _UNTIL.search(clause.text)
        if (
            years
            and clause.ref.path
            and clause.ref.path == path[: len(clause.ref.path)]
            and clause.ref.path != path
        ):
            n = draft.cites.cite(found.policy, clause, [years.span()])
            return f",{years.group()}[{n}]" if n else ""
    return ""


#: A part of a sentence that says nearly as much of the question as the best may be the one meant.
_AS_GOOD = 0.75


def _figured(found: _Found) -> list[str]:
    """The parts of the words with a figure of the kind asked for that say most of the question, whole.

    A bare figure could be that of something else the sentence counts; its own words say what it is of.
    """
    material = found.side.material
    wanted = material.question.figure
    if wanted is None:
        return []
    parts = [m.group().strip() for m in re.finditer(r"[^,;:。]+", found.words) if wanted.search(m.group())]
    best = max((_score(p, material) for p in parts), default=0.0)
    return [p for p in parts if _score(p, material) >= _AS_GOOD * best]


_LIST = re.compile(r"[^,;:。]*、[^,;:。]*")


def _lists(there: Sequence[_Found], said: str) -> str:
    """What one side lists and the other does not, where that is asked and each has a list."""
    if len(there) != 2 or not _LACKS.search(said):
        return ""
    left, right = (_items(f) for f in there)
    lines = []
    for f, other, own, others in ((there[0], there[1], left, right), (there[1], there[0], right, left)):
        more = [item for item in own if not any(item in o or o in item for o in others)]
        if own and others and more:
            lines.append(
                f"{f.side.side.name}列了{'、'.join(more)}[{f.n}],{other.side.side.name}没有列[{other.n}]"
            )
    return ";".join(lines) + "。" if lines else ""


def _items(found: _Found) -> list[str]:
    lists = _LIST.findall(found.words)
    if not lists:
        return []
    best = max(lists, key=lambda p: _score(p, found.side.material))
    pieces = best.split("、")
    pieces[0] = re.sub(r"^.*(?:在|对|把|围绕|包括|鼓励|支持|通过|建设)", "", pieces[0])
    pieces[-1] = re.split(r"等|领域|方面|组建|开展", pieces[-1])[0]
    return [p for p in pieces if p]


# -- the table ---------------------------------------------------------------------------------------

_OF_POLICIES = ["各方", "文件", "地区", "怎么写", "效力"]
_OF_SUBJECTS = ["各项", "怎么写", "出处", "效力"]


def _table(found: Sequence[_Found | None], material: Material) -> Block:
    by_policy = material.compared[0].side.policies is not None
    columns = _OF_POLICIES if by_policy else _OF_SUBJECTS
    rows = []
    for compared, f in zip(material.compared, found, strict=True):
        name = compared.side.name
        if f is None:
            rows.append([name, *("没有找到" if c == "怎么写" else "—" for c in columns[1:])])
            continue
        state = _STATES[in_force(f.policy, material.question.as_of)]
        words = f"{f.words}[{f.n}]"
        if by_policy:
            rows.append([name, called(f.policy), f.policy.region, words, state])
        else:
            rows.append([name, words, cite_as(f.policy, f.clause.ref.path), state])
    lines = [row(columns), row(["---"] * len(columns)), *(row(r) for r in rows)]
    return block("table", "\n".join(lines), table=Table(columns=columns, rows=rows))
