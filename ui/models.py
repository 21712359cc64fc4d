"""The models the settings name, opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ceyin.corpus.errors import CeyinError
from ceyin.indexes.embedding import Embedder, Prompts, StaticEmbedder, embedder_in
from ceyin.indexes.pretrained import model_folder
from ceyin.indexes.reranking.cross_encoder import CrossEncoderScorer, PairScorer
from ceyin.ui.settings import Settings

if TYPE_CHECKING:  # searching alone needs none of it
    from ceyin.assistant.wording import Writer

#: Where what a language model cost today is counted, in the home folder.
_LEDGER = "llm-today.json"


@dataclass(frozen=True, slots=True)
class Models:
    """What turns texts into vectors, and what reads candidates again or words answers, where one is configured."""

    embedder: Embedder
    scorer: PairScorer | None
    writer: Writer | None = None


def open_models(settings: Settings) -> Models:
    """Fetch what is named and not there yet, then load; ``CeyinError`` with the place and the cure."""
    writer = open_writer(settings)
    # Both are settled before either is loaded: loading a model puts the process offline.
    embedding = model_folder(settings.embedding) if settings.embedding else None
    reranker = model_folder(settings.reranker) if settings.reranker else None
    query, passage = settings.embedding_query_prompt, settings.embedding_passage_prompt
    prompts = None if query is None and passage is None else Prompts(query, passage)
    return Models(
        StaticEmbedder.load() if embedding is None else embedder_in(embedding, prompts),
        None if reranker is None else CrossEncoderScorer.load(reranker),
        writer,
    )


def open_writer(settings: Settings) -> Writer | None:
    """The language model the settings name; none is asked by opening it. ``CeyinError`` where it cannot be used."""
    if settings.llm_url is None or not (settings.llm_word or settings.llm_rephrase):
        return None
    from ceyin.assistant.wording.budget import Ledger, Limits
    from ceyin.assistant.wording.calling import Caller, Patience
    from ceyin.assistant.wording.endpoint import Endpoint, OpenAICompatible
    from ceyin.assistant.wording.writer import Writer

    if settings.llm_model is None:
        raise CeyinError("设置了 CEYIN_LLM_URL,还要用 CEYIN_LLM_MODEL 写明模型名称。")
    model = OpenAICompatible(
        Endpoint(
            url=settings.llm_url,
            model=settings.llm_model,
            key=_key(settings),
            max_tokens=settings.llm_max_tokens,
            stream=settings.llm_stream,
            json_schema=settings.llm_json_schema,
        )
    )
    limits = Limits(
        settings.llm_tokens_per_day,
        settings.llm_budget_cny_per_day,
        settings.llm_cny_per_million_in,
        settings.llm_cny_per_million_out,
    )
    if limits.cny is not None and not (limits.price_in or limits.price_out):
        raise CeyinError(
            "设置了 CEYIN_LLM_BUDGET_CNY_PER_DAY,还要写明每百万词元的价格(CEYIN_LLM_CNY_PER_MILLION_IN、"
            "CEYIN_LLM_CNY_PER_MILLION_OUT),或改用 CEYIN_LLM_TOKENS_PER_DAY 限量。"
        )
    unlimited = limits.cny is None and limits.tokens is None
    patience = Patience(
        timeout_s=settings.llm_timeout_s,
        idle_s=settings.llm_idle_s,
        retries=settings.llm_retries,
        at_once=settings.llm_at_once,
    )
    ledger = None if unlimited else Ledger(limits, settings.home / _LEDGER, _today)
    return Writer(
        Caller(model, patience, ledger),
        word=settings.llm_word,
        rephrase=settings.llm_rephrase,
        load=model.load,
    )


def _key(settings: Settings) -> str | None:
    """The key from the environment or its file; errors never hold it."""
    where = "CEYIN_LLM_KEY"
    key = settings.llm_key.get_secret_value() if settings.llm_key is not None else None
    if key is None and settings.llm_key_file is not None:
        where = str(settings.llm_key_file)
        try:
            key = settings.llm_key_file.expanduser().read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise CeyinError(f"读不了密钥文件 {where}。请检查路径和权限。") from None
    key = key.strip() if key is not None else None
    if key and not (key.isascii() and key.isprintable() and " " not in key):
        raise CeyinError(f"{where} 里的密钥含有空格、换行或特殊字符。请只写密钥本身。")
    return key or None


def _today() -> date:
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()
