"""`muster raci`: who owns what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from core.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from bot.app import Application
    from knowledge.registers.claims import Claim
    from knowledge.registers.imports.imported import Parser
    from knowledge.registers.registers import Registers

app = typer.Typer(help="See and change who owns what.", no_args_is_help=True)
SUBJECT = "An initiative, `model NAME`, `dataset NAME` or `team`."


@app.command("who-owns")
def who_owns(
    words: list[str] = typer.Argument(help='Free words: "data quality on churn", a model, a dataset.'),
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object."),
) -> None:
    """Find who is accountable and responsible; typing errors and nicknames are fine."""
    from bot.app import build
    from bot.register_tables import owners_to_json, print_owners
    from core.settings import load_settings

    with build(load_settings()) as application:
        registers = _registers(application)
        owners = registers.who_owns(" ".join(words))
        if as_json:
            typer.echo(owners_to_json(owners, registers.team()))
        else:
            print_owners(owners)
    if not owners.found:
        raise typer.Exit(code=1)


@app.command("list")
def list_rows(
    subject: str = typer.Argument("", help="An initiative, `model NAME`, `dataset NAME` or team."),
) -> None:
    """List the rows of a subject, or all."""
    from bot.app import build
    from bot.register_tables import print_rows
    from core.settings import load_settings
    from knowledge.registers.responsibilities import Subject

    with build(load_settings()) as application:
        team, today = _registers(application).team(), application.clock.now().date()
    about = Subject.read(subject) if subject else None
    rows = [row for row in team.responsibilities.values() if about in {None, row.about}]
    if not rows:
        raise NotFoundError(
            f"There is no row about {subject!r}." if subject else "The register has no rows yet.",
            cure="`muster apply knowledge/starter/team.yaml` brings the sample team in.",
        )
    print_rows(rows, team, today)


@app.command("gaps")
def gaps(
    subject: str = typer.Argument("", help="An initiative, `model NAME`, `dataset NAME` or team."),
) -> None:
    """List the rules that the registers break, worst first."""
    from bot.app import build
    from core.settings import load_settings
    from knowledge.registers.gaps import gaps as gaps_of
    from knowledge.registers.responsibilities import Subject

    with build(load_settings()) as application:
        team, today = _registers(application).team(), application.clock.now().date()
    found = gaps_of(team, today, subject=Subject.read(subject) if subject else None)
    for violation in found:
        typer.echo(f"{violation.severity:<7} {violation.words}")
    if not found:
        typer.echo("No gaps: every row keeps the rules.")


@app.command("history")
def history(
    key: str = typer.Argument("", help="A row (`churn / approve release`), a name, or nothing for all."),
    limit: int = typer.Option(20, min=1, help="How many changes."),
) -> None:
    """Show who changed what, from what to what, and why."""
    from bot.app import build
    from bot.register_tables import print_changes
    from core.settings import load_settings
    from knowledge.registers.reading import Reader

    with build(load_settings()) as application:
        reader = Reader(application.engine, workspace_id=application.workspace_id)
        print_changes(reader.history(key=key, limit=limit), reader.team())


@app.command("import")
def import_rows(
    path: Path = typer.Argument(help="A CSV file, a CODEOWNERS file or a catalog-info.yaml.", exists=True),
    dry_run: bool = typer.Option(False, "--dry-run", help="Show what would be written, and write nothing."),
    why: str = typer.Option("", help="The reason, kept with the changes."),
) -> None:
    """Bring rows in from another file: all of them, or none where one breaks a rule."""
    from bot.app import build
    from bot.register_tables import print_rows
    from core.settings import load_settings
    from knowledge.registers.permissions import Editor
    from knowledge.registers.registrar import Registrar

    with build(load_settings()) as application:
        team = _registers(application).team()
        imported = _parser(path)(path.read_text(encoding="utf-8", errors="replace"), team)
        for problem in imported.problems:
            typer.echo(f"{path.name}:{problem.line}: {problem.words}", err=True)
        if dry_run:
            print_rows(imported.rows, team, application.clock.now().date())
            return
        if imported.problems:
            raise InputError(f"{path.name} has {len(imported.problems)} problem(s); nothing was written.")
        registrar = Registrar(application.engine, application.clock, workspace_id=application.workspace_id)
        editor = Editor(who="terminal", via="cli", admin=True)
        registrar.save_all(imported.rows, editor, why=why or f"imported from {path.name}")
    typer.echo(f"{len(imported.rows)} row(s) written.")


@app.command("export")
def export_rows(subject: str = typer.Argument("", help="Only this subject's rows.")) -> None:
    """Print the rows as CSV."""
    from bot.app import build
    from core.settings import load_settings
    from knowledge.registers.imports.rows_csv import write_csv
    from knowledge.registers.responsibilities import Subject

    with build(load_settings()) as application:
        team = _registers(application).team()
    about = Subject.read(subject) if subject else None
    rows = (row for row in team.responsibilities.values() if about in {None, row.about})
    typer.echo(write_csv(rows, team), nl=False)


@app.command("matrix")
def matrix(
    subject: str = typer.Argument(help=SUBJECT),
    draft: bool = typer.Option(False, "--draft", help="Propose rows from the role descriptions."),
    documents: Path | None = typer.Option(None, help="Where; default: the starter pack.", exists=True),
) -> None:
    """Show a subject's matrix: activities down, people across; or a draft of one, to confirm."""
    from bot.app import build
    from bot.register_tables import print_draft, print_matrix
    from core.settings import load_settings
    from knowledge.registers.drafting import disagreements, draft_rows
    from knowledge.registers.responsibilities import Subject

    with build(load_settings()) as application:
        team, today = _registers(application).team(), application.clock.now().date()
    about = Subject.read(subject)
    if draft:
        claims = _claims(documents)
        print_draft(draft_rows(claims, about, team, today), disagreements(claims, team), about, team)
        return
    rows = [row for row in team.responsibilities.values() if row.about == about]
    if not rows:
        raise NotFoundError(f"There is no row about {subject!r}.", cure="--draft proposes some.")
    print_matrix(rows, team)


def _registers(application: Application) -> Registers:
    from knowledge.registers.registers import Registers

    return Registers(application.engine, application.clock, workspace_id=application.workspace_id)


def _parser(path: Path) -> Parser:
    from knowledge.registers.imports.backstage import read_backstage
    from knowledge.registers.imports.codeowners import read_codeowners
    from knowledge.registers.imports.rows_csv import read_csv

    if path.name.upper().startswith("CODEOWNERS"):
        return read_codeowners
    parsers: dict[str, Parser] = {".csv": read_csv, ".tsv": read_csv}
    parsers |= {".yaml": read_backstage, ".yml": read_backstage}
    if path.suffix.lower() not in parsers:
        raise InputError(f"{path.name!r} is no CSV, CODEOWNERS or catalog-info.yaml.")
    return parsers[path.suffix.lower()]


def _claims(documents: Path | None) -> list[Claim]:
    from knowledge.registers.claims import read_claims
    from knowledge.starter_pack import STARTER

    return read_claims(documents or STARTER)
