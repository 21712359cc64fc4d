"""Words of a Chinese text, for index and query alike: jieba with our own terms, and character bigrams.

Bigrams beside the words find what the cutter split differently in clause and question (measured on STARD:
nDCG +.03, see the design notes); a term is also indexed by its parts.
"""

from __future__ import annotations

import logging
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ceyin.corpus.normalise import normalise

if TYPE_CHECKING:
    import jieba

WORDS_FOLDER = Path(__file__).parent / "words"

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_PART = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z][A-Za-z0-9+&-]*|\d+(?:\.\d+)?%?")
#: Words that say nothing about what a clause is about.
STOP_WORDS = frozenset(
    "的 了 和 与 及 在 是 我 我们 你 您 他 它 这 那 这个 那个 有 没有 吗 呢 吧 啊 哦 呀 哇 嘛 什么 怎么 怎样 如何 多少 几 哪 哪些 哪个 哪里 请问 一下"
    " 一个 一些 可以 能 能不能 可不可以 是不是 要 想 就 都 也 还 又 再 把 被 对 从 到 给 让 用 按 为 以 之 其 等 个 里 上 下 中 后 前 时 时候 里面 里头"
    " 关于 根据 现在 今天 今年 知道 告诉 帮 帮我 看看 问 说 讲 写 听说 大概 到底 究竟 究 还是 或者 如果 因为 所以 但 但是 不 没 很 最 会 算 做 搞 弄 咋 啥 俺 咱"
    " 咱们 俺们 么 哪儿 拿 拿到 打算 需要 应该 必须 得 着 过 来 去 起来 这些 那些 此 该 各 每 某 允许 拿来 干什么 干啥 以后 之后 自己 就算 还要 准备 点名 这块 这一块 说法 大概 几块 每块 一回 一次 两份 照抄 单列 连带 好像 一共 总共 这回 这次 那回 东西 事儿 事情 情况 问题 想问 咨询 了解 清楚 具体 详细 相关 有关 方面 部分 内容 多大 多长 多远 几时 何时 何地 为什么 凭什么 行不行 行吗 好吗 对吗 对不对 有没 没有 会不会 要不要 用不用 怎么样 咋办 咋样 干吗 份 条 款 项 规定 文件 政策 办法 措施 方案 通知 意见 那份 这份 那笔 这笔".split()
)


@lru_cache(maxsize=1)
def cutter() -> jieba.Tokenizer:
    """jieba with our terms; loads its dictionary once per process (about half a second)."""
    import jieba

    jieba.setLogLevel(logging.ERROR)
    tokenizer = jieba.Tokenizer()
    for term in terms():
        tokenizer.add_word(term)
    return tokenizer


@lru_cache(maxsize=1)
def terms() -> tuple[str, ...]:
    """Our own terms, as people and policies write them."""
    lines = (WORDS_FOLDER / "terms.txt").read_text(encoding="utf-8").split("\n")
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@lru_cache(maxsize=1)
def _term_set() -> frozenset[str]:
    return frozenset(terms())


def is_term(word: str) -> bool:
    """Whether a word is a term of the field, not everyday language."""
    return word in _term_set()


def cut(text: str) -> list[str]:
    """The words of a normalised text in order, punctuation left out, Latin letters in lower case."""
    out: list[str] = []
    for part in _PART.findall(text):
        if _HAN.match(part):
            out.extend(cutter().lcut(part, HMM=False))
        else:
            out.append(part.lower())
    return out


def content_words(text: str) -> list[str]:
    """The words of a text that say what it is about."""
    return [w for w in cut(normalise(text)) if w not in STOP_WORDS and (len(w) > 1 or w.isascii())]


def words(text: str) -> list[str]:
    """Index and query tokens of a text: words, the parts of long words, and bigrams of its characters."""
    text = normalise(text)
    out: list[str] = []
    for word in cut(text):
        if word in STOP_WORDS:
            continue
        out.append(word)
        if len(word) > 3 and _HAN.match(word):
            out.extend(w for w in cutter().cut_for_search(word) if w != word and len(w) > 1)
    for run in _HAN.findall(text):
        out.extend(f"_{run[i : i + 2]}" for i in range(len(run) - 1))
    return out


@lru_cache(maxsize=8192)
def word_parts(word: str) -> tuple[str, ...]:
    """The shorter words (two characters and more) a long word is made of; none for a short one."""
    if len(word) < 3 or not _HAN.fullmatch(word):
        return ()
    return tuple(dict.fromkeys(w for w in cutter().cut_for_search(word, HMM=False) if 1 < len(w) < len(word)))


@lru_cache(maxsize=1)
def synonyms() -> dict[str, tuple[str, ...]]:
    """Everyday word → what the texts may call it."""
    out: dict[str, set[str]] = {}
    for line in (WORDS_FOLDER / "synonyms.txt").read_text(encoding="utf-8").splitlines():
        group = line.split()
        if not group or line.startswith("#"):
            continue
        for word in group:
            out.setdefault(word, set()).update(w for w in group if w != word)
    return {k: tuple(sorted(v)) for k, v in out.items()}


def expand(text: str) -> list[str]:
    """What else a question may be saying: the synonyms of every everyday word in it."""
    text = normalise(text)
    found: list[str] = []
    for word, others in synonyms().items():
        if word in text:
            found.extend(o for o in others if o not in text)
    return list(dict.fromkeys(found))
