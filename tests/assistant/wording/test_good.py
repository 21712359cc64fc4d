"""A wording that says the same is shown, with all that the rules decided as it was."""

import json

import pytest

from ceyin.assistant.contract import Answer
from ceyin.assistant.wording.failing import Reason
from tests.assistant.wording.cases import SCENARIOS, unreviewed
from tests.assistant.wording.conftest import WriterTo
from tests.assistant.wording.server import Server

KEPT = ("status", "verdict", "amount_cny", "amount_kind", "citations", "checks", "missing_facts", "warnings")


@pytest.mark.parametrize("stream", [True, False])
@pytest.mark.parametrize("name", SCENARIOS)
def test_a_wording_that_says_the_same_is_shown(
    server: Server, writer_to: WriterTo, name: str, stream: bool
) -> None:
    told = SCENARIOS[name]
    server.script = lambda x: x.reply(json.dumps({"parts": told.good}, ensure_ascii=False))
    writer = writer_to(stream=stream)
    outcome = writer.worded(told.answer, told.case, unreviewed)
    assert outcome.reason is None
    shown = outcome.answer
    assert shown.worded_by == "model"
    for part in told.good:
        assert part["text"].rstrip("。") in shown.answer.replace(f"[{part['clauses'][0]}]", "")
    assert [getattr(shown, f) for f in KEPT] == [getattr(told.answer, f) for f in KEPT]
    assert [b for b in shown.blocks if b.kind in ("quote", "need")] == [
        b for b in told.answer.blocks if b.kind in ("quote", "need")
    ]
    assert shown.answer == "\n".join(b.text for b in shown.blocks)
    assert writer.counts() == {"worded.used": 1}


@pytest.mark.parametrize("name", SCENARIOS)
def test_what_the_verifier_finds_wrong_is_not_shown(server: Server, writer_to: WriterTo, name: str) -> None:
    told = SCENARIOS[name]
    server.script = lambda x: x.reply(json.dumps({"parts": told.good}, ensure_ascii=False))
    seen: list[Answer] = []

    def strict(answer: Answer) -> list[str]:
        seen.append(answer)
        return ["a finding"]

    outcome = writer_to().worded(told.answer, told.case, strict)
    assert (outcome.answer, outcome.reason) == (told.answer, Reason.UNGROUNDED)
    assert [a.worded_by for a in seen] == ["model"]
