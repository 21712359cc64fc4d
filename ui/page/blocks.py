"""The paragraphs of an answer as HTML, each by its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from ceyin.assistant.contract import Answer, Block, Part, Table
from ceyin.ui.page import text as t
from ceyin.ui.page.cited import Cited
from ceyin.ui.page.markup import esc

_BULLET = re.compile(r"^\s*(?:[-*•·]\s+|[-•·](?=\S))")
#: The mark a condition opens with; its verdict says the same.
_MARK = re.compile(r"^[\u2714\u2718?]\s*")
#: What is left of a heading once its words are taken off.
_HEADED = re.compile(r"^[:\s]+")
#: A longer conclusion is set smaller.
_LONG = 70
_LISTS = {"condition": "conditions", "item": "items"}


def blocks_of(answer: Answer | Part) -> list[Block]:
    """The paragraphs; those of an answer stored without any are its lines."""
    if answer.blocks:
        return list(answer.blocks)
    lines = [x.strip() for x in answer.answer.splitlines() if x.strip()]
    return [Block(kind="note" if i else "conclusion", text=line) for i, line in enumerate(lines)]


def blocks_html(blocks: Sequence[Block], cited: Cited) -> str:
    """All paragraphs in their order; neighbours of one kind that belong together become one list or section."""
    return "".join(_run(kind, list(run), cited) for kind, run in groupby(blocks, key=lambda b: b.kind))


def _run(kind: str, run: list[Block], cited: Cited) -> str:
    if kind in _LISTS:
        rows = "".join(_condition(b, cited) if kind == "condition" else _item(b, cited) for b in run)
        return f'<ul class="cy-{_LISTS[kind]}">{rows}</ul>'
    if kind in ("next", "unsaid"):
        return _section(kind, run, cited)
    return "".join(_PARAGRAPHS[kind](b, cited) for b in run)


def _condition(block: Block, cited: Cited) -> str:
    verdict = block.verdict or "unknown"
    mark, _ = t.MEANINGS[verdict]
    return (
        f'<li class="cy-check cy-is-{verdict}"><span class="cy-mark" aria-hidden="true">{mark}</span>'
        f'<span><span class="cy-word">{cited.words.checks[verdict]}</span> '
        f"{cited.html(_MARK.sub('', block.text))}</span></li>"
    )


def _item(block: Block, cited: Cited) -> str:
    return f"<li>{cited.html(_BULLET.sub('', block.text))}</li>"


def _section(kind: str, run: list[Block], cited: Cited) -> str:
    heading = cited.words.next if kind == "next" else cited.words.unsaid
    # 「文件没有写明」 is the heading already.
    told = [cited.html(_HEADED.sub("", b.text.removeprefix(heading)) or b.text) for b in run]
    body = f"<p>{told[0]}</p>" if len(told) == 1 else f"<ul>{''.join(f'<li>{x}</li>' for x in told)}</ul>"
    return f'<section class="cy-{kind}"><h4>{heading}</h4>{body}</section>'


def _conclusion(block: Block, cited: Cited) -> str:
    source, head, body = cited.address(block.text)
    at = f'<span class="cy-quote-at">{esc(head)}</span>' if source else ""
    long = " cy-long" if len(block.text) > _LONG else ""
    return f'<p class="cy-conclusion{long}">{at}{cited.html(body)}</p>'


def _premise(block: Block, cited: Cited) -> str:
    return f'<p class="cy-premise"><b>{cited.words.correction}</b>{cited.html(block.text)}</p>'


def _quote(block: Block, cited: Cited) -> str:
    source, head, body = cited.address(block.text)
    if source is None:
        return f'<p class="cy-quote">{cited.html(block.text)}</p>'
    css = "cy-quote" if source.text_kind == "official" else "cy-quote cy-from-card"
    lang = "" if cited.words.lang == "zh-CN" else ' lang="zh-CN"'
    return f'<p class="{css}"{lang}><span class="cy-quote-at">{esc(head)}</span>{cited.html(body)}</p>'


def _small(block: Block, cited: Cited) -> str:
    return f'<p class="cy-sum">{cited.html(block.text)}</p>'


def _plain(block: Block, cited: Cited) -> str:
    return f"<p>{cited.html(block.text)}</p>"


def _table(block: Block, cited: Cited) -> str:
    return _plain(block, cited) if block.table is None else _grid(block.table, cited)


def _grid(table: Table, cited: Cited) -> str:
    head = "".join(f'<th scope="col">{cited.html(c)}</th>' for c in table.columns)
    rows = "".join(f"<tr>{''.join(_cells(row, cited))}</tr>" for row in table.rows)
    label = esc(" · ".join(table.columns))
    # A box that scrolls must be reachable without a mouse.
    return (
        f'<div class="cy-table" role="region" tabindex="0" aria-label="{label}"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _cells(row: Sequence[str], cited: Cited) -> Iterator[str]:
    for i, cell in enumerate(row):
        yield f'<th scope="row">{cited.html(cell)}</th>' if i == 0 else f"<td>{cited.html(cell)}</td>"


_PARAGRAPHS = {
    "conclusion": _conclusion,
    "premise": _premise,
    "calculation": _small,
    "basis": _small,
    "quote": _quote,
    "table": _table,
    "need": _plain,
    "note": _plain,
}
