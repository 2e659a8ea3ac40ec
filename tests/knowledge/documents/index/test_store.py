"""The chunk store against a real Chroma, in a folder and behind a server."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from core.db import metadata, open_engine
from core.errors import SettingError, UnavailableError
from core.fakes import FrozenClock
from core.settings import Settings, load_settings
from knowledge.documents.document import Chunk, Document
from knowledge.documents.embeddings.fakes import HashingEmbedding
from knowledge.documents.index.embedded import EmbeddedDocument
from knowledge.documents.index.fakes import embed_document, one_chunk
from knowledge.documents.index.store import (
    ChunkStore,
    collection_name,
    drop_other_collections,
    open_chunk_store,
)
from knowledge.documents.ingest import remove
from tests.knowledge.documents.library import Library

EMBEDDING = HashingEmbedding()
PLACE = {"workspace_id": "default", "installation": "here", "embedding": "hashing"}


def made(name: str, *texts: str, version: str = "1") -> EmbeddedDocument:
    document = Document(id=name, source=f"{name}.md", root=".", version=version, title=name)
    chunks = [one_chunk(text, heading=("Who", "signs"), ordinal=at) for at, text in enumerate(texts)]
    return embed_document(document, chunks, EMBEDDING)


def settings_in(home: Path, **more: str) -> Settings:
    return load_settings(home=home, **more)


def contents(store: ChunkStore) -> dict[tuple[str, str, int], Chunk]:
    return {(found.document_id, found.version, found.chunk.ordinal): found.chunk for found in store.read()}


def test_chunks_come_back_as_they_were_put(tmp_path: Path) -> None:
    """Text, headings, sentences and vectors survive, and reopening finds them again."""
    document = made("release", "The owner signs.\nThen it ships. ✔", "Ein zweiter Teil")
    with open_chunk_store(settings_in(tmp_path), **PLACE) as store:
        store.put([document])
    with open_chunk_store(settings_in(tmp_path), **PLACE) as store:
        found = sorted(store.read(), key=lambda stored: stored.chunk.ordinal)
    assert [stored.chunk for stored in found] == list(document.chunks)
    assert found[0].vector.dtype == np.float32
    np.testing.assert_allclose([stored.vector for stored in found], document.vectors, atol=1e-6)


def test_putting_again_changes_nothing(tmp_path: Path) -> None:
    with open_chunk_store(settings_in(tmp_path), **PLACE) as store:
        store.put([made("a", "one", "two")])
        store.put([made("a", "one", "two")])
        assert store.count() == 2


def test_many_chunks_go_and_come_in_several_batches(tmp_path: Path) -> None:
    """Nothing is lost or doubled at the seams between batches, reading or deleting."""
    with open_chunk_store(settings_in(tmp_path), **PLACE) as opened:
        store = ChunkStore(opened._collection, batch=3)
        store.put([made("a", *"abcdefgh"), made("b", *"ijklm")])
        assert sorted(chunk.text for chunk in contents(store).values()) == list("abcdefghijklm")
        assert store.drop({"b": "1"}) == 8
        assert sorted(chunk.text for chunk in contents(store).values()) == list("ijklm")


def test_drop_keeps_only_the_versions_named(tmp_path: Path) -> None:
    with open_chunk_store(settings_in(tmp_path), **PLACE) as store:
        store.put([made("a", "old"), made("a", "new", version="2"), made("b", "gone", "gone too")])
        assert store.drop({"a": "2"}) == 3
        assert list(contents(store)) == [("a", "2", 0)]
        assert store.drop({"a": "2"}) == 0
        assert store.drop({}) == 1
        assert contents(store) == {}


def test_an_empty_store_reads_as_nothing(tmp_path: Path) -> None:
    with open_chunk_store(settings_in(tmp_path), **PLACE) as store:
        store.put([])
        assert list(store.read()) == []


def test_workspaces_and_embeddings_do_not_meet(tmp_path: Path) -> None:
    """Each pair has a collection of its own, and those of other embeddings can be dropped."""
    settings = settings_in(tmp_path)
    for workspace, embedding in (("default", "hashing"), ("default", "other"), ("default2", "hashing")):
        with open_chunk_store(
            settings, **PLACE | {"workspace_id": workspace, "embedding": embedding}
        ) as store:
            store.put([made(f"{workspace}-{embedding}", "text")])
    assert drop_other_collections(settings, **PLACE | {"embedding": "other"}) == 1
    for workspace, embedding, kept in (
        ("default", "hashing", 0),
        ("default", "other", 1),
        ("default2", "hashing", 1),
    ):
        with open_chunk_store(
            settings, **PLACE | {"workspace_id": workspace, "embedding": embedding}
        ) as store:
            assert store.count() == kept


@pytest.mark.parametrize("workspace", ["d", "T024BE7LD", "a b/c", "ä" * 60, "x" * 64])
def test_any_workspace_has_a_collection_name_that_chroma_takes(workspace: str, tmp_path: Path) -> None:
    assert collection_name(workspace, "here", "minilm") != collection_name(workspace, "here", "openai:other")
    with open_chunk_store(settings_in(tmp_path), **PLACE | {"workspace_id": workspace}) as store:
        assert store.count() == 0


def test_the_collection_compares_by_cosine(tmp_path: Path) -> None:
    """Others may open it with LangChain: it must rank as we mean it."""
    with open_chunk_store(settings_in(tmp_path), **PLACE) as store:
        document = made("a", "one")
        store.put([document])
        found = store._collection.query(query_embeddings=3 * document.vectors, n_results=1)
    assert found["distances"] is not None
    assert found["distances"][0][0] == pytest.approx(0, abs=1e-5)


@pytest.fixture(scope="module")
def chroma_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = "import sys; from chromadb.cli.cli import app; sys.argv[0] = 'chroma'; app()"
    folder = tmp_path_factory.mktemp("chroma")
    command = [sys.executable, "-c", program, "run", "--path", str(folder), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:  # noqa: S603
        _wait_for(port, server)
        yield f"http://127.0.0.1:{port}"
        server.terminate()


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the Chroma server did not start")


def test_a_chroma_server_keeps_the_same(chroma_url: str, tmp_path: Path) -> None:
    settings = settings_in(tmp_path, chroma_url=chroma_url)
    document = made("release", "The owner signs.", "Then it ships.")
    with open_chunk_store(settings, **PLACE) as store:
        store.put([document, made("other", "text")])
        assert store.drop({"release": "1"}) == 1
    with open_chunk_store(settings, **PLACE) as store:
        assert sorted(chunk.text for chunk in contents(store).values()) == [
            "The owner signs.",
            "Then it ships.",
        ]
    assert not (tmp_path / "chroma").exists()


def test_two_installations_share_a_server_and_keep_each_its_own(chroma_url: str, tmp_path: Path) -> None:
    """Both call their workspace `default`: what the one ingests, re-embeds or removes is not the other's."""
    ours = _installed(tmp_path / "ours", chroma_url, born=FrozenClock())
    theirs = _installed(tmp_path / "theirs", chroma_url, born=FrozenClock(datetime(2026, 11, 24, tzinfo=UTC)))
    kept = ours.contents()["chunks"]
    assert kept != theirs.contents()["chunks"]
    theirs.ingest(re_embed=True)
    theirs.ingest(re_embed=True, embedding=HashingEmbedding(name="another"))
    remove(
        [str(theirs.folder)],
        settings=theirs.settings,
        engine=theirs.engine,
        embedding=HashingEmbedding(name="another"),
        clock=theirs.clock,
    )
    assert ours.contents()["chunks"] == kept
    assert ours.ingest().unchanged == 1


def _installed(folder: Path, chroma_url: str, *, born: FrozenClock) -> Library:
    settings = settings_in(folder / "home", chroma_url=chroma_url)
    settings.home.mkdir(parents=True)
    engine = open_engine(settings.records_url)
    metadata.create_all(engine)
    library = Library(folder=folder / "handbook", settings=settings, engine=engine, clock=born)
    library.write(f"{folder.name}.md", f"# Release\n\nThe owner signs for {folder.name}.")
    library.ingest()
    return library


def test_a_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, chroma_url="http://127.0.0.1:1")
    with (
        pytest.raises(UnavailableError, match=r"http://127\.0\.0\.1:1"),
        open_chunk_store(settings, **PLACE),
    ):
        pass


def test_an_address_that_is_none_is_quoted(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, chroma_url="localhost:8000")
    with (
        pytest.raises(SettingError, match="localhost:8000"),
        open_chunk_store(settings, **PLACE),
    ):
        pass
