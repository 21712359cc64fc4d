"""Words of a Chinese text, for index and query alike: jieba's cutting with our own terms, and character bigrams.

Bigrams beside the words find what the cutter split differently in clause and question (measured on STARD:
nDCG +.03, see the design notes); a term is also indexed by its parts.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ceyin.corpus.normalise import normalise

if TYPE_CHECKING:
    import rjieba

WORDS_FOLDER = Path(__file__).parent / "words"

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_PART = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z][A-Za-z0-9+&-]*|\d+(?:\.\d+)?%?")


def listed(name: str) -> list[str]:
    """The words of a list file, comment lines left out."""
    lines = (WORDS_FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


@lru_cache(maxsize=1)
def lists_fingerprint() -> str:
    """Changes with any of the word lists: what was indexed under others has to be indexed again."""
    digest = hashlib.sha256()
    for path in sorted(WORDS_FOLDER.iterdir()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


#: Words that say nothing about what a clause is about.
STOP_WORDS = frozenset(listed("stopwords.txt"))
ENGLISH_STOP_WORDS = frozenset(listed("english_stopwords.txt"))


#: How often a word of everyday speech is seen, by which the cutter prefers it.
_COMMON = 20_000


@lru_cache(maxsize=1)
def cutter() -> rjieba.Jieba:
    """jieba with our terms; loads its dictionary once per process (a fifth of a second).

    rjieba is jieba in Rust: without the guessing of unknown words (HMM) it cut 53,470 runs of five policies,
    our questions and statutes exactly as jieba does, many times faster.
    """
    import rjieba

    # The one that rjieba makes when it is imported: making another would read its dictionary a second time.
    tokenizer: rjieba.Jieba = getattr(rjieba.cut, "__self__")  # noqa: B009
    for term in terms():
        tokenizer.add_word(term, None, None)
    tokenizer.add_word("能不能", _COMMON, None)  # else 「能不能自己办」 is cut into 能 and the idiom 不能自己
    return tokenizer


@lru_cache(maxsize=1)
def terms() -> tuple[str, ...]:
    """Our own terms, as people and policies write them."""
    return tuple(listed("terms.txt"))


@lru_cache(maxsize=1)
def _term_set() -> frozenset[str]:
    return frozenset(terms())


def is_term(word: str) -> bool:
    """Whether a word is a term of the field, not everyday language."""
    return word in _term_set()


def cut(text: str) -> list[str]:
    """The words of a normalised text in order, punctuation left out, Latin letters in lower case."""
    out: list[str] = []
    for part in _PART.findall(text):
        if _HAN.match(part):
            out.extend(cutter().cut(part, False))
        else:
            out.append(part.lower())
    return out


def content_words(text: str) -> list[str]:
    """The words of a text that say what it is about."""
    return [w for w in cut(normalise(text)) if w not in STOP_WORDS and (len(w) > 1 or w.isascii())]


def words(text: str) -> list[str]:
    """Index and query tokens of a text: words, the parts of long words, and bigrams of its characters."""
    text = normalise(text)
    out: list[str] = []
    for word in cut(text):
        if word in STOP_WORDS:
            continue
        out.append(word)
        if len(word) > 3 and _HAN.match(word):
            out.extend(w for w in cutter().cut_for_search(word, False) if w != word and len(w) > 1)
    for run in _HAN.findall(text):
        out.extend(f"_{run[i : i + 2]}" for i in range(len(run) - 1))
    return out


@lru_cache(maxsize=8192)
def word_parts(word: str) -> tuple[str, ...]:
    """The shorter words (two characters and more) a long word is made of; none for a short one."""
    if len(word) < 3 or not _HAN.fullmatch(word):
        return ()
    return tuple(dict.fromkeys(w for w in cutter().cut_for_search(word, False) if 1 < len(w) < len(word)))


@lru_cache(maxsize=1)
def synonyms() -> dict[str, tuple[str, ...]]:
    """Everyday word → what the texts may call it."""
    out: dict[str, set[str]] = {}
    for line in (WORDS_FOLDER / "synonyms.txt").read_text(encoding="utf-8").splitlines():
        group = line.split()
        if not group or line.startswith("#"):
            continue
        for word in group:
            out.setdefault(word, set()).update(w for w in group if w != word)
    return {k: tuple(sorted(v)) for k, v in out.items()}


@lru_cache(maxsize=1)
def english() -> dict[str, tuple[str, ...]]:
    """English term → what the texts call it."""
    out: dict[str, tuple[str, ...]] = {}
    for line in (WORDS_FOLDER / "english.txt").read_text(encoding="utf-8").splitlines():
        term, equals, others = line.partition(" = ")
        if equals and not line.startswith("#"):
            out[term] = tuple(others.split())
    return out


@lru_cache(maxsize=1)
def _english_forms() -> tuple[re.Pattern[str], dict[str, str]]:
    """Every form a term may take (subsidies, pledged, applying) and the term; the pattern finds the longest."""
    forms: dict[str, str] = {}
    for term in english():
        stem = term.removesuffix("e")
        endings = [f"{term}s", f"{term}es", f"{term}d", f"{stem}ed", f"{stem}ing"]
        if term.endswith("y"):
            endings += [f"{term[:-1]}ies", f"{term[:-1]}ied"]
        for form in (term, *endings):
            forms.setdefault(form, term)
    longest = sorted(forms, key=len, reverse=True)
    return re.compile(rf"(?<![a-z])(?:{'|'.join(map(re.escape, longest))})(?![a-z])"), forms


def translate(text: str) -> list[str]:
    """The Chinese terms for the English ones of a text; a longer term goes before the shorter ones in it."""
    pattern, forms = _english_forms()
    found = (english()[forms[m.group()]] for m in pattern.finditer(text.lower()))
    return list(dict.fromkeys(word for group in found for word in group))


@lru_cache(maxsize=512)
def in_chinese(text: str) -> str:
    """The text with every English term in the first of its Chinese ones, and no English function words."""
    pattern, forms = _english_forms()
    text = pattern.sub(lambda m: f" {english()[forms[m.group()]][0]} ", text.lower())
    return re.sub(r"[a-z]+", lambda m: "" if m.group() in ENGLISH_STOP_WORDS else m.group(), text)


def expand(text: str) -> list[str]:
    """What else a question may be saying: the synonyms of every everyday word in it, the terms behind English ones."""
    text = normalise(text)
    found: list[str] = translate(text)
    for word, others in synonyms().items():
        if word in text:
            found.extend(o for o in others if o not in text)
    return list(dict.fromkeys(found))
