"""What stands in a paper that a text only names: a measure still to be made, a guide, a plan, another law."""

from __future__ import annotations

import re
from functools import lru_cache

from ceyin.assistant.citing import Citations, cite_as, desk
from ceyin.assistant.compose.draft import Draft, Material
from ceyin.assistant.compose.quoting import add_spans
from ceyin.assistant.evidence import Evidence
from ceyin.corpus.library import StoredClause, StoredPolicy
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
#: The number of a document; what is asked of one that a text is only based on is not its content.
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,6}[(〔\[]20\d\d[)〕\]]\d+号")
_ISSUER = 2  # characters of the issuer's short name that tell one number from another
_BASED_ON = re.compile(r"参照|依据|根据|照着|按照|按哪|依着|哪[个份些]文|是什么文|叫什么")
#: A name is used where so many of its last characters stand in the question.
_TAIL = 4
_LOOKED_AT = 4
#: A title of so many characters is of one paper alone.
_WHOLE = 10
_PAPER = re.compile(r"办法|方案|规划|纲要|条例|计划|意见|指引|规则|规范|指南")


def uncollected(material: Material) -> Draft | None:
    """A refusal that cites the clause which names the paper; None where the question asks for no such paper."""
    said = _plain(material.question.said)
    if draft := _by_number(material) or _by_title(material, said):
        return draft
    own = [normalise(p.title) for p in material.policies]
    named = [normalise(material.policy(p).title) for p in material.question.policies]
    found: list[tuple[int, Evidence, str]] = []
    for item in material.evidence[:_LOOKED_AT]:
        meant = named if item.policy.policy_id in material.scope.focus else own
        for name in _named(item):
            if any(name.strip("《》") in _plain(title) for title in own):
                continue
            if tail := _used(name, said, meant):
                found.append((len(tail), item, name if name.startswith("《") else f"“{tail}”"))
    if not found:
        return None
    _, item, name = max(found, key=lambda f: f[0])
    return _refused(material, item, name)


def _plain(text: str) -> str:
    """A text without what people leave out of a title: 省级专项资金办法 for 省省级专项资金管理办法."""
    return normalise(text).replace("省省", "省").replace("管理办法", "办法")


def _by_number(material: Material) -> Draft | None:
    """A refusal where the content of a paper is asked that a clause only names by its number."""
    said = normalise(material.question.said)
    if _BASED_ON.search(said):
        return None
    for m in _NUMBER.finditer(said):
        number = m.group()
        number = number[max(0, re.search(r"[(〔\[]", number).start() - _ISSUER) :]  # type: ignore[union-attr]
        if any(number in normalise(f"{p.doc_number or ''}{p.title}") for p in material.policies):
            continue
        for policy in material.policies:
            for clause in policy.clauses:
                if number in normalise(clause.text):
                    return _said_only(material, policy, clause, m.group(), number)
    return None


def _by_title(material: Material, said: str) -> Draft | None:
    """A refusal where the content of a paper is asked that any clause names by its whole title."""
    if not _PAPER.search(said):
        return None
    own = [_plain(p.title) for p in material.policies]
    for policy in material.policies:
        for clause in policy.clauses:
            for title, whole in _titles(clause.text):
                asked = title in said and re.search(re.escape(title) + _CONTENT, said)
                if asked and not any(title in held for held in own):
                    return _said_only(material, policy, clause, f"《{whole}》", whole[-2:])
    return None


@lru_cache(maxsize=4096)
def _titles(text: str) -> tuple[tuple[str, str], ...]:
    """The titles a clause names, in short and whole, those long enough to be of one paper alone."""
    pairs = ((_plain(whole), whole) for whole in _TITLED.findall(normalise(text)))
    return tuple((plain, whole) for plain, whole in pairs if len(plain) >= _WHOLE)


def _named(item: Evidence) -> list[str]:
    """The papers a clause names, those by title in their marks."""
    text = normalise(item.clause.text)
    return [*(m.group() for m in _TITLED.finditer(text)), *(m.group(1) for m in _TO_BE_MADE.finditer(text))]


def _used(name: str, said: str, meant: list[str]) -> str | None:
    """The end of a name the question says (「那个工作指引里」); None where it asks for no content, or the paper is held."""
    bare, meant = _plain(name.strip("《》")), [_plain(title) for title in meant]
    for start in range(len(bare) - _TAIL + 1):
        tail = bare[start:]
        if tail in said:
            asked = re.search(re.escape(tail) + _CONTENT, said)
            return None if any(tail in title for title in meant) or not asked else tail
    return None


def _refused(material: Material, item: Evidence, name: str) -> Draft:
    return _said_only(material, item.policy, item.clause, name, name[:-1][-_TAIL:])


def _said_only(
    material: Material, policy: StoredPolicy, clause: StoredClause, name: str, words: str
) -> Draft:
    """The clause names the paper, in a sentence that has these words; what stands in the paper is not here."""
    draft = Draft(Citations(material.question.as_of), status="refused", refusal="not_in_corpus")
    n = draft.cites.cite(policy, clause)
    draft.say("conclusion", f"未收录:文件只提到{name},没有它的内容[{n}]。")
    spans = [m.span() for m in re.finditer(r"[^。;]+[。;]?", clause.text) if words in normalise(m.group())]
    lead = f"{cite_as(policy, clause.ref.path)}:"
    add_spans(draft, policy, clause, spans[:1] or [(0, len(clause.text))], lead=lead)
    draft.say("next", f"内容请以制定单位公布的为准,可向{desk(policy)}咨询。")
    return draft
