"""The five official pages: which policies, which addresses, nothing lost (facts only, no wording)."""

from pathlib import Path

import pytest

from ceyin.corpus.model import ParsedPolicy
from ceyin.corpus.read import read_source
from ceyin.corpus.segment import parse
from tests.corpus.test_segment import assert_lossless

pytestmark = pytest.mark.shared

PAGES = {
    "cnipa-2023-28.foodmate.txt": 1,
    "cnipa-2016-86.govcn-big5.txt": 1,
    "fuzhou-policy-listing.jxpisp.txt": 14,
    "nanjing-2024-11.njdaily.txt": 1,
    "sichuan-18-measures.zoco.txt": 1,
}


def body(policy: ParsedPolicy) -> list[str]:
    parts = policy.annexes or (policy,)
    return ["/".join(c.path) for part in parts for c in part.clauses]


@pytest.mark.parametrize(("name", "count"), PAGES.items())
def test_every_policy_is_found_and_nothing_is_lost(shared: Path, name: str, count: int) -> None:
    source = parse(read_source(shared / "corpus" / name))
    assert_lossless(source)
    assert len(source.policies) == count


def policies(shared: Path, name: str) -> tuple[ParsedPolicy, ...]:
    return parse(read_source(shared / "corpus" / name)).policies


def test_the_notice_28_has_its_29_clauses_at_their_addresses(shared: Path) -> None:
    (policy,) = policies(shared, "cnipa-2023-28.foodmate.txt")
    expected = ["导语", "一/(一)", "一/(二)", *(f"一/(三)/——{k}" for k in range(1, 7)), "二", "二/(一)/1"]
    expected += [f"二/(一)/2/——{k}" for k in range(1, 6)] + ["二/(一)/3", "二/(一)/4"]
    expected += ["二/(二)/1", "二/(二)/2", "二/(二)/3", "二/(三)"]
    expected += [f"三/({c})" for c in "一二三四五"] + ["结语/第一段", "结语/第二段"]
    assert body(policy) == expected
    assert (policy.doc_number, str(policy.issued)) == ("国知发运字〔2023〕28号", "2023-06-29")
    assert not any(c.damaged for c in policy.clauses)


def test_the_eighteen_measures_run_on_across_their_four_parts(shared: Path) -> None:
    (policy,) = policies(shared, "sichuan-18-measures.zoco.txt")
    parts = {"一": range(1, 6), "二": range(6, 11), "三": range(11, 15), "四": range(15, 19)}
    from ceyin.corpus.numerals import to_chinese

    assert body(policy) == ["导语"] + [f"{p}/({to_chinese(k)})" for p, ks in parts.items() for k in ks]
    assert len(policy.issuers) == 18


def test_the_listing_names_three_stubs_and_four_damaged_policies(shared: Path) -> None:
    found = policies(shared, "fuzhou-policy-listing.jxpisp.txt")
    assert [k for k, p in enumerate(found) if p.stub] == [3, 11, 12]
    damaged = [
        k for k, p in enumerate(found) if any(c.damaged for part in (p, *p.annexes) for c in part.clauses)
    ]
    assert damaged == [5, 6, 8, 10]


def test_the_fund_rules_show_at_least_fifteen_breaks(shared: Path) -> None:
    fund = policies(shared, "fuzhou-policy-listing.jxpisp.txt")[5]
    damages = {(d.kind, d.span) for part in (fund, *fund.annexes) for d in part.damages}
    assert len(damages) >= 15
    intact = {"/".join(c.path) for part in fund.annexes for c in part.clauses if not c.damaged}
    assert {"第九条/(一)", "第九条/(二)", "第九条/(六)", "?#2/(二)", "?#3/(二)", "第十一条/(一)"} <= intact


def test_the_expired_measures_say_until_when_they_held(shared: Path) -> None:
    measures = policies(shared, "fuzhou-policy-listing.jxpisp.txt")[7]
    assert (str(measures.effective_from), str(measures.expires)) == ("2023-10-10", "2025-12-31")
    assert body(measures)[-1] == "结语"
    assert len(body(measures)) == 22
