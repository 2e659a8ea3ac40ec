"""What a ritual is: phases that recur, facts that are gathered, messages that are composed of them.

A ritual is run phase by phase, each phase on its own slot:

    gather(occasion)   reads records and registers, writes nothing; None where there is nothing to say
    note(facts)        writes what has to be remembered, before anything is said; bears repeating
    compose(facts)     facts -> messages; sends nothing

What a run says goes through a `Speaker`, each message under a key of its own, so that a run that is
repeated after a crash says nothing twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol, runtime_checkable

from core.message import Message
from knowledge.registers.people import Absence, Person
from knowledge.registers.rituals import RitualEntry
from knowledge.registers.team import Team
from rituals.moments import Moment
from rituals.rhythm import Rhythm


@dataclass(frozen=True, kw_only=True)
class Member:
    """Somebody who takes part in a ritual.

    `id` is the person's id in the register, or the Slack id of one whom it does not know. `address` is
    what a `core.message.Person` is called by.
    """

    id: str
    name: str
    address: str
    zone: str = "UTC"
    country: str = ""
    absences: tuple[Absence, ...] = ()

    def absence_on(self, day: date) -> Absence | None:
        """Returns the absence that covers a day."""
        return next((one for one in self.absences if one.start <= day <= one.end), None)


@dataclass(frozen=True, kw_only=True)
class Phase:
    """A step of a ritual with a time of its own.

    `moment` says at which instant of a day; `each` that every member has a slot of their own, in their
    own zone and by their own holidays. After `grace` the slot is missed and not caught up.
    """

    name: str
    rhythm: Rhythm
    moment: Moment
    each: bool = False
    grace: timedelta = timedelta(hours=2)
    on_holidays: bool = False


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A ritual of a workspace as it stands: its phases, for whom, and from when on it counts."""

    workspace_id: str
    entry: RitualEntry
    phases: tuple[Phase, ...]
    members: tuple[Member, ...] = ()
    zone: str = "UTC"
    country: str = ""
    active_since: datetime | None = None

    @property
    def name(self) -> str:
        """Returns the ritual's name in its workspace."""
        return self.entry.name


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A due time of a phase; its key makes the run happen once."""

    workspace_id: str
    ritual: str
    phase: str
    day: date
    due: datetime
    person: str = ""
    grace: timedelta = timedelta(hours=2)

    @property
    def key(self) -> str:
        """Returns what makes it one: workspace, ritual, phase, local day, and the person where it has one."""
        parts = (self.workspace_id, self.ritual, self.phase, self.day.isoformat(), self.person)
        return ":".join(part for part in parts if part)

    def to_json(self) -> dict[str, Any]:
        """Returns the form in which a durable workflow keeps it."""
        return {
            "workspace_id": self.workspace_id,
            "ritual": self.ritual,
            "phase": self.phase,
            "day": self.day.isoformat(),
            "due": self.due.isoformat(),
            "person": self.person,
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Slot:
        """Returns what `to_json` was made of; the grace has done its work by then."""
        return cls(
            workspace_id=value["workspace_id"],
            ritual=value["ritual"],
            phase=value["phase"],
            day=date.fromisoformat(value["day"]),
            due=datetime.fromisoformat(value["due"]),
            person=value.get("person", ""),
        )


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """One run: the slot, the ritual as it is planned now, the team, and the time."""

    slot: Slot
    planned: Planned
    team: Team
    now: datetime

    @property
    def leads(self) -> tuple[Person, ...]:
        """Returns who leads the ritual: whom its line names, else the team's admins."""
        return leads_of(self.entry, self.team)

    @property
    def entry(self) -> RitualEntry:
        """Returns the ritual's line in the register."""
        return self.planned.entry

    @property
    def member(self) -> Member | None:
        """Returns whom the slot is for; None for the team's, and for one who is no member any more."""
        return next((one for one in self.planned.members if one.id == self.slot.person), None)


def leads_of(entry: RitualEntry, team: Team) -> tuple[Person, ...]:
    """Returns who leads a ritual: whom its option `lead` names, else the team's admins."""
    named = team.person(str(entry.options.get("lead") or ""))
    return (named,) if named else tuple(one for one in team.people.values() if one.admin)


@dataclass(frozen=True, kw_only=True)
class Composed:
    """What a run says. `unfinished` means that more is to be said once this stands in Slack.

    `remark` is a few words for the history: "asked Ana", "nobody answered".
    """

    messages: tuple[Message, ...] = ()
    remark: str = ""
    unfinished: bool = False


SILENT = Composed()


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What a ritual's phases may depend on beside its own line: the team and its time zone."""

    team: Team
    zone: str = "UTC"


class Ritual(Protocol):
    """What the registry holds. `facts` is whatever value `gather` returned."""

    @property
    def name(self) -> str:
        """Returns the ritual's kind, as `team.yaml` names it: "standup"."""
        ...

    @property
    def tells(self) -> str:
        """Returns in a sentence who hears what, and when."""
        ...

    def phases(self, entry: RitualEntry, setting: Setting) -> tuple[Phase, ...]:
        """Returns the phases as an entry sets them; raises `InputError` that quotes what can't be read."""
        ...

    def gather(self, occasion: Occasion) -> object | None:
        """Returns the facts of a run, None where there is nothing to be said."""
        ...

    def note(self, facts: Any) -> None:
        """Writes what must be remembered before anything is said."""
        ...

    def compose(self, facts: Any) -> Composed:
        """Returns what is said."""
        ...


@runtime_checkable
class Snoozing(Protocol):
    """A ritual that people may put off: it has slots beside those of its phases."""

    def snoozed_slots(self, since: datetime, now: datetime, planned: Planned) -> Sequence[Slot]:
        """Returns the slots that people chose, due after `since` and not after `now`."""
        ...


class Speaker(Protocol):
    """Whatever says messages: the delivery of the bot, or a list in tests and dry runs."""

    def say(self, message: Message) -> None:
        """Says a message, once for its key; again with other content edits it."""
        ...


class Links(Protocol):
    """Where what was said can be looked at."""

    def link(self, key: str) -> str:
        """Returns the address of the message with that key; empty while it does not stand anywhere."""
        ...
