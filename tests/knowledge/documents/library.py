"""A library: a folder of documents, the stores of one home, and ingest between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

from core.db import metadata, open_engine
from core.fakes import FrozenClock
from core.settings import Settings, load_settings
from knowledge.documents.catalogue import Catalogue, Listed
from knowledge.documents.embeddings.embedding import Embedding
from knowledge.documents.embeddings.fakes import HashingEmbedding
from knowledge.documents.index.generation import installation_of
from knowledge.documents.index.sentence_vectors import sentence_vectors
from knowledge.documents.index.store import open_chunk_store
from knowledge.documents.ingest import ingest, remove
from knowledge.documents.report import IngestReport


@dataclass
class Library:
    """Documents in `folder`, and what ingest makes of them."""

    folder: Path
    settings: Settings
    engine: Engine
    embedding: Any = field(default_factory=HashingEmbedding)
    clock: FrozenClock = field(default_factory=FrozenClock)

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def ingest(self, *paths: Path | str, **options: Any) -> IngestReport:
        given = [str(path) for path in paths] or [str(self.folder)]
        options = {"embedding": self.embedding, **options}
        return ingest(given, settings=self.settings, engine=self.engine, clock=self.clock, **options)

    def remove(self, *names: str) -> tuple[str, ...]:
        options = {"engine": self.engine, "embedding": self.embedding, "clock": self.clock}
        return remove(names, settings=self.settings, **options)

    def rows(self) -> dict[str, Listed]:
        """The catalogue's rows, by the path below the folder."""
        listed = Catalogue(self.engine, workspace_id="default").documents_for(None)
        return {Path(one.document.source).name: one for one in listed}

    def contents(self, embedding: Embedding | None = None) -> dict[str, Any]:
        """All that both stores and the newest snapshot hold, to be compared with another's."""
        name = (embedding or self.embedding).name
        return index_contents(self.settings, self.engine, name)


def index_contents(settings: Settings, engine: Engine, embedding: str) -> dict[str, Any]:
    listed = Catalogue(engine, workspace_id="default").documents_for(None)
    with engine.connect() as connection:
        sentences = connection.execute(select(sentence_vectors).order_by("document_id", "version")).all()
    installation = installation_of(engine, "default")
    with open_chunk_store(
        settings, workspace_id="default", installation=installation, embedding=embedding
    ) as store:
        chunks = {(one.document_id, one.version, one.chunk.ordinal): one for one in store.read()}
    newest = max(
        (settings.home / "index" / "default").iterdir(), key=lambda folder: int(folder.name.split("-")[0])
    )
    return {
        "rows": [(one.document, one.content_hash, one.chunks) for one in listed],
        "sentences": [tuple(row) for row in sentences],
        "chunks": {key: (one.chunk, one.vector.tobytes()) for key, one in sorted(chunks.items())},
        "snapshot": {
            file.name: file.read_bytes() for file in sorted(newest.iterdir()) if file.name != "snapshot.json"
        },
    }


def fresh_contents(folder: Path, home: Path, **options: Any) -> dict[str, Any]:
    """Returns what an undisturbed ingest of the folder into a new home gives."""
    settings = load_settings(home=home)
    settings.home.mkdir()
    engine = open_engine(settings.records_url)
    metadata.create_all(engine)
    library = Library(folder=folder, settings=settings, engine=engine)
    library.ingest(**options)
    contents = library.contents()
    engine.dispose()
    return contents
