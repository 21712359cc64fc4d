"""Which policy is this? Joining an imported text to the catalog, or to what was imported before.

Two texts are the same policy when they carry the same document number, or the same title where neither number
nor, among imported ones, date of issue speaks against it (「实施办法」 of 2021 and of 2024 are two).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ceyin.corpus.model import ParsedPolicy
from ceyin.corpus.normalise import normalise

if TYPE_CHECKING:
    from ceyin.corpus.catalog import CatalogPolicy

# 「示例市人民政府关于印发《甲办法》的通知」 -> 甲办法; not 「关于做好甲工作的通知」, which issues nothing.
_WRAPPER = re.compile(r"^.*?关于(?:印发|发布|公布|转发|下发)(?P<inner>.+?)(?:的)?(?:通知|公告)\W*$")
_WORDS = re.compile(r"[^\W_]+")
# A name that any policy could have tells nothing: 通知, 实施办法(试行); not 科创十条, 专利资助办法.
_GENERIC = re.compile(
    r"^(?:关于)?(?:印发|实施|管理|暂行|试行|工作|若干)*(?:通知|公告|通告|意见|办法|细则|方案|规定|措施|规划|计划|附件\d*)(?:试行)?$"
)


def number_key(number: str | None) -> str | None:
    """A document number without its brackets and spaces, its parts kept apart: ``示发|2023|28号``."""
    parts = _WORDS.findall(normalise(number or ""))
    return "|".join(part.removeprefix("第") for part in parts) or None


def title_keys(title: str) -> frozenset[str]:
    """The title without punctuation, as it stands and out of its 关于印发…的通知 wrapper."""
    plain = normalise(title)
    wrapped = _WRAPPER.match(plain)
    candidates = (plain, wrapped["inner"] if wrapped else "")
    keys = ("".join(_WORDS.findall(text)) for text in candidates)
    return frozenset(key for key in keys if key and not _GENERIC.match(key))


@dataclass(frozen=True, slots=True)
class Known:
    """What identifies a policy that has an id already."""

    policy_id: str
    number: str | None
    titles: frozenset[str]
    issued: date | None
    in_catalog: bool


def known_entry(entry: CatalogPolicy) -> Known:
    """A catalog entry, by its title and aliases."""
    titles = frozenset(key for name in (entry.title, *entry.aliases) for key in title_keys(name))
    return Known(entry.id, number_key(entry.doc_number), titles, entry.issued, in_catalog=True)


def known_import(policy_id: str, doc_number: str | None, title: str, issued: date | None) -> Known:
    """An imported policy that the catalog does not have."""
    return Known(policy_id, number_key(doc_number), title_keys(title), issued, in_catalog=False)


def identify(policy: ParsedPolicy, text: str, known: Sequence[Known]) -> str:
    """The id of ``policy``: that of the one known policy it is, else a new one from its number or title.

    ``text`` is the source the policy was found in; it names a policy without number and title.
    """
    number = number_key(policy.doc_number)
    titles = title_keys(policy.title)
    if len(policy.annexes) == 1:  # a bare 通知 is known by the one document it issues
        titles |= title_keys(policy.annexes[0].title)
    for group in ([k for k in known if k.in_catalog], [k for k in known if not k.in_catalog]):
        same = [k for k in group if number and k.number == number]
        same = same or [k for k in group if k.titles & titles and _compatible(k, number, policy.issued)]
        if len({k.policy_id for k in same}) > 1:
            same = [k for k in same if k.issued == policy.issued]
        if len({k.policy_id for k in same}) == 1:
            return same[0].policy_id
    return _new_id(policy, number, text)


def _compatible(known: Known, number: str | None, issued: date | None) -> bool:
    if known.number and number and known.number != number:
        return False
    return known.in_catalog or known.issued is None or issued is None or known.issued == issued


def _new_id(policy: ParsedPolicy, number: str | None, text: str) -> str:
    if number:
        return "-".join(_WORDS.findall(number.removesuffix("号")))[:80]
    title = min(title_keys(policy.title), key=len, default="")
    facts = (title, policy.region, str(policy.issued)) if title else (policy.span.cut(text),)
    mark = hashlib.sha256("\n".join(facts).encode()).hexdigest()[:8]
    return f"{title[:40] or '无题'}-{mark}"
