"""Which documents the clauses of stored policies name that are not in the library."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ceyin.corpus.model import ClauseRef
from ceyin.corpus.normalise import normalise
from ceyin.corpus.referring.citations import Anchor, find
from ceyin.corpus.referring.directory import Directory, stored_entry
from ceyin.corpus.referring.titles import is_policy
from ceyin.corpus.stored import StoredPolicy


@dataclass(frozen=True, slots=True)
class Outside:
    """A document that is named but not here, and the first clause that names it."""

    title: str | None
    doc_number: str | None
    named_in: ClauseRef


def outside_documents(policies: Iterable[StoredPolicy], library: Iterable[StoredPolicy]) -> list[Outside]:
    """Every policy or law named in the clauses of ``policies`` and unknown to the library, in order, once each."""
    directory = Directory.of(stored_entry(p) for p in library)
    seen: dict[str, Outside] = {}
    for policy in policies:
        own = normalise(policy.title)
        for clause in policy.clauses:
            text = clause.text
            for mention in find(text):
                if mention.anchor not in (Anchor.TITLE, Anchor.NUMBER) or (mention.title or "") in own:
                    continue
                if mention.title is None and mention.number is None:
                    continue
                after = text[mention.end : mention.end + 24]
                named = mention.number or is_policy(mention.title or "", text[: mention.start], after)
                if not named or directory.find(mention.title, mention.number):
                    continue
                key = mention.title or mention.number or ""
                seen.setdefault(key, Outside(mention.title, mention.number, clause.ref))
    return list(seen.values())
