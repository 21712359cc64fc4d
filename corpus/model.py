"""The values everything else is made of: references, spans, clauses, policies.

A clause is born in :mod:`ceyin.corpus.segment`, keeps its :class:`ClauseRef` and its :class:`Span` in the
source all the way to the citation a person clicks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_ARTICLE = re.compile(r"^第.+条(之.+)?$")
_PARAGRAPH = re.compile(r"^第.+款$")
_CHINESE_NUMBER = re.compile(r"^[一二三四五六七八九十百]+(?:#\d+)?$")


@dataclass(frozen=True, slots=True, order=True)
class ClauseRef:
    """The identity of a clause: policy id and the labels from the top down, ``("二", "(一)", "4")``."""

    policy_id: str
    path: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.policy_id} {cite_path(self.path)}"


def cite_path(path: tuple[str, ...]) -> str:
    """Write a path as officials write it: ``第九条第一款第(二)项``, ``二、(一)4.``; a lost label says so."""
    out: list[str] = []
    in_article = False
    for k, label in enumerate(path):
        if label.startswith("?"):
            out.append("(编号缺失)")
            in_article = True
        elif _ARTICLE.match(label) or _PARAGRAPH.match(label):
            out.append(label)
            in_article = in_article or bool(_ARTICLE.match(label))
        elif label.startswith("("):
            out.append(f"第{label}项" if in_article else label)
        elif label.isdigit():
            out.append(f"第{label}目" if in_article else f"{label}.")
        elif label.startswith("——"):
            out.append(f"第{label[2:]}个“——”段")
        elif _CHINESE_NUMBER.match(label):
            out.append(label if k == len(path) - 1 else f"{label}、")
        else:
            out.append(label)
    return "".join(out)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range ``[start, end)`` of code points in a source as read."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def cut(self, text: str) -> str:
        """The words of ``text`` in this span."""
        return text[self.start : self.end]


class DamageKind(StrEnum):
    """What proves that words are missing."""

    GAP = "gap"  # a number of the sequence never comes
    EMPTY = "empty"  # a clause number or heading with no words of its own
    CUT_START = "cut_start"  # begins in the middle of a sentence
    CUT_END = "cut_end"  # ends in the middle of a sentence
    CUT = "cut"  # words are lost inside
    LOST_LABEL = "lost_label"  # the number of the clause itself is lost
    ABRIDGED = "abridged"  # the page says that text was left out
    STUB = "stub"  # a cover note without the document it issues


@dataclass(frozen=True, slots=True)
class Damage:
    """One provable loss of words; ``span`` is where it shows in the source, ``note`` says it in Chinese."""

    kind: DamageKind
    span: Span
    note: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A leaf of the document: only its own words, the headings above it in ``heading_trail``.

    ``text`` is ``normalise(source[span])``. A stem (「有下列情形之一的:」) is a clause at its parent's path.
    """

    path: tuple[str, ...]
    heading: str
    heading_trail: tuple[str, ...]
    text: str
    span: Span
    damage: Damage | None = None

    @property
    def damaged(self) -> bool:
        """Whether words of this clause are provably missing."""
        return self.damage is not None


class BlockKind(StrEnum):
    """What a part of a policy that is no clause is."""

    TITLE = "title"
    SALUTATION = "salutation"
    HEADING = "heading"
    SIGNATURE = "signature"
    RESPONSIBLE = "responsible"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a policy that is no clause."""

    kind: BlockKind
    span: Span


@dataclass(frozen=True, slots=True)
class NamedDocument:
    """Another document as a policy names it: its title, its number, or both."""

    title: str | None
    doc_number: str | None


@dataclass(frozen=True, slots=True)
class ParsedPolicy:
    """One policy as found in a source; annexes (the 办法 a notice issues) have the same shape."""

    title: str
    doc_number: str | None
    issuers: tuple[str, ...]
    region: str
    issued: date | None
    published: date | None
    effective_from: date | None
    expires: date | None
    stub: bool
    span: Span
    clauses: tuple[Clause, ...]
    blocks: tuple[Block, ...]
    annexes: tuple[ParsedPolicy, ...] = ()
    damages: tuple[Damage, ...] = ()
    label: str = ""  # of an annex: the words that open it, 「附件2」
    # what it says about itself: level 国家, 省, 市, 县区 or 园区 (None: nothing says), whom it is sent to,
    # on trial (试行, 暂行), the sentence its term stands in, what it repeals, the word of an official table
    level: str | None = None
    recipients: tuple[str, ...] = ()
    trial: bool = False
    validity: str | None = None
    repeals: tuple[NamedDocument, ...] = ()
    status: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedSource:
    """Everything found in one source; policies and furniture cover its characters once, in order."""

    source: str
    sha256: str
    text: str
    policies: tuple[ParsedPolicy, ...]
    furniture: tuple[Span, ...]


class ReferenceKind(StrEnum):
    """What a reference names."""

    CLAUSE = "clause"  # 第九条第一款, 按照(二)执行
    RELATIVE = "relative"  # 前款, 本条, 上述第(二)项
    PART = "part"  # 第三章, 本章, 第二部分
    SELF = "self"  # 本办法
    ANNEX = "annex"  # 附件2
    POLICY = "policy"  # 《示例法》第三条, 示发〔2024〕1号
    WORK = "work"  # a standard, form, book or award in 《》


class ReferenceStatus(StrEnum):
    """What became of a reference."""

    RESOLVED = "resolved"
    AMBIGUOUS = "ambiguous"  # several places fit, or none does
    DAMAGED = "damaged"  # what it names is lost from this text
    NOT_IN_CORPUS = "not_in_corpus"  # a policy, or an annex, that is not known here
    EXTERNAL = "external"  # no policy at all


@dataclass(frozen=True, slots=True)
class ReferenceTarget:
    """A place that is meant: of the document ``policy_id`` (None: known by name only) all below ``path``.

    ``leaves`` are the clauses there; empty for a whole document and where the clauses are not known.
    """

    policy_id: str | None
    title: str
    doc_number: str | None
    path: tuple[str, ...] = ()
    leaves: tuple[tuple[str, ...], ...] = ()

    @property
    def refs(self) -> tuple[ClauseRef, ...]:
        """The clauses of a stored policy that are meant; empty where it has no id or is meant as a whole."""
        return tuple(ClauseRef(self.policy_id, leaf) for leaf in self.leaves) if self.policy_id else ()


@dataclass(frozen=True, slots=True)
class Reference:
    """Words of a clause that name a clause or a document; ``text == normalise(source[span])``.

    ``within`` is their range in the clause's own text.
    """

    span: Span
    within: Span
    text: str
    kind: ReferenceKind
    status: ReferenceStatus
    targets: tuple[ReferenceTarget, ...] = ()
    note: str = ""


class LinkKind(StrEnum):
    """What one policy does with another."""

    IMPLEMENTS = "implements"
    SUPERSEDES = "supersedes"
    AMENDS = "amends"
    ISSUES = "issues"
    QUOTES = "quotes"


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """A policy's tie to another one, and the words that say it; in the title ``clause_path`` is empty."""

    kind: LinkKind
    title: str
    doc_number: str | None
    policy_id: str | None
    status: ReferenceStatus
    clause_path: tuple[str, ...]
    span: Span


class InForce(StrEnum):
    """Whether a policy is in force on a date."""

    IN_FORCE = "in_force"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    REPEALED = "repealed"
    UNKNOWN = "unknown"
