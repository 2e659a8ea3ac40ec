from __future__ import annotations

import numpy as np
import pytest
from sqlalchemy import Engine, func, select

from core.db import metadata, open_engine
from core.settings import Settings
from knowledge.documents.document import Chunk
from knowledge.documents.embeddings.fakes import HashingEmbedding
from knowledge.documents.index.embedded import EmbeddedDocument
from knowledge.documents.index.sentence_vectors import (
    compact,
    drop_sentence_vectors,
    put_sentence_vectors,
    sentence_vectors,
    sentence_vectors_of,
)


@pytest.fixture
def engine(settings: Settings) -> Engine:
    settings.home.mkdir()
    engine = open_engine(settings.records_url)
    metadata.create_all(engine)
    return engine


def made(name: str, *lines: str, version: str = "1") -> EmbeddedDocument:
    embedding = HashingEmbedding()
    text = "\n".join(lines)
    starts = [text.index(line) for line in lines]
    spans = tuple((start, start + len(line)) for start, line in zip(starts, lines, strict=True))
    return EmbeddedDocument(
        document_id=name,
        version=version,
        chunks=(Chunk(ordinal=0, text=text, sentences=spans),),
        vectors=embedding.embed([text]),
        sentence_vectors=embedding.embed(lines),
    )


def test_a_byte_a_number_keeps_the_direction() -> None:
    """Rows of 384 random numbers, far longer or shorter than unit length, keep cosine 0.999."""
    rows = np.random.default_rng(1).normal(size=(50, 384)).astype(np.float32)
    small = compact(rows * np.geomspace(1e-4, 1e4, 50, dtype=np.float32)[:, None])
    assert small.dtype == np.int8
    back = small.astype(np.float32)
    cosines = (rows * back).sum(axis=1) / np.linalg.norm(rows, axis=1) / np.linalg.norm(back, axis=1)
    assert cosines.min() > 0.999


def test_rows_come_back_in_order_and_putting_again_changes_nothing(engine: Engine) -> None:
    document = made("a", "The owner signs.", "Then it ships.", "Done.")
    with engine.begin() as connection:
        for _ in range(2):
            put_sentence_vectors(connection, workspace_id="default", embedded=[document])
        found = sentence_vectors_of(connection, workspace_id="default", document_id="a", version="1")
        count = connection.scalar(select(func.count()).select_from(sentence_vectors))
    assert found is not None
    np.testing.assert_array_equal(found, compact(document.sentence_vectors))
    assert count == 1


def test_a_document_without_sentences_has_a_row_of_none(engine: Engine) -> None:
    """So that it can be told from one whose vectors were lost."""
    with engine.begin() as connection:
        put_sentence_vectors(connection, workspace_id="default", embedded=[made("a")])
        found = sentence_vectors_of(connection, workspace_id="default", document_id="a", version="1")
        lost = sentence_vectors_of(connection, workspace_id="default", document_id="b", version="1")
    assert found is not None
    assert found.shape == (0, 64)
    assert lost is None


def test_only_the_versions_named_stay_and_other_workspaces_are_left_alone(engine: Engine) -> None:
    documents = [made("a", "old"), made("a", "new", version="2"), made("b", "gone")]
    with engine.begin() as connection:
        put_sentence_vectors(connection, workspace_id="default", embedded=documents)
        put_sentence_vectors(connection, workspace_id="other", embedded=documents)
        assert drop_sentence_vectors(connection, workspace_id="default", keep={"a": "2"}) == 2
        rows = connection.execute(select(sentence_vectors.c.workspace_id, sentence_vectors.c.version)).all()
    assert sorted(map(tuple, rows)) == [("default", "2"), ("other", "1"), ("other", "1"), ("other", "2")]


def test_vectors_that_do_not_fit_their_chunks_are_refused() -> None:
    whole = made("a", "one", "two")
    with pytest.raises(ValueError, match="1 chunks and 2 sentences, but 1 and 1 vectors"):
        EmbeddedDocument(
            document_id="a",
            version="1",
            chunks=whole.chunks,
            vectors=whole.vectors,
            sentence_vectors=whole.sentence_vectors[:1],
        )
    with pytest.raises(ValueError, match="not numbered"):
        EmbeddedDocument(
            document_id="a",
            version="1",
            chunks=(Chunk(ordinal=1, text="one"),),
            vectors=whole.vectors,
            sentence_vectors=whole.sentence_vectors[:0],
        )
