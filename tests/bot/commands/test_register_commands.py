"""`muster apply`, `export`, `raci` and `initiative` from end to end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from bot.app import build
from bot.commands import apply, export, initiative, raci
from core.db import metadata
from core.errors import InputError, NotFoundError
from core.settings import load_settings
from knowledge.registers import proposals
from knowledge.registers.team_file import applying
from knowledge.registers.team_file.problems import TeamFileError
from knowledge.starter_pack import STARTER

TABLES = (proposals.proposals, applying.applied_entries)

app = typer.Typer()
app.command("apply")(apply.apply)
app.command("export")(export.export)
app.add_typer(raci.app, name="raci")
app.add_typer(initiative.app, name="initiative")


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSTER_HOME", str(tmp_path / "home"))
    with build(load_settings()) as application:
        metadata.create_all(application.engine)


@pytest.fixture
def _applied() -> None:
    run("apply", str(STARTER / "team.yaml"))


def run(*words: str, code: int = 0) -> str:
    """Runs a command; returns what it said."""
    result: Result = CliRunner().invoke(app, list(words), env={"COLUMNS": "200"})
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code, result.output
    return result.output


def test_a_dry_run_then_twice() -> None:
    path = str(STARTER / "team.yaml")
    assert "+ responsibility churn / approve release" in run("apply", path, "--dry-run")
    assert "added, 0 changed, 0 gone." in run("apply", path)
    assert run("apply", path) == "0 added, 0 changed, 0 gone.\n"


def test_mistakes_carry_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text("people:\n  - nme: Ana\n", encoding="utf-8")
    with pytest.raises(TeamFileError, match=r"ours.yaml:2: .* there is no key 'nme'; did you mean 'name'"):
        run("apply", str(path))


@pytest.mark.usefixtures("_applied")
def test_what_is_exported_applies_to_nothing(tmp_path: Path) -> None:
    path = tmp_path / "out.yaml"
    run("export", str(path))
    assert run("apply", str(path)).startswith("0 added, 0 changed, 0 gone.")
    assert run("export") == path.read_text(encoding="utf-8")


@pytest.mark.usefixtures("_applied")
def test_who_owns_for_people_and_programs() -> None:
    said = run("raci", "who-owns", "data", "qualty", "on", "chrun")
    assert "A  Iris Novak" in said
    assert "ask in #churn" in said
    found = json.loads(run("raci", "who-owns", "churn data quality", "--json"))
    assert found["rows"][0]["row"] == "churn / own data quality"
    assert "No row" in run("raci", "who-owns", "catering", code=1)


@pytest.mark.usefixtures("_applied")
def test_tables_and_gaps() -> None:
    assert "approve release" in run("raci", "list", "churn")
    assert "AR" in run("raci", "matrix", "triage")
    assert "Nobody fills the role legal reviewer" in run("raci", "gaps")
    assert "set KPI target" in run("raci", "matrix", "churn", "--draft")
    with pytest.raises(NotFoundError, match="triaje"):
        run("raci", "list", "triaje")


@pytest.mark.usefixtures("_applied")
def test_import_is_all_or_nothing(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(
        "subject,activity,A,R\nchurn,plan sprint,Ben,Ana\nchurn,mask fields,Zoe,Ana\n", encoding="utf-8"
    )
    with pytest.raises(InputError, match="1 problem"):
        run("raci", "import", str(path))
    assert "plan sprint" not in run("raci", "export")
    path.write_text("subject,activity,A,R\nchurn,plan sprint,Ben,Ana\n", encoding="utf-8")
    assert "1 row(s) written" in run("raci", "import", str(path), "--why", "agreed in the retro")
    assert "agreed in the retro" in run("raci", "history", "churn / plan sprint")


@pytest.mark.usefixtures("_applied")
def test_the_portfolio_comes_worst_first() -> None:
    said = run("initiative", "list")
    assert said.index("fraud") < said.index("churn")
    assert "The KPI of churn is monthly churn rate" in run("initiative", "show", "retention")
    with pytest.raises(NotFoundError, match="There is no initiative 'x'"):
        run("initiative", "show", "x")
