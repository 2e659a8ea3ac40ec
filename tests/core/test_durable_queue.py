"""When a queue is looked at: after a ring, after a glance that found something, and at the end."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.durable import Durable, Json
from core.durable_queue import Doorbell
from core.errors import InputError

NEVER = 60.0


def test_a_ring_ends_the_wait_at_once() -> None:
    bell = Doorbell(lambda: False)
    threading.Timer(0.05, bell.ring).start()
    begun = time.monotonic()
    assert bell.wait(NEVER) is False
    assert time.monotonic() - begun < 5


def test_one_ring_is_one_look() -> None:
    glances = iter([False, False, True])
    bell = Doorbell(lambda: next(glances))
    bell.ring()
    bell.wait(0.01)
    assert next(glances) is False, "after a ring nobody glanced"
    bell.wait(0.01)
    assert list(glances) == []


def test_what_waits_is_seen_at_a_glance() -> None:
    assert Doorbell(lambda: True).wait(0.01) is False


def test_the_end_is_told_at_once_and_again() -> None:
    bell = Doorbell(lambda: False)
    threading.Timer(0.05, bell.set).start()
    assert bell.wait(NEVER) is True
    assert bell.is_set()


@pytest.fixture
def durable(tmp_path: Path) -> Iterator[Durable]:
    """An engine that of itself looks at its queues once a minute."""
    durable = Durable(home=tmp_path, database_url="sqlite://", polled_every_s=NEVER)
    yield durable
    durable.close(within=0.1)


def test_what_is_put_in_here_waits_for_no_glance(durable: Durable) -> None:
    told: list[Json] = []
    durable.workflow("tell", told.append)
    durable.queue("line")
    durable.launch()
    deadline = time.monotonic() + NEVER / 4
    for number in range(5):
        durable.start("tell", str(number), {"number": number}, queue="line", partition=f"C{number}")
        while len(told) <= number:
            assert time.monotonic() < deadline, "nobody looked"
            time.sleep(0.01)


def test_an_engine_with_a_queue_closes_at_once(durable: Durable) -> None:
    durable.queue("line")
    durable.launch()
    begun = time.monotonic()
    assert durable.close() is True
    assert time.monotonic() - begun < NEVER / 4


def test_an_unknown_queue_is_refused(durable: Durable) -> None:
    durable.workflow("tell", lambda _: None)
    durable.launch()
    with pytest.raises(InputError, match="queue 'nowhere' is not registered"):
        durable.start("tell", "1", {}, queue="nowhere")
