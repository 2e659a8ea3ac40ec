"""A model's text cut into sentences and items, however it arrives."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from knowledge.answering.pieces import Piece, Pieces

TEXT = """Ana signs the release [1]. It is valid for 14 days, e.g. until Friday. [2] Nobody else signs [1][3].

# A heading

The signers are:
- the domain expert [1]
- the legal reviewer, i.e. Grace Kim. [2]
1. first, v. 3.2 of the card [3]
In the end, No. 5 is tried [1]."""
PIECES = [
    Piece(text="Ana signs the release [1]."),
    Piece(text="It is valid for 14 days, e.g. until Friday. [2]"),
    Piece(text="Nobody else signs [1][3]."),
    Piece(text="The signers are:"),
    Piece(text="the domain expert [1]", item=True),
    Piece(text="the legal reviewer, i.e. Grace Kim. [2]", item=True),
    Piece(text="first, v. 3.2 of the card [3]", item=True),
    Piece(text="In the end, No. 5 is tried [1]."),
]


def pieces_of(parts: list[str]) -> list[Piece]:
    pieces = Pieces()
    found = [piece for part in parts for piece in pieces.feed(part)]
    return found + list(pieces.rest())


def test_sentences_and_items_are_told_apart() -> None:
    assert pieces_of([TEXT]) == PIECES


@given(st.lists(st.integers(0, len(TEXT)), max_size=40))
def test_it_does_not_matter_how_the_text_arrives(cuts: list[int]) -> None:
    at = sorted({0, len(TEXT), *cuts})
    parts = [TEXT[low:high] for low, high in pairwise(at)]
    assert pieces_of(parts) == PIECES


def test_a_sentence_is_given_only_when_the_next_has_begun() -> None:
    """Its citation may still be under way."""
    pieces = Pieces()
    assert list(pieces.feed("Ana signs.")) == []
    assert list(pieces.feed(" [1")) == []
    assert list(pieces.feed("] Then")) == [Piece(text="Ana signs. [1]")]
    assert list(pieces.rest()) == [Piece(text="Then")]
