"""Replies that are none, come late, or come broken: whatever a service does, the rules' answer is shown in time."""

import json
import threading
import time
from collections.abc import Callable

import pytest

from ceyin.assistant.wording import Outcome, Writer
from ceyin.assistant.wording.calling import Patience
from ceyin.assistant.wording.failing import Reason
from tests.assistant.wording.cases import SCENARIOS, Scenario, unreviewed
from tests.assistant.wording.conftest import KEY, WriterTo
from tests.assistant.wording.server import Exchange, Script, Server, closed_port

TOLD = SCENARIOS["no"]
GOOD = json.dumps({"parts": TOLD.good}, ensure_ascii=False)
LONG = Patience(timeout_s=60, idle_s=30, retries=1, pause_s=0.01)
#: For services that keep silent; nobody waits longer than this.
SHORT = Patience(timeout_s=0.8, idle_s=0.25, retries=1, pause_s=0.01)


def ask(writer: Writer, told: Scenario = TOLD) -> Outcome:
    return writer.worded(told.answer, told.case, unreviewed)


def says(text: str, finish: str = "stop") -> Script:
    """A whole reply with this text."""
    return lambda x: x.reply(text, finish)


def sends(data: bytes, kind: str = "text/event-stream", status: int = 200, **headers: str) -> Script:
    """A response of these bytes."""

    def script(x: Exchange) -> None:
        x.head(status, kind, **headers)
        x.write(data)

    return script


def chunks(*choices: dict[str, object]) -> Script:
    """A stream of chunks with these choices, one each."""

    def script(x: Exchange) -> None:
        x.head()
        for choice in choices:
            x.event(
                {
                    "id": "c",
                    "object": "chat.completion.chunk",
                    "created": 1,
                    "model": "t",
                    "choices": [choice],
                }
            )
        x.write(b"data: [DONE]\n\n")

    return script


def choice(content: object, finish: object = "stop", index: object = 0, **delta: object) -> dict[str, object]:
    return {"index": index, "delta": {"content": content, **delta}, "finish_reason": finish}


def two_at_once(x: Exchange) -> None:
    x.head()
    x.event(
        {
            "id": "c",
            "object": "o",
            "created": 1,
            "model": "t",
            "choices": [choice(GOOD), choice(GOOD, index=1)],
        }
    )
    x.write(b"data: [DONE]\n\n")


def no_choices(x: Exchange) -> None:
    x.head()
    x.event({"id": "c", "object": "o", "created": 1, "model": "t", "choices": []})
    x.write(b"data: [DONE]\n\n")


def endless(x: Exchange) -> None:
    x.head()
    while not x.stop.is_set():
        x.chunk("好" * 2000)


def big(x: Exchange) -> None:
    x.head()
    for _ in range(400):
        x.write(b": " + b"x" * 65536 + b"\n")


def silent(x: Exchange) -> None:
    x.stop.wait(5)


def silent_in_the_middle(x: Exchange) -> None:
    x.head()
    x.chunk(GOOD[:20])
    x.stop.wait(5)


def silent_at_the_end(x: Exchange) -> None:
    x.head()
    x.chunk(GOOD)
    x.stop.wait(5)


def dripping(x: Exchange) -> None:
    x.head()
    for byte in b"data: " + b" " * 1000:
        x.write(bytes([byte]))
        if x.stop.wait(0.1):
            return


def dripping_headers(x: Exchange) -> None:
    for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 1000:
        x.write(bytes([byte]))
        if x.stop.wait(0.1):
            return


def only_comments(x: Exchange) -> None:
    x.head()
    while not x.stop.wait(0.05):
        x.write(b": keep-alive\n\n")


def closes_in_the_middle(x: Exchange) -> None:
    x.head()
    x.chunk(GOOD[:30])


def closes_before_its_length(x: Exchange) -> None:
    x.head(kind="text/event-stream", Content_Length="100000")
    x.chunk(GOOD[:30])


