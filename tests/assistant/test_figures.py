"""The last gate: every figure of an answer is supported, or the answer is not shown."""

from datetime import date

import pytest

from ceyin.assistant import compose
from ceyin.assistant.compose import Draft, Material
from ceyin.assistant.contract import Answer, AskRequest, Check, Citation
from ceyin.assistant.verify import ungrounded
from ceyin.ui.app import App

CLAUSE = "第三条 首次认定的,一次性补助1.5万元,三年内有效。"


def answer(text: str, checks: list[Check] | None = None) -> Answer:
    citation = Citation(
        n=1, policy_id="shili", title="示例市办法", doc_number="示政办发〔2026〕7号", issuer="示例市", region="示例市",
        path=["第三条"], cite_as="示政办发〔2026〕7号 第三条", heading="", text=CLAUSE, text_kind="official",
        span=(0, 9), source=None, sha256=None, in_force="unknown",
    )  # fmt: skip
    return Answer(
        question="补多少?",
        as_of="2026-11-24",
        status="answered",
        answer=text,
        citations=[citation],
        checks=checks or [],
    )


GROUNDED = {
    "a figure of the clause": "补助1.5万元[1]。",
    "the same sum in yuan": "补助15000元[1]。",
    "a numeral the clause writes in Chinese": "有效3年[1]。",
    "the number of the document": "示政办发〔2026〕7号第三条[1]。",
    "the day of the question": "2026年11月24日[1]。",
}
UNGROUNDED = {"a sum of nobody": ("补助2万元[1]。", ["2"]), "a year of nobody": ("到2031年[1]。", ["2031"])}


@pytest.mark.parametrize("text", GROUNDED.values(), ids=GROUNDED.keys())
def test_supported(text: str) -> None:
    assert ungrounded(answer(text), []) == []


@pytest.mark.parametrize(("text", "bad"), UNGROUNDED.values(), ids=UNGROUNDED.keys())
def test_unsupported(text: str, bad: list[str]) -> None:
    assert ungrounded(answer(text), []) == bad


def test_the_users_own_figure_and_a_trace_support_too() -> None:
    assert ungrounded(answer("您说的2万元[1]。"), ["听说补2万元"]) == []
    check = Check(rule_id="a/b", kind="amount", verdict="pass", value="9000", explanation="30000×30%")
    assert ungrounded(answer("补助9000元[1]。", [check]), []) == []


def test_a_made_up_figure_is_never_shown(program: App, monkeypatch: pytest.MonkeyPatch) -> None:
    real = compose.compose

    def lying(material: Material, singles: list[Material]) -> Draft:
        draft = real(material, singles)
        draft.say("conclusion", "另可再领777777元。")
        return draft

    monkeypatch.setattr(compose, "compose", lying)
    request = AskRequest(question="示例市工坊租用闲置厂房,每年最高能补多少?")
    shown = program.assistant.answer(request, today=date(2026, 11, 24))
    assert "777777" not in shown.answer
    assert shown.citations
