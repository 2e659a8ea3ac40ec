"""A draft of responsibilities from what documents say, and where the register says something else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.registers.claims import Claim
from knowledge.registers.responsibilities import Holder, Responsibility, Subject
from knowledge.registers.team import Team


@dataclass(frozen=True, kw_only=True)
class Disagreement:
    """A row and a document that name different people; both sources are told."""

    row: Responsibility
    claim: Claim
    words: str


def draft_rows(claims: Sequence[Claim], subject: Subject, team: Team, today: date) -> list[Responsibility]:
    """Proposes a row for each activity that somebody decides and the subject has no row for yet.

    A role that one person fills is that person; where documents name several accountable, all of them
    stand in the draft, and the rules say that one must be chosen.
    """
    known = {row.activity for row in team.responsibilities.values() if row.about == subject}
    decided = dict.fromkeys(claim.activity for claim in claims if claim.letter == "A")
    return [
        _draft(activity, [claim for claim in claims if claim.activity == activity], subject, team, today)
        for activity in decided
        if activity not in known
    ]


def disagreements(claims: Sequence[Claim], team: Team) -> list[Disagreement]:
    """Returns the rows whose accountable person does not hold the role that a document names."""
    return list(_disagreements([claim for claim in claims if claim.letter == "A"], team))


def _disagreements(claims: Iterable[Claim], team: Team) -> Iterator[Disagreement]:
    for claim in claims:
        for row in team.responsibilities.values():
            if row.activity == claim.activity and row.accountable and not _agrees(row, claim, team):
                yield Disagreement(row=row, claim=claim, words=_words(row, claim, team))


def _draft(
    activity: str, claims: Sequence[Claim], subject: Subject, team: Team, today: date
) -> Responsibility:
    columns = {letter: _holders(claims, letter, team, today) for letter in ("A", "R", "C")}
    answering = {*columns["A"], *columns["R"]}
    return Responsibility(
        subject_kind=subject.kind,
        subject=subject.name,
        activity=activity,
        accountable=columns["A"],
        responsible=columns["R"] or columns["A"],
        consulted=tuple(one for one in columns["C"] if one not in answering),
    )


def _holders(claims: Sequence[Claim], letter: str, team: Team, today: date) -> tuple[Holder, ...]:
    return tuple(dict.fromkeys(_holder(one.role, team, today) for one in claims if one.letter == letter))


def _holder(role: str, team: Team, today: date) -> Holder:
    name = team.role(role) or role
    people = team.people_in(name, today)
    if len(people) == 1:
        return Holder(kind="person", name=people[0].id)
    return Holder(kind="role", name=name)


def _agrees(row: Responsibility, claim: Claim, team: Team) -> bool:
    role = team.role(claim.role) or claim.role
    return any(_holds(holder, role, team) for holder in row.accountable)


def _holds(holder: Holder, role: str, team: Team) -> bool:
    if holder.kind == "role":
        return (team.role(holder.name) or holder.name).casefold() == role.casefold()
    person = team.people.get(holder.name)
    held: Iterable[str] = person.roles if person else ()
    return any((team.role(one) or one).casefold() == role.casefold() for one in held)


def _words(row: Responsibility, claim: Claim, team: Team) -> str:
    names = " and ".join(team.name_of(holder) for holder in row.accountable)
    role = team.role(claim.role) or claim.role
    return f"RACI register: {row.key} says {names} is accountable; {claim.place} says {role}."
