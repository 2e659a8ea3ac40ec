from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Column, Engine, Integer, MetaData, Table, insert, select
from sqlalchemy.exc import SQLAlchemyError, StatementError

from core.db import UtcDateTime, open_engine
from core.errors import SettingError

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


@pytest.mark.parametrize(
    "url", ["mysql://muster:very-secret@db/muster", "very-secret", "postgresql:very-secret"]
)
def test_an_address_of_no_database_that_we_know_is_a_wrong_setting(url: str) -> None:
    """It is not quoted: it may hold a password."""
    with pytest.raises(SettingError, match="DATABASE_URL") as caught:
        open_engine(url)
    assert "very-secret" not in caught.value.sentence


def test_a_failing_statement_does_not_show_what_was_written(engine: Engine) -> None:
    moments.create(engine)
    with engine.begin() as connection, pytest.raises(SQLAlchemyError) as caught:
        connection.execute(insert(moments), [{"id": 4711, "at": None}, {"id": 4711, "at": None}])
    assert "4711" not in str(caught.value).partition("[SQL")[2]