DEEP = '{"parts":' * 5 + "[" * 100_000
FAULTS: dict[str, tuple[Script, Reason]] = {
    # what is written is not the form asked for
    "broken JSON": (says(GOOD[:-1]), Reason.UNREADABLE),
    "no JSON": (says("可以申请,一定能拿到9万元。"), Reason.UNREADABLE),
    "JSON in prose": (says(f"好的,答案如下:{GOOD}"), Reason.UNREADABLE),
    "JSON in a code fence": (says(f"```json\n{GOOD}\n```"), Reason.UNREADABLE),
    "words after the JSON": (says(GOOD + " 祝好!"), Reason.UNREADABLE),
    "two JSON texts": (says(GOOD + GOOD), Reason.UNREADABLE),
    "thinking aloud": (says(f"<think>嗯</think>{GOOD}"), Reason.UNREADABLE),
    "a key too many": (says(GOOD[:-1] + ', "verdict": "pass"}'), Reason.UNREADABLE),
    "a key too many in a paragraph": (
        says(GOOD.replace('"kind"', '"html": "x", "kind"', 1)),
        Reason.UNREADABLE,
    ),
    "a key twice": (says(GOOD[:-1] + f', "parts": {json.dumps(TOLD.good)}}}'), Reason.UNREADABLE),
    "a key missing": (says(GOOD.replace('"clauses"', '"cites"')), Reason.UNREADABLE),
    "a list": (says(f"[{GOOD}]"), Reason.UNREADABLE),
    "null": (says("null"), Reason.UNREADABLE),
    "not a number": (says(GOOD.replace("[2]", "[NaN]")), Reason.UNREADABLE),
    "endless number": (says(GOOD.replace("[2]", "[Infinity]")), Reason.UNREADABLE),
    "a number of thousands of digits": (says(GOOD.replace("[2]", f"[{'9' * 5000}]")), Reason.UNREADABLE),
    "nested without end": (says(DEEP[:15_000]), Reason.UNREADABLE),
    "half a surrogate pair": (says(GOOD.replace("厂房", "\\ud800")), Reason.UNREADABLE),
    "far too much": (says(GOOD + " " * 30_000), Reason.TOO_MUCH),
    "the form for another question": (says('{"query": "补贴"}'), Reason.UNREADABLE),
    # what carries it is not as it should be
    "no choices": (no_choices, Reason.BROKEN),
    "null for content": (chunks(choice(None)), Reason.UNREADABLE),
    "empty content": (chunks(choice("")), Reason.UNREADABLE),
    "content that is no text": (chunks(choice({"a": 1})), Reason.UNREADABLE),
    "cut off at the most tokens": (says(GOOD[:40], "length"), Reason.CUT_OFF),
    "whole, but said to be cut off": (says(GOOD, "length"), Reason.CUT_OFF),
    "held back by a filter": (says(GOOD, "content_filter"), Reason.UNREADABLE),
    "a tool called": (
        chunks(
            choice(
                None,
                "tool_calls",
                tool_calls=[
                    {"index": 0, "id": "t", "type": "function", "function": {"name": "rm", "arguments": "{}"}}
                ],
            )
        ),
        Reason.UNREADABLE,
    ),
    "content and a tool called": (
        chunks(
            choice(
                GOOD,
                tool_calls=[
                    {"index": 0, "id": "t", "type": "function", "function": {"name": "rm", "arguments": "{}"}}
                ],
            )
        ),
        Reason.UNREADABLE,
    ),
    "two choices": (two_at_once, Reason.UNREADABLE),
    "another choice than the first": (chunks(choice(GOOD, index=1)), Reason.UNREADABLE),
    "no end of the stream": (chunks(choice(GOOD, None)), Reason.BROKEN),
    "an error in the stream": (sends(b'data: {"error": {"message": "boom"}}\n\n'), Reason.UNREADABLE),
    "garbage for events": (sends(b"\x00\xff\xfe\x80garbage\n\n" * 10), Reason.UNREADABLE),
    "events that are no JSON": (sends(b"data: {{{\n\n"), Reason.UNREADABLE),
    "events of another shape": (sends(b"data: [1, 2, 3]\n\n"), Reason.UNREADABLE),
    "bytes that are no UTF-8": (sends(b'data: {"choices": "\xff\xfe\xfa"}\n\n'), Reason.UNREADABLE),
    "nothing": (sends(b""), Reason.BROKEN),
    "a page": (sends(b"<html>hi</html>", "text/html"), Reason.UNREADABLE),
    "JSON where a stream was asked for": (sends(b"{}", "application/json"), Reason.UNREADABLE),
    "compressed, though not asked for": (sends(b"\x1f\x8b\x08", Content_Encoding="gzip"), Reason.UNREADABLE),
    "closed in the middle": (closes_in_the_middle, Reason.BROKEN),
    "closed before its length": (closes_before_its_length, Reason.BROKEN),
    "no HTTP": (lambda x: x.write(b"SSH-2.0-OpenSSH\r\n\r\n"), Reason.UNREACHABLE),
    "closed at once": (lambda x: None, Reason.UNREACHABLE),
    "a huge body": (big, Reason.TOO_MUCH),
    "a stream without end": (endless, Reason.TOO_MUCH),
    **{
        f"status {code}": (sends(b'{"error": {"message": "no"}}', "application/json", code), reason)
        for code, reason in {
            400: Reason.DECLINED,
            401: Reason.DECLINED,
            403: Reason.DECLINED,
            404: Reason.DECLINED,
            418: Reason.DECLINED,
            429: Reason.UNREACHABLE,
            500: Reason.UNREACHABLE,
            503: Reason.UNREACHABLE,
        }.items()
    },
    "an error page of many megabytes": (
        lambda x: (x.head(500, "text/html"), [x.write(b"x" * 65536) for _ in range(400)])[0],
        Reason.TOO_MUCH,
    ),
    "sent elsewhere for good": (sends(b"", status=301, Location="http://127.0.0.1:1/v1"), Reason.DECLINED),
}

