"""What an ingest did, and what it says while it goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from knowledge.documents.sources import Skipped


@dataclass(frozen=True, kw_only=True)
class Warned:
    """A document that was indexed (or was until now), and what is wrong with it all the same."""

    source: str
    warning: str


@dataclass(frozen=True, kw_only=True)
class IngestReport:
    """What an ingest did: sources by what became of them, and how much work it was.

    `chunks` is how many the index has for the documents under the given paths, `embedded` how many
    texts (chunks and sentences) had to be embedded.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    skipped: tuple[Skipped, ...] = ()
    warnings: tuple[Warned, ...] = ()
    chunks: int = 0
    embedded: int = 0
    seconds: float = 0.0

    @property
    def failed(self) -> bool:
        """Tells whether something that should have been indexed was not."""
        return any(skipped.failed for skipped in self.skipped)


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far an ingest is: `done` of `total` documents, and the source it is at.

    `kept` is how many of them are in the index by now, and stay in it if the run breaks off. `share`,
    0 to 1, is measured by their bytes: of a folder with one book and forty notes, the book takes most
    of the time.
    """

    done: int
    total: int
    source: str
    kept: int = 0
    share: float = 0.0


OnProgress = Callable[[Progress], None]
