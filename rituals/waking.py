"""The waker: on each tick it starts what fell due, once, and tells the lead what was missed."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from core.clock import Clock
from core.durable import Starter
from core.message import Message, Person
from knowledge.records.ritual_runs import RitualRuns, Run
from rituals.members import member_of
from rituals.planning import Plan, Planning
from rituals.ritual import Planned, Slot, Snoozing, Speaker, leads_of
from rituals.running import start_slot
from rituals.schedule import due_slots

logger = logging.getLogger(__name__)

LOOK_BACK = timedelta(hours=26)
"""How far behind the mark slots are looked for again: a person's changed zone moves them back by a day."""


@dataclass(frozen=True, kw_only=True)
class Missed:
    """Phases that fell due while nobody was there, and are too late to be caught up."""

    ritual: str
    slots: tuple[tuple[str, datetime, int], ...]
    """(phase, when it was due, how many people)."""


class Waker:
    """Starts due slots of one workspace as durable workflows.

    With `replays` nothing is ever too late: a clock that is moved on purpose, in a demo, runs what lies
    between in order.
    """

    def __init__(
        self,
        *,
        planning: Planning,
        runs: RitualRuns,
        starter: Starter,
        speaker: Speaker,
        clock: Clock,
        replays: bool = False,
    ) -> None:
        self._planning = planning
        self._runs = runs
        self._starter = starter
        self._speaker = speaker
        self._clock = clock
        self._replays = replays
        self._told: set[str] = set()

    def tick(self) -> Sequence[Slot]:
        """Starts everything due up to now that was not started before; returns those slots, in order.

        Any number of processes may do this at once: a slot's key makes it one workflow. The mark moves
        last, so what a killed tick had begun is begun again, in vain.
        """
        now = self._clock.now()
        mark = self._runs.seen_until()
        plan = self._planning.plan()
        rituals = [self._counting(one, mark, now) for one in plan.planned if one.name not in plan.paused]
        since = (now if mark is None else mark) - LOOK_BACK
        known = self._runs.known_since(since - LOOK_BACK)
        due = [slot for slot in self._due(since, now, rituals) if slot.key not in known]
        late = [slot for slot in due if self._is_late(slot, now)]
        begun = [slot for slot in due if not self._is_late(slot, now)]
        for slot in begun:
            start_slot(self._starter, slot)
        self._tell(late, plan)
        self._tell_problems(plan)
        self._runs.begin([*map(_started, begun), *map(_missed, late)])
        self._runs.see(now)
        self._go_on()
        if late:
            logger.warning("event=slots_missed count=%d first=%s", len(late), late[0].key)
        return begun

    def _is_late(self, slot: Slot, now: datetime) -> bool:
        return not self._replays and now - slot.due > slot.grace

    def _go_on(self) -> None:
        """Starts the next round of the runs that have more to say; the last round's end is noted first."""
        for run in self._runs.unfinished():
            slot = Slot(
                workspace_id=self._planning.workspace_id,
                ritual=run.ritual,
                phase=run.phase,
                day=run.day,
                due=run.due_at,
                person=run.person,
            )
            start_slot(self._starter, slot, mark=f"round-{run.rounds}", rounds=run.rounds)

    def _due(self, since: datetime, now: datetime, rituals: Sequence[Planned]) -> list[Slot]:
        snoozed = [
            slot
            for one in rituals
            if isinstance(ritual := self._planning.ritual_of(one), Snoozing)
            for slot in ritual.snoozed_slots(since, now, one)
        ]
        return sorted([*due_slots(since, now, rituals), *snoozed], key=lambda slot: (slot.due, slot.key))

    def _counting(self, planned: Planned, mark: datetime | None, now: datetime) -> Planned:
        """Returns a ritual with the time from which it counts; a new one counts from when it was added."""
        if planned.active_since is not None:
            return planned
        added = self._planning.added_at(planned.name)
        since = now if mark is None else max(mark, min(added, now)) if added else mark
        state = self._runs.activate(planned.name, since)
        return replace(planned, active_since=state.active_since)

    def _tell_problems(self, plan: Plan) -> None:
        """Tells the leads what is wrong with a ritual, once a process and wording."""
        for name, words in plan.problems.items():
            if words in self._told:
                continue
            self._told.add(words)
            digest = sha256(words.encode()).hexdigest()[:16]
            for lead in leads_of(plan.team.rituals[name], plan.team):
                content = f"The ritual {name!r} does not run as it should. {words}"
                to = Person(name=member_of(lead).address)
                self._speaker.say(Message(key=f"problem:{digest}:{lead.id}", to=to, content=content))

    def _tell(self, late: Sequence[Slot], plan: Plan) -> None:
        for ritual in dict.fromkeys(slot.ritual for slot in late):
            of_it = [slot for slot in late if slot.ritual == ritual]
            missed = Missed(ritual=ritual, slots=tuple(_summed(of_it)))
            key = f"missed:{ritual}:{of_it[0].due:%Y%m%dT%H%M}"
            for lead in leads_of(plan.get(ritual).entry, plan.team):
                to = Person(name=member_of(lead).address)
                self._speaker.say(Message(key=f"{key}:{lead.id}", to=to, content=missed))


def _summed(late: Iterable[Slot]) -> Iterable[tuple[str, datetime, int]]:
    counted: dict[tuple[str, str], list[Slot]] = {}
    for slot in late:
        counted.setdefault((slot.phase, slot.day.isoformat()), []).append(slot)
    for (phase, _), slots in counted.items():
        yield phase, slots[0].due, sum(1 for slot in slots if slot.person)


def _started(slot: Slot) -> Run:
    return Run(
        key=slot.key,
        ritual=slot.ritual,
        phase=slot.phase,
        day=slot.day,
        due_at=slot.due,
        person=slot.person,
    )


def _missed(slot: Slot) -> Run:
    return replace(_started(slot), state="missed", remark="nobody was there at the due time")
