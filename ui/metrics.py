"""What was counted since the program started, in the text format of Prometheus."""

from __future__ import annotations

from collections.abc import Mapping

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_HELP = {
    "verified": "Answers checked, paragraphs quoted or dropped, findings by what was wrong.",
    "wording": "Wordings and rephrasings of the language model, used or by the reason they were not.",
}


def prometheus(measures: Mapping[str, Mapping[str, int]]) -> str:
    """One counter for each group, its members told apart by the label ``what``."""
    lines: list[str] = []
    for group, counts in measures.items():
        name = f"ceyin_{group}_total"
        lines += [f"# HELP {name} {_HELP.get(group, group)}", f"# TYPE {name} counter"]
        lines += [f'{name}{{what="{_escaped(what)}"}} {count}' for what, count in sorted(counts.items())]
    return "\n".join([*lines, ""])


def _escaped(label: str) -> str:
    return label.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
