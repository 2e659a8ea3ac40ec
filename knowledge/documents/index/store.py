"""The chunks in Chroma: the one place that keeps their text and vectors for good."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeVar, cast
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from core.errors import SettingError, UnavailableError
from core.settings import Settings
from knowledge.documents.document import Chunk
from knowledge.documents.index.embedded import EmbeddedDocument

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection

T = TypeVar("T")

BATCH = 5_000
"""Chroma refuses more than 5,461 at once."""


@dataclass(frozen=True, kw_only=True)
class StoredChunk:
    """A chunk as the store gives it back; `vector` is one row, float32."""

    document_id: str
    version: str
    chunk: Chunk
    vector: NDArray[np.float32]


class ChunkStore:
    """A workspace's chunks, as one embedding made them, in one collection.

    Ids are `{document_id}:{version}:{ordinal}`, so writing a chunk again changes nothing, and a new
    version of a document stands beside the old one until `drop` takes that away.
    """

    def __init__(self, collection: Collection, *, batch: int = BATCH) -> None:
        self._collection = collection
        self._batch = batch

    def put(self, embedded: Sequence[EmbeddedDocument]) -> None:
        """Writes the documents' chunks; writing them again changes nothing."""
        rows = [
            (document, chunk, vector)
            for document in embedded
            for chunk, vector in zip(document.chunks, document.vectors, strict=True)
        ]
        for batch in _batches(rows, self._batch):
            self._collection.upsert(
                ids=[_chunk_id(document, chunk) for document, chunk, _ in batch],
                embeddings=np.stack([vector for *_, vector in batch]),
                documents=[chunk.text for _, chunk, _ in batch],
                metadatas=[_chunk_metadata(document, chunk) for document, chunk, _ in batch],
            )

    def drop(self, keep: Mapping[str, str]) -> int:
        """Deletes every chunk but those of `keep` (document id -> version); returns how many went."""
        gone = []
        for page in self._pages([]):
            for chunk_id in page["ids"]:
                document_id, version, _ = chunk_id.rsplit(":", 2)
                if keep.get(document_id) != version:
                    gone.append(chunk_id)
        for batch in _batches(gone, self._batch):
            self._collection.delete(ids=batch)
        return len(gone)

    def read(self) -> Iterator[StoredChunk]:
        """Yields every chunk, of every version, in no promised order, a page in memory at a time."""
        for page in self._pages(["documents", "embeddings", "metadatas"]):
            columns = (page["documents"], page["embeddings"], page["metadatas"])
            for text, vector, facts in zip(*columns, strict=True):
                yield _stored_chunk(text, vector, facts)

    def count(self) -> int:
        """Returns how many chunks there are, of every version."""
        return self._collection.count()

    def _pages(self, include: list[Any]) -> Iterator[Mapping[str, Any]]:
        offset = 0
        while True:
            page: Any = self._collection.get(limit=self._batch, offset=offset, include=include)
            if not page["ids"]:
                return
            yield page
            offset += len(page["ids"])


@contextmanager
def open_chunk_store(
    settings: Settings, *, workspace_id: str, installation: str, embedding: str
) -> Iterator[ChunkStore]:
    """Opens the collection of a workspace and an embedding, and makes it where there is none.

    It lies in MUSTER_HOME, or on the server of `CHROMA_URL`, where those of other installations may
    lie beside it. Whoever opens it holds the writer's lock: two processes in one folder break it
    silently. Raises `UnavailableError` where the server does not answer.
    """
    client = _open_client(settings)
    try:
        yield ChunkStore(
            _collection(client, collection_name(workspace_id, installation, embedding), embedding)
        )
    finally:
        _close(client)


def drop_other_collections(
    settings: Settings, *, workspace_id: str, installation: str, embedding: str
) -> int:
    """Deletes the workspace's collections that another embedding made; returns how many went."""
    client = _open_client(settings)
    kept, prefix = collection_name(workspace_id, installation, embedding), _prefix(workspace_id, installation)
    try:
        names = [collection.name for collection in client.list_collections()]
        others = [name for name in names if name.startswith(prefix) and name != kept]
        for name in others:
            client.delete_collection(name)
        return len(others)
    finally:
        _close(client)


