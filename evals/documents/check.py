"""Hold a parse against what the generator wrote, and any parse against the law that nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass

from ceyin.corpus.model import ParsedPolicy, ParsedSource, Span
from ceyin.corpus.normalise import normalise
from ceyin.evals.documents.document import ExpectedPolicy, Generated


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing a parse got wrong; ``kind`` groups, ``note`` shows."""

    kind: str
    note: str


def spans(policy: ParsedPolicy) -> list[Span]:
    """All clause and block spans of a policy and its annexes."""
    own = [c.span for c in policy.clauses] + [b.span for b in policy.blocks]
    return own + [s for annex in policy.annexes for s in spans(annex)]


def lost_words(parsed: ParsedSource) -> str | None:
    """How a parse breaks the law that spans cover the source once and lead back to the text; None if it holds."""
    covered = sorted([s for p in parsed.policies for s in spans(p)] + list(parsed.furniture))
    at = 0
    for span in covered:
        if span.start != at:
            return f"{'hole' if span.start > at else 'overlap'} at {at}: {span}"
        if span.end <= span.start:
            return f"empty span at {at}"
        at = span.end
    if at != len(parsed.text):
        return f"{len(parsed.text) - at} characters at the end are lost"
    for policy in parsed.policies:
        for part in _with_annexes(policy):
            for clause in part.clauses:
                if clause.text != normalise(clause.span.cut(parsed.text)):
                    return f"text of {'/'.join(clause.path)} is not what its span says: {clause.span}"
    return None


def _with_annexes(policy: ParsedPolicy) -> list[ParsedPolicy]:
    return [policy, *(p for annex in policy.annexes for p in _with_annexes(annex))]


def differences(generated: Generated, parsed: ParsedSource) -> list[Difference]:
    """Everything a parse got wrong about a generated document, most basic first."""
    lost = lost_words(parsed)
    if lost:
        return [Difference("lost words", lost)]
    found, expected = len(parsed.policies), len(generated.expected)
    if found != expected:
        return [Difference("policies", f"{found} policies found, {expected} written")]
    out: list[Difference] = []
    for policy, wanted in zip(parsed.policies, generated.expected, strict=True):
        out += _head(policy, wanted)
        out += _clauses(policy, wanted, parsed.text)
        out += _damages(policy, wanted)
    return out


def _head(policy: ParsedPolicy, wanted: ExpectedPolicy) -> list[Difference]:
    pairs = (
        ("title", policy.title, normalise(wanted.title)),
        ("doc_number", policy.doc_number, wanted.doc_number and normalise(wanted.doc_number)),
        ("issued", policy.issued, wanted.issued),
        ("stub", policy.stub, wanted.stub),
    )
    return [Difference(name, f"{got!r}, not {want!r}") for name, got, want in pairs if got != want]


def _clauses(policy: ParsedPolicy, wanted: ExpectedPolicy, text: str) -> list[Difference]:
    got = {
        (k, clause.path, clause.span.start, _end(text, clause.span)): clause
        for k, part in enumerate(_with_annexes(policy))
        for clause in part.clauses
    }
    want = {(c.part, c.path, c.start, c.end): c for c in wanted.clauses}
    out: list[Difference] = []
    places = {(k[0], k[2]): k for k in got}
    matched: set[tuple[int, tuple[str, ...], int, int]] = set()
    for key in want:
        if key in got:
            matched.add(key)
            continue
        name = f"{key[0]}:{'/'.join(key[1])} «{text[key[2] : key[2] + 14]}»"
        other = places.get((key[0], key[2]))
        if other is None:
            out.append(Difference("clause missing", f"{name} at {key[2]}"))
            continue
        matched.add(other)
        if other[1] != key[1]:
            out.append(Difference("address", f"{name} is read as {'/'.join(other[1])}"))
        else:
            out.append(Difference("extent", f"{name} ends at {other[3]}, not {key[3]}"))
    for key in got:
        if key not in matched:
            out.append(
                Difference("clause invented", f"{key[0]}:{'/'.join(key[1])} «{text[key[2] : key[2] + 14]}»")
            )
    for key in want.keys() & got.keys():
        trail = tuple(normalise(h) for h in want[key].trail)
        seen = [normalise(h) for h in got[key].heading_trail]
        if [h for h in seen if h in trail] != list(trail):
            out.append(Difference("trail", f"{'/'.join(key[1])} under {seen}, not {list(trail)}"))
    return out


def _end(text: str, span: Span) -> int:
    return span.start + len(span.cut(text).rstrip())


def _damages(policy: ParsedPolicy, wanted: ExpectedPolicy) -> list[Difference]:
    if wanted.stub:
        return []
    found = [d for part in _with_annexes(policy) for d in part.damages]
    out = [
        Difference(f"damage missed: {w.kind}", f"at {w.start}")
        for w in wanted.damages
        if not any(d.span.start <= w.end and w.start <= d.span.end + 2 for d in found)
    ]
    if not wanted.damages:
        out += [Difference("false alarm", f"{d.kind} {d.note} at {d.span.start}") for d in found]
    return out
