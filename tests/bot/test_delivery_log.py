from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine, insert

from bot.delivery_log import DeliveryLog
from core.db import metadata, workspaces
from core.fakes import FrozenClock


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture
def log(engine: Engine, clock: FrozenClock) -> DeliveryLog:
    metadata.create_all(engine)
    with engine.begin() as connection:
        for name in ("default", "other"):
            connection.execute(insert(workspaces).values(id=name, created_at=clock.now()))
    return DeliveryLog(engine, "default", clock)


def test_the_same_wording_again_is_no_new_revision(log: DeliveryLog) -> None:
    assert [log.want("k", digest).revision for digest in ("a", "a", "b", "b", "a")] == [1, 1, 2, 2, 3]


def test_a_message_is_followed_from_wanted_to_sent(log: DeliveryLog) -> None:
    log.want("k", "a")
    log.sending("k", channel="C1", thread_ts="1.1")
    log.sent("k", ts="1.2", digest="a")
    entry = log.get("k")
    assert entry is not None
    assert (entry.state, entry.channel, entry.thread_ts, entry.ts, entry.attempts) == (
        "sent",
        "C1",
        "1.1",
        "1.2",
        1,
    )
    assert log.at("C1", "1.2") == entry
    assert log.at("C1", "9.9") is None


def test_what_failed_is_listed_newest_first(log: DeliveryLog, clock: FrozenClock) -> None:
    for key in ("a", "b"):
        log.want(key, "x")
        clock.advance(timedelta(seconds=1))
        log.refused(key, f"no {key}")
    assert [(entry.key, entry.error) for entry in log.failed()] == [("b", "no b"), ("a", "no a")]


def test_a_workspace_sees_nothing_of_another(engine: Engine, log: DeliveryLog, clock: FrozenClock) -> None:
    log.want("k", "a")
    other = DeliveryLog(engine, "other", clock)
    assert other.get("k") is None
    assert other.want("k", "b").revision == 1
    assert log.want("k", "a").revision == 1
