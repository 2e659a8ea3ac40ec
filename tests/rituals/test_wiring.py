"""The rituals on the real durable engine: registered, woken, run, and gone on with after a restart."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from sqlalchemy.engine import make_url

from core.durable import Durable
from core.fakes import FrozenClock
from rituals.fakes import Said
from rituals.ritual import Slot
from rituals.running import QUEUE, WORKFLOW, start_slot
from rituals.standup.said import Digest, StandupPrompt
from rituals.wiring import Rituals, make_rituals
from tests.rituals.conftest import MONDAY, World


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def serve(world: World, said: Said, home: Path) -> tuple[Durable, Rituals]:
    durable = Durable(home=home, database_url=make_url(world.engine.url).render_as_string())
    rituals = make_rituals(
        engine=world.engine,
        clock=world.clock,
        workspace_id="w",
        zone="Europe/London",
        starter=durable,
        speaker=said,
        links=said,
    )
    rituals.register(durable)
    durable.launch()
    return durable, rituals


def test_a_day_on_the_real_engine_with_a_restart_in_the_middle(world: World, tmp_path: Path) -> None:
    """Asked by one process, answered and closed by the next: each prompted once, one digest."""
    said = Said()
    durable, rituals = serve(world, said, tmp_path / "home")
    _pass(world.clock, 7)
    rituals.waker.tick()
    wait_for(lambda: len(said.of(StandupPrompt)) == 2)
    assert durable.close()
    durable, rituals = serve(world, said, tmp_path / "home")
    rituals.desk.answer("standup", MONDAY, "ana-ruiz", {"changed": "churn: a"})
    _pass(world.clock, 6)
    rituals.waker.tick()

    def linked() -> bool:
        rituals.waker.tick()
        found = said.of(Digest)
        return bool(found and found[0].groups[0].lines[0].link)

    wait_for(linked)
    wait_for(lambda: rituals.runs.unfinished() == [])
    durable.close()
    assert len(said.of(Digest)) == 1
    assert len(said.of(StandupPrompt)) == 3


def test_what_is_queued_within_a_second_runs_in_the_order_of_its_due_times(
    world: World, tmp_path: Path
) -> None:
    """An older SQLite keeps whole seconds only, and takes the workflow whose id sorts first."""
    ran: list[str] = []
    durable = Durable(home=tmp_path / "home", database_url=make_url(world.engine.url).render_as_string())
    durable.workflow(WORKFLOW, lambda slot: ran.append(slot["phase"]))
    durable.queue(QUEUE)
    durable.launch()
    phases = ["zeta", "open", "mid", "close", "again"]
    for number, phase in enumerate(phases):
        due = world.clock.now() + timedelta(minutes=number)
        start_slot(durable, Slot(workspace_id="w", ritual="standup", phase=phase, day=MONDAY, due=due))
    wait_for(lambda: len(ran) == len(phases))
    durable.close()
    assert ran == phases


def _pass(clock: FrozenClock, hours: int) -> None:
    clock.advance(timedelta(hours=hours))
