"""The review of an answer, paragraph by paragraph, before anybody sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from ceyin.assistant.contract import Answer, Block, Part
from ceyin.assistant.rules.values import MARKS
from ceyin.assistant.verifying.binding import unbound
from ceyin.assistant.verifying.figures import quantities
from ceyin.assistant.verifying.grounds import Grounds, Leaf, Source
from ceyin.assistant.verifying.literal import quoted, stands
from ceyin.assistant.verifying.polarity import turned
from ceyin.assistant.verifying.sentences import MARK, Sentence, sentences
from ceyin.assistant.verifying.support import CLAIMS, ENOUGH, bears, claimed, share, speaks_of_itself
from ceyin.corpus.normalise import normalise

#: What is no mere name of a side: a figure, a denial, a permission.
_OPEN = re.compile(r"还不能确定[^\d,]*$")
_SAYS_MORE = re.compile(r"[\d不未没无非]|可以|能够?|应当?|必须|符合|通过")
#: An address behind the name of a document: 第九条第(一)项, 二、(一)4.
_ADDRESS = r"\s*(?:第[^,。;:《》]{1,8}?[条款项章节编]|\([一二三四五六七八九十\d]+\)项?|[一二三四五六七八九十]+、|\d+\.)+"

#: A figure, its citation, its bound or owner; words not quoted as they stand; words nothing bears; a turned denial;
#: a citation that bears nothing; a mark without its citation; the sum of the whole.
What = Literal["figure", "quote", "support", "negation", "citation", "mark", "amount"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a paragraph: its index (-1: the answer as a whole), the words and the reason, in Chinese."""

    block: int
    what: What
    words: str
    reason: str
    citation: int | None = None  # the citation that bears nothing


def review(answer: Answer | Part, grounds: Grounds) -> tuple[Finding, ...]:
    """What of an answer, or of a part of one, must not be shown; empty where all of it may."""
    out: list[Finding] = []
    for k, block in enumerate(answer.blocks):
        out += _of_block(k, block, grounds)
    out += _of_amount(answer, grounds)
    return tuple(out)


def _of_amount(answer: Answer | Part, grounds: Grounds) -> Iterator[Finding]:
    """The sum of the whole stands in a check or in a cited clause."""
    amount = answer.amount_cny
    if amount is None:
        return
    sources = [s for c in grounds.checks for s in c.sources] + [
        s for group in grounds.cited.values() for s in group
    ]
    if not any(
        q.value == amount for s in sources for q in quantities(s.text) if isinstance(q.value, Decimal)
    ):
        yield Finding(-1, "amount", str(amount), f"金额{amount}元没有条文或规则核对支持")


def _of_block(k: int, block: Block, grounds: Grounds) -> Iterator[Finding]:
    marks = {int(n) for n in MARK.findall(_whole(block))}
    for n in sorted(marks | set(block.citations)):
        if n not in grounds.cited:
            yield Finding(k, "mark", f"[{n}]", f"引用[{n}]不存在")
            return
        if n not in marks or n not in block.citations:
            yield Finding(k, "mark", f"[{n}]", f"引用[{n}]与段落里的标注不符")
            return
    if block.kind == "condition":
        leaves = _leaves(block, grounds)
        if leaves:  # worded from the trace: its sign and figures are all there is to check
            yield from _of_condition(k, block, leaves)
            return
    whole = _without_names(normalise(MARK.sub("", block.text)).strip(), block.citations, grounds)
    if whole is None:
        yield Finding(k, "figure", "", "所写的条款号不是所引用的条文")
        return
    listed = block.text.count(";") + 1  # 「列了六个方面:……;……」 counts what it names
    grounds = replace(grounds, counts=grounds.counts | {listed})
    if block.kind == "quote":
        lead = _quote_lead(whole, grounds.of(block.citations))
        if lead is None:
            yield Finding(k, "quote", whole[:30], "引文与原文不一致")
            return
        if not lead:
            return
        yield from _of_sentence(k, block, Sentence(lead, tuple(block.citations), True), grounds)
        return
    for sentence in sentences(block):
        yield from _of_sentence(k, block, sentence, grounds)
    yield from _idle(k, block, grounds)


def _named(n: int, block: Block, grounds: Grounds) -> bool:
    """Whether what stands right before a mark is a heading of that citation: 「重点任务[2]」."""
    m = re.search(rf"([^;:\]]+)\[{n}\]", _whole(block))
    label = normalise(m.group(1)).strip() if m else ""
    return len(label) > 1 and any(label in s.text for s in grounds.cited[n] if s.origin == "name")


def _whole(block: Block) -> str:
    cells = [cell for row in block.table.rows for cell in row] if block.table else []
    return " ".join([block.text, *cells])


