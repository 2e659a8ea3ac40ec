"""What comes back from a search for an owner: rows with everything that is shown of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge.freshness import ago
from knowledge.registers.owning.derived import is_derived
from knowledge.registers.responsibilities import Holder, Letter, Responsibility
from knowledge.registers.team import Team


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A holder of a row as of today.

    `people` are the ids of those meant: the person, or all who fill the role. `deputy` is the id of who
    stands in today, or empty. `note` says what a reader should know: "away until 4 Dec; Chloe Martin
    stands in", "left on 1 Nov", "nobody fills this role".
    """

    letter: Letter
    holder: Holder
    name: str
    people: tuple[str, ...] = ()
    slack_users: tuple[str, ...] = ()
    deputy: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Owned:
    """A row that answers. `standings` come A first, then R, C and I; `score` is 0 to 1.

    `confirmed` reads "confirmed 12 days ago" or "never confirmed"; empty for rows that another register
    makes (`source` "initiative" or "model"), which need no confirming. `channel` is where to ask.
    """

    row: Responsibility
    standings: tuple[Standing, ...]
    confirmed: str
    channel: str = ""
    source: str = "responsibility"
    score: float = 0.0

    @property
    def accountable(self) -> tuple[Standing, ...]:
        """Returns the A, normally one."""
        return tuple(standing for standing in self.standings if standing.letter == "A")

    @property
    def responsible(self) -> tuple[Standing, ...]:
        """Returns the R."""
        return tuple(standing for standing in self.standings if standing.letter == "R")


@dataclass(frozen=True, kw_only=True)
class Owners:
    """The result of a search: `rows` that answer, best first; without any, the `nearest` ones.

    `unowned` are activities that the subject in question should have an owner for, and has not.
    """

    words: str
    rows: tuple[Owned, ...] = ()
    nearest: tuple[Owned, ...] = ()
    unowned: tuple[str, ...] = ()
    subject: str = ""

    @property
    def found(self) -> bool:
        """Tells whether anything answers."""
        return bool(self.rows)


def owned(row: Responsibility, team: Team, today: date, *, score: float = 1.0) -> Owned:
    """Returns a row with what is to be shown of it today."""
    initiative = team.initiative_of(row.about)
    derived = is_derived(row, team)
    return Owned(
        row=row,
        standings=tuple(standing(letter, holder, team, today) for letter, holder in row.holders()),
        confirmed="" if derived else confirmed(row, today),
        channel=initiative.channel if initiative else "",
        source=row.subject_kind if derived else "responsibility",
        score=score,
    )


def confirmed(row: Responsibility, today: date) -> str:
    """Returns when a row was confirmed last, in words."""
    if row.confirmed_on is None:
        return "never confirmed"
    return f"confirmed {ago(row.confirmed_on, today)}"


def standing(letter: Letter, holder: Holder, team: Team, today: date) -> Standing:
    """Returns a holder with who that is today."""
    if holder.kind == "role":
        people = team.people_in(holder.name, today)
        note = ", ".join(person.name for person in people) or "nobody fills this role"
    else:
        people = tuple(filter(None, [team.people.get(holder.name)]))
        note = ""
    deputy = ""
    if holder.kind == "person" and people:
        deputy, note = _today(holder.name, team, today)
    return Standing(
        letter=letter,
        holder=holder,
        name=team.name_of(holder),
        people=tuple(person.id for person in people),
        slack_users=tuple(person.slack_user for person in people if person.slack_user),
        deputy=deputy,
        note=note,
    )


def _today(person_id: str, team: Team, today: date) -> tuple[str, str]:
    person = team.people[person_id]
    if person.left is not None and person.has_left(today):
        return "", f"left on {person.left.day} {person.left:%b %Y}"
    absence = person.absence_on(today)
    if absence is None:
        return "", ""
    until = f"away until {absence.end.day} {absence.end:%b}"
    deputy = team.people.get(absence.deputy)
    if deputy is None or deputy.has_left(today):
        return "", f"{until}, no deputy named"
    return deputy.id, f"{until}; {deputy.name} stands in"
