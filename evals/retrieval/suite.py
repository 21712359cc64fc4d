"""``ceyin eval --suite retrieval`` and ``retrieval-held``: what each may read, run and printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from ceyin.evals.cases import Case, load_suite, shared_folder, suite_files
from ceyin.evals.retrieval.measure import Material, Retrieval, measure
from ceyin.evals.retrieval.output import print_retrieval, write_retrieval
from ceyin.evals.retrieval.questions import FOLDER, HELD, OPEN, load_questions
from ceyin.indexes.embedding import Embedder
from ceyin.indexes.reranking.cross_encoder import PairScorer


def material(suite: str, environ: Mapping[str, str], *, secret: bool) -> Material:
    """The set aside are run alone: no other figure of that report could tempt anyone to run it often."""
    shared = shared_folder(environ)
    pages = shared / "corpus" if shared and (shared / "corpus").is_dir() else None
    if secret:
        return Material(suite, load_questions(FOLDER / HELD), secret=True, pages=pages)
    cases: tuple[Case, ...] = ()
    if files := suite_files(environ)["dev"]:
        cases = load_suite("dev", files).cases
    stard = shared / "data" / "stard" if shared else None
    return Material(suite, load_questions(FOLDER / OPEN), pages=pages, cases=cases, stard=stard)


def run_suite(
    given: Material,
    embedder: Embedder,
    scorer: PairScorer | None,
    out: Path,
    tell: Callable[[str], None],
) -> Retrieval:
    """Measure, print, write."""
    done = measure(given, embedder, tell, scorer)
    print_retrieval(done)
    tell(f"报告:{write_retrieval(done, out)}")
    return done
