"""Quoting a clause: the sentences that carry the answer, marked in the citation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ceyin.assistant.compose.draft import Draft
from ceyin.assistant.evidence import Evidence, Sentence
from ceyin.corpus.library import StoredClause, StoredPolicy
from ceyin.indexes.coverage import share_in

#: 〔责任单位:…〕 at the end of a clause is quoted only when somebody asks who is responsible.
_RESPONSIBLE = re.compile(
    r"〔责任(?:单位|部门)[::][^〕]*〕|\(责任(?:单位|部门)[::](?:[^()]|\([^()]*\))*\)|\([^()]{2,60}负责\)"
)
#: A sentence with so much of the best one's score is quoted with it.
NEAR = 0.62
#: With this share of it a word stands in a sentence.
_STANDS = 0.6
#: A clause this short is quoted whole: leaving words out saves nothing.
_SHORT = 200
_LABEL = re.compile(
    r"^(?:第[^条]{1,6}条|[一二三四五六七八九十百]+、|\([一二三四五六七八九十百\d]+\)|\d+[.、](?!\d)|——)\s*"
)


def quote(text: str, *, whole: bool = False) -> str:
    """Words of a clause as quoted: without its label and, unless asked for, without the list of who is responsible."""
    words = text if whole else _RESPONSIBLE.sub("", text)
    return _LABEL.sub("", words).strip()


#: Three years, two months, ten working days: what a question after how long is answered with.
PERIOD = re.compile(r"[\d一二两三四五六七八九十]+(?:周?年|个?月|日|天|个工作日)(?!\d)")


#: What is asked for where something is to be lost or set right, and how texts say it.
ASKS_CONSEQUENCE = re.compile(
    r"摘牌|摘了?牌|摘掉|除名|踢出|淘汰|拿掉|收回|取消|撤[销掉牌]|处罚|罚[款钱]|追责|后果|下场|一票否决|铁帽子|怎么处理|怎么罚"
)
CONSEQUENCE = re.compile(r"整改|取消|撤销|不得|追究|追回|收回|通报|处罚|退出|终止|暂停|约谈|责令|不予")


def kind_wanted(said: str, *, lasting: bool) -> re.Pattern[str] | None:
    """How what is asked for is written: a period, a consequence; None where any sentence may be the one."""
    if lasting:
        return PERIOD
    return CONSEQUENCE if ASKS_CONSEQUENCE.search(said) else None


def of_kind(item: Evidence, kind: re.Pattern[str]) -> Sentence | None:
    """The sentence of a clause that says most of what is asked for in the way it is written; None where none does."""
    text = item.clause.text
    said = {s.start: len(set(kind.findall(s.cut(text)))) for s in item.sentences}
    found = [s for s in item.sentences if said[s.start]]
    several = (
        kind is CONSEQUENCE
    )  # 「督促整改,直至取消资格」 says more of it than 「退出机制」; two periods are no more than one
    return max(found, key=lambda s: (said[s.start] if several else 0, s.score, -s.start), default=None)


def choose(
    item: Evidence,
    limit: int = 3,
    *,
    whole: bool = False,
    kind: re.Pattern[str] | None = None,
    aspects: Sequence[str] = (),
    least: float = NEAR,
) -> list[Sentence]:
    """The sentences of a clause worth quoting, in the order of the text; all of a short one.

    ``kind`` is how what is asked for is written: the best sentence that has such words is among them; so is every
    one that has one of the ``aspects``, the things asked for one by one. ``least``: the share of the best one's score.
    """
    if len(item.clause.text) <= _SHORT:
        return list(item.sentences)
    best = item.best
    near = [s for s in item.sentences if s.score >= least * best.score]
    ranked = sorted(near, key=lambda s: -s.score)[:limit]
    ranked += _with_more(item.sentences, ranked)
    if kind is not None:
        best_of_kind = of_kind(item, kind)
        ranked += [best_of_kind] if best_of_kind is not None and best_of_kind not in ranked else []
    ranked += [
        s
        for s in item.sentences
        if s not in ranked and any(share_in(a, s.cut(item.clause.text)) >= _STANDS for a in aspects)
    ]
    if whole:  # somebody asks who is responsible: that stands in brackets at the end
        ranked += [
            s for s in item.sentences if s not in ranked and _RESPONSIBLE.search(s.cut(item.clause.text))
        ]
    return sorted(ranked, key=lambda s: s.start)


def _with_more(sentences: Sequence[Sentence], chosen: Sequence[Sentence]) -> list[Sentence]:
    """The sentence with the most of the asked words that those chosen lack: a long clause answers in two places."""
    said = frozenset[str]().union(*(s.words for s in chosen))
    rest = [s for s in sentences if s not in chosen and s.words - said]
    best = max(rest, key=lambda s: (len(s.words - said), s.score), default=None)
    return [] if best is None else [best]


def add_quote(
    draft: Draft,
    item: Evidence,
    *others: Evidence,
    lead: str = "",
    limit: int = 3,
    whole: bool = False,
    kind: re.Pattern[str] | None = None,
    aspects: Sequence[str] = (),
    least: float = NEAR,
) -> bool:
    """Write one paragraph that quotes the best sentences of a clause; False where no citation is left.

    ``others``: the same clause as found for further questions.
    """
    every = (item, *others)
    spans = sorted(
        {
            (s.start, s.end)
            for e in every
            for s in choose(e, limit, whole=whole, kind=kind, aspects=aspects, least=least)
        }
    )
    return add_spans(draft, item.policy, item.clause, spans, lead=lead, whole=whole)


def add_spans(
    draft: Draft,
    policy: StoredPolicy,
    clause: StoredClause,
    spans: Sequence[tuple[int, int]],
    *,
    lead: str = "",
    whole: bool = False,
) -> bool:
    """Write one paragraph that quotes ranges of a clause."""
    n = draft.cites.cite(policy, clause, spans)
    if n is None:
        return False
    words = joined(clause.text, spans, whole=whole)
    draft.say("quote", f"{lead}{words}[{n}]。")
    return True


def joined(text: str, spans: Sequence[tuple[int, int]], *, whole: bool = False) -> str:
    """Ranges of a clause as quoted: ``……`` where words between them are left out, no stop at the end."""
    words = ""
    at = None
    for start, end in spans:
        part = quote(text[start:end], whole=whole)
        if not part:
            continue
        words += ("……" if at is not None and start > at else "") + part
        at = end
    return words.rstrip("。;,")


#: What leads to a list is no longer than this.
_STEM = 60


def stem_of(draft: Draft, item: Evidence) -> str:
    """What leads to the list an item stands in (「使用范围包括:」): by itself an item says neither yes nor no."""
    path = item.clause.ref.path[:-1]
    stem = next((c for c in item.policy.clauses if c.ref.path == path), None)
    if stem is None or not stem.text.endswith(":") or len(stem.text) > _STEM or stem.damaged:
        return ""
    n = draft.cites.cite(item.policy, stem, [(0, len(stem.text))])
    return f"{quote(stem.text).rstrip(':')}[{n}]:" if n is not None else ""
