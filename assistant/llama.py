"""The assistant as a llama-index query engine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from llama_index.core.base.response.schema import Response
from llama_index.core.query_engine import CustomQueryEngine
from llama_index.core.schema import NodeWithScore, TextNode
from pydantic import PrivateAttr

from ceyin.assistant.answer import Assistant
from ceyin.assistant.contract import AskRequest


class CeyinQueryEngine(CustomQueryEngine):
    """Answers with citations: ``source_nodes`` are the cited clauses, ``metadata["answer"]`` the whole answer object."""

    _assistant: Assistant = PrivateAttr()
    _today: Callable[[], date] = PrivateAttr()

    def __init__(self, assistant: Assistant, today: Callable[[], date], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._assistant = assistant
        self._today = today

    def custom_query(self, query_str: str) -> Response:
        """Answer one question."""
        answer = self._assistant.answer(AskRequest(question=query_str), today=self._today())
        nodes = [
            NodeWithScore(
                node=TextNode(text=c.text, metadata={"cite_as": c.cite_as, "policy_id": c.policy_id}),
                score=1.0,
            )
            for c in answer.citations
        ]
        return Response(
            response=answer.answer, source_nodes=nodes, metadata={"answer": answer.model_dump(mode="json")}
        )
