"""`muster initiative`: the portfolio at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from core.errors import NotFoundError

if TYPE_CHECKING:
    from knowledge.registers.team import Team

app = typer.Typer(help="See the initiatives.", no_args_is_help=True)


@app.command("list")
def list_initiatives() -> None:
    """List the initiatives with lead, KPI, health, risks and dependencies, worst health first."""
    from bot.register_tables import print_portfolio

    team = _team()
    if not team.initiatives:
        typer.echo("There are no initiatives yet. `muster apply team.yaml` brings them in.")
        return
    print_portfolio(team)


@app.command("show")
def show_initiative(name: str = typer.Argument(help="The initiative's name or another name of it.")) -> None:
    """Show everything that the registers know of one initiative."""
    from bot.register_tables import print_initiative

    team = _team()
    names = {key.casefold(): one for one in team.initiatives.values() for key in (*one.aliases, one.name)}
    found = names.get(name.casefold())
    if found is None:
        known = ", ".join(team.initiatives) or "none yet"
        raise NotFoundError(f"There is no initiative {name!r}.", cure=f"There are: {known}.")
    print_initiative(found, team)


def _team() -> Team:
    from bot.app import build
    from core.settings import load_settings
    from knowledge.registers.reading import Reader

    with build(load_settings()) as application:
        return Reader(application.engine, workspace_id=application.workspace_id).team()
