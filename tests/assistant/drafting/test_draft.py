"""Drafting a policy of 示例市: rules the model holds, pins that stand, files that load, and no decision by any."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from ceyin.assistant.drafting.draft import Draft, draft_policy
from ceyin.assistant.drafting.writing import write_draft
from ceyin.assistant.rules.book import BOOK_FOLDER, RuleBook, load_book, pin_hash
from ceyin.assistant.rules.conditions import Case
from ceyin.assistant.rules.evaluate import evaluate
from ceyin.assistant.rules.model import AmountRule, Rule
from ceyin.assistant.rules.result import PolicyTerm
from ceyin.assistant.rules.uses import facts_of
from ceyin.assistant.rules.values import Facts, Known, Reason, Verdict
from ceyin.assistant.rules.verify import verify_book
from ceyin.corpus.flatten import flatten
from ceyin.corpus.library import StoredClause, StoredPolicy
from ceyin.corpus.model import ClauseRef
from ceyin.corpus.read import read_source
from ceyin.corpus.segment import parse

FIXTURE = Path(__file__).parents[2] / "fixtures" / "shili.txt"
FACTS = load_book().facts
TODAY = date(2026, 11, 24)


def stored(clauses: list[StoredClause], **facts: Any) -> StoredPolicy:
    fixed: dict[str, Any] = {
        "policy_id": "shili", "title": "示例市小店办法", "doc_number": None, "issuers": ("示例市人民政府",),
        "region": "示例市", "issued": date(2026, 3, 2), "published": None, "effective_from": None, "expires": None,
        "repealed": None, "text_kind": "official", "stub": False, "source": None, "sha256": None, "version": 1,
        "current": True, "added_at": None, "clauses": tuple(clauses), "damages": (), "entry": None, "loose_cards": (),
    }  # fmt: skip
    return StoredPolicy(**(fixed | facts))


def clause(path: tuple[str, ...], text: str, heading: str = "") -> StoredClause:
    return StoredClause(
        ref=ClauseRef("shili", path), ordinal=0, heading=heading, heading_trail=(), text=text, text_kind="official",
        span=None, damaged=False, damage=None, damage_kind=None, card=None,
    )  # fmt: skip


def of_text(text: str, **facts: Any) -> Draft:
    return draft_policy(stored([clause(("第三条",), text)], **facts), FACTS, TODAY)


@pytest.fixture(scope="module")
def policy() -> StoredPolicy:
    source = read_source(FIXTURE)
    parsed = parse(source).policies[0]
    clauses = [clause(c.path, c.text, c.heading) for c in flatten(parsed, source.text).clauses]
    return stored(clauses, effective_from=parsed.effective_from, expires=parsed.expires)


@pytest.fixture(scope="module")
def draft(policy: StoredPolicy) -> Draft:
    return draft_policy(policy, FACTS, TODAY)


#: One clause → the drafted rules, each as the fields that matter.
RULES: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "a fixed sum": (
        "对新开的小店给予3万元补贴。",
        [{"kind": "amount", "base": {"kind": "fixed", "amount": "30000"}}],
    ),
    "a share with a cap": (
        "对小店按实际租金的40%给予补贴,每年最高不超过6万元。",
        [{"kind": "amount", "base": {"kind": "ratio", "rate": "0.4", "of": "实际租金"}, "caps": [{"amount": "60000", "per": "applicant_year"}]}],
    ),
    "two caps, each for its applicants": (
        "对小店按实际租金的40%给予补贴,对自然人最高1万元,对法人最高2万元。",
        [{"kind": "amount", "base": {"kind": "ratio", "rate": "0.4", "of": "实际租金"}, "caps": [
            {"amount": "10000", "when": {"kind": "member", "fact": "企业类型", "any_of": ["自然人"]}},
            {"amount": "20000", "when": {"kind": "member", "fact": "企业类型", "any_of": ["企业"]}},
        ]}],
    ),
    "so much for each": (
        "每新增一件商标,补贴不超过1000元。",
        [{"kind": "amount", "base": {"kind": "per_unit", "amount": "1000", "of": "每新增一件商标补贴件数", "at_most": True}}],
    ),
    "a sum under conditions, either of which will do": (
        "拥有手艺奖3项以上或商标1件以上的,给予2万元奖励。",
        [{"kind": "amount", "base": {"kind": "fixed", "amount": "20000"}, "requires": {"kind": "any", "of": [
            {"kind": "threshold", "fact": "手艺奖", "op": "ge", "value": "3", "unit": "项"},
            {"kind": "threshold", "fact": "商标", "op": "ge", "value": "1", "unit": "件"},
        ]}}],
    ),
    "each sum under the condition before it": (
        "店员满3人的奖励1万元,店铺满60平方米的奖励2万元。",
        [
            {"kind": "amount", "base": {"kind": "fixed", "amount": "10000"}, "requires": {"kind": "threshold", "fact": "店员", "op": "ge", "value": "3", "unit": "人"}},
            {"kind": "amount", "base": {"kind": "fixed", "amount": "20000"}, "requires": {"kind": "threshold", "fact": "店铺", "op": "ge", "value": "60", "unit": "平方米"}},
        ],
    ),
    "steps of a scale are never asked for together": (
        "店铺面积60平方米以下、店铺面积90平方米以上的,补贴1万元。",
        [
            {"kind": "amount", "base": {"kind": "fixed", "amount": "10000"}},
            {"kind": "eligibility", "requires": {"kind": "threshold", "fact": "店铺面积", "op": "le", "value": "60", "unit": "平方米"}},
            {"kind": "eligibility", "requires": {"kind": "threshold", "fact": "店铺面积", "op": "ge", "value": "90", "unit": "平方米"}},
        ],
    ),
    "a known fact is used by its key": (
        "从业人员不超过30人的小店,可以申报。",
        [{"kind": "eligibility", "requires": {"kind": "threshold", "fact": "从业人员人数", "op": "le", "value": "30", "unit": "人"}}],
    ),
    "a day": (
        "申请表于2026年8月10日前交到服务站。",
        [{"kind": "deadline", "on": "2026-08-10", "boundary": "open"}],
    ),
    "the end of a month includes its last day": (
        "申请表于2026年2月底前交到服务站。",
        [{"kind": "deadline", "on": "2026-02-28"}],
    ),
    "a day of each year": (
        "每年1月底以前报送总结。",
        [{"kind": "deadline", "each_year": "01-end", "duty": True}],
    ),
    "a period from an event": (
        "自签约之日起三个月内开业。",
        [{"kind": "deadline", "event": "签约日期", "period": {"months": 3}}],
    ),
    "a period back from an end": (
        "称号到期前1个月提出续期。",
        [{"kind": "deadline", "event": "称号到期日期", "period": {"months": 1}, "backwards": True}],
    ),
    "a term": (
        "示范小店的称号有效期三年。",
        [{"kind": "term", "start": "示范小店的称号起始日期", "period": {"years": 3}}],
    ),
    "a lockout from what stands before": (
        "未通过验收的小店,此后三年内不得再次申报。",
        [{"kind": "eligibility", "requires": {"kind": "lockout", "event": "验收未通过日期", "period": {"years": 3}}}],
    ),
    "a target with its year": (
        "到2030年,全市小店数量达到500家。",
        [{"kind": "target", "fact": "全市小店数量", "op": "ge", "value": "500", "unit": "家", "year": 2030}],
    ),
    "who may apply": (
        "对个体工商户给予2万元补贴。",
        [
            {"kind": "amount", "base": {"kind": "fixed", "amount": "20000"}},
            {"kind": "eligibility", "requires": {"kind": "member", "fact": "企业类型", "any_of": ["个体工商户"]}},
        ],
    ),
}  # fmt: skip

#: What is found and told, but held by no rule: it would have to be guessed.
INFORMS = {
    "money the applicant pays": "小店应缴纳保证金5000元。",
    "a fine": "骗取补贴的,处1万元以下罚款。",
    "a period whose event is not named": "服务站应在5个工作日内完成初审。",
    "a day without a year": "服务站在8月15日前完成初审。",
    "a rank": "具有三级以上职业资格的,可以申报。",
    "the beginning of a stretch": "自2026年5月1日起,受理续期。",
    "something that recurs": "每三年开展评估,期限另定。",
}


def plain(rule: Rule) -> dict[str, Any]:
    shown = rule.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {k: v for k, v in shown.items() if k not in ("id", "title", "pin", "review")}


@pytest.mark.parametrize(("text", "rules"), RULES.values(), ids=RULES.keys())
def test_rules(text: str, rules: list[dict[str, Any]]) -> None:
    assert [plain(rule) for rule in of_text(text).file.rules] == rules


@pytest.mark.parametrize("text", INFORMS.values(), ids=INFORMS.keys())
def test_what_would_have_to_be_guessed_only_informs(text: str) -> None:
    drafted = of_text(text)
    assert drafted.candidates
    assert not drafted.file.rules
    assert {c.rule for c in drafted.candidates} == {None}


def test_the_term_of_the_policy_is_drafted_from_its_record_and_no_other_day() -> None:
    text = "本办法自2026年4月1日起施行,有效期至2028年12月31日。"
    known = of_text(text, effective_from=date(2026, 4, 1), expires=date(2028, 12, 31))
    assert [plain(r).get("valid") for r in known.file.rules] == [
        {"from": "2026-04-01"},
        {"until": "2028-12-31"},
    ]
    assert not of_text(text, effective_from=date(2020, 1, 1)).file.rules


def test_every_candidate_says_where_it_stands(draft: Draft, policy: StoredPolicy) -> None:
    texts = {c.ref: c.text for c in policy.clauses}
    assert len(draft.candidates) >= 12
    for candidate in draft.candidates:
        words = texts[candidate.ref][candidate.start : candidate.end]
        assert candidate.words and candidate.subject
        assert words == (candidate.figure or candidate.words)


def test_every_rule_is_drafted_pinned_with_its_hash_and_stands_on_its_clause(
    draft: Draft, policy: StoredPolicy
) -> None:
    texts = {c.ref.path: c.text for c in policy.clauses}
    for rule in draft.file.rules:
        assert rule.review.status == "drafted"
        assert rule.pin.sha256 == pin_hash(texts[rule.pin.path])
        assert all(figure in texts[rule.pin.path] for figure in rule.pin.figures)
    assert verify_book(RuleBook(draft.file.rules, {}), [policy]) == ([], len(draft.file.rules))


def test_the_files_load_beside_the_shipped_fact_schema(draft: Draft, tmp_path: Path) -> None:
    (tmp_path / "facts").mkdir()
    for path in BOOK_FOLDER.glob("facts/*.yaml"):
        (tmp_path / "facts" / path.name).write_text(path.read_text("utf-8"), "utf-8")
    rules, facts = write_draft(draft, tmp_path / "shili.yaml")
    facts.rename(tmp_path / "facts" / "shili.yaml")
    assert rules.read_text("utf-8").startswith("#")
    book = load_book(tmp_path)
    assert book.rules == draft.file.rules
    assert all(key in book.facts for rule in book.rules for key in facts_of(rule))


def test_figures_are_strings_in_the_file(draft: Draft, tmp_path: Path) -> None:
    path, *_ = write_draft(draft, tmp_path / "shili.yaml")
    (rent,) = [r for r in yaml.safe_load(path.read_text("utf-8"))["rules"] if r["title"] == "实际租金"]
    assert (rent["base"]["rate"], rent["caps"][0]["amount"]) == ("0.4", "60000")


def test_a_drafted_rule_never_decides(draft: Draft) -> None:
    (rule,) = [r for r in draft.file.rules if isinstance(r, AmountRule) and r.title == "实际租金"]
    case = Case(Facts({"实际租金": Known(Decimal(10000))}), TODAY)
    result = evaluate(rule, case, PolicyTerm(None, None))
    assert (result.verdict, result.reason) == (Verdict.UNKNOWN, Reason.NOT_REVIEWED)


def test_a_new_fact_never_takes_the_key_of_one_with_another_unit() -> None:
    drafted = of_text("合伙人数不低于50%的小店,可以申报。")
    assert all(spec.key not in FACTS for spec in drafted.facts)


def test_title_block_and_signature_are_not_read() -> None:
    clauses = [clause(("题头",), "示例市小店办法2026年3月2日起施行"), clause(("落款",), "2026年3月2日起施行")]
    assert not draft_policy(stored(clauses), FACTS, TODAY).candidates
