"""Embeddings: what turns texts into vectors, one file each."""

from __future__ import annotations

from core.errors import SettingError
from core.settings import Settings
from knowledge.documents.embeddings.embedding import Embedding, Vectors

__all__ = ["Embedding", "Vectors", "open_embedding"]


def open_embedding(settings: Settings) -> Embedding:
    """Opens the embedding that `MUSTER_EMBEDDING` names: `minilm`, or a model of OpenAI's protocol.

    Such a model is written as it is called (`text-embedding-3-small`) or with `openai:` before it. Each
    kind is imported only when it is wanted: the one costs an inference engine, the other an HTTP stack.
    Raises `SettingError` for a missing package or a missing key.
    """
    if settings.embedding == "minilm":
        from knowledge.documents.embeddings.minilm import open_minilm  # noqa: PLC0415  # heavy

        return open_minilm(settings.home / "models")
    model = settings.embedding.removeprefix("openai:")
    if not model:
        raise SettingError(
            f"MUSTER_EMBEDDING is {settings.embedding!r}, which names no embedding.",
            cure="Write minilm, or a model like text-embedding-3-small.",
        )
    from knowledge.documents.embeddings.openai_embedding import (  # noqa: PLC0415  # heavy
        open_openai_embedding,
    )

    return open_openai_embedding(settings, model=model)
