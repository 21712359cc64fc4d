"""Bibliographic facts read from a policy's own words: number, issuers, region, level, dates, term, repeals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ceyin.corpus.dates import DATE, day_of, read_date
from ceyin.corpus.doc_numbers import DOC_NUMBER, doc_number, own_number, trailing_number
from ceyin.corpus.model import NamedDocument
from ceyin.corpus.normalise import normalise
from ceyin.corpus.places import locate
from ceyin.corpus.signatures import is_body, is_signer, printed_on, repair, signed_on, signers, split_names
from ceyin.corpus.status_table import StatusTable, read_table
from ceyin.corpus.titles import tidy
from ceyin.corpus.validity_terms import is_trial, read_term, repeals, sentences

__all__ = ["Facts", "Words", "describe", "doc_number", "is_history", "read_date"]

#: 「(1984年3月12日……通过 根据……修正)」 below the title of a law.
_HISTORY = re.compile(
    r"^\(?(?:\d{4}|[一二][〇○零一二三四五六七八九]{3})年.{4,600}(?:通过|公布|发布|修订|修正|批准|施行|颁布|令)[^。]{0,30}\)?$"
)
#: The clause on when a policy takes effect may stand before its tables and forms.
_OWN_TERM = re.compile(r"本(?:办法|细则|规定|通知|意见|方案|措施|条例|规则)自.{2,24}(?:施行|实施|执行|生效)")
_REPEALS = re.compile(r"(?:同时|予以|即行|自行|相应|一并)(?:废止|停止执行|失效)|停止执行")
_MEDIA = re.compile(r"报$|网$|社$|台$|新闻|日报|晚报|融媒|微信|客户端|人民网|发布$|公众号|本网|平台")


@dataclass(frozen=True, slots=True)
class Words:
    """The parts of a policy that facts are read from.

    ``above`` the page above the title, ``head`` the lines between title and body (number lines above it first),
    ``signature`` and ``notes`` as they stand, ``own`` the clauses of the notice, ``attached`` title and clauses
    of every annex.
    """

    title: str
    above: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    salutation: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    attached: tuple[tuple[str, tuple[str, ...]], ...] = ()
    page_date: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What a policy and its page say about it."""

    title: str
    doc_number: str | None
    issuers: tuple[str, ...]
    region: str
    level: str | None
    issued: date | None
    published: date | None
    effective_from: date | None
    expires: date | None
    recipients: tuple[str, ...]
    trial: bool
    validity: str | None
    repeals: tuple[NamedDocument, ...]
    status: str | None


def describe(words: Words) -> Facts:
    """Every fact that title, page, signature and clauses give; None, () or 未注明 where nothing says."""
    table = read_table([*words.above, *words.head])
    title, number = trailing_number(tidy(words.title))
    annex_titles = tuple(t for t, _ in words.attached)
    led = re.match(rf"{DOC_NUMBER.pattern}(?=\S{{6,}})", title)  # 「示发〔2023〕3号关于……的通知」
    if led:
        title, number = title[led.end() :], number or doc_number(led.group())
    title = title or (annex_titles[0] if annex_titles else "")
    number = number or own_number([*words.head]) or (doc_number(table.number) if table.number else None)
    issuers = _issuers(words, title, annex_titles, table)
    issued = signed_on(list(words.signature)) or table.issued or _history_date(words.head)
    published = table.published or read_date(words.page_date or "")
    printed = printed_on([*words.notes, *words.signature]) or table.printed
    endings = [c for _, clauses in words.attached for c in clauses[-6:]]
    endings += [*words.own[:2], *words.own[-8:]] if len(words.own) > 10 else words.own
    everything = [*(c for _, clauses in words.attached for c in clauses), *words.own]
    said = sentences([c for c in everything if c not in endings and _OWN_TERM.search(c)] + endings)
    term = read_term(said, printed or issued)
    region, level = locate(
        issuers, (title, *annex_titles), " ".join((*words.salutation, *words.head, *words.own, *endings))
    )
    return Facts(
        title=title,
        doc_number=number,
        issuers=issuers,
        region=region,
        level=level,
        issued=issued,
        published=published,
        effective_from=table.effective or term.start,
        expires=table.expires or term.end,
        recipients=_recipients(words.salutation),
        trial=term.trial or is_trial(title, annex_titles if re.search(r"印发|发布|公布|转发", title) else ()),
        validity=term.statement,
        repeals=repeals(sentences([c for c in everything if c in endings or _REPEALS.search(c)]), title),
        status=table.status,
    )


