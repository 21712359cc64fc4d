"""Training pairs for the embedding: texts that mean the same, read from the shared data folder.

Only train splits are read. Questions that (nearly) repeat a STARD dev question are dropped wherever they
come from, because the other question sets were collected from the same kind of web sites. Folders whose
README says "test-only" are never opened here.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ceyin.corpus.errors import SourceError
from ceyin.corpus.normalise import normalise

Pair = tuple[str, str]

_ARTICLE = re.compile(
    r"^(?:\*\*)?第[一二三四五六七八九十百千零〇]+条(?:之[一二三四五六七八九十]+)?(?:\*\*)?[\s\u3000]+"
)
_DATED = re.compile(r"[（(]\d{4}-\d{2}-\d{2}[)）]$")  # 公司法(2018-10-26)
_CITED = re.compile(r"^《[^》]+》第[^:：]{1,20}条[^:：]{0,6}[:：]")  # 《民法典》第一千零七十六条：
_EXAM_TAIL = re.compile(r"请给出详细的推理过程之后再给出答案。?\s*$")
_SENTENCE = re.compile(r"[^。;；:：]+[。;；:：]?")
_HEADING = re.compile(r"^[（(]?[一二三四五六七八九十]{1,3}[）)、.]\s*(.{2,40}?)[。]?$")

#: Two questions with at least this share of common character pairs (Jaccard) count as the same question.
SAME_QUESTION = 0.6


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a law: the law's title, the headings above it, its own words (all normalised)."""

    law: str
    headings: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class TrainingData:
    """Pairs by where they come from, the raw texts for the tokenizer, and what was left out."""

    pairs: dict[str, list[Pair]]
    texts: list[str]
    dropped_near_dev: int


def read_json(path: Path) -> Any:
    """The JSON document at ``path``; ``SourceError`` naming the file when it is missing or broken."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as exc:
        raise SourceError(f"训练数据缺少 {path}:请用 --shared 指明数据文件夹(其中应有 data/)") from exc
    except ValueError as exc:
        raise SourceError(f"训练数据 {path} 不是有效的 JSON:请重新取得该文件") from exc


def read_lines(path: Path) -> list[str]:
    """The non-empty lines of ``path``; ``SourceError`` naming the file when it is missing."""
    try:
        return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except OSError as exc:
        raise SourceError(f"训练数据缺少 {path}:请用 --shared 指明数据文件夹(其中应有 data/)") from exc


def read_articles(data: Path) -> list[Article]:
    """Every distinct article of the newest version of every law, ordered by file name."""
    newest: dict[str, Path] = {}
    for path in sorted((data / "laws_lawrefbook" / "md").rglob("*.md")):
        newest[_DATED.sub("", path.stem)] = path  # dates sort as text, so the last one wins
    files = sorted((data / "laws_justlaws" / "md").rglob("*.md")) + sorted(newest.values())
    if not files:
        raise SourceError(f"训练数据缺少 {data / 'laws_lawrefbook'}:请用 --shared 指明数据文件夹")
    seen: set[str] = set()
    out: list[Article] = []
    for path in files:
        for article in _articles(path.read_text(encoding="utf-8")):
            if article.text not in seen:
                seen.add(article.text)
                out.append(article)
    return out


def _articles(markdown: str) -> Iterator[Article]:
    law = ""
    headings: list[tuple[int, str]] = []
    body: list[str] = []

    def finished() -> Iterator[Article]:
        text = normalise("\n".join(body))
        if len(text) >= 12:
            yield Article(law, tuple(h for _, h in headings), text)
        body.clear()

    for line in markdown.splitlines():
        stripped = line.strip()
        if stripped.startswith("#"):
            yield from finished()
            level = len(stripped) - len(stripped.lstrip("#"))
            heading = normalise(stripped.lstrip("#"))
            if level == 1:
                law, headings = heading, []
            else:
                bare = re.sub(r"^第.{1,6}[编章节]", "", heading)
                headings = [(at, h) for at, h in headings if at < level] + [(level, bare)]
        elif match := _ARTICLE.match(stripped):
            yield from finished()
            body.append(stripped[match.end() :])
        elif body and stripped and not stripped.startswith("<!--"):
            body.append(stripped)
    yield from finished()


def _character_pairs(text: str) -> frozenset[str]:
    kept = re.sub(r"\W", "", text)
    return frozenset(kept[i : i + 2] for i in range(len(kept) - 1))


class DevGuard:
    """Says whether a text (nearly) is one of the held-out questions."""

    def __init__(self, questions: Iterable[str]) -> None:
        self._held_out = [_character_pairs(normalise(q)) for q in questions]
        self.dropped = 0

    def allows(self, text: str) -> bool:
        """False, and counted, when ``text`` shares too many character pairs with a held-out question."""
        mine = _character_pairs(text)
        for held in self._held_out:
            common = len(mine & held)
            # the second test catches a held-out question inside a longer one
            if common and (common / len(mine | held) >= SAME_QUESTION or common >= 0.9 * len(held)):
                self.dropped += 1
                return False
        return True


def law_pairs(articles: list[Article], rng: random.Random) -> dict[str, list[Pair]]:
    """Self-supervised pairs: title and heading → article, and one sentence → the rest of its article."""
    titles: list[Pair] = []
    sentences: list[Pair] = []
    for article in articles:
        trail = " ".join((article.law, *article.headings))
        titles.append((trail, article.text))
        parts = [p for p in _SENTENCE.findall(article.text) if len(p) >= 8]
        if len(parts) >= 2:
            taken = rng.randrange(len(parts))
            rest = "".join(p for i, p in enumerate(parts) if i != taken)
            # half of the rests carry the law's name, as stored clauses do
            sentences.append((parts[taken], f"{article.law} {rest}" if rng.random() < 0.5 else rest))
    return {"law_title_text": titles, "law_sentence_rest": sentences}


def document_pairs(data: Path) -> dict[str, list[Pair]]:
    """State Council documents: the document's title, or the heading above it, → a paragraph."""
    titles: list[Pair] = []
    for line in read_lines(data / "policy_statecouncil_2018" / "policies.jsonl"):
        row = json.loads(line)
        title, heading = normalise(row["title"]), ""
        for raw in row["text"].splitlines():
            text = normalise(raw)
            if match := _HEADING.match(text):
                heading = match.group(1)
            elif len(text) >= 30:
                titles.append((f"{title} {heading}".strip(), text))
    return {"document_title_text": titles}