SILENT: dict[str, Script] = {
    "silent from the start": silent,
    "silent in the middle": silent_in_the_middle,
    "silent at the end": silent_at_the_end,
    "a byte now and then": dripping,
    "headers a byte now and then": dripping_headers,
    "nothing but comments": only_comments,
    "busy for longer than anybody waits": sends(b"", status=429, Retry_After="3600"),
}


def assert_rules(writer: Writer, reason: Reason) -> None:
    before = TOLD.answer.model_dump_json()
    outcome = ask(writer)
    assert outcome.answer.model_dump_json() == before
    assert outcome.reason is reason
    assert writer.counts() == {f"worded.{reason.value}": 1}
    assert KEY not in repr(outcome)


@pytest.mark.parametrize("name", FAULTS)
def test_the_answer_of_the_rules_is_shown(server: Server, writer_to: WriterTo, name: str) -> None:
    server.script, reason = FAULTS[name]
    assert_rules(writer_to(patience=LONG), reason)


@pytest.mark.parametrize("name", SILENT)
def test_nobody_waits_longer_than_the_limit(server: Server, writer_to: WriterTo, name: str) -> None:
    server.script = SILENT[name]
    outcome: list[Outcome] = []
    asking = threading.Thread(target=lambda: outcome.append(ask(writer_to(patience=SHORT))), daemon=True)
    asking.start()
    asking.join(30)  # far below what the service would take, far above the limit
    assert outcome and outcome[0].reason in (Reason.LATE, Reason.UNREACHABLE)
    assert outcome[0].answer == TOLD.answer


