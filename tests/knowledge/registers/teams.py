"""Strategies that make teams for property tests: names are hostile, references are sound."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from knowledge.registers.decisions import Decision
from knowledge.registers.initiatives import Acceptance, BenefitsMap, Initiative, Kpi, Risk, Sourcing
from knowledge.registers.models import InProduction, Model, ModelChange
from knowledge.registers.people import Absence, Person
from knowledge.registers.responsibilities import Holder, Responsibility
from knowledge.registers.rituals import RitualEntry
from knowledge.registers.roles import Role
from knowledge.registers.team import Team

IDS = ("ana-ruiz", "no", "role:x")
INITIATIVES = ("churn", "model x", "team")
AWKWARD = (
    *("no", "on", "null", "~", "3.10", "0x1f", "2026-11-23", "- a", "a: b", "# x", "role:x", "person:x"),
    *("team", "Ana Ruiz", "model churn", "dataset x y", "Zoë", "100 %", "“quoted”", "it's", 'say "x"'),
    *("<<", "*a", "&a", "!x", "=1+1", "-2", "@x", "'x"),
)
_letters = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8)
words = st.one_of(st.sampled_from(AWKWARD), _letters)
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
texts = st.lists(words, max_size=2).map(tuple)
blank_or = st.one_of(st.just(""), words)
numbers = st.none() | st.integers(-1000, 1000).map(lambda value: value / 8)
people = st.sampled_from(IDS)
somebody = st.sampled_from(("", *IDS))

absences = st.builds(Absence, start=days, end=days, deputy=somebody)
persons = st.builds(
    Person,
    id=st.just(""),
    name=words,
    aliases=texts,
    email=blank_or,
    slack_user=blank_or,
    time_zone=st.sampled_from(("UTC", "Europe/London")),
    country=st.sampled_from(("", "NO", "GB")),
    roles=texts,
    absences=st.lists(absences, max_size=2).map(tuple),
    admin=st.booleans(),
    left=st.none() | days,
)
roles = st.builds(Role, name=words, aliases=texts, document=blank_or)
kpis = st.builds(
    Kpi, name=words, unit=blank_or, baseline=numbers, target=numbers, target_date=st.none() | days
)
initiatives = st.builds(
    Initiative,
    name=st.just(""),
    aliases=texts,
    objective=blank_or,
    kpi=st.none() | kpis,
    benefits=st.builds(BenefitsMap, inputs=texts, outcomes=texts),
    acceptance=st.builds(Acceptance, model=texts, guardrails=texts),
    sponsor=somebody,
    lead=somebody,
    structure=st.sampled_from((None, "flat", "matrix")),
    sourcing=st.none() | st.builds(Sourcing, kind=st.just("hybrid"), partner=blank_or, overlap=blank_or),
    stage=st.sampled_from(("plan", "measure")),
    health=st.sampled_from(("on track", "at risk")),
    health_reason=blank_or,
    risks=st.lists(st.builds(Risk, what=words, owner=somebody), max_size=2).map(tuple),
    needs=texts,
    datasets=texts,
    channel=blank_or,
)
model_changes = st.builds(ModelChange, version=words, on=days, change=words, by=somebody, why=blank_or)
models = st.builds(
    Model,
    name=words,
    initiative=st.sampled_from(("", *INITIATIVES)),
    production=st.lists(st.builds(InProduction, version=words, since=days), max_size=2).map(tuple),
    card=blank_or,
    owner=somebody,
    datasets=texts,
    changelog=st.lists(model_changes, max_size=2).map(tuple),
)
role_holders = words.map(lambda name: Holder(kind="role", name=name))
holders = st.one_of(people.map(lambda name: Holder(kind="person", name=name)), role_holders)
several = st.lists(holders, max_size=3, unique=True).map(tuple)
rows = st.builds(
    Responsibility,
    subject_kind=st.sampled_from(("initiative", "dataset", "model")),
    subject=st.one_of(st.sampled_from(INITIATIVES), words),
    activity=words,
    accountable=several,
    responsible=several,
    consulted=several,
    informed=several,
    confirmed_by=people,
    confirmed_on=days,
)
deciders = st.lists(people, max_size=2).map(tuple)
decisions = st.builds(
    Decision, id=words, what=words, on=days, decided_by=deciders, options=texts, why=blank_or
)
values = st.one_of(words, st.booleans(), st.integers(-9, 9999), st.lists(words, max_size=2))
options = st.dictionaries(words, values, max_size=2)
rituals = st.builds(RitualEntry, name=words, channel=blank_or, schedule=blank_or, options=options)


def _team(
    drawn_people: list[Person],
    drawn_initiatives: list[Initiative],
    drawn_rows: list[Responsibility],
    others: list[Role | Model | Decision | RitualEntry],
) -> Team:
    named = [replace(person, id=name) for person, name in zip(drawn_people, IDS, strict=True)]
    started = [replace(one, name=name) for one, name in zip(drawn_initiatives, INITIATIVES, strict=False)]
    team = Team.of([*named, *started, *others])
    return team.with_entries(*(_spelt(row, team) for row in drawn_rows))


def _spelt(row: Responsibility, team: Team) -> Responsibility:
    """Writes each role as the register does: another spelling of a known role is that role."""
    columns: dict[str, Any] = {
        column: tuple(dict.fromkeys(_known(holder, team) for holder in getattr(row, column)))
        for column in ("accountable", "responsible", "consulted", "informed")
    }
    if row.subject == "team":
        columns |= {"subject_kind": "team", "subject": ""}
    return replace(row, **columns)


def _known(holder: Holder, team: Team) -> Holder:
    name = team.role(holder.name)
    return Holder(kind="role", name=name) if holder.kind == "role" and name else holder


teams = st.builds(
    _team,
    st.lists(persons, min_size=3, max_size=3),
    st.lists(initiatives, max_size=3),
    st.lists(rows, max_size=4),
    st.lists(st.one_of(roles, models, decisions, rituals), max_size=6),
)
"""Teams of three in which whoever is named exists."""
