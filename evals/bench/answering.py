"""How long one question takes, with the catalog alone: understanding, search, rules, composing, verifying."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from ceyin.assistant.contract import AskRequest
from ceyin.evals.bench.harness import Benchmark, bench
from ceyin.ui.app import open_app
from ceyin.ui.settings import Settings

_QUESTIONS = {
    "规则回答": "企业首次通过知识产权管理体系认证能补多少?",
    "引用回答": "强市建设每几年做一次第三方评估?",
    "未收录": "示例市的河湾工坊有没有租金补贴?",
}


def answering(runs: int) -> Benchmark:
    """The median time of three kinds of answer; search alone is the baseline."""
    with tempfile.TemporaryDirectory(prefix="ceyin-bench-") as home:
        app = open_app(Settings(home=Path(home)))
        app.index()
        today = date(2026, 11, 24)
        variants: dict[str, Callable[[], object]] = {
            "只检索": partial(app.search, _QUESTIONS["引用回答"], 10, today)
        }
        for name, question in _QUESTIONS.items():
            variants[name] = partial(app.assistant.answer, AskRequest(question=question), today=today)
        try:
            return bench("回答一个问题", variants, runs=runs)
        finally:
            app.close()
