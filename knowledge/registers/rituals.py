"""Rituals as the team wrote them down: name, channel, schedule, and whatever else each ritual reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from sqlalchemy import JSON, Column, ForeignKey, String, Table

from core.db import metadata


@dataclass(frozen=True, kw_only=True)
class RitualEntry:
    """A ritual's line in the team's file. `options` is not understood here: the ritual reads it."""

    kind: ClassVar[str] = "ritual"

    name: str
    channel: str = ""
    schedule: str = ""
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Returns what the register knows the ritual by."""
        return self.name

    @property
    def label(self) -> str:
        """Returns what people call the ritual."""
        return self.name


rituals = Table(
    "rituals",
    metadata,
    Column("workspace_id", String(64), ForeignKey("workspaces.id"), primary_key=True),
    Column("key", String(700), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("channel", String(100), nullable=False),
    Column("schedule", String(200), nullable=False),
    Column("options", JSON, nullable=False),
    comment="The rituals as the team wrote them down.",
)
