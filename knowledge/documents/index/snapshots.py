"""The snapshots of one MUSTER_HOME: who builds one, who opens which, which ones go."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Engine, select

from core.errors import NotFoundError
from knowledge.documents.document import Document, documents
from knowledge.documents.index.document_row import document_of
from knowledge.documents.index.generation import IndexState, index_state
from knowledge.documents.index.sentence_vectors import sentence_vectors_of
from knowledge.documents.index.snapshot import FORMAT, Snapshot, load_snapshot
from knowledge.documents.index.snapshot_writer import SnapshotParts, write_snapshot
from knowledge.documents.index.store import ChunkStore

KEPT = 2
"""How many generations stay: a reader may be opening the one before the newest."""


def build_snapshot(
    home: Path, engine: Engine, store: ChunkStore, *, workspace_id: str, dimensions: int
) -> Path:
    """Builds the snapshot of the workspace's present generation and returns its folder.

    Ingest calls it at its end, under the writer's lock and after the switch. One that is there
    already is not built again. Older ones that nobody can want any more are deleted.
    """
    with engine.connect() as connection:
        state = index_state(connection, workspace_id=workspace_id)
        if state is None:
            raise NotFoundError(f"There is no workspace {workspace_id!r}.")
        folder = snapshot_folder(home, workspace_id, state)
        if open_snapshot(home, state, workspace_id=workspace_id) is None:
            shutil.rmtree(folder, ignore_errors=True)  # damaged, if it is there
            _write(folder, _parts(connection, store, state, workspace_id, dimensions))
    _delete_older(folder)
    return folder


def open_snapshot(home: Path, state: IndexState, *, workspace_id: str) -> Snapshot | None:
    """Maps the snapshot of that state, or returns None where it is not there or not whole."""
    try:
        return load_snapshot(snapshot_folder(home, workspace_id, state))
    except (OSError, ValueError, KeyError):
        return None


def open_newest_snapshot(home: Path, state: IndexState, *, workspace_id: str) -> Snapshot | None:
    """Maps the newest snapshot there is of an earlier generation of the same index, or none."""
    wanted = snapshot_folder(home, workspace_id, state)
    for folder in sorted(_like(wanted), key=_generation, reverse=True):
        with suppress(OSError, ValueError, KeyError):
            return load_snapshot(folder)
    return None


def snapshot_folder(home: Path, workspace_id: str, state: IndexState) -> Path:
    """Returns where the snapshot of a state lies: another database never takes it for its own."""
    plain = re.fullmatch(r"[A-Za-z0-9_-]+", workspace_id)
    place = workspace_id if plain else sha256(workspace_id.encode()).hexdigest()[:16]
    return home / "index" / place / f"{state.generation}-{state.stamp}-{FORMAT}"


def _generation(folder: Path) -> int:
    return int(folder.name.partition("-")[0])


def _like(folder: Path) -> list[Path]:
    """Returns the folders of the same index, of whatever generation."""
    ending = folder.name.partition("-")[2]
    return [found for found in folder.parent.glob(f"*-{ending}") if found.name[0].isdigit()]


def _write(folder: Path, parts: SnapshotParts) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=".building-", dir=folder.parent))
    try:
        write_snapshot(unfinished, parts)
        unfinished.rename(folder)
    except OSError:
        if not folder.exists():  # else another has built the same meanwhile
            raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _delete_older(folder: Path) -> None:
    """Deletes what can't be wanted: other indexes, older generations, the remains of killed builds."""
    kept = set(sorted(_like(folder), key=_generation, reverse=True)[:KEPT])
    for found in folder.parent.iterdir():
        if found not in kept:
            shutil.rmtree(found, ignore_errors=True)


def _parts(
    connection: Connection, store: ChunkStore, state: IndexState, workspace_id: str, dimensions: int
) -> SnapshotParts:
    table = documents
    rows = connection.execute(
        select(table).where(table.c.workspace_id == workspace_id).order_by(table.c.source, table.c.id)
    ).all()
    return SnapshotParts(
        generation=state.generation,
        embedding=state.embedding,
        dimensions=dimensions,
        documents=[document_of(row) for row in rows],
        counts=[row.chunks for row in rows],
        chunks=store.read(),
        sentence_vectors=_sentence_reader(connection, workspace_id, dimensions),
    )


def _sentence_reader(
    connection: Connection, workspace_id: str, dimensions: int
) -> Callable[[Document], NDArray[np.int8]]:
    def read(document: Document) -> NDArray[np.int8]:
        rows = sentence_vectors_of(
            connection, workspace_id=workspace_id, document_id=document.id, version=document.version
        )
        return np.empty((0, dimensions), dtype=np.int8) if rows is None else rows

    return read
