from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from core.db import metadata, open_engine
from core.errors import PermanentError, UnavailableError
from core.schema import MIGRATIONS, current_version, newest_version, upgrade

ROOT = Path(__file__).parents[2]
LAYERS = ("core", "knowledge", "rituals", "bot")


def _import_every_table() -> None:
    """A table exists once its module is imported; those that make one say `Table(`."""
    for layer in LAYERS:
        for path in sorted((ROOT / layer).rglob("*.py")):
            source = path.read_text()
            if " = Table(\n" in source and "metadata,\n" in source:
                import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))


def test_the_migrations_make_exactly_the_tables_of_the_code(engine: Engine) -> None:
    _import_every_table()
    upgrade(engine)
    with engine.connect() as connection:
        differences = compare_metadata(
            MigrationContext.configure(connection, opts={"include_object": _is_ours}), metadata
        )
    assert differences == []


def _is_ours(_thing: object, name: str | None, kind: str, *_: object) -> bool:
    return not (kind == "table" and name == "alembic_version")


def test_an_upgrade_of_the_newest_changes_nothing(engine: Engine) -> None:
    upgrade(engine)
    upgrade(engine)
    with engine.connect() as connection:
        assert current_version(connection) == newest_version()


def test_two_upgrades_at_once_make_one_schema(engine: Engine) -> None:
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(upgrade, [engine, engine]))
    with engine.connect() as connection:
        assert current_version(connection) == newest_version()


def test_a_newer_database_is_refused_with_a_cure(engine: Engine) -> None:
    upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(PermanentError, match="schema 9999") as caught:
        upgrade(engine)
    assert "newer Muster" in caught.value.cure


def test_the_newest_version_is_alembics_head() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [newest_version()]


@pytest.mark.parametrize(
    "url", ["sqlite:////nowhere/muster.db", "postgresql://muster:very-secret@127.0.0.1:1/muster"]
)
def test_a_database_that_does_not_answer_is_unavailable(url: str) -> None:
    """Not a defect: the sentence says what to look at, on one line, without the password."""
    with pytest.raises(UnavailableError, match="The database can't be used") as caught:
        upgrade(open_engine(url))
    assert "DATABASE_URL" in caught.value.cure
    assert "\n" not in caught.value.sentence
    assert "very-secret" not in caught.value.sentence
