"""Conversations come back as they were held, to whoever knows their id."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from ceyin.assistant.contract import Answer, Check, Citation, MissingFact, Part
from ceyin.assistant.conversations import Conversations
from ceyin.corpus import audit
from ceyin.corpus.database import Database, open_database
from ceyin.corpus.database.tables import MessageRow
from ceyin.corpus.errors import StoreError

NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path, now=lambda: NOW) as opened:
        yield opened


@pytest.fixture
def conversations(database: Database) -> Conversations:
    return Conversations(database)


def _answer(question: str) -> Answer:
    citation = Citation(
        n=1,
        policy_id="shili-2024-7",
        title="示例市小微企业开门补贴办法",
        doc_number="示府发〔2024〕7号",
        issuer="示例市人民政府",
        region="示例市",
        path=["第二条"],
        cite_as="示府发〔2024〕7号 第二条",
        heading="",
        text="每家小店给予开门补贴3000元。",
        text_kind="official",
        span=(12, 30),
        quote_spans=[(2, 14)],
        source="示例市.txt",
        sha256="0" * 64,
        in_force="in_force",
    )
    check = Check(
        rule_id="opening",
        kind="amount",
        verdict="unknown",
        explanation="缺开业日期",
        trace={"上限": "3000"},
        missing_facts=[MissingFact(key="opened", question="哪天开业?")],
        citation=1,
    )
    return Answer(
        question=question,
        as_of="2026-11-24",
        status="answered",
        amount_cny=Decimal("3000.00"),
        amount_kind="exact",
        answer="补贴3000元 [1]",
        citations=[citation],
        checks=[check],
        parts=[Part(title="开门补贴", status="answered", amount_cny=Decimal("3000.00"), answer="3000元")],
        warnings=["按示例市回答"],
    )


def test_turns_come_back_in_order_with_every_field(conversations: Conversations) -> None:
    key = conversations.start()
    answers = []
    for number, message in enumerate(["开门补贴多少?", "那个体户呢?"], 1):
        assert conversations.ask(key, message, {"kind": "小店"} if number == 1 else None) == number
        answers.append(_answer(message))
        conversations.answer(key, number, answers[-1])
    held = conversations.load(key)
    assert held is not None
    assert held.messages == ("开门补贴多少?", "那个体户呢?")
    assert [t.answer for t in held.turns] == answers
    assert [str(t.answer.amount_cny) for t in held.turns if t.answer] == ["3000.00", "3000.00"]
    assert [dict(t.facts) for t in held.turns] == [{"kind": "小店"}, {}]
    assert (held.started_at, held.turns[0].asked_at) == (NOW, NOW)


def test_a_question_is_kept_although_its_answer_never_came(
    conversations: Conversations, tmp_path: Path
) -> None:
    key = conversations.start()
    conversations.ask(key, "开门补贴多少?")
    with open_database(tmp_path) as reopened:  # as after a crash
        held = Conversations(reopened).load(key)
    assert held is not None
    assert [(t.message, t.answer) for t in held.turns] == [("开门补贴多少?", None)]


def test_a_conversation_without_turns_is_empty_not_missing(conversations: Conversations) -> None:
    held = conversations.load(conversations.start())
    assert held is not None
    assert held.turns == ()


def test_conversations_do_not_mix(conversations: Conversations) -> None:
    first, second = conversations.start(), conversations.start()
    conversations.ask(first, "甲")
    conversations.ask(second, "乙")
    conversations.ask(first, "丙")
    held = [conversations.load(key) for key in (first, second)]
    assert [h.messages for h in held if h] == [("甲", "丙"), ("乙",)]


def test_ids_are_private_and_random(conversations: Conversations) -> None:
    keys = {conversations.start() for _ in range(20)}
    assert len(keys) == 20
    assert min(map(len, keys)) >= 32  # 192 bits in base64


@pytest.mark.parametrize(
    "message", ["", "x" * 100_000, "半个字符 \ud83d", "a\u0000b", "'; DROP TABLE messages; --"]
)
def test_any_message_comes_back_as_it_was_sent(conversations: Conversations, message: str) -> None:
    key = conversations.start()
    conversations.ask(key, message)
    held = conversations.load(key)
    assert held is not None
    assert held.messages == (message,)


def test_messages_sent_at_once_get_turns_of_their_own(conversations: Conversations) -> None:
    key = conversations.start()
    numbers: list[int] = []
    threads = [
        threading.Thread(target=lambda n=n: numbers.append(conversations.ask(key, str(n)))) for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == list(range(1, 9))


def test_a_deleted_conversation_is_gone_with_every_word(
    database: Database, conversations: Conversations
) -> None:
    key, other = conversations.start(), conversations.start()
    conversations.ask(key, "开门补贴多少?")
    conversations.ask(other, "别的")
    assert conversations.delete(key)
    assert conversations.load(key) is None
    assert not conversations.delete(key)
    with database.read() as session:
        assert [body["message"] for body in session.scalars(select(MessageRow.body))] == ["别的"]


def test_a_deletion_is_on_record_without_the_id(database: Database, conversations: Conversations) -> None:
    key = conversations.start()
    conversations.delete(key)
    (entry,) = audit.entries(database)
    assert entry.action == "conversation.delete"
    assert key not in str(entry.detail)


def test_an_unknown_conversation_is_refused_in_one_line(conversations: Conversations) -> None:
    assert conversations.load("nobody") is None
    with pytest.raises(StoreError, match="没有这个对话"):
        conversations.ask("nobody", "在吗?")


@pytest.mark.parametrize(("turn", "says"), [(2, "没有第 2 轮"), (1, "已经有回答")])
def test_an_answer_needs_a_question_of_its_own(conversations: Conversations, turn: int, says: str) -> None:
    key = conversations.start()
    conversations.ask(key, "开门补贴多少?")
    conversations.answer(key, 1, _answer("开门补贴多少?"))
    with pytest.raises(StoreError, match=says):
        conversations.answer(key, turn, _answer("开门补贴多少?"))
    held = conversations.load(key)
    assert held is not None
    assert len(held.turns) == 1
