"""Every word the page and the HTTP errors say, in one place."""

from __future__ import annotations

from ceyin.ui.app_protocol import MAX_QUESTION_CHARS, MAX_TURNS

NAME = "策引"
TITLE = "策引 · 政策问答，条款为凭"
TAGLINE = "政策问答，条款为凭"
PREVAILS = "以文件原件为准。策引只给出依据的条款，不代替主管部门的解释。"

# rail
NAV_LABEL = "主要功能"
NAV_TALK = "问答"
NAV_LIBRARY = "政策库"
NAV_FRESH = "新对话"
AS_OF_LABEL = "判断日期"
AS_OF_HINT = "有效期和截止日期按这一天判断"
OFFLINE = "网络断开，已有的回答仍可查看。恢复后可继续提问。"
SKIP = "跳到提问框"

# composer
BOX_LABEL = "问题"
BOX_PLACEHOLDER = "用平常的话问一句"
SEND = "提问"

# first visit
WELCOME = "想问哪条政策？"
WELCOME_LEAD = "用平常的话问。回答里的每个数字都能点开，看到它在原文里的那一条。"
EXAMPLES_LABEL = "可以这样问"
EXAMPLES = (
    "首批示范区申报截止到什么时候？",
    "企业首次通过知识产权管理体系认证能补多少？",
    "示范区称号能用几年？",
    "支持个转企的措施现在还有效吗？",
)

# conversation
THREAD_LABEL = "对话"
ASKED = "您问"
THINKING = "正在查条款、核对日期和金额"
COPY_ADDRESS = "复制条款出处"
COPIED = "已复制"

# meanings: mark, word
MEANINGS = {
    "pass": ("✔", "符合"),
    "fail": ("✘", "不符合"),
    "unknown": ("?", "还差信息"),
    "damaged": ("※", "原文缺损"),
    "lapsed": ("※", "不在有效期"),
    "refused": ("—", "不作答"),
    "plain": ("§", "条款写明"),
    "help": ("", ""),
}
IN_FORCE = {
    "in_force": "有效",
    "expired": "已过期",
    "not_yet": "尚未施行",
    "repealed": "已废止",
    "unknown": "有效期未写明",
}
DAMAGED = "此处缺字"
CARD = "要点摘要，不是原文"
STUB = "只有印发通知"

# reader
READER_LABEL = "原文"
READER_CLOSE = "关闭原文"
READER_BACK = "返回政策库"
OUTLINE = "目录"
CITED_HERE = "引用处"
CARD_DIGEST = "要点"
ORIGINAL = "查看发布页面"
CARD_ONLY = "本库只有这份文件的要点摘要，没有全文。请以发布机关的原件为准。"
STUB_ONLY = "本库只有印发通知，没有它所印发的正文。"
NO_CLAUSES = "这份文件还没有可显示的条款。"
CLAUSE_GONE = "这份文件已更新，现在的版本里找不到这一条。下面是引用时的文字。"
CLAUSE_CHANGED = "这一条的文字和引用时不同，标记不再适用。请重新提问。"
POLICY_GONE = "这份文件已从库中移除。下面是引用时的文字。"
LIBRARY = "政策库"
LIBRARY_NEWEST = "最近发布"
LIBRARY_DUE = "即将到期"
LIBRARY_EMPTY = "库里还没有文件。"
LIBRARY_EMPTY_CURE = "在终端运行 ceyin corpus add 文件夹，导入后刷新本页。"

# errors: what happened, what is safe, what to do
QUESTION_EMPTY = "问题是空的。请写一句想问的话。"
QUESTION_LONG = f"问题超过 {MAX_QUESTION_CHARS:,} 个字符，没有提交。请删减后再问，或把文件导入政策库。"
TURNS_MANY = f"一次最多带 {MAX_TURNS} 轮对话。请只保留最近的几轮。"
DAY_BAD = "日期“{value}”看不懂。请写成 2026-11-23 这样。"
ASK_FAILED = "这个问题没有答完，前面的对话都还在。可以再问一次；仍不行请看服务器日志。"
NOTHING_FILLED = "还没有填写。请至少填一项。"
STALE = "这段对话已不在服务器上(可能重启过)。请重新提问。"
OPEN_FAILED = "文件没能打开，对话不受影响。可以再点一次；仍不行请看服务器日志。"
POLICY_UNKNOWN = "没有编号为“{policy_id}”的文件。可用 /api/v1/policies 查看全部编号。"
CLAUSE_UNKNOWN = "文件“{policy_id}”里没有“{path}”这一条。"
CLAUSE_NEAR = "它下面有：{near}。"
NOT_FOUND = "没有这个地址。接口说明在 /openapi.json。"
METHOD_BAD = "这个地址不支持 {method} 请求。接口说明在 /openapi.json。"
BODY_LARGE = "请求超过 {limit} MB，没有处理。请减小后重发。"
BODY_UNREADABLE = "请求内容读不出来。请发送 UTF-8 编码的 JSON。"
BODY_BAD = "请求内容不合要求：{where}。接口说明在 /openapi.json。"
SERVER_FAILED = "服务器处理时出错，没有改动任何数据。可以重试；仍不行请看服务器日志。"

PROBLEM_TITLES = {
    "question-empty": "问题为空",
    "question-too-long": "问题过长",
    "too-many-turns": "对话过长",
    "bad-date": "日期有误",
    "unknown-policy": "没有这份文件",
    "unknown-clause": "没有这一条",
    "not-found": "地址不存在",
    "method-not-allowed": "请求方式不支持",
    "body-too-large": "请求过大",
    "bad-request": "请求有误",
    "unusable": "暂不可用",
    "server-error": "服务器出错",
}


def library_count(count: int) -> str:
    """How many policies the library holds."""
    return f"共 {count} 件"


def library_rest(count: int) -> str:
    """The fold over the policies not shown at once."""
    return f"其余 {count} 件"


def damaged_count(count: int) -> str:
    """How many clauses of a policy have lost words."""
    return f"{count} 条有缺字"


def due_in(days: int) -> str:
    """Days left until a policy expires; 0 is today."""
    return "今天到期" if days == 0 else f"还有 {days} 天"
