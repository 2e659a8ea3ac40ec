"""Decisions: what was decided, by whom, when, why, and what else there was to choose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sqlalchemy import JSON, Column, Date, ForeignKey, String, Table, Text

from core.db import metadata


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A decision; `what` reads as a sentence, `decided_by` are ids of people, `initiative` may be empty."""

    kind: ClassVar[str] = "decision"

    id: str
    what: str
    on: date
    decided_by: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    why: str = ""
    initiative: str = ""

    @property
    def key(self) -> str:
        """Returns what the register knows the decision by."""
        return self.id

    @property
    def label(self) -> str:
        """Returns what people call the decision."""
        return self.what


decisions = Table(
    "decisions",
    metadata,
    Column("workspace_id", String(64), ForeignKey("workspaces.id"), primary_key=True),
    Column("key", String(700), primary_key=True),
    Column("id", String(200), nullable=False),
    Column("what", Text, nullable=False),
    Column("on", Date, nullable=False),
    Column("decided_by", JSON, nullable=False),
    Column("options", JSON, nullable=False),
    Column("why", Text, nullable=False),
    Column("initiative", String(200), nullable=False),
    comment="The decision log.",
)
