"""Responsibilities: for a subject and an activity, who is R, A, C and I, and who confirmed it when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, String, Table

from core.db import metadata

SubjectKind = Literal["initiative", "model", "dataset", "team"]
SUBJECT_KINDS: tuple[SubjectKind, ...] = ("initiative", "model", "dataset", "team")
Letter = Literal["R", "A", "C", "I"]


@dataclass(frozen=True, kw_only=True, order=True)
class Subject:
    """What a row is about. Written `churn`, `model fraud`, `dataset billing_events` or `team`."""

    kind: SubjectKind
    name: str = ""

    @classmethod
    def read(cls, text: str) -> Subject:
        """Reads the written form; a lone name is an initiative's. The reverse of `str`."""
        text = " ".join(text.split())
        if text == "team":
            return TEAM
        first, _, rest = text.partition(" ")
        for kind in ("initiative", "model", "dataset"):
            if first == kind and rest:
                return cls(kind=kind, name=rest)
        return cls(kind="initiative", name=text)

    def __str__(self) -> str:
        if self.kind == "team":
            return "team"
        bare = self.kind == "initiative" and self.name.split(" ")[0] not in SUBJECT_KINDS
        return self.name if bare else f"{self.kind} {self.name}"

    @property
    def label(self) -> str:
        """Returns it as a sentence names it: `churn`, `the model fraud`, `the whole team`."""
        if self.kind == "team":
            return "the whole team"
        return self.name if self.kind == "initiative" else f"the {self.kind} {self.name}"

    @property
    def within(self) -> str:
        """Returns it as the end of a sentence: `on churn`, `for the whole team`."""
        return f"for {self.label}" if self.kind == "team" else f"on {self.label}"


TEAM = Subject(kind="team")


@dataclass(frozen=True, kw_only=True, order=True)
class Holder:
    """Who stands in a row: a person by id, or a role by name."""

    kind: Literal["person", "role"]
    name: str


@dataclass(frozen=True, kw_only=True)
class Responsibility:
    """A row of the register. `accountable` holds exactly one in a row that keeps the rules.

    `activity` begins with a verb: "approve release", "own data quality". `confirmed_by` is a person's id.
    """

    kind: ClassVar[str] = "responsibility"

    subject_kind: SubjectKind
    subject: str
    activity: str
    accountable: tuple[Holder, ...] = ()
    responsible: tuple[Holder, ...] = ()
    consulted: tuple[Holder, ...] = ()
    informed: tuple[Holder, ...] = ()
    confirmed_by: str = ""
    confirmed_on: date | None = None

    @property
    def about(self) -> Subject:
        """Returns the subject as a value."""
        return Subject(kind=self.subject_kind, name=self.subject)

    @property
    def key(self) -> str:
        """Returns what the register knows the row by: `churn / approve release`."""
        return row_key(self.about, self.activity)

    @property
    def label(self) -> str:
        """Returns what people call the row."""
        return self.key

    def holders(self) -> Iterator[tuple[Letter, Holder]]:
        """Yields everybody in the row with the letter, A first, then R, C and I."""
        columns: tuple[tuple[Letter, tuple[Holder, ...]], ...] = (
            ("A", self.accountable),
            ("R", self.responsible),
            ("C", self.consulted),
            ("I", self.informed),
        )
        for letter, named in columns:
            for holder in named:
                yield letter, holder


def row_key(subject: Subject, activity: str) -> str:
    """Returns the key of the row of a subject and an activity."""
    return f"{subject} / {activity}"


responsibilities = Table(
    "responsibilities",
    metadata,
    Column("workspace_id", String(64), ForeignKey("workspaces.id"), primary_key=True),
    Column("key", String(700), primary_key=True),
    Column("subject_kind", String(20), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("activity", String(300), nullable=False),
    Column("accountable", JSON, nullable=False),
    Column("responsible", JSON, nullable=False),
    Column("consulted", JSON, nullable=False),
    Column("informed", JSON, nullable=False),
    Column("confirmed_by", String(100), nullable=False),
    Column("confirmed_on", Date),
    Index("ix_responsibilities_workspace_id_subject", "workspace_id", "subject_kind", "subject"),
    comment="RACI: a row is a subject and an activity; holders are people or roles.",
)
