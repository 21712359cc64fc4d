"""One trial of the segmenter: parse a text or bytes within the time limit, and hold the result against the laws."""

from __future__ import annotations

import signal
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from types import FrameType

from ceyin.corpus.errors import SourceError
from ceyin.corpus.model import ParsedSource
from ceyin.corpus.read import Source, decode_source
from ceyin.corpus.segment import parse
from ceyin.corpus.wire import ParsedSourceView
from ceyin.evals.documents.check import Difference, differences, lost_words
from ceyin.evals.documents.document import document
from ceyin.evals.documents.draft import Options
from ceyin.evals.documents.mutations import bulk, mutate_bytes, mutate_text, page

#: Processor seconds per 100 kB of UTF-8; shorter inputs have as much.
SECONDS = 2.0
#: Seconds after which a parse is broken off.
_PATIENCE = 60
LEVELS = ("structure", "bytes", "bulk")
_ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16", "big5")


@dataclass(frozen=True, slots=True)
class Failure:
    """An input on which the segmenter broke a law; ``kind`` groups, ``note`` says what happened."""

    kind: str
    note: str
    seed: int
    data: bytes


class _OutOfPatience(BaseException):
    """Raised in the middle of a parse that takes for ever."""


def generated_trial(seed: int, options: Options) -> tuple[list[Difference], frozenset[str], str]:
    """What is wrong with the parse of one generated document, its traits, and its text."""
    made = document(Random(seed), options)
    failure, parsed = _parse(made.text, seed)
    if failure or parsed is None:
        note = failure.note if failure else "refused"
        return [Difference(failure.kind if failure else "refused", note)], made.traits, made.text
    return differences(made, parsed), made.traits, made.text


def fuzz_trial(seed: int, level: str) -> tuple[Failure | None, int]:
    """The failure of one mutated input, if any, and its size in bytes."""
    rng = Random(f"{level} {seed}")
    text = document(rng, Options(damage=rng.random() < 0.3)).text
    if level == "structure":
        if rng.random() < 0.1:
            text += document(rng, Options()).text
        text = mutate_text(rng, text)
        return _parse(text, seed)[0], len(text.encode("utf-8", "replace"))
    if level == "bulk":
        text = bulk(rng, text)
        return _parse(text, seed)[0], len(text.encode("utf-8", "replace"))
    markup = rng.random() < 0.5
    if markup:
        text = page(rng, text)
    data = mutate_bytes(rng, text.encode(rng.choice(_ENCODINGS), "replace"))
    kind = rng.choice((None, "html" if markup else "txt"))
    return bytes_trial(data, seed, kind=kind), len(data)


def bytes_trial(data: bytes, seed: int, *, kind: str | None = None) -> Failure | None:
    """The failure of reading and parsing raw bytes; refusing them with a SourceError is none."""
    started = time.process_time()
    try:
        with _patience():
            source = decode_source(data, address="fuzz", kind=kind)
    except SourceError:
        return None
    except _OutOfPatience:
        return Failure("hang while reading", f"more than {_PATIENCE} s", seed, data)
    except Exception as exc:
        return Failure(_crash(exc, "reading"), traceback.format_exc(limit=-3), seed, data)
    taken = time.process_time() - started
    if taken > allowed(len(data)):
        return Failure("slow reading", f"{taken:.1f} s for {len(data)} bytes", seed, data)
    failure, _ = _parse(source.text, seed)
    return failure


def text_trial(text: str, seed: int) -> Failure | None:
    """The failure of parsing a text."""
    return _parse(text, seed)[0]


def allowed(size: int) -> float:
    """The processor seconds that an input of ``size`` bytes may take."""
    return max(SECONDS, SECONDS * size / 100_000)


def _parse(text: str, seed: int) -> tuple[Failure | None, ParsedSource | None]:
    data = text.encode("utf-8", "surrogatepass")
    started = time.process_time()
    try:
        with _patience():
            parsed = parse(Source("fuzz", "0" * 64, text, "txt"))
        taken = time.process_time() - started
        lost = lost_words(parsed)
        ParsedSourceView.of(parsed).model_dump_json()
    except _OutOfPatience:
        return Failure("hang", f"more than {_PATIENCE} s for {len(data)} bytes", seed, data), None
    except SourceError:
        return None, None
    except Exception as exc:
        return Failure(_crash(exc, "parsing"), traceback.format_exc(limit=-3), seed, data), None
    if lost:
        kind = "lost words: " + lost.split(" ", 1)[0]
        return Failure(kind, lost, seed, data), parsed
    if taken > allowed(len(data)):
        return Failure("slow", f"{taken:.1f} s for {len(data)} bytes", seed, data), parsed
    return None, parsed


def _crash(exc: Exception, doing: str) -> str:
    frame = traceback.extract_tb(exc.__traceback__)[-1]
    return f"crash while {doing}: {type(exc).__name__} in {frame.name}"


@contextmanager
def _patience() -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        raise _OutOfPatience

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, _PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
