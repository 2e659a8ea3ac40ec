"""The register as files that Slack shows and spreadsheets open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.views.raci_tables import matrix_csv
from knowledge.registers.imports.rows_csv import write_csv
from knowledge.registers.responsibilities import Responsibility, Subject
from knowledge.registers.team import Team
from knowledge.registers.team_file.naming import slug

What = Literal["export", "matrix"]


@dataclass(frozen=True, kw_only=True)
class File:
    """A file to send."""

    name: str
    title: str
    text: str


def register_file(what: What, subject: Subject | None, team: Team, today: date) -> File:
    """Returns the rows of a subject, or all: as they can be imported again, or as a matrix."""
    rows = rows_about(subject, team)
    name = f"raci-{slug(str(subject)) if subject else 'all'}-{today}"
    about = subject.label if subject else "all subjects"
    if what == "matrix":
        text = matrix_csv(rows, team, subject=subject)
        return File(name=f"{name}-matrix.csv", title=f"Who does what: {about}", text=text)
    return File(name=f"{name}.csv", title=f"Responsibilities: {about}", text=write_csv(rows, team))


def rows_about(subject: Subject | None, team: Team) -> list[Responsibility]:
    """Returns the rows of a subject; those of an initiative with its models and datasets; or all."""
    rows = team.responsibilities.values()
    if subject is None:
        return list(rows)
    initiative = team.initiatives.get(subject.name) if subject.kind == "initiative" else None
    within = [row for row in rows if row.about != subject and initiative is not None
              and team.initiative_of(row.about) == initiative]  # fmt: skip
    return [*(row for row in rows if row.about == subject), *within]
