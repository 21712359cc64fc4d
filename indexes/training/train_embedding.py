"""Trains the embedding that ships.

``python -m ceyin.indexes.training.train_embedding --shared DIR --out DIR``

A BPE tokenizer with tokens of at most two characters and one vector per token (StaticEmbedding), trained in two
stages: many pairs of every kind with in-batch negatives, then questions against whole collections
(:mod:`ceyin.indexes.training.sharpening`). Longer tokens were no better for retrieval and take longer to learn.
The result is a sentence-transformers folder whose weights are 8-bit integers with one scale per row ("embeddings" and
"weights", the layout of model2vec, which sentence-transformers unfolds to float32 when it loads).
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

from ceyin.corpus.catalog import load_catalog
from ceyin.corpus.errors import CeyinError, IndexStateError
from ceyin.indexes.embedding import Embedder, StaticEmbedder
from ceyin.indexes.training.collection import Collection, card_pairs, collection
from ceyin.indexes.training.pairs import Pair, read_lines, training_data

#: How often each kind of pair is seen. Few questions name their statute, so those are repeated most.
PASSES: Mapping[str, int] = {
    "law_title_text": 1,
    "law_sentence_rest": 1,
    "document_title_text": 1,
    "counsel_answer": 2,
    "counsel_statute": 3,
    "lecoqa_answer": 10,
    "stard_train": 30,
    "card": 3,
}
#: How often each kind of question is asked in a round of the second stage.
TIMES: Mapping[str, int] = {"stard_train": 3, "counsel_statute": 1, "card": 2}


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run depends on, all of it written to the report."""

    seed: int = 0
    #: Models trained with seeds one after the other and merged into one of the same size.
    members: int = 3
    dims: int = 256
    vocabulary: int = 24_000
    longest_token: int = 2
    batch: int = 512
    learning_rate: float = 0.01
    warmup: float = 0.1
    scale: float = 20.0
    # Small first vectors let the learned part outgrow the noise of rare tokens: on STARD dev R@50 rose from
    # .62 (standard deviation 1, rate .02) to .67 (.1, .01).
    first_spread: float = 0.1
    #: Share of tokens left out while training, first and second stage.
    dropped: float = 0.3
    dropped_later: float = 0.2
    rounds: int = 3
    batch_later: int = 256
    #: Wrong documents of each question: so many of the best so many by the model itself, and random ones a batch.
    mined: int = 4
    mined_from: int = 150
    drawn: int = 3000
    #: Whether our cards' questions are learnt. A model without them shows what is found in texts never seen.
    cards: bool = True
    threads: int = 2


