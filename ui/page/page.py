"""The Gradio blocks: rail, conversation, reader, and the events between them."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

import gradio as gr
from fastapi import FastAPI

from ceyin.assistant.contract import AskRequest
from ceyin.assistant.places import find_districts, find_places
from ceyin.assistant.understanding.reading import read
from ceyin.assistant.understanding.saying import said_facts
from ceyin.corpus.errors import CeyinError
from ceyin.ui.app_protocol import MAX_QUESTION_CHARS, App, Clock, parse_day
from ceyin.ui.page import text as t
from ceyin.ui.page.corrections import Corrections, corrected
from ceyin.ui.page.fields import Desk
from ceyin.ui.page.rail import rail_html
from ceyin.ui.page.reader import failed_html, gone_html, library_html, policy_html
from ceyin.ui.page.thread import Turn, notice_html, thread_html

_log = logging.getLogger(__name__)

#: Conversation, turns, box and notice; Gradio leaves alone what is skipped.
_Answered = tuple[Any, list[Turn], Any, str]
_NO_DESK = Desk({}, {})

#: Where :mod:`ceyin.ui.http` serves the stylesheet and the script; Gradio has /static and /assets itself.
STATIC_PATH = "/page"
HEAD = f'<link rel="stylesheet" href="{STATIC_PATH}/ceyin.css">'
_SCRIPT = f'<script src="{STATIC_PATH}/ceyin.js"></script>'


def question_problem(question: str) -> str | None:
    """Why a typed question cannot be asked, or None."""
    if not question.strip():
        return t.QUESTION_EMPTY
    return t.QUESTION_LONG if len(question) > MAX_QUESTION_CHARS else None


def _index(turn: Any, turns: list[Turn]) -> int | None:
    """A turn named by the browser; None where there is none."""
    try:
        at = int(turn)
    except (TypeError, ValueError):
        return None
    return at if 0 <= at < len(turns) else None


class Talk:
    """What the events of the page do; everything a person has said lives in the arguments."""

    def __init__(self, app: App, today: Clock) -> None:
        self._app = app
        self._today = today

    def ask(self, question: str, turns: list[Turn], as_of: str | None) -> Iterator[_Answered]:
        """Yield (conversation, turns, box, notice) twice: while thinking, and with answer or error."""
        problem = question_problem(question)
        desk = self._desk()
        if problem is not None:
            yield thread_html(turns, desk), turns, question, notice_html(problem)
            return
        question = question.strip()
        yield thread_html([*turns, Turn(question)], desk), turns, "", notice_html(None)
        beside = replace(self._carried(question, turns), as_of=as_of)
        done = [*turns, self._answered(question, turns, beside)]
        yield thread_html(done, desk), done, "", notice_html(None)

    def again(self, turns: list[Turn], event: Mapping[str, Any]) -> Iterator[_Answered]:
        """Answer one turn anew with what was set in a form of it; the others stay as they are.

        ``event`` is the browser's and may hold anything; the box keeps what was typed in it.
        """
        desk, kept = self._desk(), gr.skip()
        at = _index(event.get("turn"), turns)
        turn = turns[at] if at is not None else None
        if at is None or turn is None or turn.answer is None:
            yield thread_html(turns, desk), turns, kept, notice_html(t.STALE)
            return
        values = event.get("values")
        beside = corrected(
            turn.set_beside,
            turn.answer.understood,
            str(event.get("what")),
            values if isinstance(values, dict) else {},
            desk.facts,
        )
        if beside is None:
            yield kept, turns, kept, notice_html(t.NOTHING_FILLED)
            return
        waiting = [*turns[:at], Turn(turn.question), *turns[at + 1 :]]
        yield thread_html(waiting, desk, at), turns, kept, notice_html(None)
        new = self._answered(turn.question, turns[:at], beside)
        if new.error is not None:
            yield thread_html(turns, desk, at), turns, kept, notice_html(new.error)
            return
        done = [*turns[:at], new, *turns[at + 1 :]]
        yield thread_html(done, desk, at), done, kept, notice_html(None)

    def _answered(self, question: str, before: list[Turn], beside: Corrections) -> Turn:
        said = [turn.question for turn in before if turn.answer is not None]
        try:
            request = AskRequest(
                turns=[*said, question],
                facts=dict(beside.facts) or None,
                as_of=beside.as_of,
                policies=list(beside.policies),
                region=beside.region,
                explain=True,
            )
            answer = self._app.assistant.answer(request, today=self._today())
            return Turn(question, answer=answer, set_beside=beside)
        except CeyinError as error:
            return Turn(question, error=str(error))
        except Exception:
            # The page is the last to see it: the person gets a way on, the log gets the cause.
            _log.exception("a question failed")
            return Turn(question, error=t.ASK_FAILED)

    def _carried(self, question: str, turns: list[Turn]) -> Corrections:
        """Facts and region set before, but for those that the new message tells itself."""
        before = next((turn.set_beside for turn in reversed(turns) if turn.answer is not None), Corrections())
        words = read(question)
        told = said_facts([words], self._app.book, self._today()).known if before.facts else {}
        return Corrections(
            facts={key: value for key, value in before.facts.items() if key not in told},
            region=None if find_places(words) or find_districts(words) else before.region,
        )

    def _desk(self) -> Desk:
        """What forms are made of; without the library where that cannot be read now."""
        try:
            listed = self._app.policies(self._today()).policies
        except Exception:
            _log.exception("the library could not be listed")
            listed = []
        return Desk.of(self._app.book, {p.policy_id: p.title for p in listed})

    def cite(self, turns: list[Turn], event: dict[str, Any], as_of: str | None) -> str:
        """The reader with the clause behind a chip; ``event`` is the browser's and may hold anything."""
        token = uuid4().hex
        at = _index(event.get("turn"), turns)
        try:
            part, n = (int(event[key]) for key in ("part", "n"))
        except (KeyError, TypeError, ValueError):
            return failed_html(t.STALE, token)
        cited = turns[at].citation(part, n) if at is not None else None
        if cited is None:
            return failed_html(t.STALE, token)
        try:
            view = self._app.policy(cited.policy_id, parse_day(as_of or "") or self._today())
        except CeyinError as error:
            return failed_html(str(error), token)
        except Exception:
            _log.exception("policy %s could not be opened", cited.policy_id)
            return failed_html(t.OPEN_FAILED, token)
        return gone_html(cited, token) if view is None else policy_html(view, cited, token)

    def open(self, policy_id: str, as_of: str | None) -> str:
        """The reader with one whole policy."""
        token = uuid4().hex
        try:
            view = self._app.policy(policy_id, parse_day(as_of or "") or self._today())
        except CeyinError as error:
            return failed_html(str(error), token)
        except Exception:
            _log.exception("policy %s could not be opened", policy_id)
            return failed_html(t.OPEN_FAILED, token)
        if view is None:
            return failed_html(t.POLICY_UNKNOWN.format(policy_id=policy_id), token)
        return policy_html(view, None, token)

    def library(self, as_of: str | None) -> str:
        """The reader with the policies of the library, as they stand on ``as_of``."""
        day = parse_day(as_of or "") or self._today()
        try:
            return library_html(self._app.policies(day), day, uuid4().hex)
        except CeyinError as error:
            return failed_html(str(error), uuid4().hex)
        except Exception:
            _log.exception("the library could not be listed")
            return failed_html(t.OPEN_FAILED, uuid4().hex)


