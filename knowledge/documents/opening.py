"""Opens the documents for those who ask: the embedding, the snapshots, and how to make one again."""

from __future__ import annotations

from sqlalchemy import Engine

from core.errors import BusyError
from core.settings import Settings
from knowledge.documents.embeddings import Embedding
from knowledge.documents.index.generation import installation_of
from knowledge.documents.index.reader import SnapshotReader
from knowledge.documents.index.snapshots import build_snapshot
from knowledge.documents.index.store import open_chunk_store
from knowledge.documents.lock import is_being_written, writing
from knowledge.documents.retrieval import Documents


def open_documents(settings: Settings, engine: Engine, embedding: Embedding) -> Documents:
    """Returns the documents of all workspaces; nothing is read before the first question."""

    def rebuild(workspace_id: str) -> None:
        if is_being_written(settings.home):
            raise BusyError("The documents are being ingested.", cure="Ask again when that is done.")
        with (
            writing(settings.home, engine),
            open_chunk_store(
                settings,
                workspace_id=workspace_id,
                installation=installation_of(engine, workspace_id),
                embedding=embedding.name,
            ) as store,
        ):
            build_snapshot(
                settings.home, engine, store, workspace_id=workspace_id, dimensions=embedding.dimensions
            )

    reader = SnapshotReader(home=settings.home, engine=engine, embedding=embedding.name, rebuild=rebuild)
    return Documents(snapshot_of=reader, embedding=embedding)