def is_history(line: str) -> bool:
    """Whether a line tells when a law was adopted and amended."""
    return bool(_HISTORY.match(line)) and line.startswith("(")


def _history_date(head: tuple[str, ...]) -> date | None:
    """The day a people's congress adopted a law, or a body published its rules; a meeting's approval alone is neither."""
    for line in head:
        m = DATE.search(line) if is_history(line) else None
        if m and re.search(r"人民代表大会|人大|公布|发布|印发|令第", line):
            return day_of(m)
    return None


def _issuers(words: Words, title: str, annex_titles: tuple[str, ...], table: StatusTable) -> tuple[str, ...]:
    """Who issued it, by the first that says: signature, title, status table, the words of the text, the source line."""
    found = signers(list(words.signature)) or _in_title(title) or table.issuers
    found = found or _in_order(words.head) or _in_text(words, (title, *annex_titles))
    return found or _in_source((*words.head, *words.above[-12:], *words.notes))


def _in_title(title: str) -> tuple[str, ...]:
    m = re.match(r"^([^《》]{2,60}?)(?:关于|印发|转发|批转|令第|公告)", title)
    if not m or m.group(1).endswith(("贯彻", "落实")):
        return ()
    names = tuple(split_names(m.group(1)))
    return names if all(is_signer(n) and is_body(n) for n in names) else ()


def _in_order(head: tuple[str, ...]) -> tuple[str, ...]:
    """「示例市人民政府令」 names its issuer."""
    for line in head:
        m = re.match(r"^([\u4e00-\u9fff]{3,30})(?:令|公告)(?:$|\(?第|\d)", normalise(line))
        if m and is_signer(m.group(1)):
            return (re.sub(r"^中华人民共和国(?!主席)", "", m.group(1)),)
    return ()


def _in_text(words: Words, titles: tuple[str, ...]) -> tuple[str, ...]:
    """「近日,中共示例市委、示例市人民政府印发了《……》」, where 《……》 is this very document."""
    keys = {re.sub(r"\W", "", t) for t in titles}
    for text in words.own[:3]:
        for m in re.finditer(
            r"([\u4e00-\u9fff、]{4,80}?)(?:联合|研究|共同)*(?:制定|印发|出台|修订|发布|公布)了?《((?:[^《》]|《[^《》]*》)+)》",
            text,
        ):
            named = re.sub(r"\W", "", m.group(2))
            if not any(named == k or (k and named in k) for k in keys):
                continue
            names = tuple(filter(None, re.split(r"、|和", m.group(1))))
            if names and all(is_signer(n) and is_body(n) for n in names):
                return names
    return ()


def _in_source(lines: tuple[str, ...]) -> tuple[str, ...]:
    """「来源:示例市商务局 2026-03-04」, when no other word names an issuer and the source is a public body."""
    for line in lines:
        m = re.search(r"来源[:：]\s*([\u4e00-\u9fff]{4,30})", line)
        if m and is_signer(m.group(1)) and not _MEDIA.search(m.group(1)):
            return (repair(m.group(1)),)
    return ()


def _recipients(salutation: tuple[str, ...]) -> tuple[str, ...]:
    """Whom it is sent to, split where the salutation has its commas: 「各区人民政府,市政府各部门、各直属机构:」."""
    out: list[str] = []
    for line in salutation:
        depth = 0
        current = ""
        for ch in normalise(line).rstrip(":"):
            depth += (ch == "(") - (ch == ")")
            if ch in ",;" and depth <= 0:
                out.append(current)
                current = ""
            else:
                current += ch
        out.append(current)
    return tuple(name for name in out if name)
