"""The generation of a workspace's index: the number that readers compare to know what is new."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, Engine, select, update

from core.db import workspaces
from core.errors import NotFoundError, SettingError


@dataclass(frozen=True, kw_only=True)
class IndexState:
    """Where a workspace's index stands.

    `embedding` is the name of the one that made it, empty before the first ingest. `stamp` tells
    this workspace, as that embedding sees it, from another of the same name in another database;
    `installation` does so whatever the embedding, and stays for as long as the workspace does.
    """

    generation: int
    embedding: str
    stamp: str
    installation: str


def index_state(source: Engine | Connection, *, workspace_id: str) -> IndexState | None:
    """Reads the state, or None where there is no such workspace yet: one row by its key."""
    if isinstance(source, Engine):
        with source.connect() as connection:
            return index_state(connection, workspace_id=workspace_id)
    columns = (workspaces.c.generation, workspaces.c.embedding, workspaces.c.created_at)
    row = source.execute(select(*columns).where(workspaces.c.id == workspace_id)).one_or_none()
    if row is None:
        return None
    born = f"{workspace_id} {row.created_at.isoformat()}"
    return IndexState(
        generation=row.generation,
        embedding=row.embedding,
        stamp=_digest(f"{born} {row.embedding}", 8),
        installation=_digest(born, 12),
    )


def installation_of(engine: Engine, workspace_id: str) -> str:
    """Returns what tells this workspace from those of other installations; it must be there."""
    state = index_state(engine, workspace_id=workspace_id)
    if state is None:
        raise NotFoundError(f"There is no workspace {workspace_id!r}.")
    return state.installation


def _digest(text: str, length: int) -> str:
    return sha256(text.encode()).hexdigest()[:length]


def advance(connection: Connection, *, workspace_id: str, embedding: str) -> None:
    """Moves to the next generation, in the transaction that switches the documents' rows."""
    connection.execute(
        update(workspaces)
        .where(workspaces.c.id == workspace_id)
        .values(generation=workspaces.c.generation + 1, embedding=embedding)
    )


def require_embedding(state: IndexState | None, embedding: str) -> None:
    """Raises `SettingError` where the index was made by another embedding than the one configured."""
    if state is None or state.embedding in {"", embedding}:
        return
    raise SettingError(
        f"The index was made by the embedding {state.embedding!r}, but MUSTER_EMBEDDING says {embedding!r}.",
        cure=f"Set MUSTER_EMBEDDING={state.embedding}, or index anew: muster ingest --re-embed PATH…",
    )