def build_page(app: App, today: Clock) -> gr.Blocks:
    """The page of one app as Blocks, not yet mounted."""
    talk = Talk(app, today)
    page = gr.Blocks(title=t.TITLE, fill_width=True, analytics_enabled=False)
    with page:
        turns = gr.State([])
        as_of = gr.State(None)
        with gr.Row(elem_id="cy-shell"):
            rail = _html(rail_html(today()), "cy-rail", "'asof', 'library', 'fresh'")
            with gr.Column(elem_id="cy-talk"):
                thread = _html(thread_html([], _NO_DESK), "cy-thread", "'cite', 'ask', 'again'")
                with gr.Row(elem_id="cy-composer"):
                    box = gr.Textbox(
                        label=t.BOX_LABEL,
                        placeholder=t.BOX_PLACEHOLDER,
                        show_label=False,
                        container=False,
                        lines=1,
                        max_lines=6,
                        scale=1,
                        elem_id="cy-box",
                    )
                    send = gr.Button(t.SEND, variant="primary", scale=0, elem_id="cy-send")
                notice = gr.HTML(notice_html(None), elem_id="cy-notice", apply_default_css=False)
            reader = _html("", "cy-reader", "'open', 'library'")
        # A function would run before the page is asked for; the load event runs for every visitor.
        _wire(page, talk, turns, as_of, rail, thread, box, send, notice, reader)
    return page


