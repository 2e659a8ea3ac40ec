"""Headway: how far an ingest has come, in documents and in bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from knowledge.documents.report import Progress
from knowledge.documents.sources import Source

PAGE_BYTES = 20_000
"""What a web page counts for as long as nobody has fetched it."""


@dataclass(kw_only=True)
class Headway:
    """How far a run is: documents and their bytes, by what became of them."""

    sizes: Mapping[str, int] = field(default_factory=dict)
    done: int = 0
    kept: int = 0
    bytes_done: int = 0

    @classmethod
    def at_start(cls, sources: Sequence[Source]) -> Self:
        """Weighs the sources, for which nothing is read."""
        return cls(sizes={source.id: _size(source) for source in sources})

    def pass_by(self, *ids: str) -> None:
        """Counts documents as done with, in the index or not."""
        self.done += len(ids)
        self.bytes_done += sum(self.sizes[id_] for id_ in ids)

    def keep(self, *ids: str) -> None:
        """Counts documents as done, and in the index."""
        self.pass_by(*ids)
        self.kept += len(ids)

    def progress(self, source: str, ids: Sequence[str], share: float, *, holds: bool) -> Progress:
        """Returns what people hear, with a share of the documents in `ids` as good as done."""
        more = share * sum(self.sizes[id_] for id_ in ids)
        return Progress(
            done=self.done + int(share * len(ids)),
            total=len(self.sizes),
            source=source,
            kept=0 if holds else self.kept,
            share=(self.bytes_done + more) / max(sum(self.sizes.values()), 1),
        )


def _size(source: Source) -> int:
    """Returns a document's bytes, at least one; a file that can't be asked is told of when it is read."""
    try:
        return max(source.path.stat().st_size, 1) if source.path else PAGE_BYTES
    except OSError:
        return 1
