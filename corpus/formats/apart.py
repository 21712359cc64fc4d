"""Reading a PDF in another process with a limit on its memory and time, so that no file can stop this one."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from pathlib import PurePath

from ceyin.corpus.errors import SourceError
from ceyin.corpus.formats import limits

_MEMORY = 2 * 1024**3
#: Recognising the text of images takes seconds a page, and its models take memory.
_OCR_MEMORY = 8 * 1024**3
_OCR_SECONDS = 900.0


def read_pdf_apart(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """``pdf.read_pdf`` in a process of its own; with OCR where the pages are images and the extra is installed."""
    from ceyin.corpus.formats.ocr import available

    try:
        return _call(data, name, "text", limits.MAX_SECONDS)
    except _ScannedError as exc:
        if not available():
            raise SourceError(str(exc)) from None
    return _call(data, name, "ocr", _OCR_SECONDS)


class _ScannedError(SourceError):
    """The pages are images."""


def _call(data: bytes, name: str, how: str, seconds: float) -> tuple[str, tuple[str, ...]]:
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
        "OMP_NUM_THREADS": "2",
    }
    command = [sys.executable, "-P", "-m", "ceyin.corpus.formats.apart", how, PurePath(name).name]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=seconds, env=environment, check=False
        )
    except subprocess.TimeoutExpired as exc:
        raise limits.too_slow(name, seconds) from exc
    except OSError as exc:
        raise SourceError(
            f"读不了 {name}:系统不能再启动程序({exc.strerror})。请关掉一些程序后再试。"
        ) from exc
    try:
        answer = json.loads(done.stdout.decode("utf-8"))
    except ValueError:
        # Ended by the system, or out of memory: nothing was written.
        raise SourceError(
            f"{name} 读不完:内存超过上限或文件已损坏。请拆成几个小文件,或用 WPS、浏览器打开后另存为 PDF。"
        ) from None
    if error := answer.get("error"):
        raise (_ScannedError if answer.get("scanned") else SourceError)(error)
    return answer["text"], tuple(answer["notices"])


def main() -> None:
    """Read a PDF from standard input, write the answer as JSON to standard output."""
    how, name = sys.argv[1:3]
    _limit(
        _MEMORY if how == "text" else _OCR_MEMORY,
        int(limits.MAX_SECONDS if how == "text" else _OCR_SECONDS * 4),
    )
    data = sys.stdin.buffer.read()
    # Whatever the libraries print must not get into the answer.
    with contextlib.redirect_stdout(sys.stderr):
        answer = _answer(data, name, how)
    sys.stdout.buffer.write(json.dumps(answer).encode("utf-8"))


def _answer(data: bytes, name: str, how: str) -> dict[str, object]:
    from ceyin.corpus.formats.ocr import page_reader
    from ceyin.corpus.formats.pdf import Scanned, read_pdf

    try:
        text, notices = read_pdf(data, name, page_reader(data) if how == "ocr" else None)
    except SourceError as exc:
        return {"error": str(exc), "scanned": isinstance(exc, Scanned)}
    except (MemoryError, RecursionError):
        return {"error": f"{name} 读不完:超过内存或嵌套的上限。请拆成几个小文件,或用 WPS、浏览器另存为 PDF。"}
    return {"text": text, "notices": notices}


def _limit(memory: int, seconds: int) -> None:
    import resource

    for what, limit in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (limit, limit))


if __name__ == "__main__":
    main()
