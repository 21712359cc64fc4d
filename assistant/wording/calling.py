"""Asking a model within limits: so many at a time, so long, so often, so much a day."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from ceyin.assistant.wording.bounded import Call, Deadline
from ceyin.assistant.wording.budget import Ledger, Spent
from ceyin.assistant.wording.endpoint import CallError, ChatModel, Reply
from ceyin.assistant.wording.failing import NotUsedError, Reason
from ceyin.assistant.wording.prompting import Prompt

#: Characters of one request: a question, its facts and five clauses stay far below.
MAX_CHARS = 16_000
#: Bytes a token of a reply may come to on the wire, with the wrapping of a stream around each.
_BYTES_PER_TOKEN = 1_000


@dataclass(frozen=True, slots=True)
class Patience:
    """How long and how often: seconds for all tries together, for one silence, before the second try; tries beyond one."""

    timeout_s: float = 20.0
    idle_s: float = 8.0
    retries: int = 2
    pause_s: float = 0.5
    at_once: int = 4


class Caller:
    """Asks a model; safe to share between threads."""

    def __init__(self, model: ChatModel, patience: Patience, ledger: Ledger | None = None) -> None:
        self._model = model
        self.patience = patience
        self._ledger = ledger
        self._free = threading.BoundedSemaphore(patience.at_once)

    @property
    def name(self) -> str:
        """The model asked."""
        return self._model.endpoint.model

    def ask(self, prompt: Prompt, seconds: float) -> str:
        """The reply's text; raises NotUsedError, after ``seconds`` at the latest."""
        deadline = Deadline.after(seconds)
        if prompt.chars > MAX_CHARS:
            raise NotUsedError(Reason.TOO_LONG)
        if not self._free.acquire(blocking=False):
            raise NotUsedError(Reason.BUSY)
        work = _Work(self, prompt, deadline)
        # A thread of its own, which the interpreter does not wait for: no timeout of a socket covers names being
        # looked up, or headers that come a byte a second.
        threading.Thread(target=work.run, name="ceyin-wording", daemon=True).start()
        return work.wait()

    def done(self) -> None:
        """A call has come to its end."""
        self._free.release()

    def call(self, work: _Work) -> Reply:
        """Try until there is a reply; raises CallError."""
        pause = self.patience.pause_s
        for left in range(self.patience.retries, -1, -1):
            try:
                return self._once(work)
            except CallError as exc:
                wait = pause if exc.wait_s is None else exc.wait_s
                if not (exc.again and left and wait < work.deadline.left):
                    raise
                if work.abandoned.wait(wait):
                    raise
            pause *= 2
        raise AssertionError("the last try returns or raises")

    def _once(self, work: _Work) -> Reply:
        prompt, most = work.prompt, self._model.endpoint.max_tokens
        reserved = Spent(prompt.chars, most)
        if self._ledger is not None and not self._ledger.reserve(reserved):
            raise CallError(Reason.SPENT)
        used = reserved
        call = Call(work.deadline, self.patience.idle_s, most * _BYTES_PER_TOKEN + 100_000)
        work.calls.append(call)
        try:
            reply = self._model.reply(prompt, call)
            used = _used(prompt, reply)
            return reply
        except CallError as exc:
            if exc.reason in (Reason.UNREACHABLE, Reason.DECLINED):
                used = Spent()  # nothing was worked on
            raise
        finally:
            if self._ledger is not None:
                self._ledger.settle(reserved, used)


def _used(prompt: Prompt, reply: Reply) -> Spent:
    """As the service counted, but no less than a quarter of the characters: a count of nothing is no count."""
    given = prompt.chars if reply.tokens_in is None else max(reply.tokens_in, prompt.chars // 4)
    written = len(reply.text) if reply.tokens_out is None else max(reply.tokens_out, len(reply.text) // 4)
    return Spent(given, written)


class _Work:
    """One question to a model, worked on in a thread while somebody waits."""

    def __init__(self, caller: Caller, prompt: Prompt, deadline: Deadline) -> None:
        self._caller = caller
        self.prompt = prompt
        self.deadline = deadline
        self.calls: list[Call] = []
        self.abandoned = threading.Event()
        self._done = threading.Event()
        self._text: str | None = None
        self._reason = Reason.BROKEN

    def run(self) -> None:
        try:
            self._text = self._caller.call(self).text
        except CallError as exc:
            self._reason = exc.reason
        finally:
            self._caller.done()
            self._done.set()

    def wait(self) -> str:
        if not self._done.wait(self.deadline.left):
            self.abandoned.set()
            for call in list(self.calls):
                call.give_up()
            raise NotUsedError(Reason.LATE)
        if self._text is None:
            raise NotUsedError(self._reason)
        return self._text
