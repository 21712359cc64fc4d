"""An OpenAI-compatible chat endpoint, called through llama-index: one request in, one text out."""

from __future__ import annotations

import email.utils
import importlib.util
import logging
import ssl
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

import httpx

from ceyin.assistant.wording.bounded import BoundedTransport, Call
from ceyin.assistant.wording.failing import Reason
from ceyin.assistant.wording.prompting import Prompt
from ceyin.corpus.errors import CeyinError

if TYPE_CHECKING:
    from llama_index.core.base.llms.types import ChatResponse

_log = logging.getLogger(__name__)

#: What never changes from call to call.
_TEMPERATURE = 0.0


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model is and how it is asked; the key is in no ``repr``."""

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    max_tokens: int = 1024
    stream: bool = True
    json_schema: bool = True


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model wrote; tokens as the service counted them, None where it did not."""

    text: str
    tokens_in: int | None = None
    tokens_out: int | None = None


class CallError(Exception):
    """A call gave no reply; ``again`` where trying again may help, after ``wait_s`` seconds if the service said so."""

    def __init__(self, reason: Reason, *, again: bool = False, wait_s: float | None = None) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.again = again
        self.wait_s = wait_s


class ChatModel(Protocol):
    """What can be asked; a test brings its own."""

    @property
    def endpoint(self) -> Endpoint:
        """Where it is."""
        ...

    def reply(self, prompt: Prompt, call: Call) -> Reply:
        """One request, no retries; raises CallError."""
        ...


class OpenAICompatible:
    """DeepSeek, Qwen, vLLM, Ollama and others behind the same chat interface."""

    def __init__(self, endpoint: Endpoint) -> None:
        """Raises CeyinError where the extra is not installed."""
        if importlib.util.find_spec("llama_index.llms.openai_like") is None:
            raise CeyinError("设置了 CEYIN_LLM_URL,但没有安装 llm 扩展。请运行 pip install 'ceyin[llm]'。")
        self.endpoint = endpoint

    @cached_property
    def _trusted(self) -> ssl.SSLContext:
        return ssl.create_default_context()

    def load(self) -> None:
        """Import the client (a second or two) before anybody waits for it."""
        import llama_index.llms.openai_like  # noqa: F401

    def reply(self, prompt: Prompt, call: Call) -> Reply:
        """One request, no retries; raises CallError, whose text holds nothing of key, request or reply."""
        import openai

        try:
            return self._reply(prompt, call)
        except CallError:
            raise
        except openai.APIStatusError as exc:
            # Leaves the foreign error behind: it holds request and reply.
            raise _declined(exc.status_code, exc.response.headers) from None
        except (openai.APITimeoutError, httpx.TimeoutException):
            raise CallError(call.ended_by or Reason.LATE) from None
        except openai.APIConnectionError:
            raise CallError(call.ended_by or Reason.UNREACHABLE, again=call.ended_by is None) from None
        except (httpx.TransportError, httpx.StreamError):
            raise CallError(call.ended_by or Reason.BROKEN) from None
        except Exception as exc:  # whatever the libraries make of bytes that are no reply
            _log.info("a reply could not be read: %s", type(exc).__name__)
            raise CallError(call.ended_by or Reason.UNREADABLE) from None

    def _reply(self, prompt: Prompt, call: Call) -> Reply:
        from llama_index.core.base.llms.types import ChatMessage, MessageRole
        from llama_index.llms.openai_like import OpenAILike

        where = self.endpoint
        inner = httpx.HTTPTransport(verify=self._trusted, trust_env=False)
        transport = BoundedTransport(inner, call, keyed=where.key is not None, stream=where.stream)
        with httpx.Client(transport=transport, trust_env=False, follow_redirects=False) as client:
            model = OpenAILike(
                model=where.model,
                api_base=where.url,
                api_key=where.key or "none",
                api_version="",
                is_chat_model=True,
                temperature=_TEMPERATURE,
                max_tokens=where.max_tokens,
                max_retries=0,
                http_client=client,
            )
            messages = [
                ChatMessage(role=MessageRole.SYSTEM, content=prompt.instructions),
                ChatMessage(role=MessageRole.USER, content=prompt.material),
            ]
            options: dict[str, Any] = {"timeout": call.timeout(), "response_format": self._format(prompt)}
            if not where.stream:
                return _whole(model.chat(messages, **options))
            stream = model.stream_chat(messages, stream_options={"include_usage": True}, **options)
            try:
                return _joined(stream, call)
            finally:
                stream.close()

    def _format(self, prompt: Prompt) -> dict[str, Any]:
        if not self.endpoint.json_schema:
            return {"type": "json_object"}
        body = {"name": prompt.name, "strict": True, "schema": prompt.schema}
        return {"type": "json_schema", "json_schema": body}


def _joined(stream: Iterator[ChatResponse], call: Call) -> Reply:
    """The text of a stream that came to its proper end."""
    texts: list[str] = []
    finish: Any = None
    usage: tuple[int | None, int | None] = (None, None)
    for chunk in stream:
        call.check(0)
        raw: Any = chunk.raw
        usage = _usage(raw) if getattr(raw, "usage", None) is not None else usage
        choices = getattr(raw, "choices", None) or []
        if len(choices) > 1 or (choices and choices[0].index not in (0, None)):
            raise CallError(Reason.UNREADABLE)
        for choice in choices:
            _only_text(choice.delta)
            if choice.delta.content:
                texts.append(choice.delta.content)
            finish = choice.finish_reason or finish
    return _reply(texts, finish, usage)


def _whole(response: ChatResponse) -> Reply:
    raw: Any = response.raw
    if len(raw.choices) != 1:
        raise CallError(Reason.UNREADABLE)
    choice = raw.choices[0]
    _only_text(choice.message)
    return _reply([choice.message.content or ""], choice.finish_reason, _usage(raw))


def _only_text(message: Any) -> None:
    if getattr(message, "tool_calls", None) or getattr(message, "function_call", None):
        raise CallError(Reason.UNREADABLE)


def _reply(texts: Sequence[str], finish: Any, usage: tuple[int | None, int | None]) -> Reply:
    text = "".join(texts)
    if finish == "length":
        raise CallError(Reason.CUT_OFF)
    if finish is None:
        raise CallError(Reason.BROKEN)
    if finish != "stop" or not text.strip():
        raise CallError(Reason.UNREADABLE)
    return Reply(text, *usage)


def _usage(raw: Any) -> tuple[int | None, int | None]:
    usage = getattr(raw, "usage", None)
    read = [getattr(usage, name, None) for name in ("prompt_tokens", "completion_tokens")]
    given, written = (n if isinstance(n, int) and 0 <= n < 10**7 else None for n in read)
    return given, written


def _declined(status: int, headers: httpx.Headers) -> CallError:
    if status == 429 or status >= 500:
        return CallError(Reason.UNREACHABLE, again=True, wait_s=_wait(headers.get("retry-after")))
    return CallError(Reason.DECLINED)


def _wait(value: str | None) -> float | None:
    """Seconds of a Retry-After, which is a number or a date (RFC 9110); None where it is neither."""
    if value is None:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None
