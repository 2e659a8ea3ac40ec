"""A document's contents as they are indexed, in the document's order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from knowledge.documents.index.snapshot import Snapshot


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A chunk as readers have it: the headings above it, and its Markdown."""

    heading: tuple[str, ...]
    text: str


def pieces_of(snapshot: Snapshot, document_id: str) -> Iterator[Piece]:
    """Yields the chunks of a document, first to last; none where the snapshot does not have it."""
    for number in range(len(snapshot.documents)):
        if snapshot.document(number).id == document_id:
            for chunk in np.flatnonzero(snapshot.chunk_document == number).tolist():
                yield Piece(heading=snapshot.heading(chunk), text=snapshot.texts[chunk])
