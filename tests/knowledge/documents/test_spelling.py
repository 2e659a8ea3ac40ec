from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.documents.document import Document
from knowledge.documents.embeddings.fakes import HashingEmbedding
from knowledge.documents.index.fakes import make_snapshot, one_chunk
from knowledge.documents.index.view import View
from knowledge.documents.spelling import correct
from knowledge.passages import EVERYONE

TEXT = (
    "monitoring releases accountable whether reviewed review carts cards model drift Maria responsibilities"
)


@pytest.fixture
def view(tmp_path: Path) -> View:
    document = Document(id="a", source="a.md", root=".", version="1", title="")
    snapshot = make_snapshot(tmp_path / "snapshot", {document: [one_chunk(TEXT)]}, HashingEmbedding())
    return snapshot.view(EVERYONE)


@pytest.mark.parametrize(
    ("asked", "understood"),
    [
        ("who is acountable?", "who is accountable?"),
        ("Moniotring of drfit", "Monitoring of drift"),
        ("responsibilites", "responsibilities"),
        ("modle cards", "model cards"),
        ("relases,  please!", "releases,  please!"),
    ],
)
def test_a_clear_mistake_is_put_right(view: View, asked: str, understood: str) -> None:
    """One mistake, two in a long word; the rest of the question stays as it is."""
    assert correct(asked, view, lambda _: False).casefold() == understood.casefold()


@pytest.mark.parametrize(
    "asked",
    [
        "reviewing",  # its stem is in the documents
        "monitor",  # the same
        "carps",  # carts or cards?
        "wether",  # a word, says the embedding
        "ask Marta",  # a name
        "RACIX",  # an abbreviation
        "modl",  # too short
        "elephants",  # nothing is near
        "p95x1 m0del",  # not words
        "",
    ],
)
def test_what_may_be_meant_is_left_alone(view: View, asked: str) -> None:
    assert correct(asked, view, {"wether"}.__contains__) == asked
