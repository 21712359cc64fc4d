"""Searching among very many clauses: building, asking, starting and adding, and how each grows.

Every figure is taken in a process of its own, so that memory and start are those of the work measured. Beside it
the plain pipeline: llama-index's sentence splitter, the same embedder, a chromadb store, ``where`` as its filter.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from datetime import UTC, date, datetime
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

from ceyin.evals.bench.many_clauses import ARTICLES, ManyClauses
from ceyin.evals.files import write_whole
from ceyin.evals.machine import machine
from ceyin.indexes import build
from ceyin.indexes.embedding import StaticEmbedder
from ceyin.indexes.filters import Filter
from ceyin.indexes.search import HybridSearch

SIZES = (10_000, 100_000, 1_000_000)
#: The plain pipeline is not built above this: its store takes minutes for each 100,000.
NAIVE_UP_TO = 100_000
_QUESTIONS = ARTICLES.with_name("dev.query.txt")
_ASKED = 200
#: One city among 290, with what holds above it; and the half of all policies in force on a day.
_FILTERS = {
    "不限": None,
    "窄(一个市,市级)": Filter(region="抚州", levels=frozenset({"市"})),
    "中(一个市及其上级)": Filter(region="抚州"),
    "宽(某日有效)": Filter(on=date(2018, 1, 1)),
}
_TOP = 10

Tell = Callable[[str], None]


def searching(data: Path, sizes: Sequence[int], runs: int, tell: Tell) -> dict[str, Any]:
    """All figures for each size, as written to JSON; raises OSError where the articles are not there."""
    out: dict[str, Any] = {
        "title": "在很多条文里检索",
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": asdict(machine()),
        "cold_ceyin_search_s": _alone(_cold_command, runs)["value"],
        "sizes": [],
    }
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="ceyin-bench-") as folder:
            tell(f"{size} 条:建索引")
            row: dict[str, Any] = {"clauses": size, "ours": _ours(data, size, Path(folder) / "ours", runs)}
            tell(f"{size} 条:{json.dumps(row['ours'], ensure_ascii=False)}")
            if size <= NAIVE_UP_TO:
                row["naive"] = _naive(data, size, Path(folder) / "naive", runs)
                tell(f"{size} 条,朴素做法:{json.dumps(row['naive'], ensure_ascii=False)}")
            out["sizes"].append(row)
    return out


def write_searching(result: dict[str, Any], path: Path) -> None:
    """The figures as JSON, in one step."""
    write_whole(path, json.dumps(result, ensure_ascii=False, indent=2) + "\n")


def _ours(data: Path, size: int, folder: Path, runs: int) -> dict[str, Any]:
    built = _alone(_build, data, size, 0, folder)
    asked = _alone(_ask_ours, data, folder, runs)
    cold = [_start(folder) for _ in range(runs)]
    added = [_alone(_build, data, size, n, folder) for n in range(1, runs + 1)]
    grown = _alone(_ask_ours, data, folder, 1)
    return {
        "build_s": round(built["value"], 2),
        "clauses_per_s": round(size / built["value"]),
        "build_peak_mb": built["peak_mb"],
        "disk_mb": _megabytes(_built(folder)),
        "queries_ms": asked["value"],
        "query_peak_mb": asked["peak_mb"],
        "cold_s": round(median(cold), 3),
        "add_one_policy_s": round(median(a["value"] for a in added), 2),
        "queries_after_adding_ms": grown["value"],
    }


def _built(folder: Path) -> Path:
    found = build.current(folder)
    assert found is not None, folder
    return found


def _build(data: Path, size: int, more: int, folder: Path) -> float:
    shelf = ManyClauses(data / ARTICLES, size, more)
    embedder = StaticEmbedder.load()
    began = time.perf_counter()
    build.build(folder, shelf, embedder)
    return time.perf_counter() - began


def _ask_ours(data: Path, folder: Path, runs: int) -> dict[str, dict[str, float]]:
    search = HybridSearch.open(_built(folder), StaticEmbedder.load())
    return {
        name: _times(data, partial(search.search, top=_TOP, within=within), runs)
        for name, within in _FILTERS.items()
    }


_COLD = """
import sys
from pathlib import Path
from ceyin.indexes.embedding import StaticEmbedder
from ceyin.indexes.search import HybridSearch
assert HybridSearch.open(Path(sys.argv[1]), StaticEmbedder.load()).search("租房押金不退怎么办", 10)
"""


def _start(folder: Path) -> float:
    """From nothing to the first hits, the system's start of Python included."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", _COLD, str(_built(folder))], check=True)
    return time.perf_counter() - began


