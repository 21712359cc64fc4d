"""One applicant against the whole book: verdicts, money together, what to tell next, what is left out."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ceyin.assistant.matching.area import area_of, assumed_area, level_of
from ceyin.assistant.matching.words import sum_words, totals_words
from ceyin.corpus.errors import FactError
from ceyin.ui.match_page import match_page
from tests.assistant.matching.town import POLICIES, matched, policy, programme

FIRM = {"主体": "企业"}
CERTIFIED = {**FIRM, "已认证": "是", "专利件数": 3, "认证费": "3万", "已领同类资金": "没有"}


def test_a_programme_passes_with_its_sum_and_a_failed_one_gives_nothing() -> None:
    report = matched(CERTIFIED)
    cert = programme(report, "shili/cert")
    assert (cert.verdict, cert.amount_cny, cert.amount_kind) == ("pass", Decimal(15000), "exact")
    short = programme(matched({**CERTIFIED, "专利件数": 2}), "shili/cert")
    assert (short.verdict, short.sums, short.missing_facts) == ("fail", [], [])


def test_what_would_have_to_change_is_the_smallest_set_and_only_what_can_be_changed() -> None:
    short = programme(matched({**FIRM, "已认证": "否", "专利件数": 2}), "shili/cert")
    assert [{c.key: (c.now, c.wanted) for c in change} for change in short.changes] == [
        {"已认证": ("否", "是"), "专利件数": ("2", "3")}
    ]
    assert programme(matched({"未过日期": "2025-01-01"}), "shili/project").changes == []


def test_a_bar_fails_a_programme_and_says_until_when() -> None:
    report = matched({"未过日期": "2025-01-01"})
    assert programme(report, "shili/project").verdict == "fail"
    assert [(d.day, d.kind) for d in report.days if d.rule_id == "shili/project-bar"] == [
        ("2028-01-01", "bar_end")
    ]
    free = matched({"未过日期": "2022-01-01"})
    assert programme(free, "shili/project").verdict == "unknown"


def test_a_closed_first_batch_says_nothing_of_later_ones() -> None:
    late = programme(matched({"未过日期": "没有"}), "shili/project")
    assert (late.verdict, late.reason) == ("unknown", "boundary")
    assert "首批" in late.notes[0]
    timely = programme(matched({"未过日期": "没有"}, as_of=date(2026, 3, 31)), "shili/project")
    assert (timely.verdict, timely.deadline) == ("pass", "2026-03-31")


def test_sums_that_exclude_each_other_are_counted_once_and_the_higher_one() -> None:
    report = matched({**CERTIFIED, "称号": "市级"})
    assert report.totals.certain_cny == Decimal(15000)
    assert matched({**CERTIFIED, "称号": "省级"}).totals.certain_cny == Decimal(50000)


def test_what_was_paid_for_the_same_is_taken_off() -> None:
    report = matched({**CERTIFIED, "已领同类资金": 5000})
    assert report.totals.certain_cny == Decimal(10000)
    unsaid = matched({k: v for k, v in CERTIFIED.items() if k != "已领同类资金"})
    assert unsaid.totals.certain_cny == 0  # nobody said what was received: it may be anything
    assert programme(unsaid, "shili/cert").amount_kind == "at_most"


def test_money_that_a_person_grants_is_possible_and_never_certain() -> None:
    report = matched({**FIRM, "称号": "没有"})
    picked = programme(report, "shili/picked")
    assert (picked.verdict, picked.reason, picked.amount_kind) == ("unknown", "discretionary", "at_most")
    assert report.totals.certain_cny == 0
    assert report.totals.possible_cny is not None and report.totals.possible_cny >= 100000


def test_a_ceiling_counts_as_up_to_and_not_as_certain() -> None:
    report = matched({**FIRM, "称号": "没有", "已认证": "否"}, region="抚州市临川区")
    assert programme(report, "xian/gift").amount_kind == "at_most"
    assert (report.totals.certain_cny, report.totals.at_most_cny) == (Decimal(0), Decimal(2000))
    assert "最高2000元" in totals_words(report.totals)
    assert sum_words(programme(report, "xian/gift")) == "最高2000元"


def test_what_is_not_for_such_an_applicant_does_not_apply() -> None:
    report = matched(FIRM)
    assert not programme(report, "shili/talent").applies
    assert programme(matched({"主体": "个人"}), "shili/talent").verdict == "pass"


def test_the_facts_on_which_most_money_turns_come_first() -> None:
    report = matched(FIRM)
    wanted = [n.key for n in report.next_facts]
    assert wanted[0] == "称号" and {"已认证", "专利件数", "认证费"} <= set(wanted)
    first = report.next_facts[0]
    assert (first.up_to_cny, first.programmes, first.choices) == (Decimal(50000), 1, ["省级称号", "市级称号"])


PLACES: dict[str, tuple[str | None, bool]] = {
    "the same city": ("抚州市", True),
    "a district of it": ("江西省抚州市临川区", True),
    "another city of the province": ("南昌市", False),
    "another province": ("四川省", False),
    "the province above, the city untold": ("江西省", True),
    "a district alone, its city untold": ("临川区", True),
}


@pytest.mark.parametrize(("region", "holds"), PLACES.values(), ids=PLACES.keys())
def test_a_citys_programmes_hold_in_it_and_below(region: str, holds: bool) -> None:
    assert any(p.policy_id == "shili" for p in matched(FIRM, region=region).programmes) is holds


@pytest.mark.parametrize("region", ["江西省", "临川区"])
def test_a_citys_programmes_stay_open_where_only_the_province_or_the_district_is_told(region: str) -> None:
    report = matched(CERTIFIED, region=region)
    cert = programme(report, "shili/cert")
    assert (cert.verdict, cert.missing_facts[0].key, report.totals.certain_cny) == ("unknown", "所在地", 0)
    assert next(c for c in report.coverage.levels if c.level == "市").policies == ["shili"]


def test_a_city_of_another_province_is_no_place_and_two_places_are_told_apart() -> None:
    with pytest.raises(FactError, match="江西省南京市"):
        matched(FIRM, region="江西省南京市")
    report = matched({**CERTIFIED, "所在地": "南京市"}, region="抚州市")
    assert programme(report, "shili/cert").verdict == "pass"
    assert report.facts["所在地"] == "抚州市" and any("这里按抚州市计算" in w for w in report.warnings)


def test_a_sum_that_is_due_still_asks_for_what_would_make_it_exact() -> None:
    report = matched({k: v for k, v in CERTIFIED.items() if k != "认证费"})
    cert = programme(report, "shili/cert")
    assert (cert.verdict, [m.key for m in cert.missing_facts]) == ("pass", ["认证费"])
    assert "认证费" in [n.key for n in report.next_facts]
    assert not programme(matched(CERTIFIED), "shili/cert").missing_facts


def test_a_place_nobody_stated_is_assumed_where_only_one_is_possible() -> None:
    one = [p for p in POLICIES if p.policy_id != "xian"]
    report = matched(CERTIFIED, region=None, policies=one)
    assert (report.region, report.region_assumed) == ("抚州市", True)
    assert any("按抚州市计算" in w for w in report.warnings)


def test_a_place_nobody_stated_keeps_local_programmes_open_where_several_are_possible() -> None:
    two = (*POLICIES, policy("far", "四川省", "示例条例", "一"))
    report = matched(CERTIFIED, region=None, policies=two)
    cert = programme(report, "shili/cert")
    assert (report.region, cert.verdict, cert.missing_facts[0].key) == (None, "unknown", "所在地")
    assert report.totals.certain_cny == 0


def test_the_place_may_be_told_as_a_fact_and_one_that_is_none_is_refused() -> None:
    assert matched({**FIRM, "所在地": "抚州市"}, region=None).region == "抚州市"
    with pytest.raises(FactError, match="火星"):
        matched(FIRM, region="火星")


def test_policies_out_of_force_are_shown_apart_and_counted_in_nothing() -> None:
    report = matched(FIRM)
    states = {a.policy_id: a.state for a in report.policies_aside}
    assert states == {"shili": "doubtful", "old": "expired", "plan": "plan_over", "soon": "not_yet"}
    assert all(p.policy_id != "old" for p in report.programmes)
    assert programme(report, "shili/cert").doubt is not None


def test_it_says_which_levels_it_covered_and_which_documents_it_lacks() -> None:
    report = matched(FIRM, region="江西省抚州市临川区")
    assert {c.level: len(c.policies) for c in report.coverage.levels} == {
        "国家": 2, "省": 1, "市": 1, "县区": 1, "园区": 0,
    }  # fmt: skip
    assert [o.title for o in report.coverage.outside] == ["另一办法"]
    assert {p.policy_id for p in report.coverage.without_rules} == {"plan", "soon"}


def test_a_fact_under_an_unknown_name_is_named_and_passed_over() -> None:
    assert any("月球" in w for w in matched({**FIRM, "月球": "1"}).warnings)


def test_areas_know_what_lies_above_them() -> None:
    area = area_of("抚州临川区")
    assert area is not None and area.place.province == "江西省"
    assert area.holds("江西省") and area.holds("全国") and area.holds("南昌市、抚州市")
    assert not area.holds("南昌市") and not area.holds("抚州市南城县")
    assert area_of("火星") is None
    city = area_of("北京市")
    assert city is not None and city.place.province == "北京市"
    assert [level_of(p) for p in POLICIES] == ["市", "县区", "国家", "省", "国家"]
    assert assumed_area([p for p in POLICIES if p.region == "全国"]) is None


def test_the_same_applicant_gets_the_same_report() -> None:
    def run() -> Any:
        return matched({**CERTIFIED, "称号": "省级、市级"}).model_dump(mode="json")

    assert run() == run()


def test_the_page_shows_how_a_sum_was_reckoned_and_escapes_what_was_told() -> None:
    page = match_page(matched({**CERTIFIED, "主体": "<b>企业"}))
    assert "计算:认证费30000元×50%=15000元" in page
    assert "&lt;b&gt;企业" in page and "<b>" not in page
