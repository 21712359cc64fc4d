"""``ceyin eval --suite segmentation``: clause addresses, losses and facts against the hand-made labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from ceyin.corpus.model import Damage, ParsedPolicy
from ceyin.corpus.normalise import normalise
from ceyin.corpus.read import read_source
from ceyin.corpus.segment import parse
from ceyin.evals.labels import AnnexLabel, ClauseLabel, DamageLabel, PageLabel, PolicyLabel

#: A loss counts as found when its place is at most this many characters (without white space) away.
NEAR = 3
_FACTS = (
    "title",
    "doc_number",
    "issuers",
    "region",
    "issued",
    "published",
    "effective_from",
    "expires",
    "stub",
)


@dataclass(frozen=True, slots=True)
class Tally:
    """Found and labelled things and how many of them agree."""

    found: int
    labelled: int
    agreeing: int

    @property
    def precision(self) -> float:
        """The share of the found that is labelled."""
        return self.agreeing / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of the labelled that is found."""
        return self.agreeing / self.labelled if self.labelled else 1.0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.found + other.found, self.labelled + other.labelled, self.agreeing + other.agreeing)


@dataclass(frozen=True, slots=True)
class PolicyScore:
    """One policy: clauses by (address, start), losses by place, and every disagreement in words."""

    page: str
    title: str
    clauses: Tally
    damages: Tally
    kinds_right: int
    facts: Tally
    differences: tuple[str, ...] = field(default=())


def score_pages(labels: Sequence[PageLabel], corpus: Path) -> tuple[PolicyScore, ...]:
    """Parse every labelled page of ``corpus`` and compare it policy by policy."""
    scores: list[PolicyScore] = []
    for page in labels:
        source = read_source(corpus / page.page)
        found = {p.span.start: p for p in parse(source).policies}
        for label in page.policies:
            policy = found.pop(_nearest(found, label.start), None)
            scores.append(_score(source.text, page.page, label, policy))
        for extra in found.values():
            empty = Tally(len(extra.clauses), 0, 0)
            scores.append(
                PolicyScore(page.page, extra.title, empty, Tally(0, 0, 0), 0, Tally(0, 0, 0), ("多出的政策",))
            )
    return tuple(scores)


def report_json(scores: Sequence[PolicyScore]) -> dict[str, Any]:
    """All scores and their totals."""
    total = {
        name: asdict(_total(scores, name))
        | {"precision": _total(scores, name).precision, "recall": _total(scores, name).recall}
        for name in ("clauses", "damages", "facts")
    }
    return {
        "total": total,
        "kinds_right": sum(s.kinds_right for s in scores),
        "policies": [asdict(s) for s in scores],
    }


def print_scores(scores: Sequence[PolicyScore], *, details: bool = True) -> None:
    """The table, and below it every disagreement."""
    from rich.console import Console
    from rich.table import Table

    table = Table("政策", "条文", "缺损(找到/标注/相符)", "题录", title="切分与标注对照")
    for s in scores:
        table.add_row(
            s.title[:28], _cell(s.clauses), _cell(s.damages), f"{s.facts.agreeing}/{s.facts.labelled}"
        )
    clauses, damages, facts = (_total(scores, name) for name in ("clauses", "damages", "facts"))
    table.add_row("合计", _cell(clauses), _cell(damages), f"{facts.agreeing}/{facts.labelled}")
    console = Console(soft_wrap=True)
    console.print(table)
    console.print(
        f"条文地址 准确率 {clauses.precision:.1%} 召回率 {clauses.recall:.1%};"
        f"缺损 准确率 {damages.precision:.1%} 召回率 {damages.recall:.1%},"
        f"其中类别相符 {sum(s.kinds_right for s in scores)}/{damages.agreeing}"
    )
    for s in scores if details else ():
        for line in s.differences:
            console.print(f"  {s.title[:20]}:{line}", highlight=False)


def _cell(tally: Tally) -> str:
    return f"{tally.found}/{tally.labelled}/{tally.agreeing}"


def _total(scores: Sequence[PolicyScore], name: str) -> Tally:
    return sum((getattr(s, name) for s in scores), Tally(0, 0, 0))


def _nearest(found: dict[int, ParsedPolicy], start: int) -> int:
    return min(found, key=lambda at: abs(at - start), default=-1)


