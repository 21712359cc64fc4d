"""The labels a clause begins with: its own address, which is no reference."""

from __future__ import annotations

import re

from ceyin.corpus.numerals import ORDINAL_CHARS, to_chinese, to_int

_O = ORDINAL_CHARS


def own_label_end(text: str, path: tuple[str, ...]) -> int:
    """Where the words of a clause begin: behind the labels that are its own address."""
    own = {re.sub(r"#\d+$", "", label) for label in path}
    at = 0
    while m := _OWN_LABEL.match(text, at):
        label = _label(m)
        lost = any(mark.startswith("?") for mark in own)
        heading = m["article"] is not None and m["unit"] != "条" and not _CITES.match(text, m.end())
        quoted = m.group()[0] in '“"' and not _CITES.match(text, m.end())  # the text an amendment brings in
        if not (label in own or heading or quoted or (lost and not _CITES.match(text, m.end()))):
            break
        own.discard(label)
        at = m.end()
    return at


_OWN_LABEL = re.compile(
    rf"(?:#+\s*|\*\*|[“\"])?(?:(?P<article>第(?:[{_O}]+|\d{{1,4}})(?P<unit>[条章节编])(?:之[一二三四五六七八九十]+)?)|(?P<cn>[{_O}]{{1,4}})、"
    rf"|\((?P<paren>[{_O}]{{1,4}}|\d{{1,2}})\)|(?P<num>\d{{1,2}})\s?[.、])(?:\*\*)?"
)
_CITES = re.compile(r"规定|所列|所称|的|第|、第|和第|至第|中的")


def _label(m: re.Match[str]) -> str:
    if m["article"]:
        inner = re.match(rf"第([{_O}]+|\d+)(.+)$", m["article"])
        number = to_int(inner[1]) if inner else None
        return f"第{to_chinese(number)}{inner[2]}" if inner and number else m["article"]
    if m["cn"]:
        number = to_int(m["cn"])
        return to_chinese(number) if number else m["cn"]
    if m["paren"]:
        number = to_int(m["paren"])
        cn = not m["paren"].isdigit()
        return f"({to_chinese(number) if cn and number else m['paren']})"
    return str(m["num"])
