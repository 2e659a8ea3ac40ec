"""Readers: they keep a workspace's snapshot mapped, and take the newest when its number moves."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Engine

from core.errors import BusyError
from knowledge.documents.audiences import present_audiences
from knowledge.documents.index.generation import IndexState, index_state, require_embedding
from knowledge.documents.index.narrowing import narrowed
from knowledge.documents.index.snapshot import Snapshot
from knowledge.documents.index.snapshots import open_newest_snapshot, open_snapshot


@dataclass(frozen=True, kw_only=True)
class _Held:
    state: IndexState
    snapshot: Snapshot


@dataclass(frozen=True, kw_only=True)
class _Narrowed:
    """What is left of an older snapshot at a later state."""

    state: IndexState
    older: Snapshot
    snapshot: Snapshot


class SnapshotReader:
    """Gives each workspace's present snapshot; several threads may ask at once.

    One short SELECT a call tells whether the generation moved. Then one thread maps the new snapshot
    while the others go on with the old one. `rebuild` makes a snapshot that is missing, from Chroma
    and SQL, and raises `BusyError` while an ingest is under way: an older snapshot serves meanwhile,
    without the documents that were removed since, and for no one who may not read them any more.
    """

    def __init__(self, *, home: Path, engine: Engine, embedding: str, rebuild: Callable[[str], None]) -> None:
        self._home = home
        self._engine = engine
        self._embedding = embedding
        self._rebuild = rebuild
        self._held: dict[str, _Held] = {}
        self._narrowed: dict[str, _Narrowed] = {}
        self._renewing: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def __call__(self, workspace_id: str) -> Snapshot | None:
        """Returns the snapshot, or None where nothing was ingested yet.

        Raises `SettingError` where another embedding made the index, and `BusyError` where the first
        ingest is still under way.
        """
        state = index_state(self._engine, workspace_id=workspace_id)
        if state is None or not state.generation:
            return None
        require_embedding(state, self._embedding)
        held = self._held.get(workspace_id)
        if held is not None and held.state == state:
            return held.snapshot
        return self._renewed(workspace_id, state, held)

    def _renewed(self, workspace_id: str, state: IndexState, held: _Held | None) -> Snapshot:
        lock = self._renewing[workspace_id]
        if not lock.acquire(blocking=held is None):
            return self._narrow(workspace_id, state, held.snapshot)  # type: ignore[union-attr]  # waiting can't fail
        try:
            return self._renew(workspace_id)
        finally:
            lock.release()

    def _renew(self, workspace_id: str) -> Snapshot:
        """Maps the snapshot of the newest state; another thread may have done so already."""
        state = self._state(workspace_id)
        held = self._held.get(workspace_id)
        if held is not None and held.state == state:
            return held.snapshot
        try:
            state, snapshot = self._opened(workspace_id, state)
        except BusyError:
            return self._older(workspace_id, state, held)
        self._held[workspace_id] = _Held(state=state, snapshot=snapshot)
        return snapshot

    def _opened(self, workspace_id: str, state: IndexState) -> tuple[IndexState, Snapshot]:
        snapshot = open_snapshot(self._home, state, workspace_id=workspace_id)
        if snapshot is not None:
            return state, snapshot
        self._rebuild(workspace_id)
        state = self._state(workspace_id)  # the newest, which is what was built
        snapshot = open_snapshot(self._home, state, workspace_id=workspace_id)
        if snapshot is None:
            raise BusyError(f"The index of {workspace_id!r} changes faster than it can be read.")
        return state, snapshot

    def _older(self, workspace_id: str, state: IndexState, held: _Held | None) -> Snapshot:
        if held is not None and held.state.stamp == state.stamp:
            return self._narrow(workspace_id, state, held.snapshot)
        older = open_newest_snapshot(self._home, state, workspace_id=workspace_id)
        if older is None:
            raise BusyError(
                "The documents are being ingested for the first time.", cure="Ask again when that is done."
            )
        self._held[workspace_id] = _Held(state=replace(state, generation=older.generation), snapshot=older)
        return self._narrow(workspace_id, state, older)

    def _narrow(self, workspace_id: str, state: IndexState, older: Snapshot) -> Snapshot:
        """Takes out what may be read no more; asks the database once a generation."""
        known = self._narrowed.get(workspace_id)
        if known is None or known.state != state or known.older is not older:
            snapshot = narrowed(older, present_audiences(self._engine, workspace_id))
            known = self._narrowed[workspace_id] = _Narrowed(state=state, older=older, snapshot=snapshot)
        return known.snapshot

    def _state(self, workspace_id: str) -> IndexState:
        state = index_state(self._engine, workspace_id=workspace_id)
        if state is None:
            raise BusyError(f"The workspace {workspace_id!r} has just been removed.")
        require_embedding(state, self._embedding)
        return state
