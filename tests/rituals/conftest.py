"""A workspace with a small team in three time zones, and its rituals wired to stand-ins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, insert

from core.db import metadata, open_engine, workspaces
from core.fakes import FrozenClock
from core.llm import ChatModel
from core.message import Person as To
from knowledge.registers.people import Absence
from knowledge.registers.permissions import Editor
from knowledge.registers.registrar import Registrar
from knowledge.registers.rituals import RitualEntry
from knowledge.registers.team_file.reading import read_team_file
from rituals.fakes import FakeRoster, InlineStarter, Said
from rituals.running import WORKFLOW
from rituals.standup.afterwards import Afterwards
from rituals.standup.blocker_desk import CHANGED
from rituals.standup.desk import AFTERWARDS
from rituals.wiring import Rituals, make_rituals

ADMIN = Editor(who="terminal", via="cli", admin=True)
MONDAY = date(2026, 11, 23)
TEAM = """
people:
  - name: Ben Carter
    time_zone: Europe/London
    country: GB
    roles: [delivery lead]
    admin: true
    slack: U0BEN
  - {name: Ana Ruiz, time_zone: Europe/Madrid, country: ES, roles: [data scientist], slack: U0ANA}
  - {name: Chloe Martin, time_zone: America/New_York, country: US, roles: [ML engineer], slack: U0CHLOE}
  - {name: Deepak Rao, time_zone: Asia/Kolkata, country: IN, roles: [data engineer], slack: U0DEEPAK}
  - {name: Iris Novak, time_zone: Europe/London, country: GB, roles: [AI architect], slack: U0IRIS}
  - {name: Farid Haddad, time_zone: Asia/Beirut, country: LB, roles: [executive sponsor], slack: U0FARID}
initiatives:
  - name: churn
    objective: Keep subscribers
    kpi: {name: churn rate, unit: "%", direction: down, target: 2.0, target_date: 2027-03-31}
    sponsor: Farid Haddad
    lead: Ben Carter
    sourcing: {kind: hybrid, partner: data engineering in Kolkata, overlap: "09:00-12:00 London"}
    risks:
      - {what: a competitor's tariff draws heavy users away}
    datasets: [billing_events]
    channel: "#churn"
  - name: fraud
    objective: Stop fraud
    kpi: {name: loss, unit: EUR, direction: down, target: 1, target_date: 2027-06-30}
    sponsor: Farid Haddad
    lead: Ben Carter
    channel: "#fraud"
responsibilities:
  - {subject: churn, activity: own data quality, accountable: Iris Novak, responsible: Deepak Rao}
  - {subject: fraud, activity: promote model to production, accountable: Chloe Martin, responsible: Ana Ruiz}
"""
STANDUP: dict[str, Any] = {
    "members": ["Ben Carter", "Ana Ruiz", "Chloe Martin"],
    "close": "15:00 Europe/London",
    "country": "GB",
}


@dataclass(kw_only=True)
class World:
    """A workspace whose clock is moved by hand, and everything that was said in it."""

    engine: Engine
    clock: FrozenClock
    said: Said
    starter: InlineStarter
    roster: FakeRoster
    rituals: Rituals

    def to(self, hour: str, day: date = MONDAY) -> None:
        """Moves the clock to a UTC hour of a day, tick by tick, and runs what falls due."""
        at = datetime.combine(day, datetime.strptime(hour, "%H:%M").time(), tzinfo=UTC)  # noqa: DTZ007  # only its time
        while self.clock.now() < at:
            self.clock.advance(min(timedelta(minutes=20), at - self.clock.now()))
            self.tick()

    def tick(self) -> None:
        self.rituals.waker.tick()
        self.starter.drain()

    def settle(self) -> None:
        """Ticks until nobody has more to say."""
        self.starter.drain()
        while self.rituals.runs.unfinished():
            self.tick()

    def answer(self, person: str, day: date = MONDAY, **answers: str) -> None:
        self.rituals.desk.answer("standup", day, person, answers)
        self.settle()

    def hears(self, slack_user: str, kind: type) -> list[Any]:
        return [one for one in self.said.to(To(name=slack_user)) if isinstance(one, kind)]

    def save(self, *entries: Any) -> None:
        Registrar(self.engine, self.clock, workspace_id="w").save_all(list(entries), ADMIN)

    def away(self, person: str, first: date, last: date, deputy: str = "") -> None:
        Registrar(self.engine, self.clock, workspace_id="w").set_absences(
            person, [Absence(start=first, end=last, deputy=deputy)], ADMIN
        )


MakeWorld = Callable[..., World]


@pytest.fixture
def make_world(tmp_path: Path) -> Iterator[MakeWorld]:
    """Makes a world on the Monday at six; `entries` are its rituals."""
    opened: list[Engine] = []

    def make(
        *entries: RitualEntry, model: ChatModel | None = None, engine: Engine | None = None, **options: Any
    ) -> World:
        clock = FrozenClock(datetime(2026, 11, 23, 2, 0, tzinfo=UTC))
        if engine is None:
            engine = open_engine(f"sqlite:///{tmp_path / f'world-{len(opened)}.db'}")
            opened.append(engine)
        metadata.create_all(engine)
        with engine.begin() as connection:
            connection.execute(insert(workspaces).values(id="w", created_at=clock.now()))
        standup = RitualEntry(
            name="standup",
            channel="#delivery",
            schedule="every weekday 09:00 in each time zone",
            options=STANDUP | options,
        )
        Registrar(engine, clock, workspace_id="w").save_all(
            [*read_team_file(TEAM).team.entries(), *(entries or [standup])], ADMIN
        )
        return wired(engine, clock, model)

    yield make
    for engine in opened:
        engine.dispose()


def wired(engine: Engine, clock: FrozenClock, model: ChatModel | None = None, **how: Any) -> World:
    """Wires the rituals of a database that there is already: a second process, or a restart."""
    said, starter, roster = how.get("said") or Said(), how.get("starter") or InlineStarter(), FakeRoster()
    rituals = make_rituals(
        engine=engine,
        clock=clock,
        workspace_id="w",
        zone="Europe/London",
        starter=starter,
        speaker=said,
        links=said,
        roster=roster,
        model=model,
        replays=how.get("replays", False),
    )
    starter.runs |= {
        WORKFLOW: rituals.runner.run,
        AFTERWARDS: rituals.afterwards.run,
        CHANGED: rituals.changes.run,
    }
    world = World(engine=engine, clock=clock, said=said, starter=starter, roster=roster, rituals=rituals)
    assert isinstance(rituals.afterwards, Afterwards)
    world.tick()
    return world


@pytest.fixture
def world(make_world: MakeWorld) -> World:
    """A world with one standup for three people in three time zones."""
    return make_world()
