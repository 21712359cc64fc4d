"""How fast and how right a policy text is cut into clauses, against a plain sentence splitter and a bare 第X条 pattern.

The texts are our own: generated documents of every kind (示例市) whose clauses are known. A clause is found when a
piece begins and ends with it, white space aside.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from random import Random

from ceyin.corpus.model import ParsedPolicy
from ceyin.corpus.read import Source
from ceyin.corpus.segment import parse
from ceyin.evals.bench.harness import Benchmark, bench
from ceyin.evals.documents.document import Generated, document
from ceyin.evals.documents.draft import Options

_BYTES = 1_000_000
_Cut = Callable[[str], Sequence[tuple[int, int]]]


def segmenting(runs: int) -> Benchmark:
    """The median time for about one megabyte of UTF-8, and the share of clauses each way of cutting finds."""
    documents = _documents()
    size = sum(len(made.text.encode()) for made in documents) / 1e6
    ways: dict[str, _Cut] = {
        "策引 segment": _ours,
        "llama-index SentenceSplitter": _sentences,
        "regex 第X条": _naive,
    }
    variants: dict[str, Callable[[], object]] = {
        name: partial(_cut_all, cut, documents) for name, cut in ways.items()
    }
    timed = bench(f"切分 {size:.2f} MB 文本,{len(documents)} 份", variants, runs=runs)
    return timed.with_quality("条文找准", {name: _found(cut, documents) for name, cut in ways.items()}, size)


def _documents() -> list[Generated]:
    out: list[Generated] = []
    size, seed = 0, 0
    while size < _BYTES:
        made = document(Random(seed), Options())
        out.append(made)
        size += len(made.text.encode())
        seed += 1
    return out


def _cut_all(cut: _Cut, documents: Sequence[Generated]) -> None:
    for made in documents:
        cut(made.text)


def _found(cut: _Cut, documents: Sequence[Generated]) -> float:
    """The share of all clauses that a piece covers exactly."""
    hit = total = 0
    for made in documents:
        pieces = {_trimmed(made.text, *span) for span in cut(made.text)}
        wanted = [c for policy in made.expected for c in policy.clauses]
        total += len(wanted)
        hit += sum(_trimmed(made.text, c.start, c.end) in pieces for c in wanted)
    return hit / total


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _ours(text: str) -> list[tuple[int, int]]:
    def spans(policy: ParsedPolicy) -> list[tuple[int, int]]:
        own = [(c.span.start, c.span.end) for c in policy.clauses]
        return own + [s for annex in policy.annexes for s in spans(annex)]

    return [s for policy in parse(Source("示例.txt", "0" * 64, text, "txt")).policies for s in spans(policy)]


def _naive(text: str) -> list[tuple[int, int]]:
    cuts = [0, *(m.start() for m in re.finditer(r"第[一二三四五六七八九十百千]+条", text)), len(text)]
    return list(pairwise(cuts))


def _sentences(text: str) -> list[tuple[int, int]]:
    from llama_index.core.node_parser import SentenceSplitter

    spans, at = [], 0
    for chunk in SentenceSplitter(chunk_size=512, chunk_overlap=0).split_text(text):
        start = text.find(chunk, at)
        if start >= 0:
            at = start + len(chunk)
            spans.append((start, at))
    return spans
