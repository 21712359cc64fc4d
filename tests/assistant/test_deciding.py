"""A rule decided in a library: what it stands on, where it holds, from when."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ceyin.assistant.deciding import Decision, decide_rule
from ceyin.assistant.rules.book import RuleBook, pin_hash
from ceyin.assistant.rules.files import RuleFile
from ceyin.assistant.rules.values import Facts, Known, Reason, Verdict
from ceyin.assistant.rules.verify import verify_book
from ceyin.corpus.stored import StoredPolicy
from tests.assistant.matching.town import policy

FIRM = {"主体": Known("企业")}
WORDS = ("限于企业", "补助两千元", "两项合计")


def _rule(name: str, clause: int, **more: Any) -> dict[str, Any]:
    path = [f"第{'一二三'[clause]}条"]
    pin = {"policy": "shili", "path": path, "sha256": pin_hash(WORDS[clause])}
    review = {"status": "reviewed", "by": "test", "on": date(2026, 11, 25)}
    return {"id": f"shili/{name}", "title": name, "pin": pin, "review": review, **more}


FILE = RuleFile.model_validate(
    {
        "policy": "shili",
        "rules": [
            _rule("who", 0, kind="eligibility", requires={"kind": "member", "fact": "主体", "any_of": ["企业"]}),
            _rule(
                "sum", 1, kind="amount", base={"kind": "fixed", "amount": "2000"},
                requires={"kind": "ref", "rule": "shili/who"},
            ),
            _rule("both", 2, kind="stack", of=["shili/sum"], combine="sum"),
        ],
    }
)  # fmt: skip
BOOK = RuleBook(FILE.rules, {})


def decided(name: str, stored: StoredPolicy, facts: dict[str, Any] = FIRM, **more: Any) -> Decision:
    rule = BOOK.rule(f"shili/{name}")
    assert rule is not None
    decision = decide_rule(rule, Facts(facts), more.get("as_of", date(2026, 11, 25)), BOOK, {"shili": stored})
    assert decision is not None
    return decision


def _stored(*words: str) -> StoredPolicy:
    return policy("shili", "抚州市", "示例办法", *words)


@pytest.mark.parametrize("name", ["who", "sum", "both"])
def test_a_change_in_what_a_rule_refers_to_or_adds_up_makes_it_stale(name: str) -> None:
    assert decided(name, _stored(*WORDS)).result.verdict is Verdict.PASS
    result = decided(name, _stored("限于高校", *WORDS[1:])).result
    assert (result.verdict, result.reason, result.amount) == (Verdict.UNKNOWN, Reason.TEXT_CHANGED, None)


PLACES = {"南京市": False, "四川省": False, "抚州市": True, "抚州市临川区": True, "江西省": True}


@pytest.mark.parametrize(("place", "holds"), PLACES.items())
def test_a_rule_gives_no_yes_where_its_policy_cannot_hold(place: str, holds: bool) -> None:
    result = decided("sum", _stored(*WORDS), {**FIRM, "所在地": Known(place)}).result
    assert (result.verdict is Verdict.PASS, result.reason is Reason.ELSEWHERE) == (holds, not holds)
    assert holds or result.amount is None


def test_nothing_holds_before_its_policy_was_issued() -> None:
    stored = replace(_stored(*WORDS), issued=date(2024, 1, 1))
    result = decided("sum", stored, as_of=date(2023, 12, 31)).result
    assert (result.verdict, result.reason) == (Verdict.FAIL, Reason.NOT_IN_FORCE)
    assert decided("sum", stored, as_of=date(2024, 1, 1)).result.verdict is Verdict.PASS


def test_what_is_set_aside_is_not_asked_of_a_home_with_cards_alone() -> None:
    entry = {"pin": {"policy": "shili", "path": ["附件"]}, "why": "表格"}
    file = RuleFile.model_validate({"policy": "shili", "rules": [], "untranslatable": [entry]})
    book = RuleBook(file.rules, {}, untranslatable=file.untranslatable)
    stored = _stored(*WORDS)
    assert verify_book(book, [replace(stored, text_kind="card")]) == ([], 0)
    assert len(verify_book(book, [stored])[0]) == 1
