"""Writing a file in one step."""

from __future__ import annotations

from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Replaces ``path`` by ``text`` (UTF-8) at once, making its folder where needed; raises ``OSError``.

    A lone surrogate in an answer becomes ``?``: it must not cost the whole file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(path.name + ".new")
    aside.write_text(text, encoding="utf-8", errors="replace")
    aside.replace(path)
