"""Rows that nobody has to write: leads, sponsors and owners of models own what they lead, sponsor and own."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.registers.responsibilities import Holder, Responsibility, SubjectKind
from knowledge.registers.team import Team

LEAD = "lead initiative"
SPONSOR = "sponsor initiative"
OWN = "own model"
DERIVED = frozenset({LEAD, SPONSOR, OWN})
OWNING = frozenset({LEAD, OWN})
"""Those that answer where nothing is asked but who owns something."""
MEANT = {LEAD: "own lead initiative", SPONSOR: "sponsor fund initiative"}
"""What else they are asked for by: whoever sponsors also pays."""


def derived_rows(team: Team) -> Iterator[Responsibility]:
    """Yields a row for each lead, sponsor and owner, unless the register has such a row itself."""
    for initiative in team.initiatives.values():
        yield from _row(team, "initiative", initiative.name, LEAD, initiative.lead)
        yield from _row(team, "initiative", initiative.name, SPONSOR, initiative.sponsor)
    for model in team.models.values():
        yield from _row(team, "model", model.name, OWN, model.owner)


def is_derived(row: Responsibility, team: Team) -> bool:
    """Tells whether a row comes from another register than that of responsibilities."""
    return row.activity in DERIVED and row.key not in team.responsibilities


def _row(team: Team, kind: SubjectKind, name: str, activity: str, person: str) -> Iterator[Responsibility]:
    holder = (Holder(kind="person", name=person),)
    row = Responsibility(
        subject_kind=kind, subject=name, activity=activity, accountable=holder, responsible=holder
    )
    if person and row.key not in team.responsibilities:
        yield row
