"""Recognising the text of scanned pages: the optional extra ``ocr`` (rapidocr, whose models come in its wheel)."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from typing import Any

from ceyin.corpus.formats.layout import Line, PageText

_DOTS_PER_POINT = 200 / 72
#: A larger picture is scaled down: a page of A3 at 200 dots an inch.
_MAX_SIDE = 3400
_SURE = 0.5


def available() -> bool:
    """Whether the extra is installed."""
    return all(importlib.util.find_spec(name) for name in ("rapidocr", "onnxruntime", "pypdfium2"))


def page_reader(data: bytes) -> Callable[[int], PageText]:
    """A function that reads the picture of a page of this PDF by its index."""
    import numpy as np
    import pypdfium2
    from rapidocr import RapidOCR

    document = pypdfium2.PdfDocument(data)
    engine: Any = RapidOCR(params={"Global.log_level": "critical"})

    def read(index: int) -> PageText:
        page = document[index]
        width, height = page.get_size()
        scale = min(_DOTS_PER_POINT, _MAX_SIDE / max(width, height, 1))
        picture = np.asarray(page.render(scale=scale).to_pil().convert("RGB"))[:, :, ::-1]
        result = engine(picture)
        text = PageText(index + 1, width, height)
        if result.boxes is None:
            return text
        for box, words, score in zip(result.boxes, result.txts, result.scores, strict=True):
            if score < _SURE or not words.strip():
                continue
            xs, ys = [float(x) / scale for x, _ in box], [float(y) / scale for _, y in box]
            text.stretches.append(Line(words.strip(), min(xs), max(xs), min(ys), max(ys), max(ys) - min(ys)))
        return _evened(text)

    return read


def _evened(page: PageText) -> PageText:
    """Box heights vary by a pixel or two from line to line; sizes near the usual one are made equal to it."""
    from dataclasses import replace
    from statistics import median

    if page.stretches:
        usual = median(s.size for s in page.stretches)
        page.stretches = [
            replace(s, size=usual) if abs(s.size - usual) < 0.3 * usual else s for s in page.stretches
        ]
    return page
