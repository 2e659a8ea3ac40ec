"""People: who is in the team, what they go by, when they are away and who stands in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, String, Table, Text

from core.db import metadata


@dataclass(frozen=True, kw_only=True)
class Absence:
    """Days on which a person is away, both ends included; `deputy` is a person's id, or empty."""

    start: date
    end: date
    deputy: str = ""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who can be named in a register.

    `id` never changes: a short name such as `ben-carter`; Slack's id is kept beside it, for not everybody
    is known to Slack from the start. `aliases` are nicknames and former names. `country` (`GB`, `ES`)
    decides the holidays. `left` is the last day, None for those who are there.
    """

    kind: ClassVar[str] = "person"

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    email: str = ""
    slack_user: str = ""
    time_zone: str = "UTC"
    country: str = ""
    roles: tuple[str, ...] = ()
    absences: tuple[Absence, ...] = ()
    admin: bool = False
    left: date | None = None

    @property
    def key(self) -> str:
        """Returns what the register knows the person by."""
        return self.id

    @property
    def label(self) -> str:
        """Returns what people call the person."""
        return self.name

    def has_left(self, day: date) -> bool:
        """Tells whether the person's last day lies before `day`."""
        return self.left is not None and self.left < day

    def absence_on(self, day: date) -> Absence | None:
        """Returns the absence that covers `day`; of several the one that names a deputy."""
        covering = [absence for absence in self.absences if absence.start <= day <= absence.end]
        return next((absence for absence in covering if absence.deputy), covering[0] if covering else None)


people = Table(
    "people",
    metadata,
    Column("workspace_id", String(64), ForeignKey("workspaces.id"), primary_key=True),
    Column("key", String(700), primary_key=True),
    Column("id", String(100), nullable=False),
    Column("name", Text, nullable=False),
    Column("aliases", JSON, nullable=False),
    Column("email", String(320), nullable=False),
    Column("slack_user", String(32), nullable=False),
    Column("time_zone", String(64), nullable=False),
    Column("country", String(2), nullable=False),
    Column("roles", JSON, nullable=False),
    Column("absences", JSON, nullable=False),
    Column("admin", Boolean, nullable=False),
    Column("left", Date),
    comment="The people of a team; a person who leaves keeps the row, with the last day.",
)
