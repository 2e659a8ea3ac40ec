"""The team: everything in the registers at one moment, as one immutable value with its look-ups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from knowledge.registers.decisions import Decision
from knowledge.registers.dependencies import cycles
from knowledge.registers.initiatives import Initiative
from knowledge.registers.models import Model
from knowledge.registers.people import Person
from knowledge.registers.responsibilities import Holder, Responsibility, Subject
from knowledge.registers.rituals import RitualEntry
from knowledge.registers.roles import Role

Entry = Person | Role | Initiative | Model | Responsibility | Decision | RitualEntry

KINDS: dict[str, type[Entry]] = {
    "person": Person,
    "role": Role,
    "initiative": Initiative,
    "model": Model,
    "responsibility": Responsibility,
    "decision": Decision,
    "ritual": RitualEntry,
}
"""The registers in the order in which one may name another."""


@dataclass(frozen=True, kw_only=True)
class Team:
    """The registers at one generation, each by key. Never change the mappings: make another team."""

    people: Mapping[str, Person] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    initiatives: Mapping[str, Initiative] = field(default_factory=dict)
    models: Mapping[str, Model] = field(default_factory=dict)
    responsibilities: Mapping[str, Responsibility] = field(default_factory=dict)
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    rituals: Mapping[str, RitualEntry] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Team:
        """Makes a team of entries of any kind; of two with one key the later counts."""
        sorted_in: dict[str, dict[str, Entry]] = {kind: {} for kind in KINDS}
        for entry in entries:
            sorted_in[entry.kind][entry.key] = entry
        return cls(**{_PLACES[kind]: found for kind, found in sorted_in.items()})  # type: ignore[arg-type]  # each mapping holds its own kind

    def entries(self) -> Iterator[Entry]:
        """Yields everything, register by register."""
        for kind in KINDS:
            yield from self.register(kind).values()

    def register(self, kind: str) -> Mapping[str, Entry]:
        """Returns one register, by its kind."""
        found: Mapping[str, Entry] = getattr(self, _PLACES[kind])
        return found

    def with_entries(self, *entries: Entry) -> Team:
        """Returns this team with entries added or put in place of those with their keys."""
        return Team.of([*self.entries(), *entries])

    @cached_property
    def _names(self) -> dict[str, tuple[Person, ...]]:
        found: dict[str, tuple[Person, ...]] = {}
        for person in self.people.values():
            names = (person.id, person.name, person.slack_user, person.email, *person.aliases)
            for name in {name.casefold() for name in names if name}:
                found[name] = (*found.get(name, ()), person)
        return found

    @cached_property
    def _role_names(self) -> dict[str, str]:
        held = (role for person in self.people.values() for role in person.roles)
        found = {role.casefold(): role for role in held}
        for role in self.roles.values():
            found |= {name.casefold(): role.name for name in (*role.aliases, role.name)}
        return found

    def people_called(self, text: str) -> tuple[Person, ...]:
        """Returns whom a name may mean: an id, a name, a nickname, a Slack id, an e-mail address."""
        return self._names.get(text.strip().removeprefix("@").casefold(), ())

    def person(self, text: str) -> Person | None:
        """Returns the one person a text names, by id before all else; None for nobody or several."""
        if text in self.people:
            return self.people[text]
        found = self.people_called(text)
        return found[0] if len(found) == 1 else None

    def role(self, text: str) -> str | None:
        """Returns the role's name as the register writes it, None for one that nobody knows."""
        return self._role_names.get(text.strip().casefold())

    @cached_property
    def _by_role(self) -> dict[str, tuple[Person, ...]]:
        found: dict[str, tuple[Person, ...]] = {}
        for person in self.people.values():
            for role in person.roles:
                name = self.role(role) or role
                found[name] = (*found.get(name, ()), person)
        return found

    def people_in(self, role: str, day: date) -> tuple[Person, ...]:
        """Returns who fills a role on a day; those who left do not."""
        filling = self._by_role.get(self.role(role) or role, ())
        return tuple(person for person in filling if not person.has_left(day))

    def name_of(self, holder: Holder | str) -> str:
        """Returns the name for a holder or a person's id, the id itself where nobody has it."""
        if isinstance(holder, Holder):
            return holder.name if holder.kind == "role" else self.name_of(holder.name)
        return self.people[holder].name if holder in self.people else holder

    def initiative_of(self, subject: Subject) -> Initiative | None:
        """Returns the initiative that a subject belongs to; None for the whole team or a stray one."""
        if subject.kind == "initiative":
            return self.initiatives.get(subject.name)
        if subject.kind == "model":
            model = self.models.get(subject.name)
            return self.initiatives.get(model.initiative) if model else None
        return self._by_dataset.get(subject.name) if subject.kind == "dataset" else None

    @cached_property
    def _by_dataset(self) -> dict[str, Initiative]:
        found = {
            dataset: self.initiatives[model.initiative]
            for model in self.models.values()
            if model.initiative in self.initiatives
            for dataset in model.datasets
        }
        return found | {name: one for one in self.initiatives.values() for name in one.datasets}

    @cached_property
    def rings(self) -> list[tuple[str, ...]]:
        """Returns the rings of initiatives that wait for each other; empty where all is well."""
        return cycles(self.initiatives)

    @cached_property
    def datasets(self) -> tuple[str, ...]:
        """Returns every dataset that an initiative, a model or a row names."""
        rows = (row.subject for row in self.responsibilities.values() if row.subject_kind == "dataset")
        return tuple(sorted({*self._by_dataset, *rows}))

    def exists(self, subject: Subject) -> bool:
        """Tells whether the register knows a subject; a dataset is known by being named."""
        if subject.kind == "initiative":
            return subject.name in self.initiatives
        return subject.name in self.models if subject.kind == "model" else True


_PLACES = {
    "person": "people",
    "role": "roles",
    "initiative": "initiatives",
    "model": "models",
    "responsibility": "responsibilities",
    "decision": "decisions",
    "ritual": "rituals",
}
