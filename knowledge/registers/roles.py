"""Roles: the names under which people can stand in the register of responsibilities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import JSON, Column, ForeignKey, String, Table, Text

from core.db import metadata


@dataclass(frozen=True, kw_only=True)
class Role:
    """A role as its description names it; `document` is where that description stands, or empty."""

    kind: ClassVar[str] = "role"

    name: str
    aliases: tuple[str, ...] = ()
    document: str = ""

    @property
    def key(self) -> str:
        """Returns what the register knows the role by."""
        return self.name

    @property
    def label(self) -> str:
        """Returns what people call the role."""
        return self.name


roles = Table(
    "roles",
    metadata,
    Column("workspace_id", String(64), ForeignKey("workspaces.id"), primary_key=True),
    Column("key", String(700), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("aliases", JSON, nullable=False),
    Column("document", Text, nullable=False),
    comment="The roles that people may hold; one that nobody holds may still stand in a row.",
)
