"""「在哪六个方面」「五大工程分别叫什么」: the items of a list whose number is asked for, by their headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ceyin.assistant.citing import Citations, short_title
from ceyin.assistant.compose.draft import Draft, Material
from ceyin.assistant.compose.outlines import Outline, labels, outlines
from ceyin.assistant.holding import talk
from ceyin.assistant.understanding.beside import beside_name
from ceyin.corpus.library import StoredClause, StoredPolicy
from ceyin.corpus.model import DamageKind
from ceyin.corpus.numerals import to_chinese, to_int
from ceyin.indexes.coverage import share_in
from ceyin.indexes.tokens import content_words

_COUNT = r"(?P<count>[两二三四五六七八九十]{1,3}|\d{1,2})"
#: 「哪六个方面」, 「五大工程分别叫什么」: how many, and of what.
_ASKED = re.compile(
    rf"哪{_COUNT}(?P<unit>(?:大|个|项|条|类|种|点)*)(?P<what>[\u4e00-\u9fff]{{0,6}})"
    rf"|{_COUNT.replace('count', 'number')}(?:大|个|项|条)(?P<named>[\u4e00-\u9fff]{{2,4}}?)"
    r"(?:分别|各自|各|都|具体)?(?:叫什么|叫啥|是什么|是啥|是哪些|有哪些|指什么|指哪些|包括)"
)
#: 「哪几个行动」, 「分几个阶段」: of what, but not how many.
_SOME = re.compile(
    r"几(?:个|大|项|步|块)?(?P<noun>行动|工程|专项|计划|阶段|板块)(?![\u4e00-\u9fff]{0,2}(?:资金|方案))"
)
#: Nouns that name no thing: any list has them.
_PARTS = re.compile(
    r"^(?:方面|方向|部分|块|要求|任务|举措|措施|条件|原则|工程|行动|环节|步骤|内容|领域|重点)?"
)
#: What is counted in 项.
_DONE = ("工程", "任务", "举措", "措施", "行动", "原则", "要求", "内容")
_PIECES = ("部分", "块")
#: How much of what is asked a list must have where its number alone does not single it out.
_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class _Wanted:
    count: int
    noun: str
    words: tuple[str, ...]


def listing(material: Material) -> Draft | None:
    """The items of the list meant; None where no list, or more than one, has this number of items."""
    m = _ASKED.search(material.question.said)
    if not m:
        return _called(material)
    count = to_int(m.group("count") or m.group("number"))
    noun = m.group("named") or _PARTS.match(m.group("what") or "").group()  # type: ignore[union-attr]
    if not count or count < 2 or not (noun or m.group("unit")):
        return None  # 「哪两家」 asks for bodies, not for items
    for policy in _policies(material):
        rest = beside_name(material.question.said.replace(m.group(), " "), [policy], frozenset())
        words = tuple(w for w in content_words(rest) if w not in policy.title)
        found = _meant(policy, _Wanted(count, noun, words))
        if found is not None:
            return _said(material, found, noun)
    return None


def _called(material: Material) -> Draft | None:
    """The one list most of whose items are called what is asked for; None where there is none or more than one."""
    m = _SOME.search(material.question.said)
    if not m:
        return None
    noun = m.group("noun")
    for policy in _policies(material):
        found = [
            o
            for o in outlines(policy)
            if 2 * sum(noun in i.label for i in o.items) > len(o.items) and _whole(o)
        ]
        if len(found) == 1:
            return _said(material, found[0], noun)
    return None


def _policies(material: Material) -> Sequence[StoredPolicy]:
    """The policies the question names; else the one of the best clauses, where most are of one."""
    if material.question.policies:
        return [material.policy(p) for p in material.question.policies[:1]]
    best = [e.policy for e in material.evidence[:3]]
    mostly = sum(p is best[0] for p in best) > len(best) // 2 if best else False
    return best[:1] if mostly and material.held() else []


def _meant(policy: StoredPolicy, wanted: _Wanted) -> Outline | None:
    fitting = [o for o in outlines(policy) if len(o.items) == wanted.count and _whole(o)]
    if wanted.noun in _PIECES:
        return next((o for o in fitting if not o.path), None)
    noun = wanted.noun
    named = [o for o in fitting if noun and (noun in o.title or sum(noun in i.label for i in o.items) > 1)]
    if len(named) == 1:
        return named[0]
    near = [o for o in fitting if _share(wanted.words, o, titled=not noun) >= _SHARE]
    if len(near) == 1:
        return near[0]
    # what is left of the question says nothing: the number alone must single the list out
    telling = [w for w in wanted.words if w not in talk()]
    return fitting[0] if noun and len(fitting) == 1 and len(telling) <= 1 else None


def _whole(outline: Outline) -> bool:
    """Whether nothing of a list is lost: neither a label nor an item between two others."""
    if any(i.clause.ref.path[-1].startswith("?") for i in outline.items):
        return False
    spans = [i.clause.span for i in outline.items if i.clause.span]
    gaps = [d for d in outline.policy.damages if d.kind is DamageKind.GAP]
    return not spans or not any(spans[0].start <= d.span.start < spans[-1].end for d in gaps)


def _share(words: Sequence[str], outline: Outline, *, titled: bool) -> float:
    """How much of what is asked a list has; where nothing says what its items are, its title alone counts."""
    hung = "" if titled else f"{outline.stem.text if outline.stem else ''} {labels(outline.items)}"
    text = f"{outline.title} {hung}".lower()
    return sum(share_in(w, text) for w in words) / len(words) if words else 0.0


def _said(material: Material, found: Outline, noun: str) -> Draft:
    draft = Draft(Citations(material.question.as_of))
    noun = noun or ("条" if found.path else "部分")
    counter = "" if noun == "条" else "项" if noun[-2:] in _DONE else "个"
    heading = f"“{found.title}”" if found.title else ""
    start = f"《{short_title(found.policy)}》{heading}列了{to_chinese(len(found.items))}{counter}{noun}"
    first = [found.stem] if found.stem is not None else []
    marks = "".join(_mark(draft, found.policy, c) for c in first)
    named = ";".join(f"{i.label}{_mark(draft, found.policy, i.clause)}" for i in found.items)
    draft.say("conclusion", f"{start}:{named}{marks}。")
    return draft


def _mark(draft: Draft, policy: StoredPolicy, clause: StoredClause) -> str:
    n = draft.cites.cite(policy, clause)
    return f"[{n}]" if n else ""
