"""Writes a snapshot's folder from documents, chunks and sentence vectors."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import NotFoundError
from knowledge.documents.document import Document
from knowledge.documents.index.lexical import build_postings
from knowledge.documents.index.snapshot import FORMAT, document_to_json
from knowledge.documents.index.store import StoredChunk
from knowledge.documents.index.text_blob import write_texts
from knowledge.documents.index.words import is_term, stems, words

PLACE_WEIGHT = 2.0
"""A word of the title or a heading counts as much as so many in the text."""


@dataclass(frozen=True, kw_only=True)
class SnapshotParts:
    """What a snapshot is made of.

    `counts` says how many chunks each document has. `chunks` may hold those of other versions too,
    in any order. `sentence_vectors` gives a document's rows, int8, over all its chunks in order.
    """

    generation: int
    embedding: str
    dimensions: int
    documents: Sequence[Document]
    counts: Sequence[int]
    chunks: Iterable[StoredChunk]
    sentence_vectors: Callable[[Document], NDArray[np.int8]]


def write_snapshot(folder: Path, parts: SnapshotParts) -> None:
    """Fills an empty folder. The same parts give the same bytes, whatever the chunks' order.

    Raises `NotFoundError` where chunks or vectors of a document are missing in the stores.
    """
    shelf = _Shelf.fill(folder, parts)
    write_texts(folder, "texts", shelf.texts)
    write_texts(folder, "headings", shelf.headings)
    write_texts(folder, "documents", map(document_to_json, parts.documents))
    _write_spans(folder, shelf)
    _write_sentences(folder, parts, shelf)
    audiences = sorted({document.audience for document in parts.documents}, key=sorted)
    group = [audiences.index(document.audience) for document in parts.documents]
    chunk_document = np.repeat(np.arange(len(parts.documents), dtype=np.int32), parts.counts)
    chunk_audience = np.array(group, dtype=np.int32)[chunk_document]
    _save(folder, "chunk_document", chunk_document)
    _save(folder, "chunk_audience", chunk_audience)
    titles = [parts.documents[number].title for number in chunk_document.tolist()]
    _write_words(folder, shelf, titles, groups=chunk_audience.tolist(), audiences=len(audiences))
    header = {
        "format": FORMAT,
        "generation": parts.generation,
        "embedding": parts.embedding,
        "audiences": [sorted(audience) for audience in audiences],
    }
    (folder / "snapshot.json").write_text(json.dumps(header), encoding="utf-8")


@dataclass(kw_only=True)
class _Shelf:
    """The chunks at their places: by document, then by ordinal."""

    texts: list[str]
    headings: list[str]
    spans: list[NDArray[np.int32]]
    starts: list[int] = field(default_factory=list)

    @classmethod
    def fill(cls, folder: Path, parts: SnapshotParts) -> _Shelf:
        starts = _running_total(parts.counts).tolist()
        total = starts[-1]
        shelf = cls(texts=[""] * total, headings=[""] * total, spans=[_NO_SPANS] * total, starts=starts)
        vectors = _create(folder, "vectors", (total, parts.dimensions), np.float32)
        filled = np.zeros(total, dtype=np.bool_)
        for at, stored in _placed(parts, starts):
            vectors[at] = stored.vector
            shelf.put(at, stored)
            filled[at] = True
        shelf.check(parts, filled)
        return shelf

    def put(self, at: int, stored: StoredChunk) -> None:
        self.texts[at] = stored.chunk.text
        self.headings[at] = json.dumps(stored.chunk.heading, ensure_ascii=False)
        self.spans[at] = np.array(stored.chunk.sentences, dtype=np.int32).reshape(-1, 2)

    def check(self, parts: SnapshotParts, filled: NDArray[np.bool_]) -> None:
        for document, start, end in zip(parts.documents, self.starts, self.starts[1:], strict=False):
            missing = end - start - int(filled[start:end].sum())
            if missing:
                raise _lost(document, f"{missing} of its {end - start} chunks")

    def sentences_of(self, document: int) -> int:
        start, end = self.starts[document], self.starts[document + 1]
        return sum(len(spans) for spans in self.spans[start:end])


_NO_SPANS = np.empty((0, 2), dtype=np.int32)


def _placed(parts: SnapshotParts, starts: list[int]) -> Iterator[tuple[int, StoredChunk]]:
    """Yields the chunks that count, with their places."""
    start = {
        (document.id, document.version): (first, count)
        for document, first, count in zip(parts.documents, starts, parts.counts, strict=False)
    }
    for stored in parts.chunks:
        first, count = start.get((stored.document_id, stored.version), (0, 0))
        if stored.chunk.ordinal < count:
            yield first + stored.chunk.ordinal, stored


def _write_spans(folder: Path, shelf: _Shelf) -> None:
    sizes = [len(spans) for spans in shelf.spans]
    _save(folder, "sentence_offsets", _running_total(sizes))
    _save(folder, "spans", np.concatenate([_NO_SPANS, *shelf.spans]))


def _write_sentences(folder: Path, parts: SnapshotParts, shelf: _Shelf) -> None:
    total = sum(len(spans) for spans in shelf.spans)
    rows = _create(folder, "sentences", (total, parts.dimensions), np.int8)
    at = 0
    for number, document in enumerate(parts.documents):
        found = parts.sentence_vectors(document)
        if len(found) != shelf.sentences_of(number):
            raise _lost(document, "the vectors of its sentences")
        rows[at : at + len(found)] = found
        at += len(found)
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows, dtype=np.float32))
    _save(folder, "sentence_scale", (1 / np.maximum(lengths, 1)).astype(np.float32))


def _write_words(
    folder: Path, shelf: _Shelf, titles: list[str], *, groups: list[int], audiences: int
) -> None:
    counter = _WordCounter()
    vocabularies: list[set[str]] = [set() for _ in range(audiences)]
    weights = []
    for text, heading, title, group in zip(shelf.texts, shelf.headings, titles, groups, strict=True):
        place = " ".join((title, *json.loads(heading)))
        weights.append(counter.weigh(text, place, vocabularies[group]))
    postings = build_postings(weights)
    for name in ("offsets", "chunks", "counts", "lengths"):
        _save(folder, f"postings_{name}", getattr(postings, name))
    (folder / "terms.txt").write_text("\n".join(postings.numbers), encoding="utf-8")
    write_texts(folder, "vocabularies", (" ".join(sorted(found)) for found in vocabularies))


class _WordCounter:
    """Counts terms; each distinct word is stemmed once."""

    def __init__(self) -> None:
        self._stems: dict[str, str] = {}

    def weigh(self, text: str, place: str, vocabulary: set[str]) -> dict[str, float]:
        """Returns the terms' weights, and adds the words to the vocabulary."""
        weights: Counter[str] = Counter()
        for part, weight in ((text, 1.0), (place, PLACE_WEIGHT)):
            found = [word for word in words(part) if is_term(word)]
            vocabulary.update(found)
            for word in found:
                weights[self._stem(word)] += weight  # type: ignore[assignment]  # weights, not counts
        return dict(weights)

    def _stem(self, word: str) -> str:
        stem = self._stems.get(word)
        if stem is None:
            stem = self._stems[word] = stems([word])[0]
        return stem


def _running_total(sizes: Sequence[int]) -> NDArray[np.int64]:
    total = np.zeros(len(sizes) + 1, dtype=np.int64)
    np.cumsum(sizes, out=total[1:])
    return total


def _lost(document: Document, what: str) -> NotFoundError:
    return NotFoundError(
        f"The index has lost {what}: {document.source}.",
        cure=f"Make them again: muster ingest --re-embed {document.root}",
    )


def _create(folder: Path, name: str, shape: tuple[int, int], kind: Any) -> NDArray[Any]:
    if not shape[0]:  # nothing can't be mapped
        empty: NDArray[Any] = np.empty(shape, dtype=kind)
        _save(folder, name, empty)
        return empty
    return np.lib.format.open_memmap(folder / f"{name}.npy", mode="w+", dtype=kind, shape=shape)


def _save(folder: Path, name: str, values: NDArray[Any]) -> None:
    np.save(folder / f"{name}.npy", values)
