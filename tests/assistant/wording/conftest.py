"""A writer that asks the scripted server."""

from collections.abc import Callable, Iterator

import pytest

from ceyin.assistant.wording import Writer
from ceyin.assistant.wording.calling import Caller, Patience
from ceyin.assistant.wording.endpoint import Endpoint, OpenAICompatible
from tests.assistant.wording.server import Server, serving

KEY = "sk-test-0123456789abcdef"

_LONG = Patience(timeout_s=60, idle_s=30, retries=1, pause_s=0.01)

WriterTo = Callable[..., Writer]


@pytest.fixture(scope="session", autouse=True)
def _client() -> None:
    pytest.importorskip("llama_index.llms.openai_like", reason="needs the extra llm: make dev")
    OpenAICompatible(Endpoint("http://127.0.0.1:1/v1", "test")).load()


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture
def writer_to(server: Server) -> WriterTo:
    """A writer to the server; what it asks and how long it waits may be changed."""

    def made(
        url: str | None = None,
        *,
        patience: Patience = _LONG,
        word: bool = True,
        rephrase: bool = False,
        **endpoint: object,
    ) -> Writer:
        where = Endpoint(url or server.url, "test-model", KEY, **endpoint)  # type: ignore[arg-type]
        return Writer(Caller(OpenAICompatible(where), patience), word=word, rephrase=rephrase)

    return made
