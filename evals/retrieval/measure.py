"""One run of the retrieval suite: every system over every corpus, and what was left out and why."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from ceyin.corpus.catalog import Catalog, load_catalog
from ceyin.corpus.library import Library
from ceyin.corpus.model import ClauseRef
from ceyin.evals.cases import Case
from ceyin.evals.machine import Machine, machine
from ceyin.evals.retrieval.corpora import Corpora, open_corpora
from ceyin.evals.retrieval.figures import (
    CUTS,
    Difference,
    Figures,
    Outcome,
    difference,
    figures,
    mean,
    outcome,
)
from ceyin.evals.retrieval.llama_default import NO_BM25, LlamaDefault, bm25_missing
from ceyin.evals.retrieval.questions import DevCase, Question, by_note, by_policy, dev_cases
from ceyin.evals.retrieval.stard import FILES, PUBLISHED, Stard, cache_folder, load_stard
from ceyin.evals.retrieval.systems import Ours, PlainBM25, System, VectorsOnly, characters, jieba_words
from ceyin.indexes.embedding import Embedder
from ceyin.indexes.reranking.cross_encoder import PairScorer

Tell = Callable[[str], None]
TOP = max(CUTS)
#: The first system of every table: what ships.
SHIPPED = "策引(混合)"
NOT_RERANKED = "不重排"


@dataclass(frozen=True, slots=True)
class Row:
    """One system on one set of questions; ``over`` is how far the first row is above it, where both were run."""

    system: str
    figures: Figures
    over: Difference | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The first system on some of the questions; ``kind`` says by what they were put together."""

    kind: str
    name: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Section:
    """A table: systems over one corpus; ``main`` is the cut that counts.

    ``missed`` are ids not found within the cut, never filled for questions set aside; ``unreachable`` counts
    questions with a right clause that this corpus does not hold.
    """

    key: str
    title: str
    main: int
    rows: tuple[Row, ...]
    groups: tuple[Group, ...] = ()
    unreachable: int = 0
    missed: tuple[str, ...] = ()
    published: tuple[tuple[str, float, float | None], ...] = ()


@dataclass(frozen=True, slots=True)
class DevFigures:
    """The dev cases: the share with every needed clause within each cut."""

    n: int
    unreachable: int
    every: Mapping[str, Mapping[int, float]]
    missed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Retrieval:
    """All of one run."""

    suite: str
    sections: tuple[Section, ...]
    dev: DevFigures | None
    skipped: tuple[str, ...]
    embedder: str
    started: datetime
    seconds: float
    machine: Machine


@dataclass(frozen=True, slots=True)
class Material:
    """What a run needs; each absent part (None, empty) is passed over with a reason in the report."""

    suite: str
    questions: tuple[Question, ...]
    secret: bool = False
    pages: Path | None = None
    cases: tuple[Case, ...] = ()
    stard: Path | None = None
    catalog: Catalog | None = None


def measure(
    material: Material,
    embedder: Embedder,
    tell: Tell = lambda _: None,
    scorer: PairScorer | None = None,
) -> Retrieval:
    """Run everything the material allows; ``scorer``: the reranker that is configured, a row of its own."""
    started, clock = datetime.now(UTC), time.perf_counter()
    skipped: list[str] = []
    with tempfile.TemporaryDirectory(prefix="ceyin-retrieval-") as home:
        bench = _Bench(Path(home), embedder, scorer, material, tell, skipped)
        sections, dev = bench.policies()
    if material.stard is not None and all((material.stard / name).is_file() for name in FILES):
        tell("STARD:建索引与提问,首次要几分钟")
        sections += stard_sections(load_stard(material.stard), cache_folder(), embedder, tell)
        skipped.append("STARD 上未跑 llama-index 默认流程:它逐个向量在 Python 里比,五万多块太慢")
    elif not material.secret:
        skipped.append("STARD 未跑:数据在 CEYIN_SHARED 所指目录的 data/stard/ 里")
    return Retrieval(
        material.suite,
        tuple(sections),
        dev,
        tuple(dict.fromkeys(skipped)),
        embedder.name,
        started,
        time.perf_counter() - clock,
        machine(),
    )


