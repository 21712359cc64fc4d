"""The register of policies that have an id: finds in a moment which one a text is, among any number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ceyin.corpus.joining import Known, identify, number_key, title_keys
from ceyin.corpus.model import ParsedPolicy

_Key = tuple[str, str]  # what kind of key, and the key


class Register:
    """Known policies by number and title; one that shares neither with a text cannot be that policy."""

    def __init__(self, known: Iterable[Known] = ()) -> None:
        self._by_key: defaultdict[_Key, dict[Known, None]] = defaultdict(dict)
        self._by_id: defaultdict[str, dict[Known, None]] = defaultdict(dict)
        for one in known:
            self.enter(one)

    def enter(self, known: Known) -> None:
        """A policy may be known in several ways; this is one more."""
        self._by_id[known.policy_id][known] = None
        for key in _keys(known):
            self._by_key[key][known] = None

    def strike(self, policy_id: str) -> None:
        """Forget all ways a policy is known in."""
        for known in self._by_id.pop(policy_id, ()):
            for key in _keys(known):
                self._by_key[key].pop(known, None)

    def identify(self, policy: ParsedPolicy, text: str) -> str:
        """As :func:`ceyin.corpus.joining.identify` over all that is known."""
        number = number_key(policy.doc_number)
        titles = {key for part in (policy, *policy.annexes) for key in title_keys(part.title)}
        keys = [("number", number)] if number else []
        keys += [("title", key) for key in sorted(titles)]
        near = dict.fromkeys(known for key in keys for known in self._by_key.get(key, ()))
        return identify(policy, text, list(near))


def _keys(known: Known) -> Iterator[_Key]:
    if known.number:
        yield "number", known.number
    for title in known.titles:
        yield "title", title
