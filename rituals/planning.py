"""The rituals of a workspace as they stand now: each entry of the register with its phases and members."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from core.clock import Clock
from core.errors import InputError, NotFoundError, RetryableError
from knowledge.records.ritual_runs import RitualRuns
from knowledge.registers.reading import Reader
from knowledge.registers.rituals import RitualEntry
from knowledge.registers.team import Team
from rituals.members import Roster, members_of
from rituals.ritual import Member, Planned, Ritual, Setting

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The rituals that run, what is wrong with some (by name, a sentence), and those nobody here knows.

    A ritual whose line can't be read does not run. One whose members can't be told runs without any: it
    asks nobody, and what was asked is still closed.
    """

    planned: tuple[Planned, ...] = ()
    problems: Mapping[str, str]
    paused: frozenset[str] = frozenset()
    unknown: tuple[str, ...] = ()
    team: Team

    def get(self, name: str) -> Planned:
        """Returns the ritual of that name; raises `NotFoundError` with the names that there are."""
        found = next((one for one in self.planned if one.name.casefold() == name.casefold()), None)
        if found is not None:
            return found
        if name in self.problems:
            raise InputError(self.problems[name])
        known = ", ".join(one.name for one in self.planned) or "none yet"
        raise NotFoundError(f"There is no ritual {name!r}.", cure=f"There are: {known}.")


class Planning:
    """Makes the plan of one workspace. `zone` is the team's time zone."""

    def __init__(
        self,
        *,
        reader: Reader,
        runs: RitualRuns,
        registry: Mapping[str, Ritual],
        roster: Roster,
        clock: Clock,
        zone: str,
        workspace_id: str,
    ) -> None:
        self._reader = reader
        self._runs = runs
        self._registry = registry
        self._roster = roster
        self._clock = clock
        self._zone = zone
        self.workspace_id = workspace_id
        self._members: dict[str, tuple[Member, ...]] = {}

    @property
    def registry(self) -> Mapping[str, Ritual]:
        """Returns the rituals that there are, by kind."""
        return self._registry

    def plan(self) -> Plan:
        """Returns the plan of this moment; a ritual that can't be read hinders no other."""
        team, states = self._reader.team(), self._runs.states()
        planned: list[Planned] = []
        problems: dict[str, str] = {}
        unknown: list[str] = []
        for entry in team.rituals.values():
            if kind_of(entry) not in self._registry:
                unknown.append(entry.name)
                continue
            state = states.get(entry.name)
            try:
                planned.append(self._planned(entry, team, state.active_since if state else None))
                planned[-1] = self._with_members(planned[-1], team)
            except InputError as error:
                problems[entry.name] = error.sentence
        return Plan(
            planned=tuple(planned),
            problems=problems,
            paused=frozenset(name for name, state in states.items() if state.paused_at is not None),
            unknown=tuple(unknown),
            team=team,
        )

    def ritual_of(self, planned: Planned) -> Ritual:
        """Returns the ritual that runs an entry."""
        return self._registry[kind_of(planned.entry)]

    def added_at(self, name: str) -> datetime | None:
        """Returns when a ritual came into the register; None where that is not known."""
        history = self._reader.history(kind="ritual", key=name, limit=500)
        return next((change.at for change in reversed(history) if change.after is not None), None)

    def _planned(self, entry: RitualEntry, team: Team, active_since: datetime | None) -> Planned:
        phases = self._registry[kind_of(entry)].phases(entry, Setting(team=team, zone=self._zone))
        return Planned(
            workspace_id=self.workspace_id,
            entry=entry,
            phases=phases,
            zone=self._zone,
            country=str(entry.options.get("country", "")),
            active_since=active_since,
        )

    def _with_members(self, planned: Planned, team: Team) -> Planned:
        """Returns a ritual with its members; where the chat is down, with those it had last."""
        named = _names(planned.entry.options.get("members"))
        if not named and not any(phase.each for phase in planned.phases):
            return planned
        today = self._clock.now().date()
        try:
            found = members_of(named, planned.entry.channel, team, self._roster, today)
        except RetryableError as error:
            logger.warning("event=members_unknown ritual=%r error=%s", planned.name, error)
            return replace(planned, members=self._members.get(planned.name, ()))
        self._members[planned.name] = tuple(found)
        return replace(planned, members=tuple(found))


def kind_of(entry: RitualEntry) -> str:
    """Returns which ritual of the registry an entry is: its `ritual` option, else its name."""
    return (
        str(entry.options.get("ritual") or entry.name).strip().casefold().replace("-", " ").replace("_", " ")
    )


def _names(value: Any) -> Sequence[str]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(map(str, value))
