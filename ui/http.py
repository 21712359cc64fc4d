"""The HTTP API from the contract's models, and the page mounted beside it."""

from __future__ import annotations

import asyncio
import json
import logging
import unicodedata
from collections.abc import AsyncIterator, Callable
from datetime import date
from pathlib import Path as FilePath
from typing import Annotated, Any

from fastapi import FastAPI, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from fastapi.staticfiles import StaticFiles
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ceyin.assistant.contract import (
    Answer,
    AskRequest,
    CheckReport,
    CheckRequest,
    ClauseView,
    PolicyList,
    PolicyView,
    SearchResult,
)
from ceyin.assistant.matching.wire import MatchReport, MatchRequest
from ceyin.corpus.errors import CeyinError, FactError, IndexStateError, StoreError
from ceyin.indexes.filters import Level, filter_of
from ceyin.ui.app_protocol import MAX_QUESTION_CHARS, MAX_TURNS, App, Clock, parse_day
from ceyin.ui.metrics import CONTENT_TYPE, prometheus
from ceyin.ui.page import text as t

_log = logging.getLogger(__name__)

STATIC = FilePath(__file__).parent / "static"
PROBLEM_JSON = "application/problem+json"
#: A full conversation of the longest messages in UTF-8 stays below it.
MAX_BODY_BYTES = 16 * 1024 * 1024
#: A comment line this often keeps proxies from closing a quiet event stream.
KEEP_ALIVE_SECONDS = 10.0
_NEAR = 8


