"""A day's limit holds over restarts, in tokens or in yuan, and what is not known is not spent."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from ceyin.assistant.wording import Writer
from ceyin.assistant.wording.budget import Ledger, Limits, Spent
from ceyin.assistant.wording.calling import Caller, Patience
from ceyin.assistant.wording.endpoint import Endpoint, OpenAICompatible
from ceyin.assistant.wording.failing import Reason
from tests.assistant.wording.cases import SCENARIOS, unreviewed
from tests.assistant.wording.server import Server

DAY = date(2026, 11, 24)
TOLD = SCENARIOS["no"]


def ledger(folder: Path, day: date = DAY, **limits: object) -> Ledger:
    return Ledger(Limits(**limits), folder / "today.json", lambda: day)  # type: ignore[arg-type]


@pytest.mark.parametrize(("most", "may"), [(Spent(60, 40), True), (Spent(60, 41), False)])
def test_the_last_token_may_be_spent_and_no_more(tmp_path: Path, most: Spent, may: bool) -> None:
    assert ledger(tmp_path, tokens=100).reserve(most) is may


@pytest.mark.parametrize(("tokens", "may"), [(500_000, True), (500_001, False)])
def test_prices_turn_tokens_into_yuan(tmp_path: Path, tokens: int, may: bool) -> None:
    limits = {"cny": Decimal("1.5"), "price_in": Decimal(1), "price_out": Decimal(2)}
    assert ledger(tmp_path, **limits).reserve(Spent(500_000, tokens)) is may


def test_a_restart_does_not_begin_anew_but_a_day_does(tmp_path: Path) -> None:
    assert ledger(tmp_path, tokens=100).reserve(Spent(100, 0))
    assert not ledger(tmp_path, tokens=100).reserve(Spent(1, 0))
    assert ledger(tmp_path, date(2026, 11, 25), tokens=100).reserve(Spent(1, 0))


def test_what_was_set_aside_and_not_used_comes_back(tmp_path: Path) -> None:
    book = ledger(tmp_path, tokens=100)
    assert book.reserve(Spent(50, 50))
    book.settle(Spent(50, 50), Spent(10, 5))
    assert json.loads((tmp_path / "today.json").read_text()) == {
        "day": "2026-11-24",
        "tokens_in": 10,
        "tokens_out": 5,
    }


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"day": "2026-11-24"}', "null", '{"day": "2026-11-24", "tokens_in": "x"}']
)
def test_a_ledger_that_cannot_be_read_allows_nothing(tmp_path: Path, content: str) -> None:
    (tmp_path / "today.json").write_text(content)
    assert not ledger(tmp_path, tokens=100).reserve(Spent(1, 1))
    assert (tmp_path / "today.json").read_text() == content


def test_a_folder_that_is_not_there_allows_nothing(tmp_path: Path) -> None:
    assert not ledger(tmp_path / "none", tokens=100).reserve(Spent(1, 1))


def writer(server: Server, book: Ledger) -> Writer:
    model = OpenAICompatible(Endpoint(server.url, "m", max_tokens=100))
    return Writer(Caller(model, Patience(timeout_s=60, idle_s=30, retries=0, pause_s=0.01), book))


def test_when_it_is_spent_nothing_is_sent(server: Server, tmp_path: Path) -> None:
    outcome = writer(server, ledger(tmp_path, tokens=10)).worded(TOLD.answer, TOLD.case, unreviewed)
    assert (outcome.answer, outcome.reason) == (TOLD.answer, Reason.SPENT)
    assert server.requests == []


USAGES = {
    "counted by the service": (
        {"prompt_tokens": 1500, "completion_tokens": 50, "total_tokens": 1550},
        1500,
        50,
    ),
    "no less than a quarter of the characters": (
        {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
        None,
        None,
    ),
    "a count below nought is none": (
        {"prompt_tokens": -9, "completion_tokens": -9, "total_tokens": 0},
        None,
        None,
    ),
}


@pytest.mark.parametrize("name", USAGES)
def test_what_a_call_cost_is_written_down(server: Server, tmp_path: Path, name: str) -> None:
    usage, given, written = USAGES[name]
    server.script = lambda x: x.reply(json.dumps({"parts": TOLD.good}, ensure_ascii=False), usage=usage)
    writer(server, ledger(tmp_path, tokens=100_000)).worded(TOLD.answer, TOLD.case, unreviewed)
    spent = json.loads((tmp_path / "today.json").read_text())
    assert spent["tokens_in"] == given or (given is None and spent["tokens_in"] > 400)
    assert spent["tokens_out"] == written or (written is None and spent["tokens_out"] > 30)


def test_a_call_that_was_declined_costs_nothing(server: Server, tmp_path: Path) -> None:
    server.script = lambda x: x.head(401)
    writer(server, ledger(tmp_path, tokens=100_000)).worded(TOLD.answer, TOLD.case, unreviewed)
    assert json.loads((tmp_path / "today.json").read_text())["tokens_in"] == 0
