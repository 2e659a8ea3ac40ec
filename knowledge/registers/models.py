"""Models: what runs in production, which version, since when, and who owns it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sqlalchemy import JSON, Column, ForeignKey, String, Table, Text

from core.db import metadata
from knowledge.registers.initiatives import Stage


@dataclass(frozen=True, kw_only=True)
class InProduction:
    """A version that went to production on a day."""

    version: str
    since: date


@dataclass(frozen=True, kw_only=True)
class ModelChange:
    """One line of a model's changelog; `by` is a person's id or any name."""

    version: str
    on: date
    change: str
    by: str = ""
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Model:
    """A model with its versions in production, newest first, and its changelog, newest first.

    `owner` is a person's id, empty where nobody owns it. `card` is the source of its model card.
    """

    kind: ClassVar[str] = "model"

    name: str
    initiative: str = ""
    aliases: tuple[str, ...] = ()
    production: tuple[InProduction, ...] = ()
    stage: Stage = "plan"
    card: str = ""
    owner: str = ""
    datasets: tuple[str, ...] = ()
    changelog: tuple[ModelChange, ...] = ()

    @property
    def key(self) -> str:
        """Returns what the register knows the model by."""
        return self.name

    @property
    def label(self) -> str:
        """Returns what people call the model."""
        return self.name

    @property
    def current(self) -> InProduction | None:
        """Returns the version that came to production last, None where there never was one."""
        return max(self.production, key=lambda one: one.since, default=None)


models = Table(
    "models",
    metadata,
    Column("workspace_id", String(64), ForeignKey("workspaces.id"), primary_key=True),
    Column("key", String(700), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("initiative", String(200), nullable=False),
    Column("aliases", JSON, nullable=False),
    Column("production", JSON, nullable=False),
    Column("stage", String(20), nullable=False),
    Column("card", Text, nullable=False),
    Column("owner", String(100), nullable=False),
    Column("datasets", JSON, nullable=False),
    Column("changelog", JSON, nullable=False),
    comment="The models of a team; versions and changelog as lists, newest first.",
)
