"""The team in the database, on SQLite and PostgreSQL."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Engine

from core.fakes import FrozenClock
from knowledge.registers.permissions import Editor
from knowledge.registers.reading import Reader
from knowledge.registers.registrar import Registrar
from knowledge.registers.team import Team
from knowledge.registers.team_file.applying import TeamFile


def test_what_is_written_is_read_back(
    any_database: Engine, clock: FrozenClock, sample: Team, sample_text: str, admin: Editor
) -> None:
    """Every field of every register survives, on both databases."""
    TeamFile(any_database, clock).apply(sample_text, admin)
    assert Reader(any_database).team() == sample


def test_a_change_answers_at_once_and_keeps_its_past(
    any_database: Engine, clock: FrozenClock, sample_text: str, admin: Editor
) -> None:
    TeamFile(any_database, clock).apply(sample_text, admin)
    reader, registrar = Reader(any_database), Registrar(any_database, clock)
    before = reader.team().initiatives["churn"]
    registrar.save(replace(before, health="off track"), admin, why="the KPI fell twice")
    assert reader.team().initiatives["churn"].health == "off track"
    newest = reader.history(kind="initiative", key="churn")[0]
    assert newest.fields == {"health": ("on track", "off track")}
    assert (newest.who, newest.via, newest.why, newest.at) == (
        "terminal",
        "cli",
        "the KPI fell twice",
        clock.now(),
    )


def test_an_unmoved_register_is_not_read_again(database: Engine) -> None:
    reader = Reader(database)
    assert reader.team() is reader.team()


def test_history_follows_a_renamed_row(database: Engine, clock: FrozenClock, admin: Editor) -> None:
    reader, registrar = Reader(database), Registrar(database, clock)
    row = reader.team().responsibilities["churn / approve release"]
    registrar.save(replace(row, activity="approve each release"), admin, replaces=row.key)
    team = reader.team()
    assert "churn / approve release" not in team.responsibilities
    found = reader.history(kind="responsibility", key="churn / approve each release")
    assert [change.before is None for change in found] == [False, True]


def test_workspaces_do_not_see_each_other(database: Engine) -> None:
    assert Reader(database, workspace_id="another").team() == Team()
