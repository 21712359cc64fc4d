"""How fast a policy text is cut into clauses, against a plain sentence splitter and a bare 第X条 pattern.

The text is our own (示例市), repeated to about half a megabyte, so the figure is that of long documents.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from ceyin.corpus.read import Source
from ceyin.corpus.segment import parse
from ceyin.evals.bench.harness import Benchmark, bench

_ARTICLE = (
    "第{n}条 申请补助的企业应当在示例市登记,从业人员不超过30人,每家每年最高补助5万元。\n"
    "(一)首次认定的,补助2万元;\n(二)复核通过的,补助1万元。\n"
)
_ARTICLES = 3000


def _text() -> str:
    from ceyin.corpus.numerals import to_chinese

    body = "".join(_ARTICLE.format(n=to_chinese(k)) for k in range(1, _ARTICLES + 1))
    return f"示例市补助管理办法\n\n{body}"


def _naive(text: str) -> int:
    return len(re.split(r"(?=第[一二三四五六七八九十百千]+条)", text))


def _sentences(text: str) -> int:
    from llama_index.core.node_parser import SentenceSplitter

    return len(SentenceSplitter(chunk_size=512).split_text(text))


def segmenting(runs: int) -> Benchmark:
    """The median time for one text of about 0.2 million characters."""
    text = _text()
    source = Source("示例.txt", "0" * 64, text, "txt")
    variants: dict[str, Callable[[], object]] = {
        "策引 segment": partial(parse, source),
        "regex 第X条": partial(_naive, text),
        "llama-index SentenceSplitter": partial(_sentences, text),
    }
    return bench(f"切分 {len(text.encode()) / 1e6:.2f} MB 文本", variants, runs=runs)
