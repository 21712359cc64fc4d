"""The fake app, its HTTP interface, and a server with the whole page for tests that need one."""

from __future__ import annotations

import gc
import socket
import threading
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.ui import fake_app
from tests.ui.running import POLICY, ceyin


@pytest.fixture(scope="session")
def fake() -> ModuleType:
    """The module fake_app."""
    return fake_app


@pytest.fixture
def app(fake: ModuleType) -> Any:
    """A fresh app over the policies of 示例市."""
    return fake.FakeApp()


@pytest.fixture(scope="session")
def served(fake: ModuleType) -> Iterator[tuple[str, Any]]:
    """(address, app) of a server with page and API on a free port."""
    import uvicorn

    from ceyin.ui.http import create_web

    app = fake.FakeApp()
    with warnings.catch_warnings():
        # Gradio leaves event loops of its own unclosed; collected here, they disturb no other test.
        warnings.simplefilter("ignore")
        web = create_web(app, today=lambda: fake.TODAY)
        gc.collect()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = uvicorn.Server(
            uvicorn.Config(web, host="127.0.0.1", port=port, log_level="error", timeout_graceful_shutdown=1)
        )
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        until = time.monotonic() + 30
        while not server.started:
            assert time.monotonic() < until, "the server did not start"
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}", app
        server.should_exit = True
        thread.join(timeout=10)
        gc.collect()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder that holds the policy of 示例市."""
    folder = tmp_path_factory.mktemp("home")
    assert ceyin(folder, "corpus", "add", str(POLICY)).returncode == 0
    return folder
