"""The waker: once, in order, late within the grace, missed beyond it; by kills, replicas and moved clocks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from core.errors import UnavailableError
from core.fakes import FrozenClock
from core.message import Person
from knowledge.registers.rituals import RitualEntry
from rituals.fakes import InlineStarter, Said
from rituals.members import Seen
from rituals.standup.said import Digest, StandupPrompt
from rituals.waking import Missed
from tests.rituals.conftest import MakeWorld, World, wired

MONDAY = date(2026, 11, 23)


def opened(world: World) -> list[str]:
    return sorted(key for key in world.starter.started if ":open:" in key)


def test_two_replicas_on_one_clock_start_each_slot_once(world: World) -> None:
    """Both tick over the same slots; the key makes them one workflow."""
    other = wired(world.engine, world.clock, starter=world.starter, said=world.said)
    world.clock.advance(timedelta(hours=12))
    world.rituals.waker.tick()
    other.rituals.waker.tick()
    world.starter.drain()
    assert len(opened(world)) == len(set(opened(world))) == 3
    assert len(world.said.wordings) == len({one.key for one in world.said.wordings})


def test_down_at_the_due_time_is_caught_up_once_within_the_grace(world: World) -> None:
    """Down from two to ten: nine o'clock in Madrid and London is within the grace of six hours."""
    world.clock.advance(timedelta(hours=8))
    restarted = wired(world.engine, world.clock)
    assert {one.person for one in restarted.said.of(StandupPrompt)} == {"ana-ruiz", "ben-carter"}
    restarted.tick()
    assert len(restarted.said.wordings) == 2


def test_what_is_too_late_is_missed_and_told_to_the_lead(world: World) -> None:
    world.clock.advance(timedelta(hours=20))
    restarted = wired(world.engine, world.clock)
    told = restarted.said.to(Person(name="U0BEN"))
    missed = [one for one in told if isinstance(one, Missed)]
    assert len(missed) == 1
    assert {phase: people for phase, _, people in missed[0].slots} == {
        "open": 3,
        "follow-up": 0,
        "remind": 3,
        "close": 0,
    }
    states = {run.state for run in restarted.rituals.runs.history("standup") if run.phase == "open"}
    assert states == {"missed"}
    restarted.tick()
    assert len([one for one in restarted.said.wordings if isinstance(one.content, Missed)]) == 1


def test_a_tick_that_was_killed_is_made_good(world: World) -> None:
    """Killed after starting and before the mark moved: the next process starts the same keys in vain."""
    world.clock.advance(timedelta(hours=13))
    mark = world.rituals.runs.seen_until()
    started = [slot.key for slot in world.rituals.waker.tick()]
    again = InlineStarter()
    for key in started:
        again.start("ritual", key, {})
    moved = world.rituals.runs.seen_until()
    assert mark is not None
    assert moved is not None
    assert moved > mark
    assert started
    assert world.rituals.waker.tick() == []


def test_a_moved_clock_runs_what_lies_between_each_at_its_own_time(world: World) -> None:
    """In a demo the clock is moved from Monday to Thursday: nothing is missed, all is in order."""
    moved = wired(world.engine, world.clock, replays=True)
    moved.clock.advance(timedelta(days=3))
    moved.tick()
    runs = [run for run in moved.rituals.runs.history("standup", limit=500) if run.phase == "open"]
    assert {run.state for run in runs} == {"said"}
    assert {run.day.day for run in runs} == {23, 24, 25}
    assert moved.said.of(Missed) == []


def test_a_paused_ritual_rests_and_catches_nothing_up(world: World) -> None:
    world.rituals.runs.pause("standup", "ben-carter")
    world.to("12:00")
    assert world.said.wordings == []
    world.rituals.runs.resume("standup")
    world.to("14:00")
    assert [one.person for one in world.said.of(StandupPrompt)] == ["chloe-martin"]


def test_a_ritual_that_is_added_counts_from_then_on(world: World) -> None:
    world.to("12:00")
    world.save(RitualEntry(name="second", options={"ritual": "standup", "members": ["Iris Novak"]}))
    world.to("13:00")
    assert world.said.to(Person(name="U0IRIS")) == []
    world.to("09:00", date(2026, 11, 24))
    assert len(world.said.to(Person(name="U0IRIS"))) == 1


