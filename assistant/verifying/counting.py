"""How often something had to be taken out of an answer: read by whoever shows or exports measures."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class Counts:
    """Counted since the program started, over all users; safe to share between threads."""

    _lock: threading.Lock = field(default_factory=threading.Lock)
    _seen: Counter[str] = field(default_factory=Counter)

    def add(self, names: Iterable[str]) -> None:
        """Count these once each."""
        with self._lock:
            self._seen.update(names)

    def read(self) -> Mapping[str, int]:
        """``answers``; ``quoted`` and ``dropped`` paragraphs; ``weaker`` answers; ``finding_…`` by what was wrong."""
        with self._lock:
            return dict(sorted(self._seen.items()))