def collection_name(workspace_id: str, installation: str, embedding: str) -> str:
    """Returns the collection's name.

    An embedding's vectors can't stand among another's, and on a shared server two installations that
    both call their workspace `default` would take each other's chunks for remains and delete them.
    """
    return f"{_prefix(workspace_id, installation)}{_digest(embedding)}"


def _prefix(workspace_id: str, installation: str) -> str:
    plain = re.fullmatch(r"[A-Za-z0-9-]{1,64}", workspace_id)
    return f"muster_{workspace_id if plain else _digest(workspace_id)}_{installation}_"


def _digest(name: str) -> str:
    return sha256(name.encode()).hexdigest()[:12]


def _collection(client: Client, name: str, embedding: str) -> Collection:
    return client.get_or_create_collection(
        name,
        configuration={"hnsw": {"space": "cosine"}},
        metadata={"embedding": embedding},
        embedding_function=None,
    )


def _open_client(settings: Settings) -> Client:
    import chromadb  # noqa: PLC0415  # 0.8 s, and readers need it seldom
    from chromadb.config import Settings as ChromaSettings  # noqa: PLC0415

    quiet = ChromaSettings(anonymized_telemetry=False)
    if not settings.chroma_url:
        folder = settings.home / "chroma"
        folder.mkdir(parents=True, exist_ok=True)
        return cast("Client", chromadb.PersistentClient(path=folder, settings=quiet))
    host, port, secure = _server(settings.chroma_url)
    try:
        return cast("Client", chromadb.HttpClient(host=host, port=port, ssl=secure, settings=quiet))
    except ValueError as error:  # what Chroma raises where nobody listens
        raise UnavailableError(
            f"The Chroma server at {settings.chroma_url} does not answer.",
            cure="Start it (chroma run), or unset CHROMA_URL to keep the index in MUSTER_HOME.",
        ) from error


def _close(client: Client) -> None:
    """Lets go of the folder, or of the connections, which the client itself would leave open."""
    admin: Any = client._admin_client  # noqa: SLF001  # no public way
    servers = (client._server, admin._server)  # noqa: SLF001
    client.close()
    for server in servers:
        session = getattr(server, "_session", None)  # an HTTP client's; an embedded store has none
        if session is not None:
            session.close()


def _server(url: str) -> tuple[str, int, bool]:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise SettingError(
            f"CHROMA_URL is {url!r}, which is no address of a server.",
            cure="Write one like http://127.0.0.1:8000.",
        )
    secure = parts.scheme == "https"
    return parts.hostname, parts.port or (443 if secure else 8000), secure


def _chunk_id(document: EmbeddedDocument, chunk: Chunk) -> str:
    return f"{document.document_id}:{document.version}:{chunk.ordinal}"


def _chunk_metadata(document: EmbeddedDocument, chunk: Chunk) -> dict[str, str | int]:
    return {
        "document_id": document.document_id,
        "version": document.version,
        "ordinal": chunk.ordinal,
        "heading": json.dumps(chunk.heading, ensure_ascii=False),
        "sentences": json.dumps(chunk.sentences, separators=(",", ":")),
    }


def _stored_chunk(text: str, vector: NDArray[np.float32], facts: Mapping[str, Any]) -> StoredChunk:
    chunk = Chunk(
        ordinal=int(facts["ordinal"]),
        text=text,
        heading=tuple(json.loads(facts["heading"])),
        sentences=tuple((start, end) for start, end in json.loads(facts["sentences"])),
    )
    return StoredChunk(
        document_id=facts["document_id"],
        version=facts["version"],
        chunk=chunk,
        vector=np.asarray(vector, dtype=np.float32),
    )


def _batches(rows: list[T], size: int) -> Iterable[list[T]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))