def _cold_command(runs: int) -> float:
    """``ceyin search`` over the catalog alone, from the start of the process to its end."""
    with tempfile.TemporaryDirectory(prefix="ceyin-bench-") as home:
        command = [sys.executable, "-m", "ceyin", "--home", home, "search", "认证补贴多少"]
        times = []
        for _ in range(runs + 1):
            began = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            times.append(time.perf_counter() - began)
    return round(median(times[1:]), 3)  # the first builds the index


def _naive(data: Path, size: int, folder: Path, runs: int) -> dict[str, Any]:
    built = _alone(_build_naive, data, size, folder)
    asked = _alone(_ask_naive, data, folder, runs)
    return {
        "build_s": round(built["value"], 2),
        "clauses_per_s": round(size / built["value"]),
        "build_peak_mb": built["peak_mb"],
        "disk_mb": _megabytes(folder),
        "queries_ms": asked["value"],
        "query_peak_mb": asked["peak_mb"],
    }


def _collection(folder: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))
    return client.get_or_create_collection("clauses", embedding_function=None)


def _build_naive(data: Path, size: int, folder: Path) -> float:
    from llama_index.core.node_parser import SentenceSplitter

    shelf, embedder = ManyClauses(data / ARTICLES, size), StaticEmbedder.load()
    splitter, collection = SentenceSplitter(chunk_size=512), _collection(folder)

    def chunks() -> Iterator[tuple[str, dict[str, Any]]]:
        for policy in shelf.stream(shelf.stamps()):
            facts = {"region": policy.region, "until": (policy.expires or date.max).toordinal()}
            facts["from"] = policy.effective_from.toordinal() if policy.effective_from else 0
            for chunk in splitter.split_text("\n".join(c.text for c in policy.clauses)):
                yield chunk, facts

    began, made, count = time.perf_counter(), chunks(), 0
    while batch := list(islice(made, 2000)):
        vectors = embedder.embed_batch([text for text, _ in batch])
        collection.add(
            ids=[str(count + k) for k in range(len(batch))],
            embeddings=vectors,
            documents=[text for text, _ in batch],
            metadatas=[facts for _, facts in batch],
        )
        count += len(batch)
    return time.perf_counter() - began


def _ask_naive(data: Path, folder: Path, runs: int) -> dict[str, dict[str, float]]:
    collection, embedder = _collection(folder), StaticEmbedder.load()
    day = date(2018, 1, 1).toordinal()
    asked: dict[str, Any] = {
        "不限": None,
        "窄(一个市,市级)": {"region": "抚州"},
        "中(一个市及其上级)": {"region": {"$in": ["抚州", "全国"]}},
        "宽(某日有效)": {"$and": [{"from": {"$lte": day}}, {"until": {"$gte": day}}]},
    }

    def ask(question: str, *, where: Any) -> None:
        collection.query(query_embeddings=embedder.embed_batch([question]), n_results=_TOP, where=where)

    return {name: _times(data, partial(ask, where=where), runs) for name, where in asked.items()}


def _times(data: Path, ask: Callable[[str], object], runs: int) -> dict[str, float]:
    """Median and 95th percentile in milliseconds: of each the median over the runs, after one to warm up."""
    lines = (data / _QUESTIONS).read_text(encoding="utf-8").split("\n")
    questions = [line.split("\t", 1)[1].strip() for line in lines if "\t" in line][:_ASKED]
    middles, highs = [], []
    for turn in range(runs + 1):
        times = []
        for question in questions:
            began = time.perf_counter()
            ask(question)
            times.append((time.perf_counter() - began) * 1000)
        if turn:
            middles.append(median(times))
            highs.append(sorted(times)[int(len(times) * 0.95)])
    return {"p50": round(median(middles), 2), "p95": round(median(highs), 2)}


def _alone(work: Callable[..., Any], *arguments: Any) -> dict[str, Any]:
    """What a piece of work returns in a process of its own, and the most memory that one held."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_with_peak, work, arguments).result()


def _with_peak(work: Callable[..., Any], arguments: Sequence[Any]) -> dict[str, Any]:
    value = work(*arguments)
    return {"value": value, "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)}


def _megabytes(folder: Path) -> float:
    return round(sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 1e6, 1)
