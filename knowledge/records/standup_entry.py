"""The values of a standup: what is asked, what somebody said, and what they wish for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Literal

AnswerKind = Literal["text", "choice", "number", "mood", "blockers"]
Source = Literal["form", "reply", "thread", "terminal"]

LONGEST_ANSWER = 4_000


@dataclass(frozen=True, kw_only=True)
class StandupQuestion:
    """A question of a standup.

    `id` names it in the records ("changed", "next", "blockers", or the team's own). `choices` are for
    the kinds choice and mood. `when` is asked only if: another question's id and the answer it needs.
    """

    id: str
    text: str
    kind: AnswerKind = "text"
    choices: tuple[str, ...] = ()
    when: tuple[str, str] | None = None
    needed: bool = False


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing that somebody said to a question, and the initiative it is about (empty: none known)."""

    question: str
    text: str
    initiative: str = ""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What one person said in one standup.

    `answers` are their own words by question; `items` the same taken apart. `revision` counts edits from
    1. `audience` is who may read it: names as in `knowledge.passages`, empty for everyone.
    """

    ritual: str
    day: date
    person: str
    answers: Mapping[str, str]
    items: tuple[Item, ...] = ()
    source: Source = "form"
    audience: tuple[str, ...] = ()
    answered_at: datetime
    edited_at: datetime | None = None
    revision: int = 1

    @property
    def says_something(self) -> bool:
        """Tells whether anything is new: an entry may say that nothing is."""
        return bool(self.items)


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """That somebody was asked on a day, and what they made of it.

    `skipped` is the reason they gave, None where they did not skip. `snoozed_until` is when they want to
    be asked again. `reminded_at` is when they were reminded, once at most.
    """

    ritual: str
    day: date
    person: str
    questions: tuple[StandupQuestion, ...] = ()
    asked_at: datetime
    skipped: str | None = None
    snoozed_until: datetime | None = None
    reminded_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What a person wants of a standup: to be left out, and when to be reminded (their local time).

    `remind_at` None means the ritual's own time; `reminders` False that they want none.
    """

    ritual: str
    person: str
    opted_out: bool = False
    reminders: bool = True
    remind_at: time | None = None


def question_to_json(question: StandupQuestion) -> dict[str, Any]:
    """Returns a question as the database keeps it."""
    return {
        "id": question.id,
        "text": question.text,
        "kind": question.kind,
        "choices": list(question.choices),
        "when": list(question.when) if question.when else None,
        "needed": question.needed,
    }


def question_from_json(value: Mapping[str, Any]) -> StandupQuestion:
    """Returns what `question_to_json` was made of."""
    when = value.get("when")
    return StandupQuestion(
        id=value["id"],
        text=value["text"],
        kind=value["kind"],
        choices=tuple(value.get("choices", ())),
        when=(when[0], when[1]) if when else None,
        needed=bool(value.get("needed")),
    )
