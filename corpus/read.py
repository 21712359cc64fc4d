"""Reading a source: bytes of a file to the text everything else counts its offsets in, one paragraph a line."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from ceyin.corpus.errors import SourceError
from ceyin.corpus.formats.kinds import SUFFIXES, Kind, kind_of
from ceyin.corpus.formats.limits import MAX_BYTES, check_chars, check_size

__all__ = ["MAX_BYTES", "SUFFIXES", "Source", "decode_source", "read_source"]


@dataclass(frozen=True, slots=True)
class Source:
    """A source as read: ``text`` is what spans count in, ``sha256`` that of the bytes.

    ``notices`` says in plain words what could not be read (a page of a damaged file, say).
    """

    address: str
    sha256: str
    text: str
    kind: str
    notices: tuple[str, ...] = ()


def read_source(path: Path) -> Source:
    """Read one file. Raises SourceError for anything that is no readable text, naming file and cure."""
    try:
        if path.is_dir():
            raise SourceError(f"{path} 是文件夹,请给出文件,或用 corpus add 导入整个文件夹。")
        size = path.stat().st_size
        check_size(size, path.name)
        data = path.read_bytes()
    except FileNotFoundError as exc:
        raise SourceError(f"找不到文件:{path}。请检查路径。") from exc
    except (OSError, ValueError) as exc:
        reason = getattr(exc, "strerror", None) or "路径不合法"
        raise SourceError(f"读不了 {path}:{reason}。请检查路径和权限。") from exc
    return decode_source(data, address=str(path))


def decode_source(data: bytes, *, address: str, kind: str | None = None) -> Source:
    """Bytes to a source. What the bytes are decides; ``kind`` and the suffix only where that is open."""
    name = Path(address).name or address
    check_size(len(data), name)
    if not data.strip():
        raise SourceError(f"{name} 是空文件。请换一个文件。")
    found = kind_of(data, name, kind)
    text, notices = _read(found, data, name)
    if not text.strip():
        raise SourceError(f"{name} 里没有文字。请换一个文件。")
    check_chars(len(text), name)
    return Source(address, hashlib.sha256(data).hexdigest(), text, found, notices)


def _read(kind: Kind, data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The text and the notices; each format is loaded only when there is such a file."""
    if kind == "pdf":
        from ceyin.corpus.formats.apart import read_pdf_apart

        return read_pdf_apart(data, name)
    if kind == "docx":
        from ceyin.corpus.formats.docx import read_docx

        return read_docx(data, name)
    if kind == "ofd":
        from ceyin.corpus.formats.ofd import read_ofd

        return read_ofd(data, name)
    if kind == "html":
        from ceyin.corpus.formats.html import read_html

        return read_html(data, name), ()
    from ceyin.corpus.formats.text import decode_text

    return decode_text(data, name), ()
