"""The workspace's own row: every other row refers to it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine, insert, select
from sqlalchemy.exc import IntegrityError

from core.db import workspaces


def ensure_workspace(engine: Engine, workspace_id: str, now: datetime) -> None:
    """Makes the workspace's row where there is none; two processes at once make one."""
    with engine.connect() as connection:
        if connection.scalar(select(workspaces.c.id).where(workspaces.c.id == workspace_id)):
            return
    try:
        with engine.begin() as connection:
            connection.execute(insert(workspaces).values(id=workspace_id, created_at=now))
    except IntegrityError:  # somebody else was quicker
        return
