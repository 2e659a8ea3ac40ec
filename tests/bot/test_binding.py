from __future__ import annotations

import pytest
from sqlalchemy import Engine, insert, select

from bot.binding import bind_team
from core.db import metadata, workspaces
from core.errors import SettingError
from core.fakes import FrozenClock


@pytest.fixture(autouse=True)
def _tables(engine: Engine) -> None:
    metadata.create_all(engine)


def test_the_first_team_gets_what_was_ingested_at_the_terminal(engine: Engine) -> None:
    clock = FrozenClock()
    with engine.begin() as connection:
        connection.execute(insert(workspaces).values(id="default", generation=3, created_at=clock.now()))
    assert bind_team(engine, "T1", clock) == "default"
    with engine.connect() as connection:
        row = connection.execute(select(workspaces)).one()
    assert (row.slack_team_id, row.generation) == ("T1", 3)


def test_a_team_finds_its_workspace_again(engine: Engine) -> None:
    assert bind_team(engine, "T1", FrozenClock()) == bind_team(engine, "T1", FrozenClock()) == "default"


def test_another_team_is_refused_with_a_cure(engine: Engine) -> None:
    bind_team(engine, "T1", FrozenClock())
    with pytest.raises(SettingError, match="another Slack team than T2") as caught:
        bind_team(engine, "T2", FrozenClock())
    assert "MUSTER_HOME" in caught.value.cure
