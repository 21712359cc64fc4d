"""Damage without meaning: lines and bytes moved, glued, doubled, torn, so that nothing is taken for granted."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from ceyin.corpus.numerals import to_chinese

#: Characters that change length when normalised, are invisible, end lines in other ways, or combine.
_ODD = (
    "\u200b\ufeff\u2060\u3000\xa0\x0b\x0c\x85\u2028\u2029\x1c\t\r\0\x1b\u0301\u3099\ufb01\u3231\u3220\u2474\u2488\u2160\u33a5\ufdfa"
    "\u202e\ud7ff\ue000\U0001f600\U00020000\u200d\ufe0f\u00bd\u2460\u24ea\u2103\u5180\uf9fe\u2fd5"
)
_LABELS = (
    "第{}条", "第{}章", "第{}节", "第{}编", "{}、", "({})", "({n})", "{n}.", "{n}、", "第{}阶段:", "——", "()", "①", "⑳",
    "附件{n}", "附件:", "第{}条之{}", "来源:示例 2026-01-02", "2026年3月2日", "示例市人民政府", "关于试点的通知", "各区:",
    "特此通知。", "《", "》", "(", "〔2026〕3号", "# ", "**", "<!--", "-->", "---", "> ", "目录", "责任单位:", "第", "条",
    "(责任单位:市财政局)",
)  # fmt: skip


def mutate_text(rng: Random, text: str) -> str:
    """One to eight random changes of structure."""
    for _ in range(rng.randint(1, 8)):
        text = rng.choice(_TEXT_CHANGES)(rng, text)
    return text


def mutate_bytes(rng: Random, data: bytes) -> bytes:
    """One to thirty random changes of bytes."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 30)):
        at = rng.randrange(len(out) + 1)
        change = rng.randrange(6)
        if change == 0 and at < len(out):
            out[at] ^= 1 << rng.randrange(8)
        elif change == 1:
            out[at:at] = rng.randbytes(rng.randint(1, 8))
        elif change == 2:
            del out[at : at + rng.randint(1, 40)]
        elif change == 3:
            source = rng.randrange(len(out) + 1)
            out[at:at] = out[source : source + rng.randint(1, 200)]
        elif change == 4:
            out[at:at] = rng.choice(
                (b"\r", b"\n", b"<p>", b"</td>", b"<!--", b"&#x3", b"\xff\xfe", b"<table><tr>", b"\0")
            )
        else:
            out[at : at + 3] = rng.choice(("第", "条", "一", "、", "(", "。", "\u3000")).encode("utf-8")
    return bytes(out)


def page(rng: Random, text: str) -> str:
    """The text as a web page of some kind, well made or not."""
    title = text.split("\n", 1)[0]
    tag = rng.choice(("p", "div", "span", "li", "td", "h3", "section", "font"))
    rows = "".join(f"<{tag}>{line}{'' if rng.random() < 0.1 else f'</{tag}>'}" for line in text.splitlines())
    outer = rng.choice(("div id='zoom'", "article", "div class='TRS_Editor'", "table", "div", "main"))
    depth = rng.choice((0, 0, 1, 5, 300))
    return f"<html><head><title>{title}</title></head><body>{'<div>' * depth}<{outer}>{rows}</{outer.split()[0]}></body></html>"


def bulk(rng: Random, text: str) -> str:
    """A text of 50 to 150 thousand characters that repeats one piece: where bad patterns take for ever."""
    size = rng.randint(50_000, 150_000)
    lines = text.splitlines() or [""]
    pieces = (
        text, rng.choice(lines), rng.choice(lines) + "\n", rng.choice(lines) + " ", " ", "\u3000", "\n", "\n\n",
        " \n", "第", "第 一", "(", "()", "(一)", "一", "一、", "1.", "——", "、", "。", ";", "二〇", "2026年", "《", "**",
        "<!--", "# ", "a", "甲", "甲 ", "关于", "第一条", "第一条 ", "第一条\n", "(一)甲;", "甲局\n", "甲局 ", "之一",
        "2026年1月1日 ", "来源:甲 2026-01-02\n", "通知\n", "附件1\n", "一、\n(一)\n", rng.choice(_LABELS),
        rng.choice(_LABELS) + " ", rng.choice(_LABELS) + "\n", "第 ", "( ", "> ", "- ", "-", "_", "\r", "e\u0301",
        "\u200b",
    )  # fmt: skip
    piece = rng.choice(pieces) or "甲"
    if piece.rstrip() in _LABELS:
        piece = piece.format("一", "二", n=1)
    repeated = piece * (size // len(piece) + 1)
    cut = rng.randrange(len(text) + 1)
    return text[:cut] + repeated[:size] + text[cut:]


# -- changes of text -------------------------------------------------------------------------------


def _lines(change: Callable[[Random, list[str]], None]) -> Callable[[Random, str], str]:
    def changed(rng: Random, text: str) -> str:
        lines = text.splitlines(keepends=True)
        if lines:
            change(rng, lines)
        return "".join(lines)

    return changed


def _drop(rng: Random, lines: list[str]) -> None:
    at = rng.randrange(len(lines))
    del lines[at : at + rng.randint(1, 3)]


def _double(rng: Random, lines: list[str]) -> None:
    at = rng.randrange(len(lines))
    lines.insert(rng.choice((at, rng.randrange(len(lines)))), lines[at])


def _move(rng: Random, lines: list[str]) -> None:
    lines.insert(rng.randrange(len(lines)), lines.pop(rng.randrange(len(lines))))


def _glue(rng: Random, lines: list[str]) -> None:
    at = rng.randrange(len(lines))
    joint = rng.choice(("", " ", "\u3000"))
    for k in range(at, min(len(lines), at + rng.choice((1, 1, 2, 1000)))):
        lines[k] = lines[k].rstrip("\r\n") + joint


def _tear(rng: Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(("\n", "\r\n", "\n\n", "\r", "\u2028", " ")) + text[at:]


def _label(rng: Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    n = rng.choice((0, 1, 2, 3, 7, 10, 99, 1000))
    label = rng.choice(_LABELS).format(to_chinese(n), to_chinese(rng.randint(1, 9)), n=n)
    return text[:at] + rng.choice(("", "\n", " ", "。")) + label + rng.choice(("", " ", "\n")) + text[at:]


def _odd(rng: Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + "".join(rng.choice(_ODD) for _ in range(rng.randint(1, 4))) + text[at:]


def _delete(rng: Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + text[at + rng.choice((1, 2, 10, 200)) :]


def _cut_short(rng: Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    return text[at:] if rng.random() < 0.5 else text[:at]


def _repeat(rng: Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    piece = text[at : at + rng.choice((1, 3, 20, 300))]
    return text[:at] + piece * rng.choice((2, 3, 50)) + text[at:] if len(text) < 200_000 else text


def _swap(rng: Random, text: str) -> str:
    """Every occurrence of one character becomes another of the text."""
    if not text:
        return text
    return text.replace(rng.choice(text), rng.choice(text))


_TEXT_CHANGES: tuple[Callable[[Random, str], str], ...] = (
    _lines(_drop), _lines(_double), _lines(_move), _lines(_glue), _tear, _label, _label, _odd, _delete,
    _cut_short, _repeat, _swap,
)  # fmt: skip
