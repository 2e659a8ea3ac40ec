"""How standups go: participation, time to answer, age of blockers; for the team as a whole, never by name."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy import Connection, Engine, Table, select

from knowledge.records.blocker import blockers
from knowledge.records.standup_tables import standup_entries, standup_prompts

LONG = timedelta(days=5)
"""The age from which a blocker has been open for too long."""

Place = tuple[date, str]
"""A day and a person."""


@dataclass(frozen=True, kw_only=True)
class StandupDay:
    """One standup of one day. `minutes` is the median from being asked to answering, None without answers."""

    day: date
    asked: int
    answered: int
    skipped: int
    minutes: float | None

    @property
    def share(self) -> float:
        """Returns which share of those who did not skip has answered, 0 to 1."""
        expected = self.asked - self.skipped
        return self.answered / expected if expected > 0 else 0.0


@dataclass(frozen=True, kw_only=True)
class StandupStats:
    """A span of days. Ages are in days; `age_closed` is the median of those resolved in the span, or None."""

    days: tuple[StandupDay, ...]
    open_blockers: int
    long_open: int
    age_closed: float | None

    @property
    def share(self) -> float:
        """Returns the share of answers over the whole span, 0 to 1."""
        expected = sum(day.asked - day.skipped for day in self.days)
        return sum(day.answered for day in self.days) / expected if expected > 0 else 0.0

    @property
    def minutes(self) -> float | None:
        """Returns the median of the days' medians."""
        known = [day.minutes for day in self.days if day.minutes is not None]
        return median(known) if known else None


def standup_stats(
    engine: Engine, workspace_id: str, ritual: str, *, first: date, now: datetime
) -> StandupStats:
    """Returns how a standup went from a day on."""
    with engine.connect() as connection:
        asked = _by_place(connection, standup_prompts, workspace_id, ritual, first)
        answered = _by_place(connection, standup_entries, workspace_id, ritual, first)
        stuck = connection.execute(
            select(blockers.c.since, blockers.c.resolved_at).where(
                blockers.c.workspace_id == workspace_id, blockers.c.ritual == ritual
            )
        ).all()
    closed = [row for row in stuck if row.resolved_at is not None and row.resolved_at.date() >= first]
    still = [now.date() - row.since for row in stuck if row.resolved_at is None]
    days = sorted({day for day, _ in (*asked, *answered)})
    return StandupStats(
        days=tuple(_day(day, asked, answered) for day in days),
        open_blockers=len(still),
        long_open=sum(age > LONG for age in still),
        age_closed=median((row.resolved_at.date() - row.since).days for row in closed) if closed else None,
    )


def stats_csv(days: Sequence[StandupDay]) -> str:
    """Returns the days as CSV with a header."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(["day", "asked", "answered", "skipped", "share", "median_minutes"])
    for day in days:
        minutes = "" if day.minutes is None else f"{day.minutes:.1f}"
        writer.writerow([day.day, day.asked, day.answered, day.skipped, f"{day.share:.3f}", minutes])
    return written.getvalue()


def _by_place(
    connection: Connection, table: Table, workspace_id: str, ritual: str, first: date
) -> dict[Place, Any]:
    query = select(table).where(
        table.c.workspace_id == workspace_id, table.c.ritual == ritual, table.c.day >= first
    )
    return {(row.day, row.person): row for row in connection.execute(query)}


def _day(day: date, asked: Mapping[Place, Any], answered: Mapping[Place, Any]) -> StandupDay:
    prompts = {place: row for place, row in asked.items() if place[0] == day}
    entries = {place: row for place, row in answered.items() if place[0] == day}
    return StandupDay(
        day=day,
        asked=len(prompts.keys() | entries.keys()),
        answered=len(entries),
        skipped=sum(row.skipped is not None and place not in entries for place, row in prompts.items()),
        minutes=_minutes(
            entries[place].answered_at - row.asked_at for place, row in prompts.items() if place in entries
        ),
    )


def _minutes(spans: Iterable[timedelta]) -> float | None:
    """Returns the median in minutes; who answered before being asked took no time."""
    known = [max(span, timedelta()) / timedelta(minutes=1) for span in spans]
    return median(known) if known else None
