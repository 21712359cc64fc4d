"""A filter leaves exactly what its conditions say, at any share of the whole."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceyin.corpus.jurisdiction import RegionError
from ceyin.indexes import build
from ceyin.indexes.embedding import HashEmbedder
from ceyin.indexes.filters import Filter, Level, filter_of, keeps
from ceyin.indexes.search import HybridSearch

EMBEDDER = HashEmbedder(64)
REGIONS = ["全国", "未注明", "江西省", "抚州市", "南昌市", "江苏省", "南京市", "南京市江宁区"]
DAY = date(2026, 6, 1)

ASKED = {
    "a city": (Filter(region="抚州"), {"全国", "未注明", "江西省", "抚州市"}),
    "a province": (Filter(region="江西省"), {"全国", "未注明", "江西省"}),
    "a district": (Filter(region="南京市江宁区"), {"全国", "未注明", "江苏省", "南京市", "南京市江宁区"}),
    "a city nothing is known of": (Filter(region="示例市"), {"全国", "未注明"}),
    "a level": (Filter(levels=frozenset({"市"})), {"抚州市", "南昌市", "南京市"}),
    "a city, of the province": (Filter(region="抚州", levels=frozenset({"省"})), {"江西省"}),
}


@pytest.mark.parametrize(("asked", "regions"), ASKED.values(), ids=ASKED.keys())
def test_what_a_filter_leaves(shelf: Any, asked: Filter, regions: set[str]) -> None:
    for n, region in enumerate(REGIONS):
        shelf.put(f"shili-{n}", ["补贴"], region)
    kept = keeps(asked)
    named = [p for p in shelf.policies.values() if p.region in REGIONS and p.policy_id < "shili-8"]
    assert {p.region for p in named if kept(p)} == regions


DATES = {
    "the last day": (date(2020, 1, 1), DAY, True),
    "the day after": (date(2020, 1, 1), date(2026, 5, 31), False),
    "the first day": (DAY, None, True),
    "the day before": (date(2026, 6, 2), None, False),
}


@pytest.mark.parametrize(("start", "expires", "kept"), DATES.values(), ids=DATES.keys())
def test_in_force_on_a_day(shelf: Any, start: date, expires: date | None, kept: bool) -> None:
    shelf.put("shili-0", ["补贴"], "全国", start, expires)
    assert keeps(Filter(on=DAY))(shelf.policies["shili-0"]) is kept


def test_a_region_that_is_none_is_said() -> None:
    with pytest.raises(RegionError, match="没有名为“补贴”的地区"):
        keeps(Filter(region="补贴"))


def test_nothing_asked_is_no_filter() -> None:
    assert filter_of("", None, [], []) is None
    assert filter_of("抚州", None, [Level.CITY], None) == Filter(region="抚州", levels=frozenset({"市"}))


POLICIES = st.lists(
    st.tuples(
        st.sampled_from(REGIONS),
        st.integers(1, 6),
        st.sampled_from([None, date(2020, 1, 1), date(2026, 7, 1)]),
        st.sampled_from([None, date(2025, 1, 1), date(2027, 1, 1)]),
    ),
    min_size=1,
    max_size=20,
)
FILTERS = st.builds(
    Filter,
    st.sampled_from([None, "抚州", "南昌", "江苏", "南京市江宁区"]),
    st.sampled_from([None, DAY]),
    st.sampled_from([None, frozenset({"市"}), frozenset({"国家", "省"})]),
    st.sampled_from([None, frozenset(), frozenset(f"shili-{n}" for n in range(0, 20, 3))]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(policies=POLICIES, asked=FILTERS, wide=st.booleans())
def test_filtered_search_is_searching_all_and_leaving_out_the_others(
    tmp_path_factory: pytest.TempPathFactory, shelf: Any, policies: Any, asked: Filter, wide: bool
) -> None:
    shelf.policies.clear()
    for n, (region, clauses, start, expires) in enumerate(policies):
        texts = [f"第{k}种设备补贴{n}万元,展会{'减免' * (k % 3)}" for k in range(clauses)]
        shelf.put(f"shili-{n}", texts, region, start, expires)
    kept = {p.policy_id for p in shelf.policies.values() if keeps(asked)(p)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ceyin.indexes.lexical._WIDE", 0.0 if wide else 1.0)  # each way of looking by words
        patch.setattr("ceyin.indexes.vectors._COMPARED", 5 if wide else 10_000)
        patch.setattr("ceyin.indexes.vectors._SHARE", 1.0)
        search = HybridSearch.open(build.build(tmp_path_factory.mktemp("i"), shelf, EMBEDDER), EMBEDDER)
        everything = search.search("设备补贴减免", 1000)
        hits = search.search("设备补贴减免", 1000, asked)
    assert [h.ref for h in hits] == [h.ref for h in everything if h.ref.policy_id in kept]
