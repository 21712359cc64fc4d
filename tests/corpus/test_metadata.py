"""Bibliographic facts: number, issuers, region, level, dates, term, repeals, on texts of 示例市."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from ceyin.corpus.dates import DATE, after, day_of, read_date
from ceyin.corpus.doc_numbers import number_line, own_number, trailing_number
from ceyin.corpus.model import NamedDocument, ParsedPolicy
from ceyin.corpus.places import locate
from ceyin.corpus.read import read_source
from ceyin.corpus.segment import parse
from ceyin.corpus.signatures import is_signature, printed_on, signed_on, signers
from ceyin.corpus.status_table import read_table
from ceyin.corpus.validity_terms import is_trial, read_term, repeals, sentences
from tests.corpus.test_segment import assert_lossless, parsed

ISSUED = date(2023, 3, 1)

DATES = {
    "2023年6月29日": "2023-06-29",
    "2023 年 6 月 29 日": "2023-06-29",
    "二〇二三年六月二十九日": "2023-06-29",
    "二○一四年十月十日": "2014-10-10",
    "一九九六年二月六日": "1996-02-06",
    "二零二二年十二月一日": "2022-12-01",
    "2023-05-0614:00": "2023-05-06",
    "2023年2月30日": None,
    "2023年": None,
}


@pytest.mark.parametrize(("text", "day"), DATES.items())
def test_a_date_is_read_in_every_way_it_is_written(text: str, day: str | None) -> None:
    assert read_date(text) == (date.fromisoformat(day) if day else None)


def test_a_term_of_years_ends_the_day_before() -> None:
    assert after(date(2023, 10, 10), years=3) == date(2026, 10, 9)
    assert after(date(2024, 2, 29), years=1) == date(2025, 2, 28)
    match = DATE.search("自2019年7月1日起")
    assert match and day_of(match) == date(2019, 7, 1)


NUMBERS = {
    "示政办发〔2026〕7号": "示政办发〔2026〕7号",
    "示政办发[2026]7号": "示政办发〔2026〕7号",
    "示政办发【2026】 7 号": "示政办发〔2026〕7号",
    "(示府规(2026)12号)": "示府规〔2026〕12号",
    "示残联规字〔2026〕2 号": "示残联规字〔2026〕2号",
    "示政发〔2026〕第12号": "示政发〔2026〕第12号",
    "文 号: 示医保规字〔2026〕4号": "示医保规字〔2026〕4号",
    "发文字号:示函〔2026〕5号": "示函〔2026〕5号",
    "国务院令第588号": "国务院令第588号",
    "示例市人民政府令(第123号)": "示例市人民政府令第123号",
    "示例市财政局公告2023年第5号": "示例市财政局公告2023年第5号",
    "2023年第5号": "2023年第5号",
    "各区人民政府": None,
    "根据示政办发〔2026〕7号": None,
    "第五条": None,
}


@pytest.mark.parametrize(("line", "number"), NUMBERS.items())
def test_a_number_line_is_a_number_however_bracketed(line: str, number: str | None) -> None:
    assert number_line(line) == number


def test_an_order_has_its_number_in_the_line_below() -> None:
    assert own_number(["中华人民共和国国务院令", "第707号"]) == "国务院令第707号"
    assert trailing_number("关于小店的通知(示发〔2026〕3号)") == ("关于小店的通知", "示发〔2026〕3号")
    assert trailing_number("小店补贴办法(2026年修订)") == ("小店补贴办法(2026年修订)", None)


SIGNATURES: dict[str, tuple[list[str], tuple[str, ...]]] = {
    "side by side with wide spaces": (
        ["示例市财政局    示例市商务局", "2026年3月1日"],
        ("示例市财政局", "示例市商务局"),
    ),
    "one a line": (["示例市财政局", "示例市商务局"], ("示例市财政局", "示例市商务局")),
    "glued": (["示例市财政局示例市商务局"], ("示例市财政局", "示例市商务局")),
    "a branch bears its parent's name": (
        ["国家税务总局示例市税务局 中国人民银行示例市分行"],
        ("国家税务总局示例市税务局", "中国人民银行示例市分行"),
    ),
    "a seal for another": (
        ["中国人民银行示例市分行", "(中国人民银行示例市中心支行代章)"],
        ("中国人民银行示例市分行",),
    ),
    "an order signed by a person": (["市长 张三", "2026年3月1日"], ()),
    "a name the page cut": (["委示例市人民政府"], ("示例市人民政府",)),
    "the printer's line is no issuer": (["示例市人民政府办公室秘书处 2026年3月4日印发"], ()),
}


@pytest.mark.parametrize(("lines", "names"), SIGNATURES.values(), ids=SIGNATURES.keys())
def test_a_signature_names_its_bodies(lines: list[str], names: tuple[str, ...]) -> None:
    assert signers(lines) == names


def test_signing_and_printing_are_two_days() -> None:
    lines = ["示例市人民政府", "2026年3月1日", "示例市人民政府办公室 2026年3月4日印发"]
    assert (signed_on(lines), printed_on(lines)) == (date(2026, 3, 1), date(2026, 3, 4))
    assert is_signature("二○二六年三月一日") and not is_signature("自2026年3月1日起施行")


TERMS = {
    "本办法自2023年10月10日起施行,有效期3年。": ("2023-10-10", "2026-10-09"),
    "本办法自印发之日起施行,有效期至2025年12月31日。": ("2023-03-01", "2025-12-31"),
    "本通知自印发之日起30日后施行。": ("2023-03-31", None),
    "本办法自发布之日起施行,试行期两年。": ("2023-03-01", "2025-02-28"),
    "本措施有效期自2023年1月1日至2025年12月31日。": ("2023-01-01", "2025-12-31"),
    "上述政策执行期限为2023—2025年。": ("2023-01-01", "2025-12-31"),
    "本细则有效期五年,自即日起施行。": ("2023-03-01", "2028-02-29"),
    "本通知实施日期自2023年8月1日起至2023年12月31日止。": ("2023-08-01", "2023-12-31"),
    "本条例自2024年1月1日起施行。": ("2024-01-01", None),
    "消费券有效期至2023年12月31日。": (None, None),
    "自2023年1月1日起,购房人可以申请。": (None, None),
    "本条政策实施期限暂定为2026年4月1日至2026年12月31日。其他不变。照旧。甲。乙。丙。丁。": (None, None),
}


@pytest.mark.parametrize(("text", "dates"), TERMS.items())
def test_from_when_until_when_a_policy_says_it_holds(text: str, dates: tuple[str | None, str | None]) -> None:
    lead = ["甲", "乙", "丙"]  # the policy's own term stands at its end
    term = read_term([*lead, *sentences([text])], ISSUED)
    assert (term.start and str(term.start), term.end and str(term.end)) == dates


REPEALS: dict[str, tuple[NamedDocument, ...]] = {
    "本办法自印发之日起施行。《小店办法》(示府〔2019〕3号)、《大店办法》同时废止。": (
        NamedDocument("小店办法", "示府〔2019〕3号"),
        NamedDocument("大店办法", None),
    ),
    "自本通知印发之日起,《关于印发〈小店办法〉的通知》(示府〔2019〕3号)停止执行。": (
        NamedDocument("关于印发〈小店办法〉的通知", "示府〔2019〕3号"),
    ),
    "材料作假的,废止其资格。": (),
}


@pytest.mark.parametrize(("text", "named"), REPEALS.items())
def test_what_a_policy_repeals(text: str, named: tuple[NamedDocument, ...]) -> None:
    assert repeals(sentences([text.replace("〈", "<").replace("〉", ">")]), "示例市小店办法") == tuple(
        NamedDocument(n.title and n.title.replace("〈", "<").replace("〉", ">"), n.doc_number) for n in named
    )


TRIALS = {
    "示例市小店补贴办法(试行)": True,
    "示例市户口迁入暂行规定": True,
    "关于印发《小店补贴办法(试行)》的通知": True,
    "关于修改《小店补贴暂行办法》的决定": False,
    "关于贯彻《小店补贴暂行办法》的意见": False,
    "示例市小店补贴办法": False,
}


@pytest.mark.parametrize(("title", "trial"), TRIALS.items())
def test_on_trial_is_what_says_so_of_itself(title: str, trial: bool) -> None:
    assert is_trial(title, ()) is trial


PLACES: dict[str, tuple[tuple[str, ...], str, str, tuple[str, str | None]]] = {
    "a ministry": (("财政部",), "关于小店的通知", "", ("全国", "国家")),
    "a district": (("广州市天河区住房建设和园林局",), "", "", ("广州市天河区", "县区")),
    "a city without 市": (("南昌住房公积金管理中心",), "", "", ("南昌市", "市")),
    "a city that is a province": (("上海市人民政府",), "", "", ("上海市", "省")),
    "a branch": (("国家税务总局示例市税务局",), "", "", ("示例市", "市")),
    "the State Council about a province": (("国务院办公厅",), "关于海南省的复函", "", ("全国", "国家")),
    "a body named only by its rank": (
        ("区住房和城乡建设局",),
        "关于宣传的函",
        "在惠阳区内购买,惠阳区住房",
        ("惠阳区", "县区"),
    ),
    "our county": ((), "", "促进我县发展。制定《宿松县办法》,在宿松县购买", ("宿松县", "县区")),
    "nothing says": ((), "关于小店的通知", "各有关单位", ("未注明", None)),
}


@pytest.mark.parametrize(("issuers", "title", "body", "expected"), PLACES.values(), ids=PLACES.keys())
def test_region_and_level(
    issuers: tuple[str, ...], title: str, body: str, expected: tuple[str, str | None]
) -> None:
    assert locate(issuers, (title,), body) == expected


def test_a_status_table_in_rows_cells_or_two_lines() -> None:
    table = read_table(
        [
            "索引号:1144/2026-001 分类:",
            "发布机构:示例市财政局 成文日期:2026-03-01",
            "文号:示财规〔2026〕3号 发布日期:2026-03-05",
            "生效日期",
            "2026年4月1日",
            "失效日期:2029-03-31",
            "有效性:现行有效",
        ]
    )
    assert (table.number, table.issuers, table.status) == ("示财规〔2026〕3号", ("示例市财政局",), "现行有效")
    assert [str(d) for d in (table.issued, table.published, table.effective, table.expires)] == [
        "2026-03-01", "2026-03-05", "2026-04-01", "2029-03-31",
    ]  # fmt: skip
    tabbed = read_table(["发布日期\t2026-03-05\t生效日期\t2026-03-06"])
    assert (str(tabbed.published), str(tabbed.effective)) == ("2026-03-05", "2026-03-06")


def test_printing_counts_where_a_policy_holds_from_the_day_it_is_printed() -> None:
    source = parsed(
        "示例市小店办法通知\n示府〔2026〕3号\n各区人民政府:\n本通知自印发之日起施行,有效期5年。\n示例市人民政府\n2026年3月1日\n公开方式:主动公开\n"
        "示例市人民政府办公室 2026年3月4日印发\n"
    )
    assert_lossless(source)
    (policy,) = source.policies
    assert (policy.issued, policy.effective_from, policy.expires) == (
        date(2026, 3, 1), date(2026, 3, 4), date(2031, 3, 3),
    )  # fmt: skip
    assert policy.recipients == ("各区人民政府",)
    assert (policy.region, policy.level, policy.issuers) == ("示例市", "市", ("示例市人民政府",))


def facts(policy: ParsedPolicy) -> dict[str, Any]:
    return {
        "title": policy.title or None,
        "doc_number": policy.doc_number,
        "issued": policy.issued,
    }


@pytest.mark.shared
def test_the_samples_of_web_pages_keep_their_titles_and_numbers(shared: Path) -> None:
    folder = shared / "data" / "policy_guangzhou" / "sources"
    labels = Path(__file__).parents[2] / "evals" / "labels"
    rows = [r for f in sorted(labels.glob("metadata_*.yaml")) for r in yaml.safe_load(f.read_text("utf-8"))]
    wrong, count = [], 0
    for row in rows:
        kind, _, name = row["id"].partition(":")
        if kind != "gz" or not row["doc_number"]:
            continue
        (policy,) = parse(read_source(folder / name)).policies
        count += 1
        if facts(policy) != {k: row[k] for k in ("title", "doc_number", "issued")}:
            wrong.append((name, facts(policy)))
    assert count >= 10
    assert len(wrong) <= count * 0.05, wrong
