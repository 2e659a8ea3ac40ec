"""`team.yaml` -> entries: names become ids, and whatever is wrong is told with its line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from knowledge.registers.decisions import Decision
from knowledge.registers.initiatives import Acceptance, BenefitsMap, Initiative, Kpi, Risk, Sourcing
from knowledge.registers.models import InProduction, Model, ModelChange
from knowledge.registers.people import Absence, Person
from knowledge.registers.responsibilities import Responsibility, Subject
from knowledge.registers.rituals import RitualEntry
from knowledge.registers.roles import Role
from knowledge.registers.team import Entry, Team
from knowledge.registers.team_file import schema
from knowledge.registers.team_file.marks import Marked, Path, read_marked
from knowledge.registers.team_file.naming import UnclearNameError, holder, person_id, slug
from knowledge.registers.team_file.problems import Problem, TeamFileError
from knowledge.registers.team_file.validation import validated
from knowledge.registers.team_file.wanted import EntryKey, Wanted


def read_team_file(text: str, *, name: str = "team.yaml", current: Team | None = None) -> Wanted:
    """Reads a team's file; `current` knows the people and roles that a file without them may name.

    Raises `TeamFileError` with every mistake and its line.
    """
    marked = read_marked(text, name=name)
    form = validated(marked, name=name)
    reading = _Reading(marked, form, current or Team())
    wanted = reading.read()
    if reading.problems:
        raise TeamFileError(name, reading.problems)
    return wanted


class _Reading:
    def __init__(self, marked: Marked, form: schema.TeamForm, current: Team) -> None:
        self.problems: list[Problem] = []
        self._marked = marked
        self._form = form
        self._entries: list[Entry] = []
        self._lines: dict[EntryKey, int] = {}
        self._known = current

    def read(self) -> Wanted:
        form = self._form
        self._know_people_and_roles()
        self._each("people", form.people, self._person)
        self._each("roles", form.roles, self._role)
        self._each("initiatives", form.initiatives, self._initiative)
        self._each("models", form.models, self._model)
        self._each("responsibilities", form.responsibilities, self._responsibility)
        self._each("decisions", form.decisions, self._decision)
        self._each("rituals", form.rituals, self._ritual)
        managed = (kind for section, kind in schema.SECTIONS.items() if getattr(form, section) is not None)
        return Wanted(team=Team.of(self._entries), kinds=frozenset(managed), lines=self._lines)

    def _know_people_and_roles(self) -> None:
        """Learns who can be named, before anything names them: deputies may stand further down."""
        people = (
            self._known.people.values() if self._form.people is None else map(_bare_person, self._form.people)
        )
        roles = self._known.roles.values() if self._form.roles is None else map(_role, self._form.roles)
        self._known = Team.of([*people, *roles])

    def _each(self, section: str, forms: Sequence[Any] | None, read: Callable[[Any, Path], Entry]) -> None:
        for at, form in enumerate(forms or ()):
            entry = read(form, (section, at))
            key, line = (entry.kind, entry.key), self._marked.line((section, at))
            if first := self._lines.get(key):
                words = f"{entry.kind} {entry.key!r} stands here again, first in line {first}."
                self.problems.append(Problem(line=line, words=words))
            self._lines.setdefault(key, line)
            self._entries.append(entry)

    def _people(self, names: Sequence[str], place: Path) -> tuple[str, ...]:
        found = [self._named(person_id, name, (*place, at)) for at, name in enumerate(names)]
        return tuple(one for one in found if one)

    def _one(self, name: str | None, place: Path) -> str:
        return (self._named(person_id, name, place) or "") if name else ""

    def _named(self, read: Callable[[str, Team], Any], text: str, place: Path) -> Any:
        try:
            return read(text, self._known)
        except UnclearNameError as error:
            self.problems.append(Problem(line=self._marked.line(place), words=str(error)))
            return None

    def _person(self, form: schema.PersonForm, place: Path) -> Entry:
        absences = [
            Absence(
                start=one.start, end=one.end, deputy=self._one(one.deputy, (*place, "absences", at, "deputy"))
            )
            for at, one in enumerate(form.absences)
        ]
        return _bare_person(form, absences=tuple(absences))

    def _role(self, form: schema.RoleForm, place: Path) -> Entry:  # noqa: ARG002  # one form for all
        return _role(form)

    def _initiative(self, form: schema.InitiativeForm, place: Path) -> Entry:
        risks = [
            Risk(what=one.what, owner=self._one(one.owner, (*place, "risks", at, "owner")))
            for at, one in enumerate(form.risks)
        ]
        return Initiative(
            name=form.name,
            aliases=tuple(form.aliases),
            objective=form.objective or "",
            kpi=Kpi(**_given(form.kpi)) if form.kpi else None,
            benefits=BenefitsMap(**_given(form.benefits)),
            acceptance=Acceptance(**_given(form.acceptance)),
            sponsor=self._one(form.sponsor, (*place, "sponsor")),
            lead=self._one(form.lead, (*place, "lead")),
            structure=form.structure,
            sourcing=Sourcing(**_given(form.sourcing)) if form.sourcing else None,
            stage=form.stage,
            health=form.health,
            health_reason=form.health_reason or "",
            risks=tuple(risks),
            depends_on=tuple(form.depends_on),
            needs=tuple(form.needs),
            datasets=tuple(form.datasets),
            channel=form.channel or "",
        )

    def _model(self, form: schema.ModelForm, place: Path) -> Entry:
        return Model(
            name=form.name,
            initiative=form.initiative or "",
            aliases=tuple(form.aliases),
            production=tuple(InProduction(version=one.version, since=one.since) for one in form.production),
            stage=form.stage,
            card=form.card or "",
            owner=self._one(form.owner, (*place, "owner")),
            datasets=tuple(form.datasets),
            changelog=tuple(self._model_change(one) for one in form.changelog),
        )

    def _model_change(self, form: schema.ModelChangeForm) -> ModelChange:
        """Takes anybody as the author of a past change: people leave, and providers change models too."""
        known = self._known.person(form.by or "")
        return ModelChange(
            version=form.version,
            on=form.on,
            change=form.change,
            by=known.id if known else form.by or "",
            why=form.why or "",
        )

    def _responsibility(self, form: schema.ResponsibilityForm, place: Path) -> Entry:
        subject = Subject.read(form.subject)
        columns = {
            column: tuple(
                one
                for at, text in enumerate(getattr(form, column))
                if (one := self._named(holder, text, (*place, column, at)))
            )
            for column in ("accountable", "responsible", "consulted", "informed")
        }
        by = form.confirmed.by if form.confirmed else None
        return Responsibility(
            subject_kind=subject.kind,
            subject=subject.name,
            activity=form.activity,
            confirmed_by=self._one(by, (*place, "confirmed", "by")),
            confirmed_on=form.confirmed.on if form.confirmed else None,
            **columns,
        )

    def _decision(self, form: schema.DecisionForm, place: Path) -> Entry:
        return Decision(
            id=form.id or slug(f"{form.on} {form.what}"),
            what=form.what,
            on=form.on,
            decided_by=self._people(form.decided_by, (*place, "decided_by")),
            options=tuple(form.options),
            why=form.why or "",
            initiative=form.initiative or "",
        )

    def _ritual(self, form: schema.RitualForm, place: Path) -> Entry:  # noqa: ARG002  # one form for all
        return RitualEntry(
            name=form.name,
            channel=form.channel or "",
            schedule=form.schedule or "",
            options=dict(form.model_extra or {}),
        )


def _bare_person(form: schema.PersonForm, *, absences: tuple[Absence, ...] = ()) -> Person:
    return Person(
        id=form.id or slug(form.name) or form.name,
        name=form.name,
        aliases=tuple(form.aliases),
        email=form.email or "",
        slack_user=form.slack or "",
        time_zone=form.time_zone or "UTC",
        country=(form.country or "").upper(),
        roles=tuple(form.roles),
        absences=absences,
        admin=form.admin,
        left=form.left,
    )


def _role(form: schema.RoleForm) -> Role:
    return Role(name=form.name, aliases=tuple(form.aliases), document=form.document or "")


def _given(form: schema.Form | None) -> dict[str, Any]:
    """Returns what a part of the file says, without what it leaves out; lists as tuples."""
    said = form.model_dump(exclude_none=True) if form else {}
    return {key: tuple(value) if isinstance(value, list) else value for key, value in said.items()}
