"""Links between documents: what a policy implements, supersedes, amends, issues or merely quotes.

The verb decides, and it governs a whole list: 「根据《甲法》《乙条例》和《丙办法》,制定本细则」 implements three.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ceyin.corpus.joining import number_key
from ceyin.corpus.model import (
    BlockKind,
    Clause,
    DocumentLink,
    LinkKind,
    ParsedPolicy,
    Reference,
    ReferenceKind,
    ReferenceStatus,
    Span,
)
from ceyin.corpus.normalise import normalise_mapped
from ceyin.corpus.referring.directory import Directory
from ceyin.corpus.referring.references import references

_SENTENCE = re.compile(r"[。;!?]")
# What may stand between two documents of one list.
_GLUE = re.compile(
    r"(?:、|,|和|及|以及|与|等|并|或者?|\([^()]{0,60}\)|的?(?:精神|要求|规定|部署|有关|相关)|第[^,。]{1,12}[条款项]"
    r"|[印发布公]{2}的|原|《|》)*"
)
_DATED = r"(?:[12]\d{3}年[^。;《]{0,60})?"
# 「《甲》同时废止」, 「《甲》自本办法施行之日起不再执行」; not 「未废止」, 「继续有效」.
_REPEALED = re.compile(
    r"[^。;《》]{0,40}?(?<![不未])(?:同时废止|即行废止|予以废止|相应废止|自行废止|废止|停止执行|停止使用|失效|不再(?:执行|适用|施行|有效)|作废)(?!的|前|后)"
    r"|[^。;《》]{0,24}(?:不一致|不符|相抵触|有冲突)的?,?(?:一律)?(?:以|按)本"
)
_KEPT = re.compile(r"[^。;《》]{0,16}(?:不予?废止|继续(?:有效|执行|适用|施行)|仍然?有效|未废止)")
_REPEALS = re.compile(r"(?:废止|代替|替代|取代)(?:了|原)?" + _DATED + r"$")
_AMENDED = re.compile(
    r"[^。;《》]{0,20}(?:作(?:出)?(?:如下|以下|相应|部分)?(?:修改|修订|修正)|(?<!未)(?:修改为|修订为|调整为|改为)|予以(?:修改|修订|修正))"
)
_AMENDS = re.compile(r"(?:修改|修订|修正)(?:完善)?(?:了|后的)?$")
_PLANNED = re.compile(
    r"(?:研究|推动|推进|加快|探索|适时|启动|配合|参与|组织|开展|抓紧|完善|起草|拟)[^。;,《]{0,6}(?:修改|修订|修正)(?:完善)?$"
)
_PLANS = re.compile(r"(?:方案|规划|计划|要点|纲要|意见|措施)(?:\W.*)?$")
_ISSUED = re.compile(
    r"[^。;《》]{0,30}(?:印发|转发|发布|公布|下发)(?:给|你们|,|。|施行|执行|如下)"
    r"|[^。;《》]{0,12}已经[^。;《》]{0,30}(?:同意|审议|通过|批准)"
)
_ISSUES = re.compile(r"(?:现将|现予|制定了?|印发|转发|发布|公布)$")
_BASIS = re.compile(
    r"(?P<firm>根据|依据|贯彻|落实|实施|结合|遵循)|(?P<soft>按照?|依照|遵照|执行)|(?P<other>违反|参照|出台|废止|修订|修改|制定|编制|发布|印发|符合|推广|适用|除|通过)"
)
_PENALTY = re.compile(r"[^。;]{0,40}(?:处罚|处理|处分|追究|责任|予以|办理|惩处)")
_PURPOSE = re.compile(r"(?:制定|出台|提出|形成)(?:了|以下|如下)?(?:本|《|措施|意见)|结合.{0,12}实际")


_TITLED = re.compile(
    r"(印发|发布|公布|转发|修改|修订|修正|废止)[^《]{0,4}(?P<name>《(?:[^《》]|《[^《》]*》)+》(?:\([^()]{1,12}\))?)"
)
_UNTITLED = re.compile(
    r"关于(印发|发布|公布|转发|修改|废止)(?P<name>[^《》]{4,}(?:办法|方案|措施|规定|细则|计划|规划|意见|条例|要点|纲要|法|规则)(?:\([^()]{1,20}\))?)的(?:通知|公告|决定)"
)


def links(
    policy: ParsedPolicy,
    text: str,
    directory: Directory | None = None,
    policy_id: str | None = None,
    *,
    found: Mapping[Span, Sequence[Reference]] | None = None,
) -> dict[Span, tuple[DocumentLink, ...]]:
    """The links of a policy and each of its annexes, by their span; ``found`` are its references, if known.

    Of several mentions of a document the first of each kind counts, and a mere quotation only where
    nothing stronger is said.
    """
    known = found if found is not None else references(policy, text, directory, policy_id)
    own = {p.title for p in _parts(policy)}
    out: dict[Span, tuple[DocumentLink, ...]] = {}
    for part in _parts(policy):
        all_links = [*_from_title(policy, part, text, policy_id)]
        for clause in part.clauses:
            all_links += _of_clause(policy, part, clause, known.get(clause.span, ()), own)
        out[part.span] = _strongest(all_links)
    return out


def _parts(policy: ParsedPolicy) -> Iterator[ParsedPolicy]:
    yield policy
    for annex in policy.annexes:
        yield from _parts(annex)


def _issues_something(policy: ParsedPolicy) -> bool:
    return bool(policy.annexes) or policy.stub or bool(re.search(r"印发|发布|公布|转发", policy.title))


def _from_title(
    policy: ParsedPolicy, part: ParsedPolicy, text: str, policy_id: str | None
) -> Iterator[DocumentLink]:
    """「关于印发《甲办法》的通知」 issues, 「关于修改《甲办法》的决定」 amends."""
    for block in part.blocks if part is policy else ():
        if block.kind is not BlockKind.TITLE:
            continue
        mapped = normalise_mapped(block.span.cut(text))
        m = _TITLED.search(mapped.text) or _UNTITLED.search(mapped.text)
        if m is None:
            continue
        kind = LinkKind.AMENDS if m[1].startswith("修") else LinkKind.ISSUES
        kind = LinkKind.SUPERSEDES if m[1] == "废止" else kind
        start, end = mapped.to_source(m.start("name"), m.end("name"))
        status = ReferenceStatus.NOT_IN_CORPUS
        if kind is LinkKind.ISSUES:
            status = ReferenceStatus.DAMAGED if part.stub else ReferenceStatus.RESOLVED
        base = block.span.start
        yield DocumentLink(
            kind=kind,
            title=_bare(m["name"]),
            doc_number=None,
            policy_id=policy_id if kind is LinkKind.ISSUES else None,
            status=status,
            clause_path=(),
            span=Span(base + start, base + end),
        )
        return


def _of_clause(
    policy: ParsedPolicy, part: ParsedPolicy, clause: Clause, found: Sequence[Reference], own: set[str]
) -> Iterator[DocumentLink]:
    documents = [
        r
        for r in found
        if r.kind is ReferenceKind.POLICY
        and r.targets
        and r.targets[0].title + (r.targets[0].doc_number or "")
    ]
    for group in _groups(clause.text, documents):
        before = _SENTENCE.split(clause.text[: group[0].within.start])[-1]
        after = _SENTENCE.split(clause.text[group[-1].within.end :])[0]
        for reference in group:
            kind = _kind(policy, part, reference, before, after)
            target = reference.targets[0]
            if target.title in own and target.doc_number == policy.doc_number and kind is not LinkKind.ISSUES:
                continue  # itself
            if (
                kind is LinkKind.SUPERSEDES
                and reference.status is ReferenceStatus.RESOLVED
                and target.title in own
            ):
                continue
            # A notice without its annex goes by the name of what it issues.
            title = _bare(reference.text) if kind is LinkKind.ISSUES else target.title
            yield DocumentLink(
                kind=kind,
                title=title,
                doc_number=target.doc_number,
                policy_id=target.policy_id,
                status=reference.status,
                clause_path=clause.path,
                span=reference.span,
            )


def _groups(text: str, documents: Sequence[Reference]) -> Iterator[list[Reference]]:
    """Documents with nothing but glue between them: one verb governs them all."""
    group: list[Reference] = []
    for reference in documents:
        if group and not _GLUE.fullmatch(text[group[-1].within.end : reference.within.start]):
            yield group
            group = []
        group.append(reference)
    if group:
        yield group


def _kind(policy: ParsedPolicy, part: ParsedPolicy, r: Reference, before: str, after: str) -> LinkKind:
    if _KEPT.match(after) or re.match(r"的?(?:批示|批复|复函|答复|请示)", after):
        return LinkKind.QUOTES
    if _REPEALED.match(after) or _REPEALS.search(before):
        return LinkKind.SUPERSEDES
    amends = _AMENDS.search(before) and not _PLANNED.search(before) and not _PLANS.search(part.title)
    if _AMENDED.match(after) or amends:
        return LinkKind.AMENDS
    if part is policy and _issues_something(policy) and (_ISSUED.match(after) or _ISSUES.search(before)):
        title = _letters(_bare(r.text))
        if title in _letters(policy.title) or any(title == _letters(a.title) for a in policy.annexes):
            return LinkKind.ISSUES
    verbs = [*_BASIS.finditer(before)]
    # 「中共中央印发的《甲纲要》」: who issued it says nothing of what is done with it.
    while (
        verbs
        and verbs[-1]["other"]
        and re.match(r"(?:印发|发布|制定|通过)的?$", before[verbs[-1].start() :])
        and before.endswith("的")
    ):
        verbs.pop()
    if not verbs or verbs[-1]["other"]:
        return LinkKind.QUOTES
    last = verbs[-1]
    if before[: last.start()].endswith(("不", "未", "违反")):
        return LinkKind.QUOTES
    if _PURPOSE.search(after) or _PURPOSE.search(before):
        return LinkKind.IMPLEMENTS
    # 「依照《甲法》处罚」, 「根据《甲法》第三条」 apply the law to a case.
    if last["soft"] and _PENALTY.match(after):
        return LinkKind.QUOTES
    return LinkKind.QUOTES if r.targets[0].path else LinkKind.IMPLEMENTS


def _strongest(found: Sequence[DocumentLink]) -> tuple[DocumentLink, ...]:
    seen: set[tuple[str, LinkKind]] = set()
    strong = {_key(link) for link in found if link.kind is not LinkKind.QUOTES}
    out = []
    for link in found:
        key = _key(link)
        if (key, link.kind) in seen or (link.kind is LinkKind.QUOTES and key in strong):
            continue
        seen.add((key, link.kind))
        out.append(link)
    return tuple(out)


def _letters(title: str) -> str:
    """A title for comparison: no punctuation, and no 的, which the titles of notices drop."""
    return re.sub(r"\W|的", "", title)


def _bare(name: str) -> str:
    """The title without its own 《》: 《甲办法》(试行) is 甲办法(试行)."""
    return re.sub(r"^《(.+)》((?:\([^()]*\))?)$", r"\1\2", name)


def _key(link: DocumentLink) -> str:
    name = re.sub(r"\((?:试行|暂行)\)|\W|中华人民共和国", "", link.title)
    return name or number_key(link.doc_number) or ""