def train_tokenizer(texts: Iterable[str], settings: Settings) -> Tokenizer:
    """BPE over runs of letters or digits; punctuation is dropped, unknown characters yield no token."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r"[^\p{L}\p{N}]+"), "removed"),
            pre_tokenizers.Digits(individual_digits=False),
        ]
    )
    trainer = trainers.BpeTrainer(
        vocab_size=settings.vocabulary,
        max_token_length=settings.longest_token,
        min_frequency=2,
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def train_rows(
    tokenizer: Tokenizer, pairs: Mapping[str, list[Pair]], given: Collection, settings: Settings
) -> NDArray[np.float32]:
    """One trained vector per token, (vocabulary, dims); ``IndexStateError`` without the ``neural`` extra."""
    try:
        import torch
        from datasets import Dataset, DatasetDict
        from sentence_transformers import SentenceTransformer, SentenceTransformerTrainer
        from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
        from sentence_transformers.sentence_transformer.modules import Normalize
        from sentence_transformers.sentence_transformer.training_args import (
            BatchSamplers,
            MultiDatasetBatchSamplers,
            SentenceTransformerTrainingArguments,
        )

        from ceyin.indexes.training.sharpening import CollectionLoss, DroppingEmbedding, Mining
    except ImportError as exc:
        raise IndexStateError("训练需要 neural 组件:请运行 pip install 'ceyin[neural]'") from exc
    torch.set_num_threads(settings.threads)
    torch.manual_seed(settings.seed)
    first = np.random.default_rng(settings.seed).standard_normal((tokenizer.get_vocab_size(), settings.dims))
    first = (first * settings.first_spread).astype(np.float32)
    static = DroppingEmbedding(tokenizer, embedding_weights=first, share=settings.dropped)
    model = SentenceTransformer(modules=[static, Normalize()], device="cpu")
    # Repeating rows (rather than epochs) lets one learning-rate schedule run over kinds of very unequal size.
    data = DatasetDict(
        {
            name: Dataset.from_dict({"anchor": [a for a, _ in rows], "positive": [b for _, b in rows]})
            for name, rows in ((name, pairs[name] * passes) for name, passes in PASSES.items())
            if rows
        }
    )
    with tempfile.TemporaryDirectory() as scratch:
        common: dict[str, Any] = {
            "output_dir": scratch,
            "learning_rate": settings.learning_rate,
            "warmup_steps": settings.warmup,
            "seed": settings.seed,
            "data_seed": settings.seed,
            "use_cpu": True,
            "max_grad_norm": 0.0,  # few rows of the table have a gradient at a time: clipping only slows them
            "save_strategy": "no",
            "report_to": "none",
            "logging_steps": 50,
        }
        arguments = SentenceTransformerTrainingArguments(
            **common,
            num_train_epochs=1,
            per_device_train_batch_size=settings.batch,
            # In-batch negatives need it: a title stands over many articles, an article answers many
            # questions.
            batch_sampler=BatchSamplers.NO_DUPLICATES,
            multi_dataset_batch_sampler=MultiDatasetBatchSamplers.PROPORTIONAL,
        )
        loss = MultipleNegativesRankingLoss(model, scale=settings.scale)
        SentenceTransformerTrainer(model=model, args=arguments, train_dataset=data, loss=loss).train()
        _say("第二阶段:与全部条文比 …")
        static.share = settings.dropped_later
        later = CollectionLoss(model, given, settings)
        questions = [given.judged[q].question for q, _ in later.rows]
        SentenceTransformerTrainer(
            model=model,
            args=SentenceTransformerTrainingArguments(
                **common,
                num_train_epochs=settings.rounds,
                per_device_train_batch_size=settings.batch_later,
            ),
            train_dataset=Dataset.from_dict({"anchor": questions, "label": list(range(len(questions)))}),
            loss=later,
            callbacks=[Mining(later)],
        ).train()
    rows: NDArray[np.float32] = static.embedding.weight.detach().numpy()
    return rows


def merge(members: Sequence[NDArray[np.float32]], dims: int) -> NDArray[np.float32]:
    """Several tables of the same tokens as one of ``dims`` columns: their principal directions side by side.

    Two models that differ only in their seed err in different places: the cosine of the joined vectors is
    about the mean of both, and most of it lies in as many dimensions as one of them has.
    """
    joined = np.hstack([rows / np.linalg.norm(rows, axis=1).mean() for rows in members])
    if joined.shape[1] <= dims:
        return joined
    _, directions = np.linalg.eigh(joined.T @ joined)  # ascending
    merged: NDArray[np.float32] = (joined @ directions[:, ::-1][:, :dims]).astype(np.float32)
    return merged


def quantise(rows: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Rows as 8-bit integers and the scale that multiplies each back: (n, dim) and (n,)."""
    scales = (np.abs(rows).max(axis=1) / 127).astype(np.float32)
    divisor = np.where(scales > 0, scales, 1)[:, None]
    return np.rint(rows / divisor).astype(np.int8), scales


def dev_recall(embedder: Embedder, shared: Path) -> dict[str, float]:
    """Mean recall on the STARD dev questions by vectors alone, exact search over the rebuilt corpus.

    ``unseen`` holds the questions none of whose gold articles is also gold for a training question.
    """
    folder = shared / "data" / "stard"
    rows = [json.loads(line) for line in read_lines(folder / "corpus_rebuilt.jsonl")]
    at = {row["id"]: place for place, row in enumerate(rows)}
    gold: dict[str, set[int]] = {}
    for line in read_lines(folder / "qrels.dev.tsv"):
        question, document = line.split()
        gold.setdefault(question, set()).add(at[int(document)])
    trained = {at.get(int(line.split()[2])) for line in read_lines(folder / "qrels.train.tsv")}
    questions = [line.split("\t", 1) for line in read_lines(folder / "dev.query.txt")]
    documents = embedder.embed_batch([f"{row['name']} {row['content']}" for row in rows])
    scores = embedder.embed_batch([text for _, text in questions]) @ documents.T
    best = np.argsort(-scores, axis=1, kind="stable")[:, :50]
    wanted = [gold[key] for key, _ in questions]
    unseen = np.array([not (places & trained) for places in wanted])
    out: dict[str, float] = {"questions": len(questions), "questions_unseen": int(unseen.sum())}
    for k in (10, 50):
        found = [g.intersection(b[:k].tolist()) for g, b in zip(wanted, best, strict=True)]
        recall = np.array([len(hits) / len(g) for hits, g in zip(found, wanted, strict=True)])
        parts = {"": recall, "_seen": recall[~unseen], "_unseen": recall[unseen]}
        out |= {f"R@{k}{name}": round(float(values.mean()), 4) for name, values in parts.items()}
    return out


