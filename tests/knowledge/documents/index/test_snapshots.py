"""Snapshots from both stores, and the readers that follow them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert

from core.db import metadata, open_engine, workspaces
from core.errors import BusyError, NotFoundError, SettingError
from core.fakes import FrozenClock
from core.settings import Settings
from knowledge.documents.document import Document, documents
from knowledge.documents.embeddings.fakes import HashingEmbedding
from knowledge.documents.index.embedded import EmbeddedDocument
from knowledge.documents.index.fakes import embed_document, one_chunk
from knowledge.documents.index.generation import advance, index_state
from knowledge.documents.index.reader import SnapshotReader
from knowledge.documents.index.sentence_vectors import drop_sentence_vectors, put_sentence_vectors
from knowledge.documents.index.snapshots import build_snapshot
from knowledge.documents.index.store import open_chunk_store

EMBEDDING = HashingEmbedding()
NOW = FrozenClock().now()
PLACE = {"workspace_id": "default", "installation": "here", "embedding": "hashing"}


class Home:
    """A home with both stores, and the steps of an ingest."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        settings.home.mkdir(parents=True)
        self.engine: Engine = open_engine(f"sqlite:///{settings.home / 'muster.db'}")
        metadata.create_all(self.engine)
        with self.engine.begin() as connection:
            connection.execute(insert(workspaces).values(id="default", created_at=NOW))

    def keep(self, *embedded: EmbeddedDocument) -> None:
        """Puts documents into both stores, which no row refers to yet."""
        with open_chunk_store(self.settings, **PLACE) as store:
            store.put(embedded)
        with self.engine.begin() as connection:
            put_sentence_vectors(connection, workspace_id="default", embedded=embedded)

    def switch(self, *embedded: EmbeddedDocument) -> None:
        """Makes these the documents, in the next generation."""
        with self.engine.begin() as connection:
            connection.execute(documents.delete())
            for found in embedded:
                connection.execute(insert(documents).values(**row_of(found)))
            advance(connection, workspace_id="default", embedding="hashing")

    def build(self, _workspace_id: str = "default") -> Path:
        with open_chunk_store(self.settings, **PLACE) as store:
            return build_snapshot(
                self.settings.home, self.engine, store, workspace_id="default", dimensions=64
            )

    def reader(self, rebuild: Callable[[str], object] | None = None) -> SnapshotReader:
        return SnapshotReader(
            home=self.settings.home,
            engine=self.engine,
            embedding="hashing",
            rebuild=rebuild or self.build,  # type: ignore[arg-type]  # what it returns is not looked at
        )


def made(name: str, *texts: str, version: str = "1") -> EmbeddedDocument:
    document = Document(id=name, source=f"{name}.md", root=".", version=version, title=name)
    chunks = [one_chunk(text, ordinal=at) for at, text in enumerate(texts)]
    return embed_document(document, chunks, EMBEDDING)


def row_of(found: EmbeddedDocument) -> dict[str, object]:
    return {
        "workspace_id": "default",
        "id": found.document_id,
        "source": f"{found.document_id}.md",
        "root": "/handbook",
        "version": found.version,
        "content_hash": "",
        "title": found.document_id,
        "kind": "document",
        "owner": "",
        "audience": [],
        "link": "",
        "chunks": len(found.chunks),
        "ingested_at": NOW,
    }


@pytest.fixture
def home(settings: Settings) -> Home:
    return Home(settings)


def texts_of(reader: SnapshotReader) -> list[str]:
    snapshot = reader("default")
    assert snapshot is not None
    return [snapshot.texts[number] for number in range(len(snapshot))]


def busy(_workspace_id: str) -> None:
    raise BusyError("The documents are being ingested.")


def never(workspace_id: str) -> None:
    pytest.fail(f"the snapshot of {workspace_id!r} was built again")


def test_nothing_ingested_is_no_snapshot(home: Home) -> None:
    assert home.reader(never)("default") is None
    assert home.reader(never)("another workspace") is None


def test_a_reader_maps_what_ingest_built(home: Home) -> None:
    first, second = made("a", "one", "two"), made("b", "three")
    home.keep(first, second)
    home.switch(first, second)
    home.build()
    assert texts_of(home.reader(never)) == ["one", "two", "three"]


def test_only_versions_that_rows_name_count(home: Home) -> None:
    """Chunks of an ingest that was killed before its switch, and of old versions, are not seen."""
    old, new, orphan = made("a", "old"), made("a", "new", version="2"), made("b", "orphan")
    home.keep(old, new, orphan)
    home.switch(new)
    assert texts_of(home.reader()) == ["new"]


def test_the_order_in_which_chunks_came_changes_no_byte(home: Home, tmp_path: Path) -> None:
    """An interrupted ingest that goes on later ends in the same snapshot as an undisturbed one."""
    parts = [made("a", "one", "two"), made("b", "three\nand four"), made("c", "five")]
    other = Home(home.settings.model_copy(update={"home": tmp_path / "other"}))
    home.keep(*parts)
    other.keep(parts[2])
    other.keep(made("a", "before", version="0"), parts[1])
    other.keep(parts[0], parts[1])
    folders = []
    for each in (home, other):
        each.switch(*parts)
        folders.append(each.build())
    names = sorted(path.name for path in folders[0].iterdir())
    assert names == sorted(path.name for path in folders[1].iterdir())
    for name in names:
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes(), name


def test_a_missing_snapshot_is_built_by_the_first_who_asks(home: Home) -> None:
    home.keep(document := made("a", "one"))
    home.switch(document)
    assert texts_of(home.reader()) == ["one"]
    assert texts_of(home.reader(never)) == ["one"]


