"""Ingest: the documents under some paths become the index, or what is new in them becomes part of it.

The order of the steps is what makes a kill at any moment harmless. For each group of documents:
chunks and vectors go to both stores, where nothing refers to them yet; then one transaction switches
the rows of `documents` over and moves the workspace to its next generation. What no row refers to is
deleted at the end, and at the start of the next run if this one did not get so far.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Engine

from core.clock import Clock
from core.errors import InputError
from core.settings import Settings
from knowledge.documents.catalogue import Catalogue, Listed
from knowledge.documents.embeddings.embedding import Embedding
from knowledge.documents.facts import read_audience
from knowledge.documents.index.generation import (
    IndexState,
    index_state,
    installation_of,
    require_embedding,
)
from knowledge.documents.index.snapshots import build_snapshot
from knowledge.documents.index.store import ChunkStore, drop_other_collections, open_chunk_store
from knowledge.documents.intake import Intake, Tally
from knowledge.documents.leaving import leaving, require_all, require_paths
from knowledge.documents.lock import writing
from knowledge.documents.report import IngestReport, OnProgress
from knowledge.documents.roots import Audiences, remember_audience, remembered_audiences
from knowledge.documents.sources import Root, find_sources
from knowledge.documents.switch import Switch
from knowledge.passages import DEFAULT_WORKSPACE

_NAME = re.compile(r"[#@][^\s#@,]+")
_HOW_TO_NAME = (
    "Write #channel, @group or @person, each with an --audience of its own and in quotes, "
    'as in --audience "#ml-platform"; or everyone alone.'
)


def ingest(
    paths: Sequence[str],
    *,
    settings: Settings,
    engine: Engine,
    embedding: Embedding,
    clock: Clock,
    workspace_id: str = DEFAULT_WORKSPACE,
    audience: Sequence[str] | None = None,
    re_embed: bool = False,
    progress: OnProgress | None = None,
) -> IngestReport:
    """Brings the index up to what stands under `paths` (files, folders, web addresses).

    `audience` is for documents that name none themselves, and is remembered for these paths;
    `["everyone"]` takes it back. `re_embed` embeds everything anew, and takes over an index that
    another embedding made, provided that `paths` cover all of it.

    Raises `InputError` for a blank path or an audience that is no name, `NotFoundError` for a path that
    was never there, `BusyError`
    where another ingest is under way, `SettingError` where another embedding made the index. What
    can't be read is no error: the report names it.
    """
    names = None if audience is None else _audience(audience)
    run = _Run(settings, engine, embedding, clock=clock, workspace_id=workspace_id)
    with writing(settings.home, engine):
        return run.ingest(paths, names, re_embed=re_embed, progress=progress or (lambda _: None))


def remove(
    names: Sequence[str],
    *,
    settings: Settings,
    engine: Engine,
    embedding: Embedding,
    clock: Clock,
    workspace_id: str = DEFAULT_WORKSPACE,
) -> tuple[str, ...]:
    """Takes documents (by path, folder, id or title) out of the index; returns their sources.

    One whose file is still there comes back with the next ingest of its folder. Raises
    `NotFoundError` for a name that the index does not know; then nothing is taken out.
    """
    run = _Run(settings, engine, embedding, clock=clock, workspace_id=workspace_id)
    with writing(settings.home, engine):
        return run.remove(names)


class _Run:
    """One run, under the writer's lock."""

    def __init__(
        self, settings: Settings, engine: Engine, embedding: Embedding, *, clock: Clock, workspace_id: str
    ) -> None:
        self._settings = settings
        self._engine = engine
        self._embedding = embedding
        self._clock = clock
        self._workspace_id = workspace_id
        self._catalogue = Catalogue(engine, workspace_id=workspace_id)

    def ingest(
        self, paths: Sequence[str], names: frozenset[str] | None, *, re_embed: bool, progress: OnProgress
    ) -> IngestReport:
        started = self._clock.now()
        self._catalogue.open_workspace(started)
        rows = {row.document.id: row for row in self._catalogue.documents_for(None)}
        takes_over = self._takes_over(rows, re_embed=re_embed)
        found = find_sources(paths, leave_out=self._settings.home)
        require_paths(found.roots, rows)
        if takes_over:
            require_all(found.roots, rows)
        audiences = self._audiences(found.roots, names)
        with self._switching(held=takes_over) as switch:
            afresh = re_embed or takes_over or switch.has_lost_chunks()
            intake = Intake(
                switch,
                self._embedding,
                rows=rows,
                audiences=audiences,
                afresh=afresh,
                now=started,
                progress=progress,
            )
            tally = intake.take_in(found.sources)
            gone, withheld = leaving(found.roots, rows, kept=tally.kept)
            switch.finish([row.document.id for row in gone])
        tally.skipped = [*found.skipped, *tally.skipped, *withheld]
        return self._report(tally, gone, started)

    def remove(self, names: Sequence[str]) -> tuple[str, ...]:
        require_embedding(self._state(), self._embedding.name)
        found = [row for name in names for row in self._catalogue.under(name)]
        with self._switching(held=False) as switch:
            switch.finish([row.document.id for row in found])
        return tuple(row.document.source for row in found)

    def _takes_over(self, rows: Mapping[str, Listed], *, re_embed: bool) -> bool:
        """Tells whether another embedding's index is to give way; refuses where nobody asked for it."""
        state = self._state()
        other = state is not None and state.embedding not in {"", self._embedding.name}
        if other and rows and not re_embed:
            require_embedding(state, self._embedding.name)
        return other

    def _audiences(self, roots: Sequence[Root], names: frozenset[str] | None) -> Audiences:
        with self._engine.begin() as connection:
            if names is not None:
                locations = [root.location for root in roots]
                remember_audience(
                    connection, workspace_id=self._workspace_id, roots=locations, audience=names
                )
            return remembered_audiences(connection, workspace_id=self._workspace_id)

    @contextmanager
    def _switching(self, *, held: bool) -> Iterator[Switch]:
        """Opens the stores, clean; builds the snapshot at the end, unless the run broke off."""
        workspace_id, name = self._workspace_id, self._embedding.name
        place = {
            "workspace_id": workspace_id,
            "installation": installation_of(self._engine, workspace_id),
            "embedding": name,
        }
        with open_chunk_store(self._settings, **place) as store:
            switch = Switch(
                self._engine, store, self._catalogue, workspace_id=workspace_id, embedding=name, held=held
            )
            switch.clean()
            yield switch
            self._build_snapshot(store)
        if held:
            drop_other_collections(self._settings, **place)

    def _build_snapshot(self, store: ChunkStore) -> None:
        build_snapshot(
            self._settings.home,
            self._engine,
            store,
            workspace_id=self._workspace_id,
            dimensions=self._embedding.dimensions,
        )

    def _state(self) -> IndexState | None:
        return index_state(self._engine, workspace_id=self._workspace_id)

    def _report(self, tally: Tally, gone: Sequence[Listed], started: datetime) -> IngestReport:
        return IngestReport(
            added=tuple(tally.added),
            changed=tuple(tally.changed),
            removed=tuple(row.document.source for row in gone),
            unchanged=tally.unchanged,
            skipped=tuple(tally.skipped),
            warnings=tuple(tally.warnings),
            chunks=tally.chunks,
            embedded=tally.embedded,
            seconds=(self._clock.now() - started).total_seconds(),
        )


def _audience(names: Sequence[str]) -> frozenset[str]:
    """Reads an --audience: unlike front matter, which is mended later, a wrong one is refused at once."""
    try:
        audience = read_audience(names)
    except ValueError as error:
        raise InputError(f"The audience {list(names)!r} names nobody.", cure=_HOW_TO_NAME) from error
    for name in sorted(audience):
        if not _NAME.fullmatch(name):
            raise InputError(f"The audience {name!r} is nobody's name.", cure=_HOW_TO_NAME)
    return audience