def test_a_time_zone_changed_in_the_middle_of_the_window_asks_once(world: World) -> None:
    world.to("09:00")
    team = world.rituals.planning.plan().team
    moved = {**vars(team.people["ben-carter"]), "time_zone": "America/New_York"}
    world.save(type(team.people["ben-carter"])(**moved))
    world.to("20:00")
    assert len([one for one in world.said.of(StandupPrompt) if one.person == "ben-carter"]) == 1


def test_a_ritual_that_cannot_be_read_hinders_no_other(world: World) -> None:
    world.save(RitualEntry(name="broken", schedule="whenever", options={"ritual": "standup"}))
    world.to("09:00")
    assert len(world.said.of(StandupPrompt)) == 2
    assert "whenever" in world.rituals.planning.plan().problems["broken"]


def test_a_group_renamed_in_the_middle_of_the_day_still_gets_its_digest(make_world: MakeWorld) -> None:
    """Nobody new is asked, what was said is shown, and the lead is told why, once."""
    world = make_world()
    world.to("09:00")
    world.answer("ana-ruiz", changed="churn: a")
    entry = world.rituals.planning.plan().get("standup").entry
    options = {**entry.options, "members": ["@renamed"]}
    world.save(RitualEntry(**{**vars(entry), "options": options}))
    world.to("15:20")
    world.settle()
    assert len(world.said.of(Digest)) == 1
    assert [one.person for one in world.said.of(StandupPrompt)] == ["ana-ruiz", "ben-carter"]
    told = [one for one in world.said.to(Person(name="U0BEN")) if isinstance(one, str)]
    assert len(told) == 1
    assert "@renamed" in told[0]


def test_a_chat_that_is_down_asks_whom_it_knew_last(make_world: MakeWorld) -> None:
    world = make_world(members=["#delivery"])
    world.roster.put("#delivery", [Seen(slack_user="U0ANA", name="Ana")])
    world.tick()
    world.roster.broken = UnavailableError("Slack does not answer.")
    world.to("09:00")
    assert [one.person for one in world.said.of(StandupPrompt)] == ["ana-ruiz"]


def test_a_ritual_removed_after_its_slot_was_started_ends_as_failed(world: World) -> None:
    world.clock.advance(timedelta(hours=7))
    world.rituals.waker.tick()
    slots = list(world.starter.started)
    assert slots
    world.save(RitualEntry(name="standup", schedule="whenever"))
    world.starter.drain()
    assert {run.state for run in world.rituals.runs.history("standup")} == {"failed"}
    assert world.said.wordings == []


@pytest.mark.parametrize("killed_after", range(12))
def test_a_run_killed_anywhere_and_repeated_says_nothing_twice(
    make_world: MakeWorld, killed_after: int
) -> None:
    """The speaker dies after so many messages; the repeated run ends as if nothing had happened."""
    world = make_world()
    whole = _day(make_world(), Said())
    said = _DyingSaid(killed_after)
    assert _day(world, said) == whole


def _day(world: World, said: Said) -> dict[str, object]:
    """Runs a day with its answers, repeating each workflow that dies, and returns what stands."""
    again = wired(world.engine, FrozenClock(datetime(2026, 11, 23, 2, tzinfo=UTC)), said=said)
    runs = dict(again.starter.runs)
    for name, run in runs.items():
        again.starter.runs[name] = _twice(run)
    again.to("14:00")
    again.answer("ana-ruiz", changed="churn: a", blockers="churn: data quality is poor")
    again.answer("ben-carter", changed="fraud: b")
    again.to("16:00")
    again.settle()
    assert len(again.said.of(Digest)) == 1
    return {key: message.content for key, message in sorted(said.standing.items())}


class _DyingSaid(Said):
    def __init__(self, after: int) -> None:
        super().__init__()
        self._left = after

    def say(self, message: Any) -> None:
        self._left -= 1
        if self._left == -1:
            raise ConnectionError("killed")
        super().say(message)


def _twice(run: Callable[[Any], None]) -> Callable[[Any], None]:
    def persistent(argument: Any) -> None:
        try:
            run(argument)
        except ConnectionError:
            run(argument)

    return persistent
