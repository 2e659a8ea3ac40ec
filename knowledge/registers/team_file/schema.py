"""The form of `team.yaml`; docs/team-as-code.md explains it with an example.

People are named as people write them (name, nickname, id); reading.py finds out who is meant. A section that
is missing is not managed by the file, one that is empty says that there is nothing.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from knowledge.registers.initiatives import Direction, Health, SourcingKind, Stage, Structure

Text = Annotated[str, Field(min_length=1)]


def _listed(value: Any) -> Any:
    """Takes one thing for a list of one, and nothing for an empty list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _named(value: Any) -> Any:
    """Takes a lone text for something that has only a name."""
    return {"name": value} if isinstance(value, str) else value


Texts = Annotated[list[str], BeforeValidator(_listed)]


class Form(BaseModel):
    """Any part of the file: keys that it does not know are mistakes."""

    model_config = ConfigDict(extra="forbid")


class AbsenceForm(Form):
    """Days away, both included."""

    start: date
    end: date
    deputy: str | None = None


class PersonForm(Form):
    """Somebody of the team."""

    name: Text
    id: str | None = None
    aliases: Texts = []
    email: str | None = None
    slack: str | None = None
    time_zone: str | None = None
    country: Annotated[str, Field(min_length=2, max_length=2)] | None = None
    roles: Texts = []
    absences: list[AbsenceForm] = []
    admin: bool = False
    left: date | None = None


class RoleForm(Form):
    """A role that may stand in a row, whether anybody holds it or not; a lone text is its name."""

    name: Text
    aliases: Texts = []
    document: str | None = None


class KpiForm(Form):
    """The one number."""

    name: Text
    unit: str | None = None
    direction: Direction = "up"
    baseline: float | None = None
    target: float | None = None
    target_date: date | None = None


class BenefitsForm(Form):
    """Inputs, activities, outputs, outcomes."""

    inputs: Texts = []
    activities: Texts = []
    outputs: Texts = []
    outcomes: Texts = []


class AcceptanceForm(Form):
    """What a release must reach."""

    model: Texts = []
    business: Texts = []
    guardrails: Texts = []


class SourcingForm(Form):
    """Who builds it."""

    kind: SourcingKind = "in-house"
    partner: str | None = None
    overlap: str | None = None


class RiskForm(Form):
    """Something that may go wrong, and who watches it."""

    what: Text
    owner: str | None = None


class InitiativeForm(Form):
    """A piece of work with one objective, one KPI and a sponsor."""

    name: Text
    aliases: Texts = []
    objective: str | None = None
    kpi: KpiForm | None = None
    benefits: BenefitsForm | None = None
    acceptance: AcceptanceForm | None = None
    sponsor: str | None = None
    lead: str | None = None
    structure: Structure | None = None
    sourcing: SourcingForm | None = None
    stage: Stage = "plan"
    health: Health = "not started"
    health_reason: str | None = None
    risks: list[RiskForm] = []
    depends_on: Texts = []
    needs: Texts = []
    datasets: Texts = []
    channel: str | None = None


class InProductionForm(Form):
    """A version and the day it went to production."""

    version: Text
    since: date


class ModelChangeForm(Form):
    """A line of the changelog."""

    version: Text
    on: date
    change: Text
    by: str | None = None
    why: str | None = None


class ModelForm(Form):
    """A model."""

    name: Text
    initiative: str | None = None
    aliases: Texts = []
    production: list[InProductionForm] = []
    stage: Stage = "plan"
    card: str | None = None
    owner: str | None = None
    datasets: Texts = []
    changelog: list[ModelChangeForm] = []


class ConfirmedForm(Form):
    """Who said that a row is right, and when."""

    by: str
    on: date


class ResponsibilityForm(Form):
    """A row: `subject` is an initiative's name, `model …`, `dataset …` or `team`."""

    subject: Text
    activity: Text
    accountable: Texts = []
    responsible: Texts = []
    consulted: Texts = []
    informed: Texts = []
    confirmed: ConfirmedForm | None = None


class DecisionForm(Form):
    """A line of the decision log."""

    what: Text
    on: date
    id: str | None = None
    decided_by: Texts = []
    options: Texts = []
    why: str | None = None
    initiative: str | None = None


class RitualForm(BaseModel):
    """A ritual; what is not understood here is kept for the ritual itself."""

    model_config = ConfigDict(extra="allow")

    name: Text
    channel: str | None = None
    schedule: str | None = None


class TeamForm(Form):
    """The whole file."""

    people: list[PersonForm] | None = None
    roles: list[Annotated[RoleForm, BeforeValidator(_named)]] | None = None
    initiatives: list[InitiativeForm] | None = None
    models: list[ModelForm] | None = None
    responsibilities: list[ResponsibilityForm] | None = None
    decisions: list[DecisionForm] | None = None
    rituals: list[RitualForm] | None = None


SECTIONS = {
    "people": "person",
    "roles": "role",
    "initiatives": "initiative",
    "models": "model",
    "responsibilities": "responsibility",
    "decisions": "decision",
    "rituals": "ritual",
}
"""The sections of the file, and the register that each fills."""
