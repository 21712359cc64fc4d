"""Why a wording was not used: every reason has a name, which is counted, and a line for the reader."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Each way a model can fail; the first group is of calls, the second of what was written."""

    UNREACHABLE = "unreachable"
    DECLINED = "declined"
    LATE = "late"
    BUSY = "busy"
    SPENT = "spent"
    BROKEN = "broken"
    TOO_MUCH = "too_much"
    TOO_LONG = "too_long"

    UNREADABLE = "unreadable"
    CUT_OFF = "cut_off"
    SHAPE = "shape"
    MARKUP = "markup"
    LANGUAGE = "language"
    ORDERS = "orders"
    CITATIONS = "citations"
    FIGURES = "figures"
    MOVED = "moved"
    LIMITS = "limits"
    VERDICT = "verdict"
    CONDITION = "condition"
    PROMISE = "promise"
    ADDED = "added"
    LENGTH = "length"
    UNGROUNDED = "ungrounded"
    NOT_FOR_MODEL = "not_for_model"


_WHY = {
    Reason.UNREACHABLE: "语言模型连不上",
    Reason.DECLINED: "语言模型的服务拒绝了请求,请检查地址、密钥和模型名称",
    Reason.LATE: "语言模型没有在限定时间内答完",
    Reason.BUSY: "同时在问语言模型的人太多",
    Reason.SPENT: "今天给语言模型的额度已经用完",
    Reason.BROKEN: "语言模型的回答中途断了",
    Reason.TOO_MUCH: "语言模型的回答超过了长度上限",
    Reason.TOO_LONG: "问题和条文太长,没有发给语言模型",
    Reason.UNREADABLE: "语言模型没有按约定的格式回答",
    Reason.CUT_OFF: "语言模型的回答没有写完",
    Reason.SHAPE: "语言模型写的段落与规则得出的不一致",
    Reason.MARKUP: "语言模型写进了网址、标记或特殊字符",
    Reason.LANGUAGE: "语言模型用了别的语言",
    Reason.ORDERS: "语言模型写了与政策无关的指示",
    Reason.CITATIONS: "语言模型的引用与所给条文不一致",
    Reason.FIGURES: "语言模型改动了数字",
    Reason.MOVED: "语言模型把数字用到了别的事项上",
    Reason.LIMITS: "语言模型改动了上限、下限或前提",
    Reason.VERDICT: "语言模型改动了结论",
    Reason.CONDITION: "语言模型改动了条件",
    Reason.PROMISE: "语言模型作了文件没有的保证",
    Reason.ADDED: "语言模型添加了依据之外的内容",
    Reason.LENGTH: "语言模型写得太长",
    Reason.UNGROUNDED: "语言模型的措辞没有通过核对",
    Reason.NOT_FOR_MODEL: "这类回答不交给语言模型",
}


def note(reason: Reason) -> str:
    """The line for a reader: why, and that the answer of the rules stands."""
    return f"{_WHY[reason]},显示的是规则得出的回答。"


class NotUsedError(Exception):
    """A model gave nothing that may be used; caught in this package, never shown."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
