"""Which policies a text names, or tells of by who issued them and the year they run to."""

import pytest

from ceyin.assistant.understanding.naming import named_policies
from ceyin.ui.app import App


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("工信厅跟国知局一块儿印的、到2027年为止的那份方案", ("miit-2023-48",)),
        ("教育部和国家知识产权局联合印发的那份盘活方案", ("cnipa-2024-5",)),
        ("工信部和国家局联合印发、到2031年的那份方案", ()),
        ("工信部和国知局都支持贯标吗", ()),
    ],
)
def test_a_policy_is_told_of_by_its_issuers(program: App, question: str, meant: tuple[str, ...]) -> None:
    assert named_policies(question, program.library.policies()) == meant