@pytest.mark.parametrize("name", ["snapshot.json", "vectors.npy", "texts.txt", "postings_chunks.npy"])
def test_a_damaged_snapshot_is_built_again(home: Home, name: str) -> None:
    home.keep(document := made("a", "one"))
    home.switch(document)
    damaged = home.build() / name
    damaged.write_bytes(damaged.read_bytes()[:-1])
    assert texts_of(home.reader()) == ["one"]


def test_a_reader_takes_the_next_generation_as_soon_as_it_is_there(home: Home) -> None:
    reader = home.reader()
    home.keep(document := made("a", "one"))
    home.switch(document)
    assert texts_of(reader) == ["one"]
    home.keep(changed := made("a", "other", version="2"))
    assert texts_of(reader) == ["one"]
    home.switch(changed)
    assert texts_of(reader) == ["other"]


def test_while_an_ingest_is_under_way_readers_go_on_with_what_they_have(home: Home) -> None:
    """Also a process that starts just then: it finds the older snapshot on the disk."""
    home.keep(document := made("a", "one"))
    home.switch(document)
    home.build()
    reader = home.reader(busy)
    assert texts_of(reader) == ["one"]
    home.keep(changed := made("a", "other", version="2"))
    home.switch(changed)
    assert texts_of(reader) == ["one"]
    assert texts_of(home.reader(busy)) == ["one"]
    home.build()
    assert texts_of(reader) == ["other"]


def test_with_nothing_to_go_on_with_the_reader_says_that_it_is_being_made(home: Home) -> None:
    home.keep(document := made("a", "one"))
    home.switch(document)
    with pytest.raises(BusyError, match="ingested for the first time"):
        home.reader(busy)("default")


def test_older_snapshots_go(home: Home) -> None:
    """The one before the newest stays: somebody may be opening it. Remains of killed builds go."""
    home.keep(document := made("a", "one"))
    for _ in range(4):
        home.switch(document)
        folder = home.build()
        (folder.parent / ".building-killed").mkdir(exist_ok=True)
    home.switch(document)
    kept = sorted(path.name.partition("-")[0] for path in home.build().parent.iterdir())
    assert kept == ["4", "5"]


def test_another_database_never_takes_the_snapshot_for_its_own(home: Home) -> None:
    """The folder may outlive the database: a generation of the same number is not the same index."""
    home.keep(document := made("a", "one"))
    home.switch(document)
    home.build()
    with home.engine.begin() as connection:
        later = FrozenClock().now().replace(year=2027)
        connection.execute(workspaces.update().values(created_at=later))
    home.keep(changed := made("a", "other", version="2"))
    home.switch(changed)
    with home.engine.begin() as connection:
        connection.execute(workspaces.update().values(generation=1))
    assert texts_of(home.reader()) == ["other"]


def test_another_embedding_is_refused_with_the_cure(home: Home) -> None:
    home.keep(document := made("a", "one"))
    home.switch(document)
    reader = SnapshotReader(home=home.settings.home, engine=home.engine, embedding="other", rebuild=never)
    with pytest.raises(SettingError, match="made by the embedding 'hashing'") as caught:
        reader("default")
    assert "muster ingest --re-embed" in caught.value.cure


def test_chunks_that_the_store_lost_are_named(home: Home) -> None:
    home.keep(made("a", "one"))
    home.switch(made("a", "one", "two"))
    with pytest.raises(NotFoundError, match=r"lost 1 of its 2 chunks: a\.md") as caught:
        home.build()
    assert caught.value.cure == "Make them again: muster ingest --re-embed /handbook"
    assert list((home.settings.home / "index" / "default").iterdir()) == []


def test_sentence_vectors_that_are_lost_are_named(home: Home) -> None:
    home.keep(document := made("a", "one"))
    with home.engine.begin() as connection:
        assert drop_sentence_vectors(connection, workspace_id="default", keep={}) == 1
    home.switch(document)
    with pytest.raises(NotFoundError, match=r"lost the vectors of its sentences: a\.md"):
        home.build()


def test_many_threads_ask_while_generations_pass(home: Home) -> None:
    """Each sees a whole generation, old or new, never an error, and nobody builds twice."""
    versions = [made("a", *[f"text {number}"] * 3, version=str(number)) for number in range(4)]
    home.keep(*versions)
    home.switch(versions[0])
    building = threading.Lock()

    def build_alone(workspace_id: str) -> None:
        assert building.acquire(blocking=False), "two threads build at once"
        home.build(workspace_id)
        building.release()

    reader = home.reader(build_alone)
    done = threading.Event()

    def ask() -> set[tuple[str, ...]]:
        seen = set()
        while not done.is_set():
            seen.add(tuple(texts_of(reader)))
        return seen

    with ThreadPoolExecutor(4) as threads:
        asking = [threads.submit(ask) for _ in range(4)]
        for version in versions[1:]:
            home.switch(version)
            texts_of(reader)
        done.set()
        seen = set().union(*(future.result() for future in asking))
    assert seen <= {(f"text {number}",) * 3 for number in range(4)}
    assert texts_of(reader) == ["text 3"] * 3


def test_a_workspace_emptied_of_documents_is_an_empty_snapshot(home: Home) -> None:
    home.keep(document := made("a", "one"))
    home.switch(document)
    home.switch()
    assert texts_of(home.reader()) == []


def test_the_state_tells_generation_and_embedding(home: Home) -> None:
    before = index_state(home.engine, workspace_id="default")
    home.switch()
    after = index_state(home.engine, workspace_id="default")
    assert before is not None
    assert after is not None
    assert (before.generation, before.embedding) == (0, "")
    assert (after.generation, after.embedding) == (1, "hashing")
