"""Reading the stored sources again after the segmenter or the catalog has changed.

Which policy a text is, and how it is cut, is decided when it is read; a stored text must not keep the
decisions of an older version.
"""

from __future__ import annotations

from pathlib import Path

from ceyin.corpus.library import Library
from ceyin.corpus.read import Source

#: Raise when the reading of any page by ``segment`` changes: stored sources are then read again.
SEGMENT_VERSION = 2
_MARK = "reading"


def reread(library: Library, home: Path, catalog_fingerprint: str) -> int:
    """Read every stored source again if it was last read under another version; how many were read."""
    wanted = f"{SEGMENT_VERSION} {catalog_fingerprint}"
    mark = home / _MARK
    if mark.is_file() and mark.read_text(encoding="utf-8") == wanted:
        return 0
    from ceyin.corpus.segment import (
        parse,  # takes a tenth of a second that a start has to spare only when needed
    )

    sources = library.sources()
    for source in sources:
        library.add(parse(Source(source.address, source.sha256, source.text, "txt")))
    aside = mark.with_suffix(".new")
    aside.write_text(wanted, encoding="utf-8")
    aside.replace(mark)
    return len(sources)
