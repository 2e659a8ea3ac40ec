"""Who is asked in a standup and when: prompts of a day, and what each person wishes for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine, Row, func, select, update

from core.clock import Clock
from knowledge.records.standup_entry import (
    Prompt,
    StandupQuestion,
    Wishes,
    question_from_json,
    question_to_json,
)
from knowledge.records.standup_tables import standup_prompts, standup_wishes
from knowledge.records.upserting import add_once, put


class StandupPrompts:
    """The prompts and wishes of one workspace, each change in a transaction of its own."""

    def __init__(self, engine: Engine, clock: Clock, *, workspace_id: str) -> None:
        self._engine = engine
        self._clock = clock
        self._workspace_id = workspace_id

    def ask(self, ritual: str, day: date, person: str, questions: Sequence[StandupQuestion]) -> Prompt:
        """Notes that somebody is asked; a second time on that day keeps the questions of the first."""
        values = self._at(ritual, day, person) | {
            "questions": [question_to_json(question) for question in questions],
            "asked_at": self._clock.now(),
        }
        with self._engine.begin() as connection:
            add_once(connection, standup_prompts, values)
        return self.prompts(ritual, day)[person]

    def prompts(self, ritual: str, day: date) -> dict[str, Prompt]:
        """Returns who was asked on a day, by person."""
        query = select(standup_prompts).where(
            standup_prompts.c.workspace_id == self._workspace_id,
            standup_prompts.c.ritual == ritual,
            standup_prompts.c.day == day,
        )
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return {row.person: _prompt(row) for row in rows}

    def days_asked(self, ritual: str, person: str, *, before: date) -> int:
        """Returns on how many days somebody has been asked."""
        table = standup_prompts
        query = select(func.count()).where(
            table.c.workspace_id == self._workspace_id,
            table.c.ritual == ritual,
            table.c.person == person,
            table.c.day < before,
        )
        with self._engine.connect() as connection:
            return connection.scalar(query) or 0

    def skip(self, ritual: str, day: date, person: str, reason: str) -> None:
        """Notes that somebody skips a day."""
        self._mark(ritual, day, person, skipped=reason)

    def snooze(self, ritual: str, day: date, person: str, until: datetime) -> None:
        """Notes that somebody wants to be asked again later."""
        self._mark(ritual, day, person, snoozed_until=until)

    def snoozed_between(self, since: datetime, until: datetime) -> Sequence[Prompt]:
        """Returns the prompts whose snooze ends after `since` and not after `until`."""
        table = standup_prompts
        query = select(table).where(
            table.c.workspace_id == self._workspace_id,
            table.c.snoozed_until > since,
            table.c.snoozed_until <= until,
        )
        with self._engine.connect() as connection:
            return [_prompt(row) for row in connection.execute(query)]

    def remind(self, ritual: str, day: date, person: str) -> bool:
        """Notes that somebody is reminded; tells whether this is the first time on that day."""
        change = (
            update(standup_prompts)
            .where(*self._where(ritual, day, person))
            .where(standup_prompts.c.reminded_at.is_(None))
        )
        with self._engine.begin() as connection:
            return connection.execute(change.values(reminded_at=self._clock.now())).rowcount > 0

    def wishes(self, ritual: str) -> dict[str, Wishes]:
        """Returns what people wish for, by person."""
        table = standup_wishes
        query = select(table).where(table.c.workspace_id == self._workspace_id, table.c.ritual == ritual)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return {row.person: _wishes(row) for row in rows}

    def wishes_of(self, ritual: str, person: str) -> Wishes:
        """Returns what one person wishes for."""
        return self.wishes(ritual).get(person) or Wishes(ritual=ritual, person=person)

    def wish(self, wishes: Wishes) -> None:
        """Keeps what a person wishes for in place of what there was."""
        values = {name: getattr(wishes, name) for name in Wishes.__dataclass_fields__}
        with self._engine.begin() as connection:
            put(connection, standup_wishes, values | {"workspace_id": self._workspace_id})

    def _mark(self, ritual: str, day: date, person: str, **values: Any) -> None:
        row = self._at(ritual, day, person) | {"questions": [], "asked_at": self._clock.now()} | values
        with self._engine.begin() as connection:
            put(connection, standup_prompts, row, keeping=["questions", "asked_at"])

    def _at(self, ritual: str, day: date, person: str) -> dict[str, Any]:
        return {"workspace_id": self._workspace_id, "ritual": ritual, "day": day, "person": person}

    def _where(self, ritual: str, day: date, person: str) -> list[Any]:
        return [standup_prompts.c[name] == value for name, value in self._at(ritual, day, person).items()]


def _prompt(row: Row[Any]) -> Prompt:
    plain = {name: getattr(row, name) for name in Prompt.__dataclass_fields__ if name != "questions"}
    return Prompt(**plain, questions=tuple(map(question_from_json, row.questions)))


def _wishes(row: Row[Any]) -> Wishes:
    return Wishes(**{name: getattr(row, name) for name in Wishes.__dataclass_fields__})
