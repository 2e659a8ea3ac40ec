"""A document and its chunks: the values that ingest makes and the index keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from core.db import UtcDateTime, metadata

KINDS = ("document", "playbook", "role", "model_card", "record")


@dataclass(frozen=True, kw_only=True)
class Document:
    """What is known of a document beside its text.

    `id` is the same for the same file or address however it is written; `source` is its path or
    address as ingested, for people. `version` is the digest of everything that its chunks are made
    of (content, chunking, title), so equal versions have equal chunks. `root` is what was given to
    ingest and brought it here. An empty `audience` means everyone.
    """

    id: str
    source: str
    root: str
    version: str
    title: str
    kind: str = "document"
    owner: str = ""
    audience: frozenset[str] = frozenset()
    reviewed: date | None = None
    review_every: timedelta | None = None
    link: str = ""

    @property
    def review_due(self) -> date | None:
        """Returns the day after which the document counts as overdue for review."""
        if self.reviewed is None or self.review_every is None:
            return None
        return self.reviewed + self.review_every


@dataclass(frozen=True, kw_only=True)
class Chunk:
    """A run of a document's text that fits the embedding's window together with its place.

    `text` is Markdown as it stands in the document; `heading` the path of headings above it,
    outermost first, without the title. `sentences` are spans of `text`, in order, each a sentence,
    a list item, a table row or a line of code; what lies between them is white space and marks.
    """

    ordinal: int
    text: str
    heading: tuple[str, ...] = ()
    sentences: tuple[tuple[int, int], ...] = ()

    def embedded_text(self, title: str) -> str:
        """Returns what is embedded: the place, then the text."""
        place = " › ".join(part for part in (title, *self.heading) if part)
        return f"{place}\n{self.text}" if place else self.text


documents = Table(
    "documents",
    metadata,
    Column("workspace_id", String(64), ForeignKey("workspaces.id"), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("source", Text, nullable=False),
    Column("root", Text, nullable=False),
    Column("version", String(64), nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("title", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("owner", Text, nullable=False),
    Column("audience", JSON, nullable=False),
    Column("reviewed", Date),
    Column("review_every_days", Integer),
    Column("link", Text, nullable=False),
    Column("chunks", Integer, nullable=False),
    Column("ingested_at", UtcDateTime, nullable=False),
    Index("ix_documents_workspace_id_root", "workspace_id", "root"),
    comment="The documents that answer. A chunk in the index counts only if its version stands here.",
)
