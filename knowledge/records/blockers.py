"""The blockers of a workspace: reported, routed, aged, climbing, resolved."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from rapidfuzz import fuzz
from sqlalchemy import Connection, Engine, Row, select, update

from core.clock import Clock
from core.errors import NotFoundError
from knowledge.records.blocker import Blocker, BlockerEvent, Level, What, blocker_events, blockers
from knowledge.records.upserting import add_once

ALIKE = 85
"""The likeness of two texts, in percent, from which a reporter's second one is the first restated."""


class Blockers:
    """The blockers of one workspace."""

    def __init__(self, engine: Engine, clock: Clock, *, workspace_id: str) -> None:
        self._engine = engine
        self._clock = clock
        self._workspace_id = workspace_id

    def report(self, blocker: Blocker) -> Blocker:
        """Keeps a blocker and returns it; one that its reporter has reported before gets the news instead."""
        known = self._restated(blocker)
        if known is not None:
            self._tell(known.id, "restated", key=f"restated:{blocker.reported_on}", who=blocker.reporter)
            return self.get(known.id)
        with self._engine.begin() as connection:
            if add_once(connection, blockers, self._row(blocker)):
                self._note(connection, blocker.id, "reported", who=blocker.reporter, words=blocker.text)
                self._note(connection, blocker.id, "routed", who=blocker.owner, words=blocker.route)
        return self.get(blocker.id)

    def get(self, blocker: str) -> Blocker:
        """Returns a blocker; raises `NotFoundError`."""
        query = select(blockers).where(*self._at(blocker))
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise NotFoundError(f"There is no blocker {blocker!r} any more.")
        return _blocker(row)

    def open(self, *, ritual: str = "", reporter: str = "", owner: str = "") -> Sequence[Blocker]:
        """Returns the open blockers, oldest first, of one ritual, reporter or owner where named."""
        return [one for one in self._all(ritual, reporter, owner) if one.is_open]

    def resolved_since(self, at: datetime, *, ritual: str = "") -> Sequence[Blocker]:
        """Returns the blockers that were resolved at or after a time, oldest first."""
        return [one for one in self._all(ritual) if one.resolved_at is not None and one.resolved_at >= at]

    def all(self, *, ritual: str = "") -> Sequence[Blocker]:
        """Returns every blocker, oldest first."""
        return self._all(ritual)

    def resolve(self, blocker: str, *, by: str, words: str = "") -> Blocker:
        """Closes a blocker; once closed, the first who closed it stays."""
        now = self._clock.now()
        with self._engine.begin() as connection:
            closed = connection.execute(
                update(blockers)
                .where(*self._at(blocker), blockers.c.resolved_at.is_(None))
                .values(resolved_at=now, resolved_by=by, news_at=now)
            )
            if closed.rowcount:
                self._note(connection, blocker, "resolved", key=f"resolved:{now}", who=by, words=words)
        return self.get(blocker)

    def reopen(self, blocker: str, *, by: str) -> Blocker:
        """Opens a blocker again that was closed too early."""
        self._change(blocker, "reopened", by, resolved_at=None, resolved_by="")
        return self.get(blocker)

    def correct(self, blocker: str, *, owner: str, by: str, route: str) -> Blocker:
        """Gives a blocker another owner."""
        self._change(blocker, "corrected", by, route, owner=owner, route=route, row_key="")
        return self.get(blocker)

    def climb(self, blocker: str, *, level: Level, owner: str, route: str) -> bool:
        """Moves a blocker up a level; tells whether it had not been there yet."""
        with self._engine.begin() as connection:
            first = self._note(connection, blocker, "climbed", key=f"climbed:{level}", who=owner, words=route)
            if first:
                connection.execute(update(blockers).where(*self._at(blocker)).values(level=level))
        return first

    def news(self, blocker: str, *, by: str, words: str) -> None:
        """Notes that something was heard of a blocker."""
        self._change(blocker, "news", by, words)

    def asked(self, blocker: str, *, on: date, who: str) -> bool:
        """Notes that its owner is asked for news on a day; tells whether this is the first time."""
        with self._engine.begin() as connection:
            return self._note(connection, blocker, "asked", key=f"asked:{on}", who=who)

    def story(self, blocker: str) -> Sequence[BlockerEvent]:
        """Returns what happened to a blocker, in order."""
        table = blocker_events
        query = select(table).where(table.c.workspace_id == self._workspace_id, table.c.blocker == blocker)
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(table.c.at, table.c.key)).all()
        fields = BlockerEvent.__dataclass_fields__
        return [BlockerEvent(**{name: getattr(row, name) for name in fields}) for row in rows]

    def withdraw(
        self, ritual: str, day: date, reporter: str, *, keeping: Collection[str] = ()
    ) -> Sequence[str]:
        """Deletes what somebody reported on a day, with its story, all but `keeping`; returns the ids."""
        mine = [one.id for one in self._all(ritual, reporter) if one.reported_on == day]
        gone = [one for one in mine if one not in keeping]
        with self._engine.begin() as connection:
            for one in gone:
                story = blocker_events.c.blocker == one
                connection.execute(
                    blocker_events.delete().where(blocker_events.c.workspace_id == self._workspace_id, story)
                )
                connection.execute(blockers.delete().where(*self._at(one)))
        return gone

    def _restated(self, blocker: Blocker) -> Blocker | None:
        known = self.open(ritual=blocker.ritual, reporter=blocker.reporter)
        alike = (one for one in known if fuzz.token_sort_ratio(one.text, blocker.text) >= ALIKE)
        return next((one for one in alike if one.id != blocker.id), None)

    def _all(self, ritual: str = "", reporter: str = "", owner: str = "") -> list[Blocker]:
        query = select(blockers).where(blockers.c.workspace_id == self._workspace_id)
        for column, wanted in (("ritual", ritual), ("reporter", reporter), ("owner", owner)):
            if wanted:
                query = query.where(blockers.c[column] == wanted)
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(blockers.c.since, blockers.c.id)).all()
        return [_blocker(row) for row in rows]

    def _change(self, blocker: str, what: What, by: str, words: str = "", **values: Any) -> None:
        self.get(blocker)
        with self._engine.begin() as connection:
            now = self._clock.now()
            connection.execute(update(blockers).where(*self._at(blocker)).values(news_at=now, **values))
            self._note(connection, blocker, what, key=f"{what}:{now.isoformat()}", who=by, words=words)

    def _tell(self, blocker: str, what: What, *, key: str, who: str) -> None:
        with self._engine.begin() as connection:
            if self._note(connection, blocker, what, key=key, who=who):
                change = update(blockers).where(*self._at(blocker))
                connection.execute(change.values(news_at=self._clock.now()))

    def _note(
        self,
        connection: Connection,
        blocker: str,
        what: What,
        *,
        key: str = "",
        who: str = "",
        words: str = "",
    ) -> bool:
        event = BlockerEvent(
            blocker=blocker, key=key or what, what=what, at=self._clock.now(), who=who, words=words
        )
        return add_once(connection, blocker_events, vars(event) | {"workspace_id": self._workspace_id})

    def _row(self, blocker: Blocker) -> dict[str, Any]:
        values = {name: getattr(blocker, name) for name in Blocker.__dataclass_fields__}
        return values | {"workspace_id": self._workspace_id, "audience": sorted(blocker.audience)}

    def _at(self, blocker: str) -> tuple[Any, Any]:
        return blockers.c.workspace_id == self._workspace_id, blockers.c.id == blocker


def _blocker(row: Row[Any]) -> Blocker:
    plain = Blocker(**{name: getattr(row, name) for name in Blocker.__dataclass_fields__})
    return replace(plain, audience=tuple(row.audience))
