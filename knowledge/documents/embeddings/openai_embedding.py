"""Embeddings of OpenAI, or of a server that speaks its protocol, through LangChain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from pydantic import SecretStr

from core.errors import SettingError, UnavailableError
from core.llm_errors import explained
from core.settings import Settings
from knowledge.documents.embeddings.embedding import Vectors

if TYPE_CHECKING:
    from langchain_openai import OpenAIEmbeddings

WINDOW = 512
"""Far less than the models take: a passage is to be read by people as well."""
BATCH = 256
"""Texts a request; OpenAI takes at most 300,000 tokens in one."""
TIMEOUT_S = 60.0

_PIECE = re.compile(r"\w{1,6}|[^\w\s]")


class OpenAIEmbedding:
    """A model behind `OPENAI_BASE_URL`; `MUSTER_EMBEDDING` names the model.

    Errors of the network and the server come as those of `core.errors`. Safe for several threads.
    """

    window = WINDOW

    def __init__(
        self, model: str, *, key: SecretStr, base_url: str = "", timeout_s: float = TIMEOUT_S
    ) -> None:
        self.name = f"openai:{model}"
        self._model = model
        self._key = key
        self._base_url = base_url
        self._timeout_s = timeout_s

    @cached_property
    def dimensions(self) -> int:
        """Returns how long the model's vectors are: asks it once, for no list of models is whole."""
        return len(self._embed(["dimensions"])[0])

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Returns a row a text, in the order given, brought to unit length."""
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        return self._embed(list(texts))

    def count_tokens(self, text: str) -> int:
        """Returns an estimate that is rather too high: the real tokeniser would have to be fetched."""
        return len(_PIECE.findall(text))

    def knows(self, word: str) -> bool:  # noqa: ARG002
        """Says no: which words the model learnt is not known here."""
        return False

    def _embed(self, texts: list[str]) -> Vectors:
        try:
            found = self._client.embed_documents([text.strip() or "-" for text in texts])
        except Exception as error:  # the client's, its transport's and JSON's errors share no base
            raise explained(error, model=self._model, within_s=self._timeout_s) from error
        return self._checked(found, len(texts))

    def _checked(self, found: list[list[float]], expected: int) -> Vectors:
        if len(found) != expected or len({len(row) for row in found}) != 1:
            raise UnavailableError(
                f"The embedding model {self._model!r} was given {expected} texts and "
                f"answered with {len(found)} vectors that don't fit them."
            )
        rows = np.array(found, dtype=np.float32)
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-12))
        return rows

    @cached_property
    def _client(self) -> OpenAIEmbeddings:
        from langchain_openai import OpenAIEmbeddings  # noqa: PLC0415  # 3 s

        return OpenAIEmbeddings(
            model=self._model,
            api_key=self._key,
            base_url=self._base_url or None,
            check_embedding_ctx_length=False,  # else it fetches a tokeniser from the network
            chunk_size=BATCH,
            timeout=self._timeout_s,
        )


def open_openai_embedding(settings: Settings, *, model: str) -> OpenAIEmbedding:
    """Makes the embedding; nothing is asked of the server before the first text.

    Raises `SettingError` where there is no key.
    """
    if settings.openai_api_key is None:
        raise SettingError(
            f"MUSTER_EMBEDDING is {settings.embedding!r}, which is taken for an OpenAI model, "
            "but OPENAI_API_KEY is not set.",
            cure="Write MUSTER_EMBEDDING=minilm to embed on this machine, or set the key.",
        )
    return OpenAIEmbedding(model, key=settings.openai_api_key, base_url=settings.openai_base_url)
