"""The standup, without a meeting.

Who hears what, when, and why they care:

- open: each member, in private and at their own hour, is asked three questions (`opening`). In channel
  mode the channel is asked once. A partner team is asked when the hours in which both sides work begin.
- remind: who was asked and is silent hears one private word (`reminding`).
- close: the channel reads one digest: blockers with owner and age, what changed by initiative, the
  hand-over, who is away (`closing`). Nobody answered: nothing is posted. All answered earlier: it comes
  earlier. Who answers late changes the digest that stands.
- follow-up: blockers that age climb to the accountable person, then to the sponsor (`following`).

What people do in between (answer, skip, snooze, opt out, resolve a blocker) comes in by `desk`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from knowledge.registers.rituals import RitualEntry
from rituals.moments import BeforeMoment, LocalMoment, Moment, OwnMoment
from rituals.ritual import Composed, Occasion, Phase, Planned, Setting, Slot
from rituals.schedule_line import read_schedule, read_time
from rituals.standup.closing import CLOSE, UPDATE, Close
from rituals.standup.following import Following
from rituals.standup.opening import Opening
from rituals.standup.options import DEFAULT_SCHEDULE, StandupOptions, read_options, read_sprints
from rituals.standup.partners import overlap_moments
from rituals.standup.records import StandupRecords
from rituals.standup.reminding import AskingAgain, Reminding

NAME = "standup"
AGAIN = "again"
FOLLOW_UP = "follow-up"
OPEN_GRACE = timedelta(hours=6)
CLOSE_GRACE = timedelta(hours=4)
REMIND_GRACE = timedelta(minutes=25)


class Step(Protocol):
    """A phase of the standup: the three deeds of a ritual."""

    def gather(self, occasion: Occasion, options: StandupOptions) -> Any | None:
        """Reads the facts; None for silence."""
        ...

    def note(self, facts: Any) -> None:
        """Writes what must be remembered."""
        ...

    def compose(self, facts: Any) -> Composed:
        """Returns what is said."""
        ...


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """The facts of a phase, with the phase that knows what to do with them."""

    step: Step
    facts: Any


class Standup:
    """The ritual; what it reads and writes is in `records`."""

    name = NAME
    tells = "Each member is asked in private at their own hour; the channel reads one digest at the close."

    def __init__(self, records: StandupRecords) -> None:
        self.records = records
        close = Close(records=records)
        self._steps: Mapping[str, Step] = {
            "open": Opening(records=records),
            "remind": Reminding(records=records),
            AGAIN: AskingAgain(records=records),
            FOLLOW_UP: Following(records=records),
            CLOSE: close,
            UPDATE: close,
        }

    def phases(self, entry: RitualEntry, setting: Setting) -> tuple[Phase, ...]:
        """Returns the four phases as an entry sets them; no reminder where that is switched off."""
        options = read_options(entry)
        line = read_schedule(entry.schedule or DEFAULT_SCHEDULE, sprints=read_sprints(options))
        each = options.mode == "dm"
        zone = line.zone or setting.zone
        usual = LocalMoment(at=line.at, zone=line.zone if each else zone)
        opening = OwnMoment(usual=usual, own=overlap_moments(options, setting.team)) if each else usual
        close = _at(options.close, zone)
        reminders = self._reminders(entry.name, close, options)
        phases = (
            Phase(name="open", rhythm=line.rhythm, moment=opening, each=each, grace=OPEN_GRACE),
            Phase(name="remind", rhythm=line.rhythm, moment=reminders, each=True, grace=REMIND_GRACE),
            Phase(name=FOLLOW_UP, rhythm=line.rhythm, moment=_at(options.follow_up, zone), grace=CLOSE_GRACE),
            Phase(name=CLOSE, rhythm=line.rhythm, moment=close, grace=CLOSE_GRACE),
        )
        return tuple(phase for phase in phases if phase.name != "remind" or options.remind_before)

    def gather(self, occasion: Occasion) -> Gathered | None:
        """Returns the facts of a phase; None where it has nothing to say."""
        step = self._steps[occasion.slot.phase.partition("@")[0]]
        facts = step.gather(occasion, read_options(occasion.entry))
        return None if facts is None else Gathered(step=step, facts=facts)

    def note(self, gathered: Gathered) -> None:
        """Writes what the phase must remember."""
        gathered.step.note(gathered.facts)

    def compose(self, gathered: Gathered) -> Composed:
        """Returns what the phase says."""
        return gathered.step.compose(gathered.facts)

    def snoozed_slots(self, since: datetime, now: datetime, planned: Planned) -> Sequence[Slot]:
        """Returns when people who snoozed want to be asked again."""
        return [
            Slot(
                workspace_id=planned.workspace_id,
                ritual=planned.name,
                phase=f"{AGAIN}@{prompt.snoozed_until:%H%M}",
                day=prompt.day,
                due=prompt.snoozed_until,
                person=prompt.person,
            )
            for prompt in self.records.prompts.snoozed_between(since, now)
            if prompt.ritual == planned.name and prompt.snoozed_until is not None
        ]

    def _reminders(self, ritual: str, close: LocalMoment, options: StandupOptions) -> Moment:
        """Returns when each is reminded: some time before the close, or at the hour that they chose."""
        wishes = self.records.prompts.wishes(ritual).values()
        return OwnMoment(
            usual=BeforeMoment(of=close, by=options.remind_by, quiet=options.quiet),
            own={one.person: LocalMoment(at=one.remind_at) for one in wishes if one.remind_at is not None},
        )


def _at(text: str, zone: str) -> LocalMoment:
    at, own = read_time(text)
    return LocalMoment(at=at, zone=own or zone)
