"""`muster ritual` and `muster standup` as people use them: a database of its own, the sample team."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from bot.app import build
from bot.commands import ritual, standup
from core.durable import Durable
from core.errors import InputError, NotFoundError
from core.settings import load_settings
from knowledge.records.ritual_runs import RitualRuns, Run
from knowledge.records.standup_entries import StandupEntries
from knowledge.records.standup_entry import Item
from knowledge.registers.permissions import Editor
from knowledge.registers.registrar import Registrar
from knowledge.registers.team_file.reading import read_team_file
from rituals.running import QUEUE, WORKFLOW

Muster = Callable[..., Result]
TUESDAY = date(2026, 11, 24)
TEAM = """
people:
  - {name: Ana Ruiz, time_zone: Europe/Madrid, country: ES, admin: true}
  - {name: Ben Carter, time_zone: Europe/London, country: GB}
rituals:
  - {name: standup, channel: "#delivery", schedule: every weekday 09:00 in each time zone}
  - {name: reviews, schedule: whenever, ritual: review reminders}
  - {name: karaoke, schedule: fri 18:00}
"""


@pytest.fixture
def muster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Muster:
    """Runs a command on a workspace with a small team; what it raises comes out as it is."""
    monkeypatch.setenv("MUSTER_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("MUSTER_TIMEZONE", "Europe/London")
    with build(load_settings()) as application:
        registrar = Registrar(application.engine, application.clock, workspace_id=application.workspace_id)
        editor = Editor(who="terminal", via="cli", admin=True)
        registrar.save_all(list(read_team_file(TEAM).team.entries()), editor)
    app = typer.Typer()
    app.add_typer(ritual.app, name="ritual")
    app.add_typer(standup.app, name="standup")

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(app, list(arguments), catch_exceptions=False)

    return run


def keep_entry() -> None:
    with build(load_settings()) as application:
        entries = StandupEntries(application.engine, application.clock, workspace_id="default")
        entries.save(
            "standup",
            TUESDAY,
            "ana-ruiz",
            answers={"changed": "churn: <!channel> loaded May"},
            items=[Item(question="changed", text="churn: <!channel> loaded May", initiative="churn")],
        )


def test_the_list_shows_what_runs_and_what_cannot(muster: Muster) -> None:
    shown = muster("ritual", "list")
    assert "standup" in shown.stdout
    assert "whenever" in shown.stderr
    assert "'karaoke'" in shown.stderr


def test_next_shows_the_phases_in_the_teams_time(muster: Muster) -> None:
    lines = muster("ritual", "next", "standup", "--limit", "8").stdout.splitlines()
    assert len(lines) == 8
    assert {line.rpartition("/ ")[2] for line in lines} == {"open", "remind", "follow-up", "close"}
    assert any("15:00  standup / close" in line for line in lines)


def test_a_dry_run_prints_what_would_be_said_to_whom_and_writes_nothing(muster: Muster) -> None:
    keep_entry()
    shown = muster("ritual", "run", "standup", "--at", "2026-11-24", "--dry-run").stdout
    assert "2026-11-24 09:00 UTC  standup / open ben-carter" in shown
    assert "to Ben Carter:" in shown
    assert "1. What changed since your last entry?" in shown
    assert "[Answer]" in shown
    assert "to #delivery:" in shown
    assert "churn: <!channel> loaded May — Ana Ruiz" in shown
    assert muster("ritual", "history").stdout.strip() == "No runs yet."


def test_a_dry_run_of_one_phase_shows_that_one(muster: Muster) -> None:
    shown = muster("ritual", "run", "standup", "--at", "2026-11-24", "--phase", "close", "--dry-run").stdout
    assert "says nothing" in shown
    assert "open" not in shown


def test_a_run_by_hand_is_started_once_for_the_bot_to_do(muster: Muster) -> None:
    """Another process, the bot, finds it in its queue."""
    done: list[str] = []
    arguments = ("ritual", "run", "standup", "--at", "2026-11-24T15:30", "--phase", "close")
    with pytest.raises(NotFoundError, match="No bot has run"):
        muster(*arguments)
    bot(done).close()
    assert muster(*arguments).stdout.startswith("1 run(s) started")
    assert muster(*arguments).stdout.startswith("1 run(s) started")
    running = bot(done)
    for _ in range(100):
        running.pause(0.05)
        if done:
            break
    running.pause(0.5)
    running.close()
    assert done == ["close"]


def bot(done: list[str]) -> Durable:
    """A bot that notes the phases of the runs that it is given."""
    settings = load_settings()
    durable = Durable(home=settings.home, database_url=settings.records_url)
    durable.workflow(WORKFLOW, lambda slot: done.append(slot["phase"]))
    durable.queue(QUEUE)
    durable.launch()
    return durable


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        (("run", "standup", "--at", "tomorrow"), InputError, "'tomorrow'"),
        (("run", "standup", "--at", "2026-11-28"), NotFoundError, "28 Nov"),
        (("run", "standup", "--at", "2026-11-24", "--phase", "clap"), NotFoundError, "clap"),
        (("run", "sing"), NotFoundError, "'sing'"),
        (("run", "reviews"), InputError, "whenever"),
        (("pause", "sing"), NotFoundError, "'sing'"),
    ],
)
def test_what_is_not_there_is_quoted(
    muster: Muster, arguments: Sequence[str], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        muster("ritual", *arguments)


def test_pause_and_resume_show_in_the_list(muster: Muster) -> None:
    muster("ritual", "pause", "standup")
    assert "paused" in muster("ritual", "list").stdout
    muster("ritual", "resume", "standup")
    assert "paused" not in muster("ritual", "list").stdout


def test_history_tells_what_each_run_did(muster: Muster) -> None:
    with build(load_settings()) as application:
        runs = RitualRuns(application.engine, application.clock, workspace_id="default")
        due = datetime(2026, 11, 24, 8, tzinfo=UTC)
        runs.end(
            Run(
                key="k",
                ritual="standup",
                phase="open",
                day=TUESDAY,
                due_at=due,
                person="ana-ruiz",
                state="said",
                remark="asked Ana Ruiz",
            )
        )
    shown = muster("ritual", "history", "standup").stdout
    assert shown == "Tue 2026-11-24 08:00  standup / open Ana Ruiz  said: asked Ana Ruiz\n"


def test_stats_are_figures_and_csv(muster: Muster) -> None:
    assert "There was no 'standup'" in muster("standup", "stats").stdout
    keep_entry()
    assert "1 of 1 answered (100%)" in muster("standup", "stats", "--days", "700").stdout
    csv = muster("standup", "stats", "--csv", "--days", "700").stdout
    assert csv.splitlines()[0] == "day,asked,answered,skipped,share,median_minutes"
    assert csv.splitlines()[1].startswith("2026-11-24,1,1,0,1.000")
