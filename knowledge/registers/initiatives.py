"""Initiatives: one objective, one KPI, one sponsor, and what is planned, risked and needed for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal

from sqlalchemy import JSON, Column, ForeignKey, String, Table, Text

from core.db import metadata

Direction = Literal["up", "down"]
Structure = Literal["flat", "functional", "matrix"]
SourcingKind = Literal["in-house", "offshore partner", "hybrid"]
Stage = Literal["plan", "build", "validate", "deploy", "measure"]
Health = Literal["not started", "on track", "at risk", "off track", "paused", "complete"]


@dataclass(frozen=True, kw_only=True)
class Kpi:
    """The one number that an initiative is judged by; `direction` is where better lies."""

    name: str
    unit: str = ""
    direction: Direction = "up"
    baseline: float | None = None
    target: float | None = None
    target_date: date | None = None


@dataclass(frozen=True, kw_only=True)
class BenefitsMap:
    """The chain that is believed to lead from what goes in to what the business gets."""

    inputs: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Acceptance:
    """What a release must reach: at least one model metric and one business metric; guardrails must hold."""

    model: tuple[str, ...] = ()
    business: tuple[str, ...] = ()
    guardrails: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sourcing:
    """Who builds it; with a partner, `overlap` are the hours in which both work (`09:00-12:00 London`)."""

    kind: SourcingKind = "in-house"
    partner: str = ""
    overlap: str = ""


@dataclass(frozen=True, kw_only=True)
class Risk:
    """Something that may go wrong, and the person (by id) who watches it."""

    what: str
    owner: str = ""


@dataclass(frozen=True, kw_only=True)
class Initiative:
    """A piece of work with one business objective, one KPI and a sponsor.

    `sponsor` and `lead` are ids of people. `depends_on` names initiatives of the register, `needs` what
    lies outside it. `datasets` are names from the catalogue. `channel` is where to ask (`#churn`).
    """

    kind: ClassVar[str] = "initiative"

    name: str
    aliases: tuple[str, ...] = ()
    objective: str = ""
    kpi: Kpi | None = None
    benefits: BenefitsMap = field(default_factory=BenefitsMap)
    acceptance: Acceptance = field(default_factory=Acceptance)
    sponsor: str = ""
    lead: str = ""
    structure: Structure | None = None
    sourcing: Sourcing | None = None
    stage: Stage = "plan"
    health: Health = "not started"
    health_reason: str = ""
    risks: tuple[Risk, ...] = ()
    depends_on: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    channel: str = ""

    @property
    def key(self) -> str:
        """Returns what the register knows the initiative by."""
        return self.name

    @property
    def label(self) -> str:
        """Returns what people call the initiative."""
        return self.name

    @property
    def incomplete(self) -> tuple[str, ...]:
        """Returns what it lacks to count as an initiative, in words; empty for a whole one."""
        return tuple(_lacking(self))


def _lacking(initiative: Initiative) -> Iterator[str]:
    if not initiative.objective.strip():
        yield "no objective"
    if initiative.kpi is None or not initiative.kpi.name.strip():
        yield "no KPI"
    elif initiative.kpi.target is None or initiative.kpi.target_date is None:
        yield "a KPI without target and date"
    if not initiative.sponsor:
        yield "no sponsor"


initiatives = Table(
    "initiatives",
    metadata,
    Column("workspace_id", String(64), ForeignKey("workspaces.id"), primary_key=True),
    Column("key", String(700), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("aliases", JSON, nullable=False),
    Column("objective", Text, nullable=False),
    Column("kpi", JSON(none_as_null=True)),
    Column("benefits", JSON, nullable=False),
    Column("acceptance", JSON, nullable=False),
    Column("sponsor", String(100), nullable=False),
    Column("lead", String(100), nullable=False),
    Column("structure", String(20)),
    Column("sourcing", JSON(none_as_null=True)),
    Column("stage", String(20), nullable=False),
    Column("health", String(20), nullable=False),
    Column("health_reason", Text, nullable=False),
    Column("risks", JSON, nullable=False),
    Column("depends_on", JSON, nullable=False),
    Column("needs", JSON, nullable=False),
    Column("datasets", JSON, nullable=False),
    Column("channel", String(100), nullable=False),
    comment="The initiatives of a team, complete or not.",
)
