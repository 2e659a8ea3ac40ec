"""Who may edit what: the leads of the subject's initiative, and admins; the others may propose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from knowledge.registers.changes import Via
from knowledge.registers.decisions import Decision
from knowledge.registers.initiatives import Initiative
from knowledge.registers.models import Model
from knowledge.registers.people import Person
from knowledge.registers.responsibilities import Responsibility
from knowledge.registers.storage import Edit
from knowledge.registers.team import Entry, Team


@dataclass(frozen=True, kw_only=True)
class Editor:
    """Who wants to change something: a person's id, Slack id or other name, and through what.

    `admin` is for those whom the outside knows as such: a Slack admin, whoever sits at the terminal.
    """

    who: str
    via: Via
    admin: bool = False


def refusal(editor: Editor, edit: Edit, team: Team) -> str:
    """Returns why an editor may not make an edit and whom to ask, or nothing where they may."""
    person = team.person(editor.who)
    if editor.admin or (person is not None and person.admin):
        return ""
    if person is not None and all(
        _may(person, entry, team) or _only_own(person, edit)
        for entry in (edit.before, edit.after)
        if entry is not None
    ):
        return ""
    return f"Only {_who_may(edit.entry, team)} may change {edit.entry.label}; you can propose it to them."


def leads_of(entry: Entry, team: Team) -> tuple[str, ...]:
    """Returns the ids of the people who lead what an entry belongs to; none for the whole team's."""
    return tuple(dict.fromkeys(name for name in _leads(entry, team) if name in team.people))


def admins(team: Team) -> tuple[Person, ...]:
    """Returns the people who may edit everything."""
    return tuple(person for person in team.people.values() if person.admin and person.left is None)


def _leads(entry: Entry, team: Team) -> Iterator[str]:
    if isinstance(entry, Initiative):
        yield entry.lead
    elif isinstance(entry, Responsibility):
        initiative = team.initiative_of(entry.about)
        yield initiative.lead if initiative else ""
        if entry.subject_kind == "model" and entry.subject in team.models:
            yield team.models[entry.subject].owner
    elif isinstance(entry, Model | Decision):
        if isinstance(entry, Model):
            yield entry.owner
        if entry.initiative in team.initiatives:
            yield team.initiatives[entry.initiative].lead


def _may(person: Person, entry: Entry, team: Team) -> bool:
    return person.id in leads_of(entry, team)


def _only_own(person: Person, edit: Edit) -> bool:
    """Tells whether somebody changes what is their own to say: when they are away, where they live."""
    before, after = edit.before, edit.after
    if not isinstance(before, Person) or not isinstance(after, Person) or before.id != person.id:
        return False
    own = replace(
        before,
        absences=after.absences,
        time_zone=after.time_zone,
        country=after.country,
        aliases=after.aliases,
    )
    return own == after


def _who_may(entry: Entry, team: Team) -> str:
    leads = [team.name_of(name) for name in leads_of(entry, team)]
    others = [person.name for person in admins(team) if person.name not in leads]
    names = [*leads, *others]
    if not names:
        return "an admin"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
