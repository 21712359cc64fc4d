"""A program over a home of its own: the shipped catalog and rules, and one policy of 示例市."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from ceyin.assistant.contract import Answer, AskRequest
from ceyin.corpus.read import read_source
from ceyin.corpus.segment import parse
from ceyin.ui.app import App, open_app
from ceyin.ui.settings import Settings

FIXTURES = Path(__file__).parents[1] / "fixtures"
TODAY = date(2026, 11, 24)

Ask = Callable[..., Answer]


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    app = open_app(Settings(home=tmp_path_factory.mktemp("home")))
    for name in ("shili.txt", "shili-damaged.txt"):
        app.library.add(parse(read_source(FIXTURES / name)))
    app.index()
    yield app
    app.close()


@pytest.fixture
def ask(program: App) -> Ask:
    def answer(*turns: str, **fields: object) -> Answer:
        request = AskRequest.model_validate({"turns": list(turns), **fields})
        return program.assistant.answer(request, today=TODAY)

    return answer


@pytest.fixture(scope="module")
def town(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """A program over a home of its own with the policy a module writes as ``POLICY``."""
    folder = tmp_path_factory.mktemp("town")
    (folder / "policy.txt").write_text(request.module.POLICY, encoding="utf-8")
    app = open_app(Settings(home=folder / "home"))
    app.library.add(parse(read_source(folder / "policy.txt")))
    app.index()
    yield app
    app.close()


@pytest.fixture
def ask_town(town: App) -> Ask:
    def answer(question: str) -> Answer:
        return town.assistant.answer(AskRequest(question=question), today=TODAY)

    return answer
