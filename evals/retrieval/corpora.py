"""The corpora a search is measured on: official texts with cards, without, with cards that ask nothing, cards alone.

All stand over stores of their own in a folder that is gone afterwards: the user's home is neither read nor
written, so a figure does not depend on what was imported there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from ceyin.corpus.catalog import Catalog
from ceyin.corpus.database import open_database
from ceyin.corpus.database.engine import Database
from ceyin.corpus.library import Library, StoredPolicy
from ceyin.corpus.read import read_source
from ceyin.corpus.segment import parse


@dataclass(frozen=True, slots=True)
class Corpora:
    """Cards alone are always there; the others where the official pages are."""

    cards: Library
    official: Library | None = None
    questionless: Library | None = None  # the cards say what stands in a clause, but ask nothing
    bare: Library | None = None  # as a policy nobody has written cards for: no catalog entry at all
    imported: Callable[[Collection[str]], Library] | None = None  # only these policies have no entry


@contextmanager
def open_corpora(folder: Path, catalog: Catalog, pages: Path | None) -> Iterator[Corpora]:
    """Stores in ``folder``; ``pages`` holds the official texts."""
    with closing(open_database(folder / "cards")) as alone:
        cards = Library(alone, catalog)
        if pages is None:
            yield Corpora(cards)
            return
        with closing(open_database(folder / "official")) as database:
            yield _with_texts(cards, database, catalog, pages)


def _with_texts(cards: Library, database: Database, catalog: Catalog, pages: Path) -> Corpora:
    official = Library(database, catalog)
    official.add_all([parse(read_source(page)) for page in sorted(pages.iterdir()) if page.is_file()])
    nobody = Catalog(policies=(), fingerprint="none")

    def imported(policies: Collection[str]) -> Library:
        rest = tuple(p for p in catalog.policies if p.id not in policies)
        name = f"{catalog.fingerprint}-without-{' '.join(sorted(policies))}"
        return Library(database, Catalog(policies=rest, fingerprint=name))

    # The same rows under another catalog: ids stay, so the same questions can be asked of all three.
    questionless, bare = Library(database, without_questions(catalog)), Library(database, nobody)
    return Corpora(cards, official, questionless, bare, imported)


def without_questions(catalog: Catalog) -> Catalog:
    """The catalog with no card asking anything."""
    policies = tuple(
        policy.model_copy(
            update={"cards": tuple(card.model_copy(update={"questions": ()}) for card in policy.cards)}
        )
        for policy in catalog.policies
    )
    return Catalog(policies=policies, fingerprint=f"{catalog.fingerprint}-questionless")


class FixedLibrary(Library):
    """Policies made by hand: what the indexes ask of a library, with no store behind it."""

    def __init__(self, policies: Sequence[StoredPolicy], fingerprint: str) -> None:
        self._policies = {p.policy_id: p for p in policies}
        self._name = fingerprint

    def policies(self) -> tuple[StoredPolicy, ...]:
        return tuple(self._policies.values())

    def policy(self, policy_id: str) -> StoredPolicy | None:
        return self._policies.get(policy_id)

    def fingerprint(self) -> str:
        return self._name

    def some(self, policy_ids: Collection[str]) -> dict[str, StoredPolicy]:
        return {i: self._policies[i] for i in policy_ids if i in self._policies}

    def stamps(self) -> dict[str, str]:
        return dict.fromkeys(self._policies, self._name)

    def stream(self, policy_ids: Collection[str]) -> Iterator[StoredPolicy]:
        return (self._policies[policy_id] for policy_id in sorted(policy_ids))
