"""What stands in a paper that a text only names: a measure still to be made, a guide, a plan, another law."""

from __future__ import annotations

import re

from ceyin.assistant.citing import Citations, cite_as, desk
from ceyin.assistant.compose.draft import Draft, Material
from ceyin.assistant.compose.quoting import add_spans
from ceyin.assistant.evidence import Evidence
from ceyin.corpus.normalise import normalise

#: Kinds of paper that a text says will be made; of a plan or a list that applicants make, the text tells the content.
_KINDS = r"(?:办法|细则|指引|指南|推进计划|年度计划|规划|规则|规程|手册)"
#: A paper a clause names: by title, or as one that is to be made.
_TITLED = re.compile(r"《([^《》]{4,40})》")
_TO_BE_MADE = re.compile(
    rf"(?:制定|制订|编制|出台|修订|起草|研制)[^。;]{{0,40}}?([\u4e00-\u9fff]{{0,10}}[\u4e00-\u9fff]{{2}}{_KINDS})(?![\u4e00-\u9fff]{{0,2}}{_KINDS})"
)
#: What follows the name of a paper where its content is asked for: 「…指引,里面…」, 「…规范第五条」, 「…计划列了」.
_ADVERB = r"(?:又|都|具体|总共|一共|到底|是|怎么|究竟)*"
_ARTICLE = r"(?:的)?第[一二三四五六七八九十\d几]+[条章]"
_CONTENT = (
    rf"[”》]?(?:这份|这个)?(?:[,,]?(?:它|其|这|那)?(?:里面|里头|里|当中|中(?!的企业|心))"
    rf"|[,,]?{_ADVERB}(?:列|写|讲|说|教|规定|载明)了?|{_ARTICLE}|[,,]?条例{_ARTICLE})"
)
#: A name is used where so many of its last characters stand in the question.
_TAIL = 4
_LOOKED_AT = 4


def uncollected(material: Material) -> Draft | None:
    """A refusal that cites the clause which names the paper; None where the question asks for no such paper."""
    said = normalise(material.question.said)
    own = [normalise(p.title) for p in material.policies]
    named = [normalise(material.policy(p).title) for p in material.question.policies]
    found: list[tuple[int, Evidence, str]] = []
    for item in material.evidence[:_LOOKED_AT]:
        meant = named if item.policy.policy_id in material.scope.focus else own
        for name in _named(item):
            if any(name.strip("《》") in title for title in own):
                continue
            if tail := _used(name, said, meant):
                found.append((len(tail), item, name if name.startswith("《") else f"“{tail}”"))
    if not found:
        return None
    _, item, name = max(found, key=lambda f: f[0])
    return _refused(material, item, name)


def _named(item: Evidence) -> list[str]:
    """The papers a clause names, those by title in their marks."""
    text = normalise(item.clause.text)
    return [*(m.group() for m in _TITLED.finditer(text)), *(m.group(1) for m in _TO_BE_MADE.finditer(text))]


def _used(name: str, said: str, meant: list[str]) -> str | None:
    """The end of a name the question says (「那个工作指引里」); None where it asks for no content, or the paper is held."""
    bare = name.strip("《》")
    for start in range(len(bare) - _TAIL + 1):
        tail = bare[start:]
        if tail in said:
            asked = re.search(re.escape(tail) + _CONTENT, said)
            return None if any(tail in title for title in meant) or not asked else tail
    return None


def _refused(material: Material, item: Evidence, name: str) -> Draft:
    draft = Draft(Citations(material.question.as_of), status="refused", refusal="not_in_corpus")
    n = draft.cites.cite(item.policy, item.clause)
    draft.say("conclusion", f"未收录:文件只提到{name},没有它的内容[{n}]。")
    end = name[:-1][-_TAIL:]
    spans = [m.span() for m in re.finditer(r"[^。;]+[。;]?", item.clause.text) if end in normalise(m.group())]
    lead = f"{cite_as(item.policy, item.clause.ref.path)}:"
    add_spans(draft, item.policy, item.clause, spans[:1] or [(0, len(item.clause.text))], lead=lead)
    draft.say("next", f"内容请以制定单位公布的为准,可向{desk(item.policy)}咨询。")
    return draft
