"""Which workspace of the records a Slack team is: at first the one that the terminal used."""

from __future__ import annotations

from sqlalchemy import Engine, select, update

from core.clock import Clock
from core.db import workspaces
from core.errors import SettingError
from core.workspace import ensure_workspace
from knowledge.passages import DEFAULT_WORKSPACE


def bind_team(engine: Engine, team_id: str, clock: Clock) -> str:
    """Binds a Slack team to the default workspace where it is free, and returns the team's workspace.

    Raises `SettingError` where the records belong to another team.
    """
    ensure_workspace(engine, DEFAULT_WORKSPACE, clock.now())
    with engine.begin() as connection:
        mine = select(workspaces.c.id).where(workspaces.c.slack_team_id == team_id)
        bound = connection.scalar(mine)
        if bound:
            return str(bound)
        free = workspaces.c.slack_team_id.is_(None) & (workspaces.c.id == DEFAULT_WORKSPACE)
        connection.execute(update(workspaces).where(free).values(slack_team_id=team_id))
        bound = connection.scalar(mine)
    if bound:
        return str(bound)
    raise SettingError(
        f"These records belong to another Slack team than {team_id}.",
        cure="Set MUSTER_HOME (and DATABASE_URL) to a place of this team's own.",
    )
