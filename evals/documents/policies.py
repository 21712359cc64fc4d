"""A policy as its chunks in order: head, salutation, clauses, closing words, signature, annexes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from ceyin.evals.documents import words
from ceyin.evals.documents.articles import articles
from ceyin.evals.documents.damage import insert_damage, without_dropped
from ceyin.evals.documents.draft import Draft
from ceyin.evals.documents.frame import (
    attachments,
    foot,
    head,
    printing_lines,
    salutation,
    site_above,
    site_below,
    site_between,
)
from ceyin.evals.documents.outlines import outline
from ceyin.evals.documents.parts import Chunk, Part, Words, write_closing, write_opening, write_part
from ceyin.evals.documents.references import mention, opening_mention

#: The kinds of document and how often each is written.
KINDS = {"articles": 5, "outline": 6, "annexed": 4, "plain": 1, "listing": 1}


@dataclass(frozen=True, slots=True)
class Written:
    """A policy written: what its head and foot say and the chunks it consists of."""

    title: str
    doc_number: str | None
    issued: date | None
    stub: bool
    chunks: list[Chunk]


def write_policy(draft: Draft, kind: str, *, first: bool, last: bool) -> Written:
    """A policy of a kind; only the first on a page has the site's lines above it."""
    listed = kind == "listing"
    if listed:
        kind = draft.rng.choice(("articles", "outline", "annexed"))
    if kind == "articles":
        written = _measure(draft)
    elif kind == "annexed":
        written = _notice_with_annexes(draft, lone=listed)
    elif kind == "plain":
        written = _plain(draft)
    else:
        written = _notice(draft)
    chunks = written.chunks
    if listed:
        chunks = [*chunks, Chunk(f"来源:示例市财政局 2026-0{draft.pick(1, 9)}-1{draft.pick(0, 9)}", "source")]
        if first:
            chunks = [Chunk("示例市政策汇编", "furniture"), *chunks]
    elif draft.may("site furniture", 0.3):
        at = next(k for k, c in enumerate(chunks) if c.role not in ("title",))
        chunks = [*site_above(draft), *chunks[:at], *site_between(draft), *chunks[at:], *site_below(draft)]
    return replace(written, chunks=chunks)


# -- the bodies ------------------------------------------------------------------------------------


def _parts(draft: Draft, parts: list[Part]) -> Iterator[Chunk]:
    if draft.options.damage:
        insert_damage(draft, parts)
        parts = without_dropped(parts)
    for part in parts:
        yield from write_part(part)


def _in_articles(draft: Draft, name: str) -> list[Chunk]:
    chunks: list[Chunk] = []
    tops = articles(draft)
    if tops[0].key is None and not draft.options.damage and draft.may("table of contents", 0.1):
        chunks.append(Chunk("目录", "other"))
        chunks += [Chunk(t.label + t.gap + t.heading, "other") for t in tops]
    if draft.may("preamble above articles", 0.08):
        chunks += write_opening([Words(f"为规范{name}工作,结合本市实际,制定本规定。")], "导语")
    return [*chunks, *_parts(draft, tops)]


def _in_outline(draft: Draft, name: str, doc: str, opening: str, *, preamble: float) -> list[Chunk]:
    rng = draft.rng
    chunks: list[Chunk] = []
    if draft.may("preamble", preamble):
        lead = f"为加快推进{name}工作,{words.tail(rng)},经市政府同意,"
        ending = "现就有关事项通知如下:" if doc == "通知" else f"制定本{doc}。"
        paragraphs = [Words(lead + ending)]
        if draft.may("two paragraphs of preamble", 0.15):
            paragraphs.insert(0, Words(words.sentence(rng) + words.sentence(rng)))
        chunks += write_opening(paragraphs, opening)
    chunks += _parts(draft, outline(draft))
    if draft.may("closing words", 0.25):
        closing = [f"本{doc}自印发之日起施行,有效期{draft.pick(2, 5)}年。"]
        if draft.may("two closing paragraphs", 0.2):
            closing.append("各县(区)可以结合实际制定实施细则,认真抓好落实。")
        chunks += write_closing(closing)
    return chunks


# -- the kinds -------------------------------------------------------------------------------------


def _measure(draft: Draft) -> Written:
    rng = draft.rng
    name = rng.choice(words.SUBJECTS)
    doc = rng.choice(("办法", "规定", "实施细则", "条例"))
    top = head(draft, f"示例市{name}{doc}" + ("(试行)" if rng.random() < 0.2 else ""), breakable=False)
    chunks = list(top.chunks)
    if draft.may("note of adoption", 0.1):
        chunks.append(Chunk("(2024年3月2日示例市人民政府第5次常务会议通过)", "other"))
    chunks += _in_articles(draft, name)
    issued = None
    if draft.may("signature", 0.2):
        bottom = foot(draft)
        chunks, issued = [*chunks, *bottom.chunks], bottom.issued
    return Written(top.title, top.doc_number, issued, False, chunks)