@dataclass(frozen=True, slots=True)
class _Bench:
    home: Path
    embedder: Embedder
    scorer: PairScorer | None
    material: Material
    tell: Tell
    skipped: list[str]

    def policies(self) -> tuple[list[Section], DevFigures | None]:
        """The policy corpora: official texts, without cards, cards alone; and the dev cases."""
        catalog = self.material.catalog or load_catalog()
        with open_corpora(self.home, catalog, self.material.pages) as found:
            sections, dev = self._texts(found)
            self.tell("只有卡片")
            whole, words = Ours.over(self.home / "index-cards", found.cards, self.embedder)
            systems: dict[str, System] = {
                SHIPPED: whole,
                "只用词": words,
                "只用向量": VectorsOnly(found.cards.policies(), self.embedder),
            }
            systems |= self._baselines(found.cards)
            cards = self._section("cards", "只有卡片", self.material.questions, systems, found.cards)
            return [*sections, cards], dev

    def _texts(self, found: Corpora) -> tuple[list[Section], DevFigures | None]:
        """What needs the official texts; the questions without cards are those whose texts are all there."""
        if found.official is None or found.questionless is None or found.bare is None:
            self.skipped.append(
                "官方原文、无卡片与开发题未跑:官方页面在 CEYIN_SHARED 所指目录的 corpus/ 里,这里没有"
            )
            return [], None
        self.tell("官方原文")
        questions = self.material.questions
        whole, words = Ours.over(self.home / "index-official", found.official, self.embedder)
        silent_cards, _ = Ours.over(self.home / "index-questionless", found.questionless, self.embedder)
        baselines = self._baselines(found.official)
        systems: dict[str, System] = {
            SHIPPED: whole,
            "只用词": words,
            "只用向量": VectorsOnly(found.official.policies(), self.embedder),
            "卡片不带问法": silent_cards,
        }
        systems |= self._reranked("official", found.official)
        systems |= baselines
        official = self._section("official", "官方原文", questions, systems, found.official)
        self.tell("无卡片")
        held = {c.ref for p in found.bare.policies() for c in p.clauses}
        common = tuple(q for q in questions if held.issuperset(q.refs))
        bare_whole, bare_words = Ours.over(self.home / "index-bare", found.bare, self.embedder)
        without: dict[str, System] = {
            SHIPPED + ",无卡片": bare_whole,
            "只用词,无卡片": bare_words,
            "只用向量,无卡片": VectorsOnly(found.bare.policies(), self.embedder),
            SHIPPED + ",有卡片": whole,
            "卡片不带问法": silent_cards,
        }
        without |= self._reranked("bare", found.bare)
        without |= self._baselines(found.bare)
        title = "导入时没有卡片(只取原文俱在的题)"
        bare = self._section("bare", title, common, without, found.bare)
        return [official, bare], self._dev(found.official, {SHIPPED: whole, "只用词": words, **baselines})

    def _reranked(self, key: str, library: Library) -> dict[str, System]:
        folder = self.home / f"index-{key}"
        out: dict[str, System] = {NOT_RERANKED: Ours.as_found(folder, library, self.embedder)}
        if self.scorer is not None:
            name = f"{SHIPPED}+重排({self.scorer.name})"
            out[name] = Ours.read_again(folder, library, self.embedder, self.scorer)
        return out

    def _baselines(self, library: Library) -> dict[str, System]:
        policies = library.policies()
        out: dict[str, System] = {
            "基线:BM25 单字": PlainBM25(policies, characters),
            "基线:BM25 结巴词": PlainBM25(policies, jieba_words()),
        }
        try:
            out["基线:llama-index 默认"] = LlamaDefault.over(policies, self.embedder, TOP)
        except Exception as exc:  # a library that wants the network raises what it likes
            self.skipped.append(f"llama-index 默认流程在本机跑不起来({type(exc).__name__}:{exc})")
        if bm25_missing():
            self.skipped.append(NO_BM25)
        return out

    def _section(
        self,
        key: str,
        title: str,
        questions: Sequence[Question],
        systems: Mapping[str, System],
        library: Library,
    ) -> Section:
        asked = [(q.question, q.refs) for q in questions]
        runs = {name: ask(system, asked) for name, system in systems.items()}
        first = next(iter(runs.values()))
        held = {c.ref for p in library.policies() for c in p.clauses}
        groups = [
            Group(kind, name, figures([first[n] for n in at]))
            for kind, parts in (("问法", by_note(questions)), ("政策", by_policy(questions)))
            for name, at in parts.items()
        ]
        missed = () if self.material.secret else _missed([q.id for q in questions], first, 3)
        return Section(
            key,
            title,
            3,
            rows(runs, 3),
            tuple(groups),
            sum(1 for q in questions if not held.issuperset(q.refs)),
            missed,
        )

    def _dev(self, library: Library, systems: Mapping[str, System]) -> DevFigures | None:
        if not self.material.cases:
            if not self.material.secret:
                self.skipped.append("开发题未跑:题目在 CEYIN_SHARED 所指目录的 evals/ 里")
            return None
        cases = dev_cases(self.material.cases, library.policies())
        found = {name: [_needs(system, case) for case in cases] for name, system in systems.items()}
        first = next(iter(found.values()))
        return DevFigures(
            len(cases),
            sum(1 for c in cases if c.unreachable),
            {name: {cut: mean(o.every(cut) for o in got) for cut in CUTS} for name, got in found.items()},
            tuple(c.id for c, o in zip(cases, first, strict=True) if not o.every(5)),
        )


