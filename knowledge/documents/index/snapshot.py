"""A snapshot: everything that answering needs of one generation of the index, mapped from a folder.

It is derived from Chroma and SQL, never changed, and may be deleted at any time. Mapping it costs
milliseconds, whatever its size, and the pages that nobody asks for stay on the disk.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.documents.document import Document
from knowledge.documents.index.lexical import Postings, lexical_for
from knowledge.documents.index.text_blob import TextBlob, map_array, map_texts
from knowledge.documents.index.view import View
from knowledge.passages import Audience

VIEWS = 64
"""So many views are kept: one for each set of audiences that somebody belongs to."""
FORMAT = 1
"""Part of a folder's name: goes up whenever what stands in it changes its meaning."""


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """Chunks number 0 to n - 1, grouped by document; sentences number 0 to m - 1, by chunk.

    `vectors` (n, d) are the chunks', unit length; `sentences` (m, d) int8 the sentences', to be
    multiplied by `sentence_scale` (m) for unit length. Sentence s is `spans[s]` of its chunk's text;
    chunk c has sentences `sentence_offsets[c]` to `sentence_offsets[c + 1]`. `audiences` are the
    distinct ones there are, `chunk_audience` says which is each chunk's.
    """

    generation: int
    embedding: str
    vectors: NDArray[np.float32]
    sentences: NDArray[np.int8]
    sentence_scale: NDArray[np.float32]
    sentence_offsets: NDArray[np.int64]
    spans: NDArray[np.int32]
    texts: TextBlob
    headings: TextBlob
    documents: TextBlob
    chunk_document: NDArray[np.int32]
    chunk_audience: NDArray[np.int32]
    audiences: tuple[frozenset[str], ...]
    postings: Postings
    vocabularies: TextBlob | tuple[str, ...]
    _views: dict[tuple[int, ...], View] = field(default_factory=dict, repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.vectors)

    def view(self, audience: Audience) -> View:
        """Returns what the audience may see of it; made once for all who may read the same."""
        readable = tuple(
            number for number, allowed in enumerate(self.audiences) if audience.may_read(allowed)
        )
        view = self._views.get(readable)
        if view is None:
            if len(self._views) >= VIEWS:
                self._views.clear()
            view = self._views[readable] = self._make_view(readable)
        return view

    def document(self, number: int) -> Document:
        """Returns a document by its number, as `chunk_document` gives it."""
        return document_from_json(self.documents[number])

    def heading(self, chunk: int) -> tuple[str, ...]:
        """Returns the path of headings above a chunk, outermost first."""
        return tuple(json.loads(self.headings[chunk]))

    def _make_view(self, readable: tuple[int, ...]) -> View:
        mask = None
        if len(readable) < len(self.audiences):
            allowed = np.zeros(len(self.audiences), dtype=np.bool_)
            allowed[list(readable)] = True
            mask = allowed[self.chunk_audience]
        return View(
            visible=mask,
            lexical=lexical_for(self.postings, mask),
            vocabularies=tuple(self.vocabularies[number] for number in readable),
        )


def load_snapshot(folder: Path) -> Snapshot:
    """Maps a snapshot's folder. Raises `OSError` or `ValueError` where it is not whole."""
    header = json.loads((folder / "snapshot.json").read_text(encoding="utf-8"))
    array: dict[str, Any] = {
        name: map_array(folder, name)
        for name in (
            *("vectors", "sentences", "sentence_scale", "sentence_offsets", "spans"),
            *("chunk_document", "chunk_audience"),
        )
    }
    return Snapshot(
        generation=header["generation"],
        embedding=header["embedding"],
        audiences=tuple(frozenset(names) for names in header["audiences"]),
        texts=map_texts(folder, "texts"),
        headings=map_texts(folder, "headings"),
        documents=map_texts(folder, "documents"),
        vocabularies=map_texts(folder, "vocabularies"),
        postings=load_postings(folder),
        **array,
    )


def load_postings(folder: Path) -> Postings:
    """Maps the postings; only the terms themselves are read, into a dictionary."""
    names = (folder / "terms.txt").read_text(encoding="utf-8").splitlines()
    arrays: dict[str, Any] = {
        name: map_array(folder, f"postings_{name}") for name in ("offsets", "chunks", "counts", "lengths")
    }
    return Postings(numbers=dict(zip(names, range(len(names)), strict=True)), **arrays)


def document_to_json(document: Document) -> str:
    """Writes a document's facts as one line of JSON."""
    facts = {
        **vars(document),
        "audience": sorted(document.audience),
        "reviewed": document.reviewed.isoformat() if document.reviewed else None,
        "review_every": document.review_every.days if document.review_every else None,
    }
    return json.dumps(facts, ensure_ascii=False)


def document_from_json(line: str) -> Document:
    """Reads what `document_to_json` wrote."""
    facts = json.loads(line)
    days = facts.pop("review_every")
    reviewed = facts.pop("reviewed")
    return Document(
        audience=frozenset(facts.pop("audience")),
        reviewed=date.fromisoformat(reviewed) if reviewed else None,
        review_every=timedelta(days=days) if days else None,
        **facts,
    )
