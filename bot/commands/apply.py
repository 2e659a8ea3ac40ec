"""`muster apply`: the team as code."""

from __future__ import annotations

from pathlib import Path

import typer


def apply(
    path: Path = typer.Argument(
        metavar="team.yaml", help="The file; docs/team-as-code.md has its form.", exists=True
    ),
    dry_run: bool = typer.Option(False, "--dry-run", help="Print the plan, and change nothing."),
    force: bool = typer.Option(False, "--force", help="Overwrite what was edited elsewhere since."),
) -> None:
    """Make the registers what a file says; applying twice changes nothing."""
    from bot.app import build
    from bot.register_plan import print_plan
    from core.errors import InputError
    from core.settings import load_settings
    from knowledge.registers.permissions import Editor
    from knowledge.registers.team_file.applying import TeamFile

    try:
        text = path.read_text(encoding="utf-8")
    except (UnicodeDecodeError, IsADirectoryError) as error:
        raise InputError(f"{path} can't be read as text: {error}.") from None
    with build(load_settings()) as application:
        file = TeamFile(application.engine, application.clock, workspace_id=application.workspace_id)
        if dry_run:
            found = file.plan(text, name=path.name, force=force)
        else:
            editor = Editor(who="terminal", via="yaml", admin=True)
            found = file.apply(text, editor, name=path.name, force=force)
    print_plan(found, dry_run=dry_run)
