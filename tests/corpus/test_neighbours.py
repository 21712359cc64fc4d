"""A clause comes with its lead-in and with the clause it points back to, and with nothing else."""

from pathlib import Path

import pytest

from ceyin.corpus.catalog import Catalog
from ceyin.corpus.database import open_database
from ceyin.corpus.library import Library
from ceyin.corpus.neighbours import read_with
from ceyin.corpus.read import decode_source
from ceyin.corpus.segment import parse
from ceyin.corpus.stored import StoredPolicy

TEXT = """示例市渔船补助办法

第一条 为了支持渔业,制定本办法。

第二条 对下列渔船给予补助:

(一)新造的木船;

(二)改装的铁船。

第三条 每艘补助5000元。

前款规定的补助每年发一次。

第四条 本办法自2026年1月1日起施行。
"""


@pytest.fixture
def policy(tmp_path: Path) -> StoredPolicy:
    library = Library(open_database(tmp_path / "home"), Catalog(policies=(), fingerprint="none"))
    library.add_all([parse(decode_source(TEXT.encode(), address="shili.txt"))])
    (found,) = library.policies()
    return found


@pytest.mark.parametrize(
    ("words", "with_words"),
    [
        ("改装的铁船", ["对下列渔船给予补助"]),
        ("新造的木船", ["对下列渔船给予补助"]),
        ("每年发一次", ["每艘补助5000元"]),
        ("每艘补助", []),
        ("对下列渔船", []),
        ("自2026年", []),
    ],
)
def test_what_a_clause_is_read_with(policy: StoredPolicy, words: str, with_words: list[str]) -> None:
    (clause,) = [c for c in policy.clauses if words in c.text]
    found = read_with(policy, clause)
    assert len(found) == len(with_words)
    assert all(words in c.text for words, c in zip(with_words, found, strict=True))
