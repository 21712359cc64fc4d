"""Facts the special fund asks for, told in words that are not those of its clauses."""

import pytest

from tests.assistant.understanding.test_everyday_facts import (
    INSURED,
    INVENTIONS,
    NONE,
    PATENTS,
    SUCCESS,
    UNKNOWN,
    Row,
    told,
)

FIRST, OWN_WORK, MARK, ABNORMAL = (
    "首次通过认证",
    "专利是否自主研发",
    "新取得地理标志用标资格",
    "有非正常专利申请行为",
)
OTHER_WORDS: list[Row] = [
    ("贯标是头一遭", FIRST, True),
    ("第一趟拿到管理体系认证", FIRST, True),
    ("今年又续审了一回", FIRST, False),
    ("3个实用新型全是自己捣鼓的", OWN_WORK, True),
    ("三个专利全是花钱收来的", OWN_WORK, False),
    ("手头就俩实用新型", INVENTIONS, NONE),
    ("发明一件,实用新型只有两件", INVENTIONS, 1),
    ("自研专利正好3件", PATENTS, 3),
    ("给专利上了个执行保险", INSURED, "专利执行险"),
    ("备上案的有12款", "备案专利产品件数", 12),
    ("刚核准能用地标的专用标志", MARK, True),
    ("去年就能用地标了", MARK, False),
    ("有两件专利被判成非正常申请", ABNORMAL, True),
    ("领过1.5万维权资助", "本年已领维权资助", 15000),
    ("去年领过2万维权资助", "本年已领维权资助", UNKNOWN),
    ("专利案还在二审", SUCCESS, False),
    ("法院判赔我们8万", SUCCESS, True),
]


@pytest.mark.parametrize(("text", "key", "value"), OTHER_WORDS)
def test_facts_of_the_fund_in_other_words(text: str, key: str, value: object) -> None:
    assert told(text, key=key) == value