def _score(text: str, page: str, label: PolicyLabel, policy: ParsedPolicy | None) -> PolicyScore:
    documents: tuple[PolicyLabel | AnnexLabel, ...] = (label, *label.annexes)
    wanted = [c for part in documents for c in part.clauses]
    title = label.title or normalise(text[slice(*label.title_span)] if label.title_span else "")
    if policy is None:
        nothing = Tally(0, len(wanted), 0), Tally(0, len(label.damage), 0), 0, Tally(0, len(_FACTS), 0)
        return PolicyScore(page, title, *nothing, ("没有找到",))
    parts = (policy, *policy.annexes)
    clauses, lines = _clauses(
        text, [("/".join(c.path), c.span.start) for part in parts for c in part.clauses], wanted
    )
    lost = [x for part in documents for x in part.damage]
    damages, kinds, damage_lines = _damages(text, _places(parts), lost)
    facts, fact_lines = _facts(title, label, policy)
    return PolicyScore(page, title, clauses, damages, kinds, facts, (*lines, *damage_lines, *fact_lines))


def _clauses(
    text: str, found: Sequence[tuple[str, int]], wanted: Sequence[ClauseLabel]
) -> tuple[Tally, list[str]]:
    """A clause agrees when its address and its start both do."""
    spare = [c for c in found if not any(label.accepts(*c) for label in wanted)]
    missed = [label for label in wanted if not any(label.accepts(*c) for c in found)]
    lines = [f"少 {x.path} @{x.start} {text[x.start : x.start + 8]!r}" for x in missed]
    lines += [f"多 {path} @{at} {text[at : at + 8]!r}" for path, at in spare]
    return Tally(len(found), len(wanted), len(wanted) - len(missed)), lines


def _places(parts: Sequence[ParsedPolicy]) -> list[Damage]:
    every = {
        (d.kind, d.span): d
        for part in parts
        for d in (*part.damages, *(c.damage for c in part.clauses if c.damage))
    }
    return sorted(every.values(), key=lambda d: d.span)


def _damages(
    text: str, found: Sequence[Damage], labels: Sequence[DamageLabel]
) -> tuple[Tally, int, list[str]]:
    """Match losses by place, each label and each find once, those of one kind first."""
    ranks = _ranks(text)
    open_found, pairs = list(found), 0
    open_labels = list(labels)
    kinds = 0
    for same_kind in (True, False):
        for label in list(open_labels):
            near = (
                d
                for d in open_found
                if _distance(ranks, d, label) <= NEAR and (d.kind == label.kind or not same_kind)
            )
            match = min(near, key=lambda d: _distance(ranks, d, label), default=None)
            if match is not None:
                open_found.remove(match)
                open_labels.remove(label)
                pairs += 1
                kinds += match.kind == label.kind
    # One place may carry two labels (a lost label and an empty heading): a second one that begins there is no miss.
    doubled = [
        x for x in open_labels if any(abs(ranks[d.span.start] - ranks[x.start]) <= NEAR for d in found)
    ]
    spare = [d for d in open_found if any(_distance(ranks, d, x) <= NEAR for x in labels)]
    lines = [
        f"未报 {x.kind} {x.path} @{x.start} {text[max(0, x.start - 8) : x.start]!r}|{text[x.start : x.start + 8]!r}"
        for x in open_labels
        if x not in doubled
    ]
    lines += [
        f"误报 {d.kind.value} @{d.span.start}-{d.span.end} {text[d.span.start : d.span.end][-20:]!r} {d.note}"
        for d in open_found
        if d not in spare
    ]
    return Tally(len(found) - len(spare), len(labels) - len(doubled), pairs), kinds, lines


def _ranks(text: str) -> list[int]:
    """For every offset how many characters that are no white space stand before it."""
    ranks, count = [0], 0
    for ch in text:
        count += not ch.isspace()
        ranks.append(count)
    return ranks


def _distance(ranks: Sequence[int], damage: Damage, label: DamageLabel) -> int:
    a, b = ranks[damage.span.start], ranks[damage.span.end]
    c, d = ranks[label.start], ranks[label.end]
    return max(c - b, a - d, 0)


def _facts(title: str, label: PolicyLabel, policy: ParsedPolicy) -> tuple[Tally, list[str]]:
    lines = []
    for name, wanted, got in _fact_pairs(title, label, policy):
        if wanted != got:
            lines.append(f"{name}:应为 {wanted},读到 {got}")
    return Tally(len(_FACTS), len(_FACTS), len(_FACTS) - len(lines)), lines


def _fact_pairs(title: str, label: PolicyLabel, policy: ParsedPolicy) -> Iterator[tuple[str, object, object]]:
    yield "title", title, policy.title
    yield "issuers", sorted(label.issuers), sorted(policy.issuers)
    for name in _FACTS:
        if name not in ("title", "issuers"):
            yield name, getattr(label, name), getattr(policy, name)