def _notice(draft: Draft) -> Written:
    rng = draft.rng
    name = rng.choice(words.SUBJECTS)
    doc = rng.choice(("通知", "通知", "意见", "方案"))
    if doc == "方案":
        title = f"示例市{name}工作方案"
        if draft.may("years in the title", 0.3):
            title += f"({draft.pick(2019, 2024)}—{draft.pick(2025, 2030)}年)"
    else:
        title = rng.choice((*words.SIGNERS, "")) + f"关于进一步做好{name}工作的{doc}"
    top = head(draft, title, breakable=True)
    chunks = list(top.chunks)
    if doc != "方案" and draft.may("salutation", 0.7):
        chunks += salutation(draft)
    chunks += _in_outline(draft, name, doc, "导语", preamble=0.85)
    if doc == "通知" and draft.may("特此通知", 0.15):
        chunks.append(Chunk("特此通知。", "other"))
    if doc == "通知" and draft.may("contact line", 0.1):
        chunks.append(Chunk(f"(联系人:王小河,联系电话:0799-{draft.pick(1000000, 9999999)})", "other"))
    if draft.may("list of attachments", 0.2):
        chunks += attachments(draft, [f"{name}申请表", f"{name}汇总表"][: draft.pick(1, 2)])
    issued = None
    if draft.may("signature", 0.7):
        bottom = foot(draft)
        chunks, issued = [*chunks, *bottom.chunks, *printing_lines(draft)], bottom.issued
    return Written(top.title, top.doc_number, issued, False, chunks)


def _plain(draft: Draft) -> Written:
    rng = draft.rng
    name = rng.choice(words.SUBJECTS)
    top = head(draft, f"{rng.choice(words.SIGNERS)}关于{name}有关事项的通告", breakable=True)
    paragraphs = [
        Words(f"为做好{name}工作,现将有关事项通告如下:" + words.sentence(rng)),
        *(Words(words.sentence(rng) + words.sentence(rng)) for _ in range(draft.pick(0, 3))),
    ]
    for paragraph in paragraphs[1:]:
        if draft.may("mentions at the beginning of a line", 0.2):
            paragraph.text = opening_mention(rng, draft.pick(1, 4), articles=False) + paragraph.text
        elif draft.may("mentions", 0.2):
            paragraph.text += mention(rng, draft.pick(1, 4))
    chunks = [*top.chunks, *write_opening(paragraphs, "正文")]
    bottom = foot(draft)
    return Written(top.title, top.doc_number, bottom.issued, False, [*chunks, *bottom.chunks])


def _notice_with_annexes(draft: Draft, *, lone: bool) -> Written:
    rng = draft.rng
    count = 2 if not lone and draft.may("two annexes", 0.15) else 1
    subjects = rng.sample(words.SUBJECTS, count)
    docs = [rng.choice(("办法", "实施细则", "工作方案", "行动计划")) for _ in subjects]
    names = [f"示例市{s}{d}" for s, d in zip(subjects, docs, strict=True)]
    issuing = "、".join(f"《{n}》" for n in names)
    signer = rng.choice((*words.SIGNERS, ""))
    top = head(draft, f"{signer}关于印发{issuing}的通知", breakable=True)
    chunks = [*top.chunks, *salutation(draft)]
    cover = [Words(f"{issuing}已经市政府同意,现印发给你们,请认真组织实施。")]
    if draft.may("two paragraphs of cover note", 0.2):
        cover.append(Words(f"执行中遇到的问题,请及时向{rng.choice(words.BODIES)}反映。"))
    chunks += write_opening(cover, "通知")
    listed = draft.may("list of attachments", 0.3)
    if listed:
        chunks += attachments(draft, names)
    bottom = foot(draft)
    chunks += bottom.chunks
    stub = draft.options.damage and rng.random() < 0.2
    if stub:
        draft.traits.add("damage: stub")
    else:
        for k, (subject, doc, name) in enumerate(zip(subjects, docs, names, strict=True), 1):
            if count > 1 or (listed and rng.random() < 0.5):
                chunks.append(Chunk(f"附件{k if count > 1 else ''}", "other"))
            body = [Chunk(name, "title")]
            if doc in ("办法", "实施细则"):
                body += _in_articles(draft, subject)
            else:
                body += _in_outline(draft, subject, doc[-2:], "导语", preamble=0.6)
            chunks += [replace(c, part=k) for c in body]
    return Written(top.title, top.doc_number, bottom.issued, stub, chunks)
