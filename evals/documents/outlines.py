"""Documents in outline style: 一、 (一) 1. (1) ①, stages, dash paragraphs, headings on their own line or run in."""

from __future__ import annotations

from dataclasses import dataclass

from ceyin.evals.documents import words
from ceyin.evals.documents.draft import Draft
from ceyin.evals.documents.parts import Part, Words
from ceyin.evals.documents.references import mention, opening_mention

_BELOW = {"一、": "(一)", "(一)": "1.", "1.": "(1)", "(1)": "①"}


@dataclass(slots=True)
class _Running:
    """Numbers of (一) that go on from one 一、 to the next."""

    on: bool
    last: int = 0


def outline(draft: Draft) -> list[Part]:
    """The top parts 一、, 二、 … of a text."""
    count = draft.pick(2, 3) + draft.size
    if draft.may("measures without headings", 0.2):
        return [_measure(draft, k) for k in range(1, count + 1)]
    running = _Running(draft.may("running (一)", 0.2))
    run_in = draft.may("run-in headings of (一)", 0.6)
    return [_section(draft, k, running, run_in) for k in range(1, count + 1)]


def _measure(draft: Draft, number: int) -> Part:
    """「一、支持……。」: no heading, whole sentences."""
    part = draft.part("一、", number)
    part.content = [Words(_sentences(draft, number))]
    if draft.may("items below a stem", 0.25):
        part.content = [Words(words.stem(draft.rng)), *_listed(draft, "(一)")]
        _close(draft, part)
    elif draft.may("paragraphs of a measure", 0.15):
        # Two sentences: a short one above a paragraph could as well be a heading.
        part.content = [Words(words.sentence(draft.rng) + _sentences(draft, number))]
        part.content.append(Words(_sentences(draft, number, opening=True)))
    return part


def _section(draft: Draft, number: int, running: _Running, run_in: bool) -> Part:
    rng = draft.rng
    part = draft.part("一、", number)
    part.heading, part.own_line = words.heading(rng), True
    shape = rng.random()
    if shape < 0.25:
        part.content = _plain(draft, number)
    elif shape < 0.35 and draft.may("dash paragraphs", 0.9):
        part.content = _dashes(draft)
    elif shape < 0.42 and draft.may("stages", 0.9):
        part.content = _stages(draft)
    else:
        if draft.may("words between 一、 and (一)", 0.3):
            part.content.append(Words(words.sentence(rng)))
        first = running.last + 1 if running.on else 1
        count = draft.pick(2, 4)
        running.last += count
        for k in range(first, first + count):
            part.content.append(_subsection(draft, k, run_in))
    return part


def _plain(draft: Draft, number: int) -> list[Words | Part]:
    out: list[Words | Part] = [Words(_sentences(draft, number))]
    if draft.may("several paragraphs below a heading", 0.5):
        out += [Words(_sentences(draft, number, opening=True)) for _ in range(draft.pick(1, 2))]
    return out


def _dashes(draft: Draft) -> list[Words | Part]:
    out: list[Words | Part] = [Words("到2028年,实现以下目标:")]
    for k in range(1, draft.pick(2, 4) + 1):
        dash = draft.part("——", k)
        if draft.may("headings of dash paragraphs", 0.5):
            dash.heading = words.heading(draft.rng).replace(",", "、")
        dash.content = [Words(words.sentence(draft.rng))]
        out.append(dash)
    if draft.may("paragraph after dashes", 0.4):
        out.append(Words("到2030年," + words.sentence(draft.rng)))
    return out


def _stages(draft: Draft) -> list[Words | Part]:
    out: list[Words | Part] = [Words("分以下阶段推进:")] if draft.rng.random() < 0.5 else []
    for k in range(1, draft.pick(2, 3) + 1):
        stage = draft.part("阶段", k)
        stage.heading = words.heading(draft.rng).replace(",", "和") + f"(2026年{k}—{k + 2}月)"
        stage.content = [Words(words.sentence(draft.rng))]
        out.append(stage)
    return out


def _subsection(draft: Draft, number: int, run_in: bool) -> Part:
    rng = draft.rng
    part = draft.part("(一)", number)
    part.heading, part.own_line = words.heading(rng), not run_in
    part.content = [Words(_sentences(draft, number))]
    shape = rng.random()
    if shape < 0.15 and draft.may("items below a stem", 0.9):
        part.content = [Words(words.stem(rng)), *_listed(draft, "1.")]
        _close(draft, part)
    elif shape < 0.3 and draft.may("headed 1. below (一)", 0.9):
        part.content = [] if part.own_line and rng.random() < 0.5 else part.content
        own_line = part.own_line and draft.may("headings of 1. on their own line", 0.3)
        part.content += [_headed(draft, k, own_line) for k in range(1, draft.pick(2, 3) + 1)]
    elif shape < 0.4 and draft.may("paragraphs of (一)", 0.9):
        part.content.append(Words(_sentences(draft, number, opening=True)))
    if draft.may("list of 责任单位", 0.08):
        part.content.append(
            Words(f"(责任单位:{rng.choice(words.BODIES)}、{rng.choice(words.BODIES)})", kept_out=True)
        )
    return part


def _headed(draft: Draft, number: int, own_line: bool) -> Part:
    part = draft.part("1.", number)
    part.own_line = own_line
    part.heading = words.heading(draft.rng).replace(",", "和")
    part.content = [Words(words.sentence(draft.rng))]
    return part


def _listed(draft: Draft, family: str) -> list[Part]:
    rng = draft.rng
    out: list[Part] = []
    count = draft.pick(2, 4)
    below = _BELOW.get(family)
    for k in range(1, count + 1):
        part = draft.part(family, k)
        part.content = [Words(words.item(rng, end="。" if k == count else ";"))]
        if below and family != "(1)" and draft.may(f"items {below} below {family}", 0.1):
            part.content = [Words(words.item(rng, end=",包括下列内容:")), *_listed(draft, below)]
        out.append(part)
    return out


def _close(draft: Draft, part: Part) -> None:
    """A paragraph that speaks of the items above it and so belongs to their parent."""
    if draft.may("paragraph after items", 0.15):
        part.content.append(Words(f"以上材料由{draft.rng.choice(words.BODIES)}统一核对,不再另行报送。"))


def _sentences(draft: Draft, number: int, *, opening: bool = False) -> str:
    rng = draft.rng
    out = [words.sentence(rng) for _ in range(draft.pick(1, 3))]
    if draft.may("mentions", 0.2):
        out.insert(1, mention(rng, number + 1))
    if opening and draft.may("mentions at the beginning of a line", 0.3):
        out.insert(0, opening_mention(rng, number + 1, articles=False))
    return "".join(out)
