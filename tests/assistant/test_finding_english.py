"""An English question finds a clause by what its digest says, whatever the Chinese terms are."""

import pytest

from ceyin.assistant.english.finding import digests, with_digests
from ceyin.corpus.model import ClauseRef
from ceyin.indexes.hits import Hit

EVERY = frozenset(ref.policy_id for ref in digests())
#: Asked in other words than the digests have, and whose clause it is.
FOUND = {
    "accounts": (
        "Who audits the project funds and must there be separate accounts?",
        "fuzhou-high-value-patent-2023",
    ),
    "leaders": ("Which leaders answer for protecting IP in a city?", "cnipa-2016-86"),
    "bookings": ("May a counter force applicants to book online first?", "cnipa-2024-31"),
}


@pytest.mark.parametrize(("text", "policy"), FOUND.values(), ids=FOUND.keys())
def test_the_clause_is_found_without_any_hit_of_the_search(text: str, policy: str) -> None:
    assert with_digests([], text, EVERY, 5)[0].ref.policy_id == policy


def test_only_policies_allowed_are_found() -> None:
    found = with_digests([], "Who audits the project funds?", frozenset({"cnipa-2016-86"}), 5)
    assert {hit.ref.policy_id for hit in found} <= {"cnipa-2016-86"}


def test_a_question_of_nothing_the_digests_say_leaves_the_search_as_it_is() -> None:
    hit = Hit(ClauseRef("cnipa-2016-86", ("一",)), 0.8, 1, "fused", 0.5)
    assert [h.ref for h in with_digests([hit], "zzyzx quux", EVERY, 5)] == [hit.ref]
