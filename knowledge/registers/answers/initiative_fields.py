"""What can be asked of an initiative, field by field, and the sentence that answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from knowledge.registers.answers.rows import day
from knowledge.registers.answers.sentences import figures, listed
from knowledge.registers.initiatives import Initiative
from knowledge.registers.team import Team

Tell = Callable[[Initiative, Team], Iterator[str]]


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field: what a question about it says, and its sentences. `of_person` ones may be asked with "who"."""

    name: str
    asked: re.Pattern[str]
    tell: Tell
    of_person: bool = False


def _kpi(one: Initiative, team: Team) -> Iterator[str]:  # noqa: ARG001  # one form for all
    if one.kpi is None:
        yield f"{one.name} has no KPI yet, so it counts as incomplete."
        return
    kpi = one.kpi
    baseline, target = figures([kpi.baseline, kpi.target], kpi.unit)
    goal = "better when it goes " + kpi.direction
    if target:
        start = f" from a baseline of {baseline}" if baseline else ""
        by = f" by {day(kpi.target_date)}" if kpi.target_date else ""
        goal = f"to go {kpi.direction}{start} to a target of {target}{by}"
    yield f"The KPI of {one.name} is {kpi.name}, {goal}."


def _sponsor(one: Initiative, team: Team) -> Iterator[str]:
    known = f"The sponsor of {one.name} is **{team.name_of(one.sponsor)}**."
    yield known if one.sponsor else f"{one.name} has no sponsor yet, so it counts as incomplete."


def _lead(one: Initiative, team: Team) -> Iterator[str]:
    known = f"The lead of {one.name} is **{team.name_of(one.lead)}**."
    yield known if one.lead else f"{one.name} has no lead yet."


def _objective(one: Initiative, team: Team) -> Iterator[str]:  # noqa: ARG001
    known = f"The objective of {one.name}: {one.objective.rstrip('.')}."
    yield known if one.objective else f"{one.name} has no objective yet, so it counts as incomplete."


def _stage(one: Initiative, team: Team) -> Iterator[str]:  # noqa: ARG001
    yield f"{one.name} is in the stage {one.stage}."


def _health(one: Initiative, team: Team) -> Iterator[str]:
    reason = f": {one.health_reason.rstrip('.')}" if one.health_reason else ""
    yield f"The health of {one.name} is {one.health}{reason}."
    yield from _stage(one, team)
    if one.incomplete:
        yield f"It is incomplete: it has {listed(one.incomplete)}."


def _risks(one: Initiative, team: Team) -> Iterator[str]:
    for risk in one.risks:
        owner = f", watched by {team.name_of(risk.owner)}" if risk.owner else ""
        yield f"A risk of {one.name}: {risk.what.rstrip('.')}{owner}."
    if not one.risks:
        yield f"No risk of {one.name} is written down."


def _dependencies(one: Initiative, team: Team) -> Iterator[str]:  # noqa: ARG001
    others = [*one.depends_on, *one.needs]
    yield f"{one.name} depends on {listed(others)}." if others else f"{one.name} depends on nothing."


def _acceptance(one: Initiative, team: Team) -> Iterator[str]:  # noqa: ARG001
    kinds = (("model metric", one.acceptance.model), ("business metric", one.acceptance.business))
    for word, criteria in (*kinds, ("guardrail", one.acceptance.guardrails)):
        if criteria:
            yield f"The {word} that {one.name} must meet: {'; '.join(criteria)}."


def _structure(one: Initiative, team: Team) -> Iterator[str]:  # noqa: ARG001
    if one.structure:
        yield f"The team structure of {one.name} is {one.structure}."


def _sourcing(one: Initiative, team: Team) -> Iterator[str]:  # noqa: ARG001
    if one.sourcing:
        partner = f", with {one.sourcing.partner}" if one.sourcing.partner else ""
        overlap = f"; the overlap hours are {one.sourcing.overlap}" if one.sourcing.overlap else ""
        yield f"The sourcing of {one.name} is {one.sourcing.kind}{partner}{overlap}."


def _channel(one: Initiative, team: Team) -> Iterator[str]:  # noqa: ARG001
    if one.channel:
        yield f"The channel of {one.name} is {one.channel}."


def _datasets(one: Initiative, team: Team) -> Iterator[str]:  # noqa: ARG001
    if one.datasets:
        yield f"The datasets of {one.name} are {listed(one.datasets)}."


def _benefits(one: Initiative, team: Team) -> Iterator[str]:  # noqa: ARG001
    for word in ("inputs", "activities", "outputs", "outcomes"):
        if stated := getattr(one.benefits, word):
            yield f"The {word} of {one.name} are: {'; '.join(stated)}."


def _field(name: str, asked: str, tell: Tell, *, of_person: bool = False) -> Field:
    return Field(name=name, asked=re.compile(asked), tell=tell, of_person=of_person)


FIELDS: tuple[Field, ...] = (
    _field("sponsor", r"\bsponsor(s|ed|ing)?\b", _sponsor, of_person=True),
    _field("lead", r"\b(leads?|led|leader|leading)\b", _lead, of_person=True),
    _field("KPI", r"\bkpis?\b|\btarget\b|\bbaseline\b|\bkey figure\b|\bsuccess metric\b", _kpi),
    _field("objective", r"\bobjectives?\b|\bgoals?\b|\bpurpose\b|\btrying to achieve\b", _objective),
    _field("stage", r"\b(what|which) (stage|phase)\b|\bstage (is|of)\b", _stage),
    _field("health", r"\bhealth\b|\b(on|off) track\b|\bstatus of\b|\bhow is .*\b(doing|going)\b", _health),
    _field("risks", r"\brisks\b|\bbiggest risk\b|\brisk of\b|\bgo wrong\b", _risks),
    _field("dependencies", r"\bdepend(s|ent|enc\w+)?\b|\bwait(s|ing)? for\b|\bblocked by\b", _dependencies),
    _field("acceptance", r"\bacceptance\b|\bguardrails?\b|\b(model|business) metric\b", _acceptance),
    _field("structure", r"\bteam structure\b|\bstructured?\b", _structure),
    _field("sourcing", r"\bsourcing\b|\bsourced\b|\bin-house\b|\boverlap hours\b", _sourcing),
    _field("channel", r"\b(which|what) channel\b|\bchannel (of|for)\b", _channel),
    _field("datasets", r"\bdata ?sets?\b", _datasets),
    _field("benefits", r"\bbenefits? map\b|\b(inputs|outputs|outcomes) of\b", _benefits),
)
