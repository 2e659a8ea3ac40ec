"""The records of blockers and runs, on both databases: written twice, they are as if written once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, insert

from core.db import metadata, workspaces
from core.errors import NotFoundError
from core.fakes import FrozenClock
from knowledge.records.blocker import Blocker, blocker_id
from knowledge.records.blockers import Blockers
from knowledge.records.ritual_runs import RitualRuns, Run

MONDAY = date(2026, 11, 23)
DUE = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture
def database(engine: Engine, clock: FrozenClock) -> Engine:
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(workspaces).values(id="w", created_at=clock.now()))
    return engine


@pytest.fixture
def blockers(database: Engine, clock: FrozenClock) -> Blockers:
    return Blockers(database, clock, workspace_id="w")


def blocker(text: str = "no access to the ledger", day: date = MONDAY, reporter: str = "ana") -> Blocker:
    return Blocker(
        id=blocker_id("standup", day, reporter, text),
        ritual="standup",
        reporter=reporter,
        text=text,
        since=day,
        reported_on=day,
        owner="deepak",
        route="Deepak is responsible",
        news_at=datetime(2026, 11, 23, 9, tzinfo=UTC),
    )


def test_reporting_twice_is_reporting_once(blockers: Blockers) -> None:
    first = blockers.report(blocker())
    assert blockers.report(blocker()) == first
    assert [event.what for event in blockers.story(first.id)] == ["reported", "routed"]


def test_a_restated_blocker_keeps_its_age_and_owner(blockers: Blockers, clock: FrozenClock) -> None:
    first = blockers.report(blocker())
    clock.advance(timedelta(days=1))
    again = blockers.report(blocker("No access to the ledger.", MONDAY + timedelta(days=1)))
    assert (again.id, again.since) == (first.id, MONDAY)
    assert again.news_at == clock.now()


def test_another_persons_blocker_is_another_one(blockers: Blockers) -> None:
    blockers.report(blocker())
    blockers.report(blocker(reporter="ben"))
    assert len(blockers.open()) == 2


def test_the_first_who_resolves_stays_and_reopening_undoes_it(blockers: Blockers) -> None:
    one = blockers.report(blocker()).id
    blockers.resolve(one, by="deepak")
    assert blockers.resolve(one, by="ben").resolved_by == "deepak"
    assert blockers.open() == []
    assert blockers.reopen(one, by="ana").is_open


def test_each_level_is_climbed_once(blockers: Blockers) -> None:
    one = blockers.report(blocker()).id
    assert blockers.climb(one, level="accountable", owner="iris", route="A")
    assert not blockers.climb(one, level="accountable", owner="iris", route="A")
    assert blockers.get(one).level == "accountable"


def test_withdrawing_leaves_no_trace(blockers: Blockers) -> None:
    one = blockers.report(blocker()).id
    assert blockers.withdraw("standup", MONDAY, "ana") == [one]
    assert blockers.story(one) == []
    with pytest.raises(NotFoundError):
        blockers.get(one)


@pytest.fixture
def runs(database: Engine, clock: FrozenClock) -> RitualRuns:
    return RitualRuns(database, clock, workspace_id="w")


def run(**more: object) -> Run:
    facts = {"key": "w:standup:open", "ritual": "standup", "phase": "open", "day": MONDAY, "due_at": DUE}
    return Run(**{**facts, **more})  # type: ignore[arg-type]  # tests give what fits


def test_a_run_that_ended_is_not_begun_again(runs: RitualRuns) -> None:
    runs.begin([run()])
    runs.end(run(state="said", messages=1, remark="asked Ana"))
    runs.begin([run()])
    assert [(one.state, one.remark) for one in runs.history()] == [("said", "asked Ana")]


def test_the_mark_never_goes_back(runs: RitualRuns) -> None:
    assert runs.seen_until() is None
    runs.see(DUE)
    runs.see(DUE - timedelta(hours=1))
    assert runs.seen_until() == DUE


def test_a_paused_ritual_counts_anew_from_when_it_is_resumed(runs: RitualRuns, clock: FrozenClock) -> None:
    runs.activate("standup", DUE - timedelta(days=3))
    runs.pause("standup", "ben")
    clock.advance(timedelta(days=2))
    runs.resume("standup")
    state = runs.states()["standup"]
    assert (state.paused_at, state.active_since) == (None, clock.now())
    assert runs.activate("standup", DUE).active_since == clock.now()
