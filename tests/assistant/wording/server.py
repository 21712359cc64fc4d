"""A chat-completions server of ours on loopback that does as a script says: well, badly, or not at all."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Script = Callable[["Exchange"], None]


@dataclass
class Exchange:
    """One request, and the ways to answer it."""

    handler: BaseHTTPRequestHandler
    body: bytes
    stop: threading.Event

    @property
    def sent(self) -> dict[str, Any]:
        """The request as JSON."""
        content: dict[str, Any] = json.loads(self.body)
        return content

    @property
    def material(self) -> dict[str, Any]:
        """The data in the user's message."""
        content: dict[str, Any] = json.loads(self.sent["messages"][1]["content"])
        return content

    def head(self, status: int = 200, kind: str = "text/event-stream", **headers: str) -> None:
        """Status and headers; the body ends with the connection."""
        self.handler.send_response(status)
        self.handler.send_header("Content-Type", kind)
        self.handler.send_header("Connection", "close")
        for name, value in headers.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.end_headers()

    def write(self, data: bytes) -> None:
        """Some of the body, at once."""
        self.handler.wfile.write(data)
        self.handler.wfile.flush()

    def event(self, content: Any) -> None:
        """One event of a stream."""
        self.write(b"data: " + json.dumps(content).encode() + b"\n\n")

    def chunk(self, text: str | None, finish: str | None = None, **delta: Any) -> None:
        """One chunk of a stream with a piece of the reply."""
        choice = {"index": 0, "delta": {"content": text, **delta}, "finish_reason": finish}
        self.event(_chunk([choice]))

    def reply(self, text: str, finish: str = "stop", usage: Any = None) -> None:
        """A whole reply, streamed or not as the request wants it."""
        if not self.sent.get("stream"):
            self.head(kind="application/json")
            message = {"role": "assistant", "content": text}
            choice = {"index": 0, "message": message, "finish_reason": finish}
            self.write(json.dumps({**_chunk([choice], "chat.completion"), "usage": usage}).encode())
            return
        self.head()
        for at in range(0, len(text), 40):
            self.chunk(text[at : at + 40])
        self.chunk(None, finish)
        self.event(
            {
                **_chunk([]),
                "usage": usage or {"prompt_tokens": 100, "completion_tokens": 50, "total_tokens": 150},
            }
        )
        self.write(b"data: [DONE]\n\n")


def _chunk(choices: list[dict[str, Any]], kind: str = "chat.completion.chunk") -> dict[str, Any]:
    return {"id": "c1", "object": kind, "created": 1, "model": "test", "choices": choices}


@dataclass
class Server:
    """A running server; ``requests`` are the bodies it got, ``headers`` what came with them."""

    url: str
    script: Script
    stop: threading.Event
    requests: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


@contextmanager
def serving() -> Iterator[Server]:
    """A server for as long as the block runs."""
    stop = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            server.requests.append(body)
            server.headers.append({k.lower(): v for k, v in self.headers.items()})
            self.close_connection = True
            try:
                server.script(Exchange(self, body, stop))
            except (BrokenPipeError, ConnectionError):
                return  # the client had enough

        def log_message(self, *_: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        server = Server(f"http://127.0.0.1:{http.server_address[1]}/v1", lambda x: x.reply("{}"), stop)
        thread = threading.Thread(target=http.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            stop.set()
            http.shutdown()
            thread.join()


def closed_port() -> int:
    """A port on loopback where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
