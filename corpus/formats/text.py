"""Plain text: which encoding the bytes are in, by what the decoded words look like."""

from __future__ import annotations

import re

from ceyin.corpus.errors import SourceError

# What every Chinese text is full of, in both scripts: a right decoding has 15 to 40% of these among its Han
# characters, a wrong one hardly any.
_COMMON = frozenset(
    "的一是在不了有和为以及年月日第条等对中国人大上个工作定应法规政府市企业机关部门用可发项目资金管理办于由其"
    "為條對個應規業機關門發項資實行實施施自本通知及者或按与與合经經会會報报申请請以下上年度之所地区區"
)
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_WRONG = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ue000-\uf8ff\ufffd\ufffe\uffff]")
_PUNCTUATION = frozenset(
    "、。\uff0c\uff1b\uff1a\uff1f\uff01\uff08\uff09\uff0e\uff05“”‘’《》〈〉〔〕【】—…·\u3000\xa0①②③④⑤⑥⑦⑧⑨⑩"
)
_CANDIDATES = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_SAMPLE = 200_000


def decode_text(data: bytes, name: str, declared: str | None = None) -> str:
    """The text of ``data``; ``declared`` is the encoding a page claims, believed only if it reads well.

    A few bad bytes become U+FFFD and cost nothing else. Raises SourceError for what is no text.
    """
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8", errors="replace")
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return data.decode("utf-32", errors="replace")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    nul = data[:_SAMPLE].count(0)
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    # Text in another encoding is never UTF-8 by chance for more than a few characters.
    right = sum(1 for b in data[:_SAMPLE] if b >= 0xE0)
    if not nul and (bad == 0 or bad <= 0.1 * right):
        return _checked(text, name)
    best, best_score = None, 0.0
    for encoding in _encodings(declared, nul, len(data)):
        try:
            candidate = data.decode(encoding, errors="replace")
        except (LookupError, UnicodeError):
            continue
        score = _score(candidate)
        if score > best_score + 1e-9:
            best, best_score = candidate, score
    if nul and (best is None or best_score < 0.05):
        raise SourceError(f"{name} 不是文本文件(含二进制内容)。请用 TXT、HTML、PDF、DOCX 或 OFD。")
    if best is None or best_score <= 0:
        raise SourceError(f"{name} 的文字编码认不出来。请另存为 UTF-8 再导入。")
    return best


def _encodings(declared: str | None, nul: int, size: int) -> list[str]:
    if nul:
        return [] if size < 4 else ["utf-16-le", "utf-16-be"]
    claimed = [declared.lower()] if declared else []
    claimed = ["gb18030" if c in ("gb2312", "gbk", "gb_2312-80") else c for c in claimed]
    claimed = ["big5hkscs" if c == "big5" else c for c in claimed]
    return [*dict.fromkeys((*claimed, *_CANDIDATES))]


def _score(text: str) -> float:
    """How much a decoding looks like Chinese, or at least like text: 0 for garbage."""
    sample = text[:_SAMPLE]
    wrong = len(_WRONG.findall(sample)) / max(len(sample), 1)
    if wrong > 0.05:
        return 0.0
    han = _HAN.findall(sample)
    if not han:
        ascii_share = sum(c.isascii() for c in sample) / max(len(sample), 1)
        return 0.05 * ascii_share * (1 - 10 * wrong)
    common = sum(1 for c in han if c in _COMMON) / len(han)
    others = sum(1 for c in sample if ord(c) > 0x7F and c not in _PUNCTUATION) or 1
    return (0.02 + common) * min(1.0, len(han) / others) * (1 - 10 * wrong)


def _checked(text: str, name: str) -> str:
    sample = text[:20000]
    odd = sum(
        1 for c in sample if (ord(c) < 32 and c not in "\t\n\r\f\x1b\x0b") or 0xE000 <= ord(c) <= 0xF8FF
    )
    if odd > len(sample) * 0.02:
        raise SourceError(f"{name} 的文字编码认不出来。请另存为 UTF-8 再导入。")
    return text
