"""What was said in standups, and the summaries that were made of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Engine, Row, delete, func, select

from core.clock import Clock
from knowledge.records.standup_entry import Entry, Item, Source
from knowledge.records.standup_tables import standup_entries, standup_summaries
from knowledge.records.upserting import add_once, put


class StandupEntries:
    """The entries of one workspace, each change in a transaction of its own."""

    def __init__(self, engine: Engine, clock: Clock, *, workspace_id: str) -> None:
        self._engine = engine
        self._clock = clock
        self._workspace_id = workspace_id

    def save(
        self,
        ritual: str,
        day: date,
        person: str,
        *,
        answers: Mapping[str, str],
        items: Sequence[Item],
        source: Source = "form",
        audience: Sequence[str] = (),
    ) -> Entry:
        """Keeps what somebody says; later words on that day replace earlier ones and count a revision."""
        known = self.entry(ritual, day, person)
        now = self._clock.now()
        same = known is not None and dict(known.answers) == dict(answers) and known.items == tuple(items)
        if known is not None and same:
            return known
        values = self._at(ritual, day, person) | {
            "answers": dict(answers),
            "said": [vars(item) for item in items],
            "source": source,
            "audience": sorted(audience),
            "answered_at": now,
            "edited_at": now if known else None,
            "revision": known.revision + 1 if known else 1,
        }
        with self._engine.begin() as connection:
            put(connection, standup_entries, values, keeping=["answered_at"])
            row = connection.execute(select(standup_entries).where(*self._where(ritual, day, person))).one()
        return _entry(row)

    def entry(self, ritual: str, day: date, person: str) -> Entry | None:
        """Returns what somebody said on a day."""
        query = select(standup_entries).where(*self._where(ritual, day, person))
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        return _entry(row) if row else None

    def entries(self, ritual: str, day: date) -> Sequence[Entry]:
        """Returns what was said on a day, the earliest first."""
        table = standup_entries
        query = (
            select(table)
            .where(table.c.workspace_id == self._workspace_id, table.c.ritual == ritual, table.c.day == day)
            .order_by(table.c.answered_at, table.c.person)
        )
        with self._engine.connect() as connection:
            return [_entry(row) for row in connection.execute(query)]

    def since(self, first: date, *, person: str = "") -> Sequence[Entry]:
        """Returns all entries from a day on, the latest first, of one person where named."""
        query = select(standup_entries).where(
            standup_entries.c.workspace_id == self._workspace_id, standup_entries.c.day >= first
        )
        if person:
            query = query.where(standup_entries.c.person == person)
        query = query.order_by(standup_entries.c.day.desc(), standup_entries.c.answered_at.desc())
        with self._engine.connect() as connection:
            return [_entry(row) for row in connection.execute(query)]

    def latest_day(self, ritual: str) -> date | None:
        """Returns the last day on which anything was said."""
        table = standup_entries
        query = select(func.max(table.c.day)).where(
            table.c.workspace_id == self._workspace_id, table.c.ritual == ritual
        )
        with self._engine.connect() as connection:
            found: date | None = connection.scalar(query)
        return found

    def last_before(self, ritual: str, day: date, person: str) -> Entry | None:
        """Returns what somebody said last before a day."""
        table = standup_entries
        query = (
            select(table)
            .where(
                table.c.workspace_id == self._workspace_id,
                table.c.ritual == ritual,
                table.c.person == person,
                table.c.day < day,
            )
            .order_by(table.c.day.desc())
        )
        with self._engine.connect() as connection:
            row = connection.execute(query.limit(1)).one_or_none()
        return _entry(row) if row else None

    def delete(self, ritual: str, day: date, person: str) -> bool:
        """Deletes what somebody said on a day; tells whether there was anything."""
        with self._engine.begin() as connection:
            gone = connection.execute(delete(standup_entries).where(*self._where(ritual, day, person)))
            connection.execute(
                delete(standup_summaries).where(
                    standup_summaries.c.workspace_id == self._workspace_id,
                    standup_summaries.c.ritual == ritual,
                    standup_summaries.c.day == day,
                )
            )
        return gone.rowcount > 0

    def summary(self, ritual: str, day: date, digest: str) -> tuple[str, ...] | None:
        """Returns the lines that a model made of the entries with that digest, None where it made none."""
        table = standup_summaries
        query = select(table.c.lines).where(
            table.c.workspace_id == self._workspace_id,
            table.c.ritual == ritual,
            table.c.day == day,
            table.c.digest == digest,
        )
        with self._engine.connect() as connection:
            lines = connection.scalar(query)
        return None if lines is None else tuple(lines)

    def keep_summary(self, ritual: str, day: date, digest: str, lines: Sequence[str]) -> tuple[str, ...]:
        """Keeps a model's lines and returns those that count: of two at once, the first."""
        values = {
            "workspace_id": self._workspace_id,
            "ritual": ritual,
            "day": day,
            "digest": digest,
            "lines": list(lines),
        }
        with self._engine.begin() as connection:
            add_once(connection, standup_summaries, values)
        return self.summary(ritual, day, digest) or ()

    def _at(self, ritual: str, day: date, person: str) -> dict[str, Any]:
        return {"workspace_id": self._workspace_id, "ritual": ritual, "day": day, "person": person}

    def _where(self, ritual: str, day: date, person: str) -> list[Any]:
        return [standup_entries.c[name] == value for name, value in self._at(ritual, day, person).items()]


def _entry(row: Row[Any]) -> Entry:
    names = set(Entry.__dataclass_fields__) - {"items", "audience"}
    items = tuple(Item(**item) for item in row.said)
    return Entry(**{name: getattr(row, name) for name in names}, items=items, audience=tuple(row.audience))
