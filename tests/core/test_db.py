from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Column, Engine, Integer, MetaData, Table, insert, select
from sqlalchemy.exc import StatementError

from core.db import UtcDateTime

moments = Table("moments", MetaData(), Column("id", Integer, primary_key=True), Column("at", UtcDateTime))


def test_times_come_back_as_utc_whatever_zone_they_went_in_with(engine: Engine) -> None:
    moments.create(engine)
    at = datetime(2026, 3, 29, 3, 30, tzinfo=timezone(timedelta(hours=2)))
    with engine.begin() as connection:
        connection.execute(insert(moments).values(id=1, at=at))
        found = connection.scalar(select(moments.c.at))
    assert found == at
    assert found is not None
    assert found.utcoffset() == timedelta(0)


def test_a_naive_time_is_refused_before_it_reaches_the_database(engine: Engine) -> None:
    moments.create(engine)
    with engine.begin() as connection, pytest.raises(StatementError, match="aware times only"):
        connection.execute(insert(moments).values(id=1, at=datetime(2026, 3, 29, 3, 30)))  # noqa: DTZ001  # the point


def test_an_empty_time_stays_empty(engine: Engine) -> None:
    moments.create(engine)
    with engine.begin() as connection:
        connection.execute(insert(moments).values(id=1, at=None))
        assert connection.scalar(select(moments.c.at)) is None
    assert datetime.now(UTC).tzinfo is UTC
