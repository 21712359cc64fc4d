"""Which policies a text names: by title, number or nickname."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ceyin.corpus.english import load_english
from ceyin.corpus.library import StoredPolicy
from ceyin.corpus.normalise import normalise

_FILLERS = re.compile(r"那个|这个|那份|这份|那套|这套|的|那")
_Told = tuple[str, str, str | None, tuple[str, ...]]


def named_policies(text: str, policies: Sequence[StoredPolicy]) -> tuple[str, ...]:
    """The policies a text names by number, nickname or title, in Chinese or English; longest mention first."""
    english, latin = load_english().names, text.lower().replace("-", " ")
    text = f"{text} {_FILLERS.sub('', text)}"
    found: list[tuple[int, str]] = []
    for policy in policies:
        sizes = [len(n) for n in names_of(policy) if n in text]
        sizes += [len(n) for n in english.get(policy.policy_id, ()) if n in latin]
        if sizes:
            found.append((max(sizes), policy.policy_id))
    named = tuple(p for _, p in sorted(found, key=lambda f: (-f[0], f[1])))
    return named or _described(text, policies)


#: What people call those who issue: a part of the name in the signature, and all ways to say it.
_ISSUERS = {
    "工业和信息化": r"工信[部厅]|工业和信息化部",
    "教育部": r"教育部",
    "科技部": r"科技部|科学技术部",
    "财政": r"财政[部厅局]",
    "联席会议": r"联席会议|联席办",
    "国务院办公厅": r"国办|国务院",
    "知识产权局": r"国知局|国家知识产权局|知识产权局|国家局",
    "市场监督管理局": r"市监局|市场监管局",
}
#: A document spoken of, and no name.
_SPOKEN_OF = re.compile(
    r"那[份个套]|[这那]一[份个]|(?:合发|联手|联合|一起|共同|一块儿?).{0,6}(?:印|发|出|弄|搞|的)"
)
_KIND = re.compile(r"方案|计划|办法|意见|通知|措施|文件|规划")
_UNTIL = re.compile(r"到20\d\d年")
_ENDS = re.compile(r"(20\d\d)[─—–-](20\d\d)年")


def _described(text: str, policies: Sequence[StoredPolicy]) -> tuple[str, ...]:
    """The one policy told of by two who issued it, or by one and the year it runs to, its kind of paper named."""
    kinds = set(_KIND.findall(text))
    if not kinds or not _SPOKEN_OF.search(text):
        return ()
    issuers = {part for part, said in _ISSUERS.items() if re.search(said, text)}
    found = []
    for policy in policies:
        signed = " ".join(policy.issuers)
        title = normalise(policy.title)
        ends = _ENDS.search(title)
        runs = ends is not None and re.search(rf"{ends.group(2)}(?!\d)", text) is not None
        told = {part for part in issuers if part in signed}
        if told != issuers or not kinds & {*_KIND.findall(title), "文件"}:
            continue
        unbounded = ends is None and not _UNTIL.search(text)
        if (len(told) > 1 and (runs or unbounded)) or (told and runs):
            found.append(policy.policy_id)
    return tuple(found) if len(found) == 1 else ()


def names_of(policy: StoredPolicy) -> tuple[str, ...]:
    """What a policy is called, normalised."""
    given = (*policy.entry.nicknames, *policy.entry.aliases) if policy.entry else ()
    return _names((policy.title, policy.region, policy.doc_number, given))


@lru_cache(maxsize=4096)
def _names(told: _Told) -> tuple[str, ...]:
    title, place, doc_number, given = told
    names = [normalise(title)]
    if doc_number:
        number = normalise(doc_number)
        names.append(number)
        m = re.search(r"(\d+)号$", number)
        if m and int(m.group(1)) > 9:
            names.append(f"{m.group(1)}号文")
    inner = re.search(r"《(.+?)》", title) or re.search(r"关于印发(.+?)的通知$", title)
    if inner:
        names.append(normalise(inner.group(1)))
    names += [normalise(n) for n in given]
    names += [re.sub(r"\([^()]*\)$", "", n) for n in names]
    region = re.sub(r"[省市]$", "", place)
    # people leave out the region and 知识产权, which nearly every title has
    names += [re.sub(rf"^{re.escape(region)}[省市]?|^关于", "", n) for n in names]
    names += [re.sub(r"^20\d\d年", "", n) for n in names if len(n) > 12]  # 「强国建设推进计划」, of one year
    names += [n.replace("知识产权", "") for n in names if len(n) > 11]
    return tuple(n for n in dict.fromkeys(names) if len(n) >= 3)
