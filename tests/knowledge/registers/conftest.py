"""What the tests of the registers share: the sample team, and a database with it applied."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert

from core.db import metadata, open_engine, workspaces
from core.fakes import FrozenClock
from knowledge.registers.permissions import Editor
from knowledge.registers.team import Team
from knowledge.registers.team_file.applying import TeamFile
from knowledge.registers.team_file.reading import read_team_file
from knowledge.starter_pack import STARTER

ADMIN = Editor(who="terminal", via="cli", admin=True)


@pytest.fixture(scope="session")
def sample_text() -> str:
    """The sample team's file."""
    return (STARTER / "team.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def sample(sample_text: str) -> Team:
    """The sample team: Harbour Mobile."""
    return read_team_file(sample_text).team


@pytest.fixture
def admin() -> Editor:
    """Somebody who may do everything."""
    return ADMIN


@pytest.fixture
def clock() -> FrozenClock:
    """Monday, 23 November 2026."""
    return FrozenClock()


def prepare(engine: Engine, clock: FrozenClock) -> None:
    """Makes the tables and the default workspace."""
    metadata.create_all(engine)
    row = {"id": "default", "created_at": clock.now(), "generation": 0, "embedding": ""}
    with engine.begin() as connection:
        connection.execute(insert(workspaces), row)


@pytest.fixture
def empty(tmp_path: Path, clock: FrozenClock) -> Iterator[Engine]:
    """A SQLite database with the tables and nothing in them."""
    engine = open_engine(f"sqlite:///{tmp_path / 'registers.db'}")
    prepare(engine, clock)
    yield engine
    engine.dispose()


@pytest.fixture
def database(empty: Engine, clock: FrozenClock, sample_text: str) -> Engine:
    """A SQLite database with the sample team."""
    TeamFile(empty, clock).apply(sample_text, ADMIN)
    return empty


@pytest.fixture
def any_database(engine: Engine, clock: FrozenClock) -> Engine:
    """An empty database of each kind, with the tables."""
    prepare(engine, clock)
    return engine