def _needs(system: System, case: DevCase) -> Outcome:
    """The rank of the first clause of each need."""
    clock = time.perf_counter()
    ranking = system.rank(case.question, TOP)
    ms = (time.perf_counter() - clock) * 1000
    ranks = (
        next((n for n, refs in enumerate(ranking, 1) if not group.isdisjoint(refs)), None)
        for group in case.groups
    )
    return Outcome(tuple(ranks), ms)


def ask(system: System, asked: Sequence[tuple[str, Sequence[ClauseRef]]]) -> list[Outcome]:
    """Put every question to a system; one asked before the clock runs, so that dictionaries are loaded."""
    if asked:
        system.rank(asked[0][0], 1)
    out = []
    for question, gold in asked:
        clock = time.perf_counter()
        ranking = system.rank(question, TOP)
        out.append(outcome(ranking, gold, (time.perf_counter() - clock) * 1000))
    return out


def rows(runs: Mapping[str, Sequence[Outcome]], cut: int) -> tuple[Row, ...]:
    """A row a system, each but the first with the distance to the first in recall at ``cut``."""
    first = next(iter(runs.values()))
    made = [
        Row(name, figures(got), difference(first, got, lambda o: o.recall(cut))) for name, got in runs.items()
    ]
    return (replace(made[0], over=None), *made[1:])


def _missed(ids: Sequence[str], outcomes: Sequence[Outcome], cut: int) -> tuple[str, ...]:
    return tuple(name for name, o in zip(ids, outcomes, strict=True) if o.recall(cut) < 1)


def stard_sections(stard: Stard, folder: Path, embedder: Embedder, tell: Tell) -> list[Section]:
    """Three tables: all dev questions, those with an article seen in training, those with none."""
    policies = stard.library.policies()
    whole, words = Ours.over(folder, stard.library, embedder)
    tell("STARD:基线")
    systems: dict[str, System] = {
        SHIPPED: whole,
        "只用词": words,
        "只用向量": VectorsOnly(policies, embedder),
        NOT_RERANKED: Ours.as_found(folder, stard.library, embedder),
        "基线:BM25 单字": PlainBM25(policies, characters),
        "基线:BM25 结巴词": PlainBM25(policies, jieba_words()),
    }
    asked = [(q.question, q.gold) for q in stard.questions]
    runs = {name: ask(system, asked) for name, system in systems.items()}
    out = []
    for key, title, kept in (
        ("stard", "STARD 开发集,重建语料", [True] * len(asked)),
        ("stard-seen", "STARD,答案在训练题里出现过", [q.seen for q in stard.questions]),
        ("stard-unseen", "STARD,答案在训练题里没有出现过", [not q.seen for q in stard.questions]),
    ):
        part = {name: [o for o, k in zip(got, kept, strict=True) if k] for name, got in runs.items()}
        out.append(Section(key, title, 10, rows(part, 10), published=PUBLISHED if key == "stard" else ()))
    return out