def _without_names(text: str, numbers: Sequence[int], grounds: Grounds) -> str | None:
    """The text without the addresses of what it cites; None where it gives another address of such a document."""
    mine = sorted((grounds.addresses[n] for n in numbers), key=len, reverse=True)
    for address in mine:
        text = text.replace(address, " ")
    for document in grounds.documents:
        for m in re.finditer(re.escape(document) + _ADDRESS, text):
            if not any(address.startswith(m.group().strip()) for address in mine):
                return None
    return text.strip()


def _quote_lead(text: str, sources: Sequence[Source]) -> str | None:
    """What stands before a quotation; None where the words are quoted from none of the cited clauses."""
    text = text.strip(" 。")
    if not text.strip(":; ,。"):
        return ""
    starts = [0, *(m.end() for m in re.finditer(r"[:\s]", text[:80]))]
    for start in starts:
        body = text[start:].strip(" :“”")
        if quoted(body, sources) or quoted(text[start:].lstrip(": "), sources):
            return text[:start].strip(": ")
    return None


def _leaves(block: Block, grounds: Grounds) -> list[Leaf]:
    """The conditions of the checks that a paragraph is about."""
    what = _what(block)
    return [leaf for c in grounds.checks_of(block.citations) for leaf in c.leaves if leaf.what == what]


def _what(block: Block) -> str:
    return normalise(MARK.sub("", block.text)).strip()[1:].strip().split(":")[0]


def _of_condition(k: int, block: Block, leaves: Sequence[Leaf]) -> Iterator[Finding]:
    """A condition's sign and figures are those of the check it comes from."""
    text, what = normalise(MARK.sub("", block.text)).strip(), _what(block)
    sign = next((v for v, mark in MARKS.items() if text.startswith(normalise(mark))), None)
    verdicts = {leaf.verdict for leaf in leaves}
    if (sign is not None and sign not in verdicts) or (
        block.verdict is not None and block.verdict not in verdicts
    ):
        yield Finding(k, "negation", text[:1], f"“{what}”的符号与规则核对的结果不同")
    elif sign is not None and block.verdict is not None and sign != block.verdict:
        yield Finding(k, "negation", text[:1], f"“{what}”的符号与这一项的结论不同")
    known = {q.value for leaf in leaves for q in quantities(leaf.text)}
    for q in quantities(text):
        years = (
            q.value / 12 if isinstance(q.value, Decimal) and q.kind == "period" else None
        )  # 「4」 told of 4年
        if q.value not in known and years not in known:
            yield Finding(k, "figure", q.text, f"“{q.text}”与规则核对“{what}”的数字不同")


def _of_sentence(k: int, block: Block, sentence: Sentence, grounds: Grounds) -> Iterator[Finding]:
    text = sentence.text
    claim = block.kind in CLAIMS and (block.table is None or sentence.marked)
    sources = grounds.of(sentence.numbers)
    sure = [s for s in sources if s.origin in ("clause", "check")]
    # what a reviewed rule says in general was held against its clause by two readers
    told = [*sure, *(s for s in sources if s.origin == "saying")]
    if any(stands(words, s) for words in _without_side(text, block) for s in told):
        return
    body = _without_names(text, sentence.numbers, grounds)
    if body is None:
        yield Finding(k, "figure", "", "所写的条款号不是所引用的条文")
        return
    needs = claim and not grounds.refused and not speaks_of_itself(text)
    if needs and not sentence.numbers:
        yield Finding(k, "support", text[:30], "这一句没有引用条文")
        return
    cites = bool(sentence.numbers)
    reckoned = block.kind in ("calculation", "basis")
    for words, reason in unbound(body, sources, grounds, claim=claim and cites, reckoned=reckoned):
        yield Finding(k, "figure", words, reason)
    if not (claim and cites):
        return
    body = claimed(body)
    if share(body, sources) < ENOUGH:
        yield Finding(k, "support", text[:30], "引用的条文不支持这一句")
    opposite = turned(body, sure)
    if opposite is not None:
        yield Finding(k, "negation", opposite, f"“{opposite}”与原文的意思相反")


def _without_side(text: str, block: Block) -> list[str]:
    """A sentence, and what follows the name of the side it is said of: 「抚州:……」, 「抚州,……」 in a table."""
    said = [text]
    for mark in ":,"[: 2 if block.table else 1]:
        side, _, words = text.partition(mark)
        if words and (_OPEN.match(side) or not _SAYS_MORE.search(side)):
            said.append(words)
    return said


def _idle(k: int, block: Block, grounds: Grounds) -> Iterator[Finding]:
    """The citations of a paragraph that bear nothing of it."""
    if len(block.citations) < 2 or block.kind not in CLAIMS:
        return
    text = normalise(MARK.sub("", _whole(block)))
    for n in block.citations:
        if (
            grounds.addresses[n] not in text
            and not _named(n, block, grounds)
            and not bears(text, grounds.cited[n])
        ):
            yield Finding(k, "citation", f"[{n}]", f"引用[{n}]没有支持这一段的内容", n)