def _html(value: str, elem_id: str, events: str) -> gr.HTML:
    return gr.HTML(
        value,
        elem_id=elem_id,
        apply_default_css=False,
        head=_SCRIPT,
        js_on_load=f"window.ceyin.connect(element, trigger, watch, [{events}]);",
    )


def _wire(
    page: gr.Blocks,
    talk: Talk,
    turns: gr.State,
    as_of: gr.State,
    rail: gr.HTML,
    thread: gr.HTML,
    box: gr.Textbox,
    send: gr.Button,
    notice: gr.HTML,
    reader: gr.HTML,
) -> None:
    # Private: these are the page's own wires; programs use /api/v1.
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    answered = [thread, turns, box, notice]

    def ask_suggested(turns_now: list[Turn], day: str | None, event: gr.EventData) -> Iterator[_Answered]:
        yield from talk.ask(str(event._data.get("question", "")), turns_now, day)

    def ask_again(turns_now: list[Turn], event: gr.EventData) -> Iterator[_Answered]:
        yield from talk.again(turns_now, dict(event._data or {}))

    def cite(turns_now: list[Turn], day: str | None, event: gr.EventData) -> str:
        return talk.cite(turns_now, dict(event._data or {}), day)

    def open_policy(day: str | None, event: gr.EventData) -> str:
        return talk.open(str(event._data.get("policy", "")), day)

    def change_day(event: gr.EventData) -> tuple[str | None, str]:
        # An emptied field means today again.
        chosen = parse_day(str(event._data.get("value", "")))
        iso = chosen.isoformat() if chosen else None
        return iso, talk.library(iso)

    def start_again() -> _Answered:
        return thread_html([], _NO_DESK), [], "", notice_html(None)

    gr.on([box.submit, send.click], talk.ask, [box, turns, as_of], answered, **quiet)
    thread.ask(ask_suggested, [turns, as_of], answered, **quiet)
    thread.again(ask_again, [turns], answered, **quiet)
    thread.cite(cite, [turns, as_of], reader, **quiet)
    reader.open(open_policy, as_of, reader, **quiet)
    reader.library(talk.library, as_of, reader, **quiet)
    rail.library(talk.library, as_of, reader, **quiet)
    rail.fresh(start_again, None, answered, **quiet)
    rail.asof(change_day, None, [as_of, reader], **quiet)
    page.load(talk.library, as_of, reader, **quiet)


def mount(web: FastAPI, page: gr.Blocks) -> FastAPI:
    """Put the page at ``/``: no footer, no run history, no uploads worth the name, nothing from outside."""
    fonts = ["PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"]
    gr.mount_gradio_app(
        web,
        page,
        path="/",
        footer_links=[],
        run_history=False,
        max_file_size="1mb",
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
        theme=gr.themes.Base(font=fonts, font_mono=["monospace"]),
        head=HEAD,
    )
    return web