def write_model(
    tokenizer: Tokenizer, rows: NDArray[np.float32], report: dict[str, object], out: Path
) -> None:
    """The folder at ``out``, replaced in one step once everything is written; full rows only pass through."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding

    if out.exists() and any(out.iterdir()) and not (out / "modules.json").is_file():
        raise IndexStateError(f"输出文件夹 {out} 里有别的文件:请换一个空文件夹")
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".embedding-") as scratch:
        fresh = Path(scratch) / "new"
        static = StaticEmbedding(tokenizer, embedding_weights=rows)
        model = SentenceTransformer(modules=[static, Normalize()], device="cpu")
        model.save(str(fresh), create_model_card=False)
        table, scales = quantise(rows)
        [weights] = fresh.rglob("model.safetensors")
        save_file({"embeddings": table, "weights": scales}, weights)
        weights.chmod(0o644)  # safetensors writes files only their owner can read
        report["model_bytes"] = sum(path.stat().st_size for path in fresh.rglob("*") if path.is_file())
        (fresh / "report.json").write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", "utf-8")
        StaticEmbedder.load(fresh)  # nothing unreadable replaces a good model
        if out.exists():
            out.rename(Path(scratch) / "old")
        shutil.move(fresh, out)


def train(shared: Path, out: Path, settings: Settings) -> dict[str, object]:
    """Trains, measures and writes the model at ``out``; returns the report that lies beside it."""
    started = time.monotonic()
    _say("读取训练数据 …")
    data = training_data(shared, settings.seed)
    pairs = {**data.pairs, "card": card_pairs(load_catalog()) if settings.cards else []}
    given = collection(shared / "data", pairs, TIMES)
    _say(f"训练分词器({len(data.texts)} 段文字)…")
    tokenizer = train_tokenizer(data.texts, settings)
    members = []
    for member in range(settings.members):
        _say(f"训练向量,第 {member + 1}/{settings.members} 个({sum(map(len, pairs.values()))} 对)…")
        members.append(train_rows(tokenizer, pairs, given, replace(settings, seed=settings.seed + member)))
    rows = merge(members, settings.dims)
    trained = time.monotonic()
    _say("在 STARD 验证题上测量 …")
    small = StaticEmbedder(tokenizer, *quantise(rows), "small")
    report: dict[str, object] = {
        "date": date.today().isoformat(),
        "settings": asdict(settings),
        "passes": dict(PASSES),
        "times": dict(TIMES),
        "pairs": {name: len(found) for name, found in pairs.items()},
        "collection": {"documents": len(given.documents), "questions": len(given.judged)},
        "tokenizer_texts": len(data.texts),
        "dropped_as_dev_questions": data.dropped_near_dev,
        "vocabulary": tokenizer.get_vocab_size(),
        "storage": "int8, one float32 scale per row",
        "training_seconds": round(trained - started, 1),
        "stard_dev": dev_recall(small, shared),
        "stard_dev_float32": dev_recall(StaticEmbedder(tokenizer, rows, None, "full"), shared),
        "stard_dev_members": [dev_recall(StaticEmbedder(tokenizer, m, None, "one"), shared) for m in members],
    }
    write_model(tokenizer, rows, report, out)
    _say(f"已写入 {out}:{report['stard_dev']}")
    return report


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main(arguments: list[str] | None = None) -> int:
    """The command; 0 done, 1 failed with one line on standard error."""
    default = Settings()
    parser = argparse.ArgumentParser(prog="train_embedding", description="训练随包附带的向量模型")
    parser.add_argument("--shared", type=Path, required=True, help="数据文件夹(其中有 data/)")
    parser.add_argument("--out", type=Path, required=True, help="写入模型的文件夹")
    parser.add_argument("--seed", type=int, default=default.seed)
    parser.add_argument("--dims", type=int, default=default.dims)
    parser.add_argument("--vocabulary", type=int, default=default.vocabulary)
    parser.add_argument("--without-cards", action="store_true", help="不学卡片的问法(只为测量)")
    given = parser.parse_args(arguments)
    try:
        settings = Settings(
            seed=given.seed, dims=given.dims, vocabulary=given.vocabulary, cards=not given.without_cards
        )
        train(given.shared, given.out, settings)
    except CeyinError as exc:
        _say(str(exc))
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
