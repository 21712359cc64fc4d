"""Conversations kept on this machine: who knows the random id of one may read, continue and delete it.

The question is stored before the answer is worked out, so a crash in between loses no word of the user.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from ceyin.assistant.contract import Answer
from ceyin.corpus import audit
from ceyin.corpus.database.engine import Database
from ceyin.corpus.database.tables import ConversationRow, MessageRow
from ceyin.corpus.errors import StoreError


@dataclass(frozen=True, slots=True)
class Turn:
    """A message of the user and the answer to it; no answer where the work was cut off."""

    number: int
    message: str
    facts: Mapping[str, Any]
    asked_at: datetime
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation in the order it was held."""

    conversation_id: str
    started_at: datetime
    turns: tuple[Turn, ...]

    @property
    def messages(self) -> tuple[str, ...]:
        """The user's messages, the ``turns`` of an ask request."""
        return tuple(turn.message for turn in self.turns)


class Conversations:
    """The conversations of a store; may be shared between threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def start(self) -> str:
        """Begin a conversation; the id (192 random bits) is the only key to it."""
        conversation_id = secrets.token_urlsafe(24)
        row = {"conversation_id": conversation_id, "person_id": None, "created_at": self._database.now()}
        with self._database.write() as session:
            session.execute(insert(ConversationRow), [row])
        return conversation_id

    def ask(self, conversation_id: str, message: str, facts: Mapping[str, Any] | None = None) -> int:
        """Store a message of the user; returns the number of its turn, counted from 1.

        Raises StoreError for an unknown conversation.
        """
        with self._database.write() as session:
            if session.get(ConversationRow, conversation_id) is None:
                raise StoreError("没有这个对话,可能已被删除;请新开一个对话再问")
            mine = MessageRow.conversation_id == conversation_id
            turn = (session.scalar(select(func.max(MessageRow.turn)).where(mine)) or 0) + 1
            body = {"message": message, "facts": dict(facts or {})}
            self._store(session, conversation_id, turn, "user", body)
        return turn

    def answer(self, conversation_id: str, turn: int, answer: Answer) -> None:
        """Store the answer of a turn; raises StoreError if nobody asked, or if it is answered already."""
        with self._database.write() as session:
            roles = set(
                session.scalars(
                    select(MessageRow.role).where(
                        MessageRow.conversation_id == conversation_id, MessageRow.turn == turn
                    )
                )
            )
            if "user" not in roles:
                raise StoreError(f"这个对话没有第 {turn} 轮提问,可能已被删除;请新开一个对话再问")
            if "assistant" in roles:
                raise StoreError(f"这个对话的第 {turn} 轮已经有回答;请作为新的一轮再问")
            self._store(session, conversation_id, turn, "assistant", answer.model_dump(mode="json"))

    def load(self, conversation_id: str) -> Conversation | None:
        """A conversation with all its turns; none if there is no such id."""
        with self._database.read() as session:
            head = session.get(ConversationRow, conversation_id)
            if head is None:
                return None
            rows = session.scalars(
                select(MessageRow)
                .where(MessageRow.conversation_id == conversation_id)
                .order_by(MessageRow.turn)
            ).all()
        answers = {r.turn: Answer.model_validate(r.body) for r in rows if r.role == "assistant"}
        turns = tuple(
            Turn(r.turn, r.body["message"], r.body["facts"], r.created_at, answers.get(r.turn))
            for r in rows
            if r.role == "user"
        )
        return Conversation(conversation_id, head.created_at, turns)

    def delete(self, conversation_id: str) -> bool:
        """Delete a conversation with every word of it; false if there is none.

        The audit entry names it by a hash of the id: proof that it was deleted, no way back to it.
        """
        with self._database.write() as session:
            one = delete(ConversationRow).where(ConversationRow.conversation_id == conversation_id)
            gone = len(session.scalars(one.returning(ConversationRow.conversation_id)).all()) == 1
            if gone:
                mark = hashlib.sha256(conversation_id.encode()).hexdigest()[:16]
                detail = {"conversation": mark}
                at = self._database.now()
                audit.append(session, "conversation.delete", actor="本机", at=at, detail=detail)
        return gone

    def _store(
        self, session: Session, conversation_id: str, turn: int, role: str, body: Mapping[str, Any]
    ) -> None:
        row = {
            "conversation_id": conversation_id,
            "turn": turn,
            "role": role,
            "body": body,
            "created_at": self._database.now(),
        }
        session.execute(insert(MessageRow), [row])
