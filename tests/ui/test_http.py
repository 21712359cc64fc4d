"""The HTTP interface: the contract's models go out, bad input comes back as a problem in Chinese."""

from __future__ import annotations

import json
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from fastapi.testclient import TestClient

from ceyin.assistant.contract import (
    Answer,
    CheckReport,
    ClauseView,
    PolicyList,
    PolicyView,
    SearchResult,
)
from ceyin.assistant.matching.wire import MatchReport
from ceyin.ui import http


@pytest.fixture
def client(app: Any, fake: ModuleType) -> Iterator[TestClient]:
    api = http.create_api(app, today=lambda: fake.TODAY)
    with TestClient(api, raise_server_exceptions=False) as client:
        yield client


def _problem(response: Any, status: int, name: str) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    found: dict[str, Any] = response.json()
    assert found["type"] == f"urn:ceyin:problem:{name}" and found["status"] == status
    assert any("\u4e00" <= ch <= "\u9fff" for ch in found["detail"])
    return found


def test_health_is_what_the_app_says(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok", "policies": 4}


def test_an_answer_is_the_answer_object(client: TestClient) -> None:
    response = client.post("/api/v1/ask", json={"question": "首次认证能补多少?"})
    answer = Answer.model_validate(response.json())
    assert answer.amount_cny is not None and response.json()["amount_cny"] == "15000.00"
    assert answer.citations[0].path == ["第三条"]


def test_turns_facts_and_day_reach_the_assistant(client: TestClient, app: Any) -> None:
    body = {"turns": ["你好", "称号能用几年?"], "facts": {"企业类型": "个体户"}, "as_of": "2026-05-01"}
    assert client.post("/api/v1/ask", json=body).json()["as_of"] == "2026-05-01"
    asked = app.assistant.asked[-1]
    assert asked.turns == body["turns"] and asked.facts == body["facts"]


def test_a_question_without_a_day_is_judged_today(client: TestClient, fake: ModuleType) -> None:
    answer = client.post("/api/v1/ask", json={"question": "首次认证能补多少?"}).json()
    assert answer["as_of"] == fake.TODAY.isoformat()


LONG = "补" * 20_001
BAD_BODIES = [
    ({}, "question-empty"),
    ({"question": ""}, "question-empty"),
    ({"question": " \n\t\u3000"}, "question-empty"),
    ({"turns": ["能补多少?", " "]}, "question-empty"),
    ({"question": LONG}, "question-too-long"),
    ({"turns": [LONG, "能补多少?"]}, "question-too-long"),
    ({"turns": ["能补多少?"] * 201}, "too-many-turns"),
    ({"question": "能补多少?", "as_of": "2026-02-30"}, "bad-date"),
    ({"question": "能补多少?", "as_of": "20260230"}, "bad-date"),
    ({"question": "能补多少?", "as_of": "2026-W10-1"}, "bad-date"),
    ({"question": "能补多少?", "as_of": ""}, "bad-date"),
    ({"question": 5}, "bad-request"),
    ({"turns": "能补多少?"}, "bad-request"),
    ([], "bad-request"),
]


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(("body", "name"), BAD_BODIES)
def test_a_bad_question_is_a_problem_and_is_never_asked(
    client: TestClient, app: Any, body: Any, name: str, stream: bool
) -> None:
    _problem(client.post(f"/api/v1/ask?stream={int(stream)}", json=body), 422, name)
    assert app.assistant.asked == []


def test_a_question_of_exactly_the_limit_is_asked(client: TestClient) -> None:
    assert client.post("/api/v1/ask", json={"question": "补" * 20_000}).status_code == 200


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe\x00", "问".encode()])
def test_a_body_that_is_no_json_is_a_problem(client: TestClient, body: bytes) -> None:
    headers = {"content-type": "application/json"}
    _problem(client.post("/api/v1/ask", content=body, headers=headers), 422, "bad-request")


@pytest.mark.parametrize("announced", [True, False])
def test_a_body_beyond_the_limit_is_turned_away(client: TestClient, announced: bool) -> None:
    content = b" " * (http.MAX_BODY_BYTES + 1)
    pieces = (content[at : at + 1_000_000] for at in range(0, len(content), 1_000_000))
    response = client.post(
        "/api/v1/ask", content=content if announced else pieces, headers={"content-type": "application/json"}
    )
    _problem(response, 413, "body-too-large")


def test_an_error_someone_can_mend_keeps_its_words(client: TestClient) -> None:
    found = _problem(client.post("/api/v1/ask", json={"question": "坏索引"}), 503, "unusable")
    assert "ceyin index build" in found["detail"]


def test_an_unknown_error_tells_nothing_of_its_inside(client: TestClient) -> None:
    response = client.post("/api/v1/ask", json={"question": "崩溃"})
    _problem(response, 500, "server-error")
    assert "secret" not in response.text


def _events(text: str) -> list[tuple[str, Any]]:
    blocks = [b.splitlines() for b in text.strip().split("\n\n")]
    return [(b[0].removeprefix("event: "), json.loads(b[1].removeprefix("data: "))) for b in blocks]


def test_a_stream_gives_stages_and_then_the_same_answer(client: TestClient) -> None:
    body = {"question": "首次认证能补多少?"}
    response = client.post("/api/v1/ask?stream=1", json=body)
    assert response.headers["content-type"].startswith("text/event-stream")
    events = _events(response.text)
    stages = [data["stage"] for name, data in events if name == "stage"]
    assert stages == ["received", "thinking", "done"]
    assert [name for name, _ in events][-1] == "answer"
    assert events[-1][1] == client.post("/api/v1/ask", json=body).json()


@pytest.mark.parametrize(("question", "name"), [("坏索引", "unusable"), ("崩溃", "server-error")])
def test_a_stream_that_fails_ends_with_a_problem(client: TestClient, question: str, name: str) -> None:
    response = client.post("/api/v1/ask?stream=1", json={"question": question})
    events = _events(response.text)
    assert events[-1][0] == "error" and events[-1][1]["type"].endswith(name)
    assert "secret" not in response.text


def test_a_quiet_stream_is_kept_alive(client: TestClient, app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "KEEP_ALIVE_SECONDS", 0.05)
    app.assistant.delay = 0.3
    text = client.post("/api/v1/ask?stream=1", json={"question": "首次认证能补多少?"}).text
    assert ": keep-alive" in text and "event: answer" in text


def test_search_gives_as_many_hits_as_asked_for(client: TestClient) -> None:
    found = SearchResult.model_validate(client.get("/api/v1/search", params={"q": "补贴", "top": 3}).json())
    assert [h.rank for h in found.hits] == [1, 2, 3]


@pytest.mark.parametrize(
    ("params", "name"),
    [
        ({}, "question-empty"),
        ({"q": " "}, "question-empty"),
        ({"q": "补贴", "as_of": "昨天"}, "bad-date"),
        ({"q": "补贴", "top": 0}, "bad-request"),
        ({"q": "补贴", "top": 101}, "bad-request"),
        ({"q": "补贴", "top": "多"}, "bad-request"),
    ],
)
def test_a_bad_search_is_a_problem(client: TestClient, params: dict[str, Any], name: str) -> None:
    _problem(client.get("/api/v1/search", params=params), 422, name)


def test_policies_and_one_policy_are_the_contracts_objects(client: TestClient) -> None:
    listed = PolicyList.model_validate(client.get("/api/v1/policies").json())
    assert "shili-2026-7" in [p.policy_id for p in listed.policies]
    view = PolicyView.model_validate(client.get("/api/v1/policies/shili-2026-7").json())
    assert view.document[3].path == ["第三条"]


@pytest.mark.parametrize("address", ["/api/v1/policies/没有", "/api/v1/policies/没有/clauses/一"])
def test_an_unknown_policy_is_named_in_the_problem(client: TestClient, address: str) -> None:
    assert "没有" in _problem(client.get(address), 404, "unknown-policy")["detail"]


@pytest.mark.parametrize("address", ["/api/v1/policies", "/api/v1/policies/shili-2026-7"])
def test_a_bad_day_is_a_problem_everywhere(client: TestClient, address: str) -> None:
    _problem(client.get(address, params={"as_of": "2026/11/23"}), 422, "bad-date")


@pytest.mark.parametrize(
    "path",
    [
        "第六条/一/(一)/2",
        "第六条/一/\uff08一\uff09/2",
        "第六条/一/(一)/2/",
        "%E7%AC%AC%E5%85%AD%E6%9D%A1/一/(一)/2",
    ],
)
def test_a_clause_is_found_by_its_labels(client: TestClient, path: str) -> None:
    clause = ClauseView.model_validate(client.get(f"/api/v1/policies/shili-2026-7/clauses/{path}").json())
    assert clause.path == ["第六条", "一", "(一)", "2"]


def test_an_unknown_clause_names_what_is_below_it(client: TestClient) -> None:
    response = client.get("/api/v1/policies/shili-2026-7/clauses/第六条/一")
    assert "第六条/一/(一)/1" in _problem(response, 404, "unknown-clause")["detail"]
    response = client.get("/api/v1/policies/shili-2026-7/clauses/第九十条")
    assert "它下面" not in _problem(response, 404, "unknown-clause")["detail"]


def test_an_unknown_address_and_a_wrong_method_are_problems(client: TestClient) -> None:
    _problem(client.get("/api/v1/nothing"), 404, "not-found")
    _problem(client.get("/api/v1/ask"), 405, "method-not-allowed")


def test_no_other_origin_is_let_in(client: TestClient) -> None:
    origin = {"origin": "https://elsewhere.invalid"}
    response = client.get("/healthz", headers=origin)
    preflight = client.options("/api/v1/ask", headers={**origin, "access-control-request-method": "POST"})
    for found in (response, preflight):
        assert "access-control-allow-origin" not in found.headers


def test_every_response_forbids_loading_from_outside(client: TestClient) -> None:
    headers = client.get("/healthz").headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "http" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_the_description_names_every_address_and_needs_no_cdn(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert set(paths) == {
        "/healthz",
        "/metrics",
        "/api/v1/ask",
        "/api/v1/check",
        "/api/v1/match",
        "/api/v1/search",
        "/api/v1/policies",
        "/api/v1/policies/{policy_id}",
        "/api/v1/policies/{policy_id}/clauses/{path}",
    }
    assert client.get("/docs").status_code == 404


def test_the_page_and_the_interface_share_one_port(served: tuple[str, Any]) -> None:
    import httpx

    address, _ = served
    with httpx.Client(base_url=address, trust_env=False) as browser:
        assert "gradio" in browser.get("/").text
        assert browser.get("/healthz").json()["status"] == "ok"
        assert browser.get("/page/ceyin.css").headers["content-type"].startswith("text/css")
        _problem(browser.get("/api/v1/nothing"), 404, "not-found")
        cross = browser.get("/", headers={"origin": "https://elsewhere.invalid"})
        assert "access-control-allow-origin" not in cross.headers


# ---- rules -----------------------------------------------------------------------------------------


def test_one_rule_is_checked_on_the_day_and_facts_given(client: TestClient, app: Any) -> None:
    body = {"rule_id": "shili/rent", "facts": {"租金": "3万"}, "as_of": "2026-05-01"}
    report = CheckReport.model_validate(client.post("/api/v1/check", json=body).json())
    assert (report.verdict, report.kind) == ("pass", "amount")
    request, day = app.checked
    assert (request.facts, day.isoformat()) == ({"租金": "3万"}, "2026-05-01")


def test_a_rule_that_is_not_there_is_a_problem_with_the_cure(client: TestClient) -> None:
    found = _problem(client.post("/api/v1/check", json={"rule_id": "shili/none"}), 422, "bad-request")
    assert "rules list" in found["detail"]


def test_a_match_is_the_match_report(client: TestClient, fake: ModuleType) -> None:
    report = MatchReport.model_validate(client.post("/api/v1/match", json={"region": "抚州市"}).json())
    assert (report.as_of, report.region) == (fake.TODAY.isoformat(), "抚州市")
    assert report.totals.certain_cny == 0


@pytest.mark.parametrize(
    ("path", "body", "name"),
    [
        ("match", {"region": "火星基地"}, "bad-request"),
        ("match", {"as_of": "2026-02-30"}, "bad-date"),
        ("match", {"what": 1}, "bad-request"),
        ("check", {}, "bad-request"),
        ("check", {"rule_id": "shili/rent", "as_of": "gestern"}, "bad-date"),
    ],
)
def test_a_bad_match_or_check_says_what_is_wrong(
    client: TestClient, path: str, body: dict[str, Any], name: str
) -> None:
    _problem(client.post(f"/api/v1/{path}", json=body), 422, name)


def test_what_was_counted_is_there_for_prometheus(client: Any) -> None:
    answered = client.get("/metrics")
    assert answered.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = answered.text.splitlines()
    assert "# TYPE ceyin_verified_total counter" in lines
    assert 'ceyin_verified_total{what="answers"} 3' in lines
    assert 'ceyin_wording_total{what="odd\\"name"} 2' in lines
    assert answered.text.endswith("\n")


def test_how_an_answer_came_about_is_told_when_asked(client: Any) -> None:
    body = {"question": "首次认证能补多少?"}
    assert client.post("/api/v1/ask", json=body).json()["explanation"] is None
    told = client.post("/api/v1/ask", json={**body, "explain": True}).json()["explanation"]
    assert told["clauses"][0]["cited"] is True
