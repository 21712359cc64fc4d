"""The assistant with a model: the same answers, better worded where the model keeps to them."""

import json
import re
from pathlib import Path

import pytest

from ceyin.assistant.answer import Assistant
from ceyin.assistant.contract import Answer, AskRequest
from ceyin.ui.app import App
from ceyin.ui.cli import main
from tests.assistant.conftest import TODAY
from tests.assistant.wording.conftest import KEY, WriterTo
from tests.assistant.wording.server import Exchange, Server

QUESTIONS = {
    "decided": "我们公司第一次做贯标,认证费2.2万,有3件自研的实用新型,没有发明,能补多少?",
    "failed": "我们公司第一次做贯标,认证费2.2万,有2件自研的实用新型,没有发明,能补多少?",
    "open": "我们企业第一次过的贯标,费用1.9万,能补多少?",
    "expired": "支持个转企的措施现在还有效吗?",
    "late": "首批示范区申报截止到什么时候?",
}
UNTOUCHED = {
    "help": "你好",
    "refused": "我公司注册在兰州,贯标认证兰州市给补几万?",
    "two": "贯标最高能补多少?投保专利执行险又能补多少?",
}


def echo(x: Exchange) -> None:
    """Word every paragraph as it is."""
    x.reply(json.dumps({"parts": x.material["paragraphs"]}))


def nines(x: Exchange) -> None:
    """Word every paragraph with other figures."""
    text = json.dumps({"parts": x.material["paragraphs"]}, ensure_ascii=False)
    x.reply(re.sub(r'("text": "[^"]*?)\d(?=[^\]\d])', r"\g<1>9", text))


def ask(program: App, writer: object, question: str, **fields: object) -> Answer:
    assistant = Assistant(program.library, program.index, program.book, writer)  # type: ignore[arg-type]
    answer = assistant.answer(AskRequest.model_validate({"question": question, **fields}), today=TODAY)
    return answer.model_copy(update={"timings_ms": type(answer.timings_ms)()})


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_model_that_keeps_to_the_answer_is_heard(
    server: Server, writer_to: WriterTo, program: App, name: str
) -> None:
    server.script = echo
    plain = ask(program, None, QUESTIONS[name])
    worded = ask(program, writer_to(), QUESTIONS[name], explain=True)
    assert (plain.worded_by, worded.worded_by) == ("rules", "model")
    assert worded.explanation is not None
    assert (worded.explanation.wording, worded.explanation.wording_note) == ("model", None)
    assert worded.model_copy(update={"worded_by": "rules", "explanation": None}) == plain


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_model_that_changes_figures_is_not(
    server: Server, writer_to: WriterTo, program: App, name: str
) -> None:
    server.script = nines
    plain = ask(program, None, QUESTIONS[name])
    worded = ask(program, writer_to(), QUESTIONS[name])
    assert worded.model_dump_json() == plain.model_dump_json()
    told = ask(program, writer_to(), QUESTIONS[name], explain=True).explanation
    assert told is not None
    assert told.wording == "rules"
    assert told.wording_note is not None and "规则得出的回答" in told.wording_note


@pytest.mark.parametrize("name", UNTOUCHED)
def test_some_answers_are_never_given_to_a_model(
    server: Server, writer_to: WriterTo, program: App, name: str
) -> None:
    server.script = echo
    assert ask(program, writer_to(), UNTOUCHED[name]) == ask(program, None, UNTOUCHED[name])
    assert server.requests == []


def test_the_same_question_gives_the_same_answer(server: Server, writer_to: WriterTo, program: App) -> None:
    server.script = lambda x: echo(x) if len(server.requests) == 1 else nines(x)
    writer = writer_to()
    first, second = (ask(program, writer, QUESTIONS["decided"]).model_dump_json() for _ in range(2))
    assert first == second
    assert len(server.requests) == 1


def test_a_rejected_wording_is_not_asked_for_again(server: Server, writer_to: WriterTo, program: App) -> None:
    server.script = lambda x: nines(x) if len(server.requests) == 1 else echo(x)
    writer = writer_to()
    first, second = (ask(program, writer, QUESTIONS["decided"]).model_dump_json() for _ in range(2))
    assert first == second
    assert len(server.requests) == 1
    assert writer.counts() == {"worded.figures": 2}


@pytest.mark.parametrize(
    "changed",
    [{"as_of": "2026-11-25"}, {"facts": {"实际认证费用": "18000"}}],
    ids=["another day", "another fact"],
)
def test_another_day_or_fact_is_another_question(
    server: Server, writer_to: WriterTo, program: App, changed: dict[str, object]
) -> None:
    server.script = echo
    writer = writer_to()
    ask(program, writer, QUESTIONS["decided"])
    ask(program, writer, QUESTIONS["decided"], **changed)
    assert len(server.requests) == 2


def test_the_command_asks_the_model_that_is_configured_and_says_so(
    server: Server,
    program: App,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    server.script = echo
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "HOME": program.home,
        "LLM_URL": server.url,
        "LLM_MODEL": "m",
        "LLM_KEY": KEY,
    }.items():
        monkeypatch.setenv(f"CEYIN_{name}", str(value))
    monkeypatch.setattr("sys.argv", ["ceyin", "ask", QUESTIONS["decided"], "--as-of", "2026-11-24"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code
    said = capsys.readouterr()
    assert "由语言模型改写表述" in said.out
    assert KEY not in said.out + said.err
    assert len(server.requests) == 1
