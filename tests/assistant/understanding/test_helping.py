"""Who greets or asks about the program, in whatever words; and who asks what a policy gives."""

from __future__ import annotations

import pytest

from ceyin.assistant.understanding.helping import asks_for_help


@pytest.mark.parametrize(
    "message",
    [
        "你能干嘛",
        "我该问你什么",
        "您有啥本事",
        "第一次用,不知道从哪问起",
        "嘿,你在不在",
        "辛苦了,谢谢你",
        "你这系统咋操作",
        "我可以拿哪些问题来问你",
        "Hi, what can you help me with?",
        "thanks a lot",
    ],
)
def test_the_program_is_asked_about(message: str) -> None:
    assert asks_for_help(message, message)


@pytest.mark.parametrize(
    "message",
    [
        "你好,染坊开业有补贴吗",
        "那怎么申请",
        "咋弄",
        "你们有哪些支持",
        "那我还能做什么",
        "这个办法怎么用",
        "我该怎么办",
        "What do I get?",
        "How do I apply?",
    ],
)
def test_a_policy_is_asked_about(message: str) -> None:
    assert not asks_for_help(message, message)