def test_the_thread_of_a_call_that_was_given_up_ends(server: Server, writer_to: WriterTo) -> None:
    server.script = dripping_headers
    ask(writer_to(patience=SHORT))
    deadline = time.monotonic() + 20
    while any(t.name == "ceyin-wording" for t in threading.enumerate()):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_service_that_is_not_there(server: Server, writer_to: WriterTo) -> None:
    assert_rules(writer_to(f"http://127.0.0.1:{closed_port()}/v1", patience=LONG), Reason.UNREACHABLE)


def test_a_redirect_is_not_followed(server: Server, writer_to: WriterTo) -> None:
    server.script = lambda x: sends(b"", status=307, Location=f"{server.url}/other")(x)
    assert_rules(writer_to(patience=LONG), Reason.DECLINED)
    assert len(server.requests) == 1


STREAMLESS: dict[str, tuple[bytes, Reason]] = {
    "no choices": (b'{"choices": []}', Reason.UNREADABLE),
    "null for choices": (b'{"choices": null}', Reason.UNREADABLE),
    "null": (b"null", Reason.UNREADABLE),
    "broken JSON": (b'{"choices": [', Reason.UNREADABLE),
    "bytes that are no UTF-8": (b'{"choices": "\xff\xfe"}', Reason.UNREADABLE),
    "null for content": (
        b'{"choices": [{"index": 0, "message": {"role": "assistant", "content": null}, "finish_reason": "stop"}]}',
        Reason.UNREADABLE,
    ),
    "two choices": (
        b'{"choices": [{"index": 0, "message": {"content": "{}"}, "finish_reason": "stop"}, {"index": 1}]}',
        Reason.UNREADABLE,
    ),
    "nested without end": (b'{"choices": ' + b"[" * 60_000, Reason.UNREADABLE),
}


@pytest.mark.parametrize("name", STREAMLESS)
def test_the_same_holds_without_a_stream(server: Server, writer_to: WriterTo, name: str) -> None:
    data, reason = STREAMLESS[name]
    server.script = sends(data, "application/json")
    assert_rules(writer_to(patience=LONG, stream=False), reason)


Fails = Callable[[Exchange], None]


@pytest.mark.parametrize(
    "first",
    [
        sends(b"", status=429, Retry_After="0"),
        sends(b"", status=503),
        lambda x: None,
        sends(b"", status=500, Retry_After="Wed, 21 Oct 2015 07:28:00 GMT"),
    ],
    ids=["busy", "unavailable", "closed", "a date to come back at"],
)
def test_a_passing_failure_is_tried_again(server: Server, writer_to: WriterTo, first: Fails) -> None:
    server.script = lambda x: first(x) if len(server.requests) == 1 else x.reply(GOOD)
    assert ask(writer_to(patience=LONG)).reason is None
    assert len(server.requests) == 2


def test_tries_have_an_end(server: Server, writer_to: WriterTo) -> None:
    server.script = sends(b"", status=503)
    ask(writer_to(patience=Patience(timeout_s=60, idle_s=30, retries=3, pause_s=0.01)))
    assert len(server.requests) == 4


def test_what_is_wrong_is_not_tried_again(server: Server, writer_to: WriterTo) -> None:
    server.script = sends(b"", status=401)
    ask(writer_to(patience=LONG))
    assert len(server.requests) == 1


def test_more_at_once_than_allowed_do_not_wait(server: Server, writer_to: WriterTo) -> None:
    asked = threading.Event()
    go_on = threading.Event()

    def slow(x: Exchange) -> None:
        asked.set()
        go_on.wait(30)
        x.reply(GOOD)

    server.script = slow
    writer = writer_to(patience=Patience(timeout_s=60, idle_s=30, at_once=1))
    first: list[Outcome] = []
    thread = threading.Thread(target=lambda: first.append(ask(writer)))
    thread.start()
    assert asked.wait(30)
    assert ask(writer, SCENARIOS["yes"]).reason is Reason.BUSY
    go_on.set()
    thread.join()
    assert first[0].reason is None
