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
    return tuple(p for _, p in sorted(found, key=lambda f: (-f[0], f[1])))


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
    names += [n.replace("知识产权", "") for n in names if len(n) > 12]
    return tuple(n for n in dict.fromkeys(names) if len(n) >= 3)
