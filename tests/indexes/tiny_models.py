"""Transformers of two thin layers and a few dozen characters, with weights as drawn: enough to try the loading."""

from pathlib import Path
from typing import Any

CHARACTERS = "示例市企业租金补贴设备申请材料多少每年厂房的一万元怎么问:"


def tokenizer(folder: Path) -> Any:
    """A WordPiece tokenizer of single characters."""
    from transformers import BertTokenizerFast

    folder.mkdir(parents=True, exist_ok=True)
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *dict.fromkeys(CHARACTERS)]
    (folder / "vocab.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    return BertTokenizerFast(vocab_file=str(folder / "vocab.txt"))


def config(words: int, **more: Any) -> Any:
    from transformers import BertConfig

    return BertConfig(
        vocab_size=words,
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
        **more,
    )


def embedding(folder: Path, *, seed: int = 0, prompts: dict[str, str] | None = None) -> Path:
    """A sentence-transformers folder: transformer and mean pooling."""
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers import BertModel

    torch.manual_seed(seed)
    plain = folder.with_name(f"{folder.name}-plain")
    words = tokenizer(plain)
    BertModel(config(len(words))).save_pretrained(plain)
    words.save_pretrained(plain)
    SentenceTransformer(str(plain), device="cpu", prompts=prompts, local_files_only=True).save(
        str(folder), create_model_card=False
    )
    return folder


def cross_encoder(folder: Path, *, labels: int = 1) -> Path:
    """A sequence classifier, as rerankers are published."""
    import torch
    from transformers import BertForSequenceClassification

    torch.manual_seed(0)
    words = tokenizer(folder)
    model = BertForSequenceClassification(config(len(words), num_labels=labels))
    model.save_pretrained(folder)
    words.save_pretrained(folder)
    return folder