class Problem(BaseModel):
    """An error as RFC 9457 writes it; ``detail`` says in Chinese what happened and what to do."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    instance: str


class ProblemError(Exception):
    """Raised by a handler to answer with a problem; ``name`` is a key of ``text.PROBLEM_TITLES``."""

    def __init__(self, status: int, name: str, detail: str) -> None:
        super().__init__(detail)
        self.status, self.name, self.detail = status, name, detail


def problem(status: int, name: str, detail: str, instance: str) -> Problem:
    """The problem document of one error."""
    return Problem(
        type=f"urn:ceyin:problem:{name}",
        title=t.PROBLEM_TITLES[name],
        status=status,
        detail=detail,
        instance=instance,
    )


def _respond(found: Problem) -> JSONResponse:
    return JSONResponse(found.model_dump(), status_code=found.status, media_type=PROBLEM_JSON)


def _from_exception(error: Exception, instance: str) -> Problem:
    """The problem for whatever a handler raised; unknown errors say nothing of their inside."""
    if isinstance(error, ProblemError):
        return problem(error.status, error.name, error.detail, instance)
    if isinstance(error, FactError):
        return problem(422, "bad-request", str(error), instance)
    if isinstance(error, StoreError | IndexStateError):
        return problem(503, "unusable", str(error), instance)
    if isinstance(error, CeyinError):
        return problem(422, "bad-request", str(error), instance)
    _log.error("a request failed", exc_info=error)
    return problem(500, "server-error", t.SERVER_FAILED, instance)


class Guard:
    """ASGI middleware: bodies have a limit, and every response forbids loading anything from outside."""

    # Gradio builds its templates with Function() and inline scripts, hence the two unsafe words; the origins
    # are what matters here: none but our own.
    POLICY = (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
        "style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    )

    def __init__(self, app: ASGIApp, limit: int = MAX_BODY_BYTES) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if announced.isdigit() and int(announced) > self.limit:
            await _respond(self._too_large(scope))(scope, receive, send)
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self.limit:
                raise ProblemError(413, "body-too-large", self._too_large(scope).detail)
            return message

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message["headers"],
                    (b"content-security-policy", self.POLICY.encode()),
                    (b"x-content-type-options", b"nosniff"),
                    (b"referrer-policy", b"same-origin"),
                ]
            await send(message)

        await self.app(scope, counted, sealed)

    def _too_large(self, scope: Scope) -> Problem:
        detail = t.BODY_LARGE.format(limit=self.limit // 1024 // 1024)
        return problem(413, "body-too-large", detail, scope["path"])


def check_request(request: AskRequest) -> None:
    """Hold a question against the limits; raises :class:`ProblemError` with the Chinese detail."""
    said = [*request.turns, *([request.question] if request.question is not None else [])]
    if not said or not said[-1].strip():
        raise ProblemError(422, "question-empty", t.QUESTION_EMPTY)
    if any(len(turn) > MAX_QUESTION_CHARS for turn in said):
        raise ProblemError(422, "question-too-long", t.QUESTION_LONG)
    if len(said) > MAX_TURNS:
        raise ProblemError(422, "too-many-turns", t.TURNS_MANY)
    if request.as_of is not None:
        _day(request.as_of)


def _day(value: str) -> date:
    day = parse_day(value)
    if day is None:
        raise ProblemError(422, "bad-date", t.DAY_BAD.format(value=value[:40]))
    return day


def _event(name: str, data: str) -> str:
    return f"event: {name}\ndata: {data}\n\n"


async def _stream(work: Callable[[], Answer], instance: str) -> AsyncIterator[str]:
    """``stage`` events, then ``answer`` with the answer object or ``error`` with a problem."""
    yield _event("stage", json.dumps({"stage": "received"}))
    task = asyncio.ensure_future(run_in_threadpool(work))
    yield _event("stage", json.dumps({"stage": "thinking", "label": t.THINKING}, ensure_ascii=False))
    while not (await asyncio.wait({task}, timeout=KEEP_ALIVE_SECONDS))[0]:
        yield ": keep-alive\n\n"
    failed = task.exception()
    if isinstance(failed, Exception):
        yield _event("error", _from_exception(failed, instance).model_dump_json())
        return
    answer = task.result()
    yield _event("stage", json.dumps({"stage": "done", "timings_ms": answer.timings_ms.model_dump()}))
    yield _event("answer", answer.model_dump_json())


def create_api(app: App, *, today: Clock = date.today) -> FastAPI:
    """The HTTP API alone, without the page (and without importing Gradio)."""
    # The default /docs loads its script from a CDN; the description itself stays at /openapi.json.
    api = FastAPI(title=t.TITLE, version="1", docs_url=None, redoc_url=None)
    api.add_middleware(Guard)
    # No origin but our own. Its presence also keeps Gradio from adding a permissive header of its own.
    api.add_middleware(CORSMiddleware, allow_origins=[])
    _add_error_handlers(api)
    bad: dict[int | str, dict[str, Any]] = {
        422: {"model": Problem, "content": {PROBLEM_JSON: {}}, "description": t.PROBLEM_TITLES["bad-request"]}
    }
    unknown: dict[int | str, dict[str, Any]] = {
        404: {
            "model": Problem,
            "content": {PROBLEM_JSON: {}},
            "description": t.PROBLEM_TITLES["unknown-policy"],
        }
    }

    def day_of(as_of: str | None) -> date:
        return today() if as_of is None else _day(as_of)

    @api.get("/healthz")
    def healthz() -> dict[str, Any]:
        return app.health()

    @api.get("/metrics", response_class=PlainTextResponse)
    def metrics() -> Response:
        return PlainTextResponse(prometheus(app.measures()), media_type=CONTENT_TYPE)

    @api.post("/api/v1/ask", response_model=Answer, responses=bad)
    async def ask(body: AskRequest, request: Request, stream: bool = False) -> Answer | Response:
        check_request(body)

        def work() -> Answer:
            return app.assistant.answer(body, today=today())

        if not stream:
            return await run_in_threadpool(work)
        return StreamingResponse(
            _stream(work, request.url.path),
            media_type="text/event-stream",
            headers={"cache-control": "no-store", "x-accel-buffering": "no"},
        )

    @api.get("/api/v1/search", response_model=SearchResult, responses=bad)
    def search(
        q: str = "",
        top: Annotated[int, Query(ge=1, le=100)] = 10,
        as_of: str | None = None,
        region: str | None = None,
        in_force: bool = False,
        level: Annotated[list[Level] | None, Query()] = None,
        policy: Annotated[list[str] | None, Query()] = None,
    ) -> SearchResult:
        check_request(AskRequest(question=q))
        day = day_of(as_of)
        return app.search(q, top, day, filter_of(region, day if in_force else None, level, policy))

    @api.post("/api/v1/check", response_model=CheckReport, responses=bad)
    def check(body: CheckRequest) -> CheckReport:
        return app.check(body, day_of(body.as_of))

    @api.post("/api/v1/match", response_model=MatchReport, responses=bad)
    def match(body: MatchRequest) -> MatchReport:
        return app.match(body, day_of(body.as_of))

    @api.get("/api/v1/policies", response_model=PolicyList, responses=bad)
    def policies(as_of: str | None = None) -> PolicyList:
        return app.policies(day_of(as_of))

    def view_of(policy_id: str, as_of: str | None) -> PolicyView:
        view = app.policy(policy_id, day_of(as_of))
        if view is None:
            raise ProblemError(404, "unknown-policy", t.POLICY_UNKNOWN.format(policy_id=policy_id[:80]))
        return view

    @api.get("/api/v1/policies/{policy_id}", response_model=PolicyView, responses=bad | unknown)
    def policy(policy_id: str, as_of: str | None = None) -> PolicyView:
        return view_of(policy_id, as_of)

    @api.get(
        "/api/v1/policies/{policy_id}/clauses/{path:path}", response_model=ClauseView, responses=bad | unknown
    )
    def clause(policy_id: str, path: str, as_of: str | None = None) -> ClauseView:
        return find_clause(view_of(policy_id, as_of), path)

    return api


def find_clause(view: PolicyView, path: str) -> ClauseView:
    """The clause at ``path`` (labels joined by ``/``, half or full width); the 404 names what is near."""
    labels = [x for x in unicodedata.normalize("NFKC", path).split("/") if x]
    for clause in view.document:
        if clause.path == labels:
            return clause
    detail = t.CLAUSE_UNKNOWN.format(policy_id=view.policy_id, path="/".join(labels)[:80])
    near = [c for c in view.document if labels and c.path[: len(labels)] == labels]
    if near:
        detail += t.CLAUSE_NEAR.format(near="、".join("/".join(c.path) for c in near[:_NEAR]))
    raise ProblemError(404, "unknown-clause", detail)


def _add_error_handlers(api: FastAPI) -> None:
    @api.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        where = ";".join(".".join(str(x) for x in e["loc"]) for e in error.errors()[:_NEAR])
        found = problem(422, "bad-request", t.BODY_BAD.format(where=where), request.url.path)
        return _respond(found)

    @api.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> JSONResponse:
        if error.status_code == 405:
            detail = t.METHOD_BAD.format(method=request.method)
            return _respond(problem(405, "method-not-allowed", detail, request.url.path))
        if error.status_code == 404:
            return _respond(problem(404, "not-found", t.NOT_FOUND, request.url.path))
        # FastAPI wraps whatever happens while it reads a body: our own limit, or bytes that are no text.
        if isinstance(error.__cause__, ProblemError):
            return _respond(_from_exception(error.__cause__, request.url.path))
        return _respond(problem(422, "bad-request", t.BODY_UNREADABLE, request.url.path))

    async def failed(request: Request, error: Exception) -> JSONResponse:
        return _respond(_from_exception(error, request.url.path))

    for kind in (ProblemError, CeyinError, Exception):
        api.add_exception_handler(kind, failed)


def create_web(app: App, *, today: Clock = date.today) -> FastAPI:
    """The API with the page at ``/``; imports Gradio (seconds), so call it only to serve."""
    from ceyin.ui.page import page as gradio_page  # sets GRADIO_ANALYTICS_ENABLED before gradio is imported

    web = create_api(app, today=today)
    web.mount(gradio_page.STATIC_PATH, StaticFiles(directory=STATIC), name="page")

    @web.api_route("/api/{rest:path}", methods=["GET", "POST"], include_in_schema=False)
    def no_such(rest: str) -> Response:
        # Before the page, which is mounted at / and would answer in its own words.
        raise HTTPException(404)

    return gradio_page.mount(web, gradio_page.build_page(app, today))
