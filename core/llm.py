"""Chat models: a port that streams text, and the client for OpenAI and all that speak its protocol."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Protocol

from core.errors import UnavailableError
from core.llm_deadline import within
from core.llm_errors import explained, too_slow

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

    from core.settings import Settings

Finish = Literal["stop", "length", "content_filter", "cut_off"]

TRIES = 2
PAUSE_S = 0.5
"""How long to wait before the second try where the server does not say."""
WORTH_WAITING = 0.5
"""The share of the time left that a pause may take; a server that asks for more is given up."""


@dataclass(frozen=True, kw_only=True)
class Delta:
    """A piece of a model's text; the last one carries why it ended and may be empty.

    `cut_off` means that the stream ended without saying why: some servers truncate like that.
    """

    text: str = ""
    finish: Finish | None = None


class ChatModel(Protocol):
    """Something that goes on from messages with text."""

    def stream(self, messages: Sequence[BaseMessage], *, within_s: float) -> Iterator[Delta]:
        """Yields the text as it arrives; exactly one delta, the last, has a finish.

        Raises `UnavailableError` when the server fails, breaks off, or has not ended within
        `within_s` seconds of the call; `SettingError` when key, model or address are wrong;
        `InputError` when it refuses what it was given.
        """
        ...


class OpenAIModel:
    """A model behind `chat.completions`, through LangChain.

    Making one is free: LangChain's client takes seconds to import and is made at the first use, or
    in the background by `warm`. Retries are ours, because the client would wait out a `Retry-After`
    that is longer than the whole answer may take.
    """

    def __init__(self, name: str, *, key: str, base_url: str = "") -> None:
        self._name = name
        self._key = key
        self._base_url = base_url
        self._lock = threading.Lock()

    def warm(self) -> None:
        """Makes the client in the background, so that the first answer need not wait for it."""
        threading.Thread(target=self._make, name="warm-model", daemon=True).start()

    def stream(self, messages: Sequence[BaseMessage], *, within_s: float) -> Iterator[Delta]:
        """Yields the model's text; tries a second time as long as nothing was said yet."""
        until = time.monotonic() + within_s
        for tries_left in reversed(range(TRIES)):
            said = False
            try:
                for delta in within(until - time.monotonic(), lambda: self._deltas(messages, within_s)):
                    said = said or bool(delta.text)
                    yield delta
            except TimeoutError:
                raise too_slow(within_s) from None
            except UnavailableError as error:
                pause = PAUSE_S if error.retry_after is None else error.retry_after
                left = until - time.monotonic()
                if said or not tries_left or pause > left * WORTH_WAITING:
                    raise
                time.sleep(pause)
            else:
                return

    def _deltas(self, messages: Sequence[BaseMessage], within_s: float) -> Iterator[Delta]:
        finish = ""
        try:
            for chunk in self._make().stream(list(messages), timeout=within_s):
                finish = str(chunk.response_metadata.get("finish_reason") or finish)
                if text := chunk.text:
                    yield Delta(text=str(text))
        except Exception as error:
            # The vendor's clients let errors of many families through: their own, the HTTP
            # library's, JSON's, and plain TypeErrors where a chunk has an unexpected shape.
            raise explained(error, model=self._name, within_s=within_s) from error
        yield Delta(finish=_finish(finish))

    def _make(self) -> BaseChatModel:
        with self._lock:
            return self._client

    @cached_property
    def _client(self) -> BaseChatModel:
        from langchain.chat_models import init_chat_model  # noqa: PLC0415  # with langchain_openai 3 s

        options: dict[str, Any] = {"base_url": self._base_url} if self._base_url else {}
        client: BaseChatModel = init_chat_model(
            self._name,
            model_provider="openai",
            api_key=self._key,
            max_retries=0,
            use_responses_api=False,
            **options,
        )
        return client


def open_model(settings: Settings) -> OpenAIModel | None:
    """Opens the model of the settings; None without a key: answers are then extractive."""
    if settings.openai_api_key is None:
        return None
    return OpenAIModel(
        settings.openai_model,
        key=settings.openai_api_key.get_secret_value(),
        base_url=settings.openai_base_url,
    )


def _finish(reason: str) -> Finish:
    if reason in {"length", "max_tokens"}:
        return "length"
    if reason == "content_filter":
        return "content_filter"
    return "stop" if reason else "cut_off"
