"""A library in memory, whose policies a test writes and changes."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date

import pytest

from ceyin.corpus.library import StoredClause, StoredPolicy
from ceyin.corpus.model import ClauseRef
from ceyin.evals.retrieval.stard import plain_policy


class Shelf:
    """What the indexes ask of a library."""

    def __init__(self) -> None:
        self.policies: dict[str, StoredPolicy] = {}

    def put(
        self,
        policy_id: str,
        texts: Collection[str],
        region: str = "全国",
        start: date | None = None,
        expires: date | None = None,
        title: str | None = None,
    ) -> None:
        """Store a policy of these clauses, in the place of the one before."""
        clauses = [
            StoredClause(
                ClauseRef(policy_id, (f"第{n}条",)),
                n,
                "",
                (),
                text,
                "official",
                None,
                False,
                None,
                None,
                None,
            )
            for n, text in enumerate(texts, 1)
        ]
        policy = plain_policy(policy_id, title or f"示例市{policy_id}办法", clauses)
        self.policies[policy_id] = replace(policy, region=region, effective_from=start, expires=expires)

    def stamps(self) -> Mapping[str, str]:
        return {policy_id: str(hash(policy)) for policy_id, policy in self.policies.items()}

    def fingerprint(self) -> str:
        return str(sorted(self.stamps().items()))

    def stream(self, policy_ids: Collection[str]) -> Iterator[StoredPolicy]:
        return (self.policies[policy_id] for policy_id in sorted(policy_ids))


@pytest.fixture
def shelf() -> Shelf:
    """Ten policies of four clauses."""
    made = Shelf()
    things = ["租金", "设备", "人才", "展会", "认证", "灯塔", "河湾", "工坊", "专利", "仓库"]
    for n, thing in enumerate(things):
        made.put(
            f"shili-{n}", [f"{thing}每{k}年补贴{n + k}万元,由示例市{thing}中心办理" for k in range(1, 5)]
        )
    return made
