"""One call to a model, with its limits: a deadline, an idle limit, a size, and no header that tells of this machine."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

import httpx

from ceyin.assistant.wording.failing import Reason

#: What a request may carry; the client library would add the system, the Python version and more.
_HEADERS = frozenset({"host", "accept", "content-type", "content-length", "authorization", "connection"})


@dataclass(frozen=True, slots=True)
class Deadline:
    """The moment (on the monotonic clock) after which nobody waits any more."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """So many seconds from now."""
        return cls(time.monotonic() + seconds)

    @property
    def left(self) -> float:
        """Seconds left; never below zero."""
        return max(0.0, self.at - time.monotonic())


class Call:
    """A call under way: who waits for it may give it up, which closes its connection."""

    def __init__(self, deadline: Deadline, idle_s: float, max_bytes: int) -> None:
        self.deadline = deadline
        self.idle_s = idle_s
        self.max_bytes = max_bytes
        #: Set where a limit of ours ended the call, not the other side.
        self.ended_by: Reason | None = None
        self._lock = threading.Lock()
        self._given_up = False
        self._transport: httpx.BaseTransport | None = None

    def timeout(self) -> httpx.Timeout:
        """How long each single step may take."""
        return httpx.Timeout(max(0.001, min(self.idle_s, self.deadline.left)))

    def opened(self, transport: httpx.BaseTransport) -> None:
        """Remember what to close."""
        with self._lock:
            self._transport = transport
            if self._given_up:
                self.end(Reason.LATE)

    def give_up(self) -> None:
        """Close the connection, from whatever thread: bytes that drip in keep no thread alive."""
        with self._lock:
            self._given_up = True
            if self._transport is not None:
                with contextlib.suppress(RuntimeError, OSError, httpx.HTTPError):
                    self._transport.close()

    def check(self, seen: int) -> None:
        """End the call where it is late or has sent too much."""
        if self._given_up or not self.deadline.left:
            self.end(Reason.LATE)
        if seen > self.max_bytes:
            self.end(Reason.TOO_MUCH)

    def end(self, reason: Reason) -> None:
        """End the call; the client library sees a connection that failed."""
        self.ended_by = reason
        raise httpx.ReadError(reason.value)


class _Counted(httpx.SyncByteStream):
    """A body that is read no further than the call's limits allow."""

    def __init__(self, inner: httpx.SyncByteStream, call: Call) -> None:
        self._inner = inner
        self._call = call

    def __iter__(self) -> Iterator[bytes]:
        seen = 0
        for chunk in self._inner:
            seen += len(chunk)
            self._call.check(seen)
            yield chunk

    def close(self) -> None:
        self._inner.close()


class BoundedTransport(httpx.BaseTransport):
    """Sends one call's requests; compressed bodies are not asked for, so what is counted is what is read."""

    def __init__(self, inner: httpx.BaseTransport, call: Call, *, keyed: bool, stream: bool) -> None:
        self._inner = inner
        self._call = call
        self._keyed = keyed
        self._type = "text/event-stream" if stream else "application/json"
        call.opened(self)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; a good answer of another type than asked for is none."""
        kept = _HEADERS if self._keyed else _HEADERS - {"authorization"}
        for name in [n for n in request.headers if n.lower() not in kept]:
            del request.headers[name]
        request.headers["accept"] = self._type
        request.headers["accept-encoding"] = "identity"
        request.headers["user-agent"] = "ceyin"
        request.extensions = {**request.extensions, "timeout": self._call.timeout().as_dict()}
        response = self._inner.handle_request(request)
        self._call.check(0)
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if response.status_code == 200 and kind != self._type:
            response.close()
            self._call.end(Reason.UNREADABLE)
        if "content-encoding" in response.headers:
            response.close()
            self._call.end(Reason.UNREADABLE)
        assert isinstance(response.stream, httpx.SyncByteStream)
        response.stream = _Counted(response.stream, self._call)
        return response

    def close(self) -> None:
        """Close the connection."""
        self._inner.close()
