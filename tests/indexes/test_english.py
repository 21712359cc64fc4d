"""English questions against the English digests of the shipped catalog."""

import pytest

from ceyin.indexes.english import shares, stems


def test_endings_function_words_and_figures_do_not_count() -> None:
    assert stems("What is it if projects failed 3 audits?") == stems("a project failing an audit")


def test_years_count() -> None:
    assert "2025" in stems("the target for 2025 is 8,000")


@pytest.mark.parametrize(
    ("question", "policy", "path"),
    [
        (
            "Our cultivation project failed acceptance: are we barred?",
            "fuzhou-high-value-patent-2023",
            "第十九条",
        ),
        ("Who may audit how the project spends its funds?", "fuzhou-high-value-patent-2023", "第十七条"),
    ],
)
def test_the_clause_that_says_it_has_most_of_the_question(question: str, policy: str, path: str) -> None:
    found = shares(question)
    best = max(found, key=lambda ref: (found[ref], ref))
    assert (best.policy_id, best.path[0]) == (policy, path)


@pytest.mark.parametrize(
    ("question", "policy"),
    [
        ("Which leaders answer for protecting IP in a city?", "cnipa-2016-86"),
        ("May a counter force applicants to book online first?", "cnipa-2024-31"),
    ],
)
def test_a_clause_is_found_in_other_words_than_its_digest_has(question: str, policy: str) -> None:
    found = shares(question)
    assert max(found, key=lambda ref: (found[ref], ref)).policy_id == policy


def test_nothing_english_is_found_nowhere() -> None:
    assert shares("认证费能补多少") == {}