def question_pairs(data: Path, guard: DevGuard) -> dict[str, list[Pair]]:
    """Questions → statutes and questions → answers, train splits only."""
    stard: list[Pair] = []
    answers: list[Pair] = []
    statutes: list[Pair] = []
    advice: list[Pair] = []
    held_out = {line.split("\t", 1)[0] for line in read_lines(data / "stard" / "dev.query.txt")}
    train = {line.split("\t", 1)[0] for line in read_lines(data / "stard" / "train.query.txt")} - held_out
    rows = read_json(data / "lecoqa" / "queries.json")
    # Several questions were given one and the same answer, across the splits too.
    dev_answers = {row["答案文本"] for row in rows if str(row["query_id"]) not in train}
    for row in rows:
        if str(row["query_id"]) not in train:
            continue
        question = normalise(row["问题"])
        if not guard.allows(question):
            continue
        # the same gold articles as stard/qrels.train.tsv, here with their texts
        stard += [
            (question, f"{normalise(name)} {normalise(text)}") for name, text in row["相关法规"].items()
        ]
        answer = row["答案文本"]
        if isinstance(answer, str) and answer not in dev_answers:  # one row has NaN here
            answers.append((question, normalise(answer)))
    folder = data / "legal_qa_lawyerllama"
    for name in ("zixun_gpt4", "legal_counsel_with_article_v2", "legal_counsel_multi_turn_with_article_v2"):
        for row in read_json(folder / f"{name}.json"):
            question = normalise(row["query"])
            if guard.allows(question):
                statutes += [(question, normalise(_CITED.sub("", law))) for law in row["laws"]]
    for name, key in (
        ("legal_advice", "instruction"),
        ("judical_examination", "instruction"),
        ("fakao_gpt4", "input"),
    ):
        for entry in read_json(folder / f"{name}.json"):
            row = entry[0] if isinstance(entry, list) else entry
            question = normalise(_EXAM_TAIL.sub("", row[key]))
            if guard.allows(question):
                advice.append((question, normalise(row["output"])[:600]))
    return {
        "stard_train": stard,
        "lecoqa_answer": answers,
        "counsel_statute": statutes,
        "counsel_answer": advice,
    }


def training_data(shared: Path, seed: int) -> TrainingData:
    """All pairs under ``shared``; the same seed gives the same pairs in the same order."""
    data = shared / "data"
    if not data.is_dir():
        raise SourceError(f"没有训练数据文件夹 {data}:请用 --shared 指明数据文件夹(其中应有 data/)")
    dev = [line.split("\t", 1)[1] for line in read_lines(data / "stard" / "dev.query.txt")]
    guard = DevGuard(dev)
    rng = random.Random(seed)
    articles = read_articles(data)
    pairs = {**question_pairs(data, guard), **law_pairs(articles, rng), **document_pairs(data)}
    kept = {
        name: list(dict.fromkeys((a, b) for a, b in rows if len(a) >= 2 and len(b) >= 4))
        for name, rows in pairs.items()
    }
    texts = [a.text for a in articles] + list(dict.fromkeys(a.law for a in articles))
    for name in ("stard_train", "lecoqa_answer", "counsel_answer", "counsel_statute"):
        texts += dict.fromkeys(a for a, _ in kept[name])
    texts += [b for name in ("lecoqa_answer", "counsel_answer", "document_title_text") for _, b in kept[name]]
    return TrainingData(kept, texts, guard.dropped)
