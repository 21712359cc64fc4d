"""What an English message tells of honours and of a shop that has to close for a while."""

import pytest

from tests.assistant.understanding.test_saying import told

TOLD = [
    (
        "Our county was named a national pilot county for building an IP powerhouse.",
        "所获称号",
        ("强国建设试点县区",),
    ),
    (
        "Our district became a national IP powerhouse demonstration district.",
        "所获称号",
        ("强国建设示范县区",),
    ),
    (
        "We are a provincial advantage enterprise in intellectual property.",
        "所获称号",
        ("江西省知识产权优势企业",),
    ),
    ("Our school is now a TISC, recognised this year.", "所获称号", ("技术和创新支持中心",)),
    ("We won a China design silver award this year.", "所获奖项", ("中国外观设计银奖",)),
    ("Our patent got a silver medal of the China awards.", "所获奖项", ("中国专利银奖",)),
    ("A flood shut down my small shop last week.", "歇业原因", ("自然灾害",)),
    ("I have agreed matters with my staff already.", "已与雇工协商", True),
    ("I have not talked with my employees yet.", "已与雇工协商", False),
]


@pytest.mark.parametrize(("text", "key", "value"), TOLD)
def test_english_words_tell_it(text: str, key: str, value: object) -> None:
    assert told(text, key=key) == value
