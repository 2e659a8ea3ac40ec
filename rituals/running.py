"""A run: facts are gathered, noted, composed and said; repeated after a crash, it says nothing twice.

What a run says may need a second look: words go under a digest once that stands, and links into the
digest once those stand. Such a run notes that it is unfinished, and a later tick runs its next round.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from core.clock import Clock
from core.durable import Json
from core.errors import InputError, NotFoundError
from core.message import Message
from knowledge.records.ritual_runs import RitualRuns, Run, State
from rituals.planning import Planning
from rituals.ritual import SILENT, Composed, Occasion, Slot, Speaker

logger = logging.getLogger(__name__)

WORKFLOW = "ritual"
QUEUE = "rituals"
ROUNDS = 240
"""How often an unfinished run is taken up again, once a tick, before it is left as it is."""


class Runner:
    """Runs slots of one workspace."""

    def __init__(self, *, planning: Planning, runs: RitualRuns, speaker: Speaker, clock: Clock) -> None:
        self._planning = planning
        self._runs = runs
        self._speaker = speaker
        self._clock = clock

    def run(self, argument: dict[str, Any]) -> None:
        """Runs as a durable workflow: one round of a slot, as `start_slot` gave it."""
        slot, rounds = Slot.from_json(argument), int(argument.get("rounds", ROUNDS))
        try:
            composed = self._round(slot, self._speaker.say)
        except (InputError, NotFoundError) as error:
            # The ritual was taken away or broken after the slot fell due: that is no defect.
            logger.warning("event=ritual_failed slot=%s error=%s", slot.key, error.sentence)
            self._end(slot, "failed", error.sentence)
            return
        state: State = "said" if composed.messages else "silent"
        left = rounds - 1 if composed.unfinished else 0
        self._end(slot, state, composed.remark, messages=len(composed.messages), rounds=left)

    def rehearse(self, slot: Slot) -> list[Message]:
        """Returns what a slot would say now, and writes and says nothing."""
        occasion = self._occasion(slot)
        ritual = self._planning.ritual_of(occasion.planned)
        facts = ritual.gather(occasion)
        return [] if facts is None else list(ritual.compose(facts).messages)

    def _round(self, slot: Slot, say: Callable[[Message], None]) -> Composed:
        occasion = self._occasion(slot)
        ritual = self._planning.ritual_of(occasion.planned)
        facts = ritual.gather(occasion)
        if facts is None:
            return SILENT
        ritual.note(facts)
        composed = ritual.compose(facts)
        for message in composed.messages:
            say(message)
        return composed

    def _occasion(self, slot: Slot) -> Occasion:
        plan = self._planning.plan()
        planned = plan.get(slot.ritual)
        return Occasion(slot=slot, planned=planned, team=plan.team, now=self._now(slot))

    def _now(self, slot: Slot) -> datetime:
        """Returns the time of the run: the slot's own where the clock was moved over it."""
        return max(slot.due, self._clock.now())

    def _end(self, slot: Slot, state: State, remark: str, *, messages: int = 0, rounds: int = 0) -> None:
        self._runs.end(
            Run(
                key=slot.key,
                ritual=slot.ritual,
                phase=slot.phase,
                day=slot.day,
                due_at=slot.due,
                person=slot.person,
                state=state,
                messages=messages,
                rounds=rounds,
                remark=remark,
            )
        )


class Enqueuer(Protocol):
    """What puts workflows into a queue: the running engine, or a client beside it."""

    def start(self, workflow: str, key: str, argument: Json, *, queue: str, partition: str = "") -> None:
        """Makes the workflow durable, once for each `workflow` and `key`."""
        ...


def start_slot(starter: Enqueuer, slot: Slot, *, mark: str = "", rounds: int = ROUNDS) -> None:
    """Starts a slot's run durably, once for its key; `mark` tells later rounds and updates apart.

    The workflow's key opens with the due time: of workflows that were queued within the same second an
    older SQLite's queue takes the one whose id sorts first.
    """
    key = f"{slot.due:%Y%m%dT%H%M%S}:{slot.key}" + (f"#{mark}" if mark else "")
    starter.start(WORKFLOW, key, slot.to_json() | {"rounds": rounds}, queue=QUEUE, partition=slot.ritual)
