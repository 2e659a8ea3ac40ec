"""The questions that were asked, what became of them, and which of them are gaps in what we know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Engine,
    ForeignKey,
    Index,
    Row,
    String,
    Table,
    Text,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from core.clock import Clock
from core.db import UtcDateTime, metadata
from core.errors import NotFoundError
from knowledge.answer import Answer

Vote = Literal["up", "down"]
GapKind = Literal["", "unanswered", "downvoted"]
LONGEST_COMMENT = 2_000

questions_asked = Table(
    "questions_asked",
    metadata,
    Column("workspace_id", String(64), ForeignKey("workspaces.id"), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("asker", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("understood", Text, nullable=False),
    Column("found", Boolean, nullable=False),
    Column("weak", Boolean, nullable=False),
    Column("mode", String(20), nullable=False),
    Column("passages", JSON, nullable=False),
    Column("nearest", JSON, nullable=False),
    Column("cited", JSON, nullable=False),
    Column("in_the_open", Boolean, nullable=False),
    Column("prompt_digest", Text),
    Column("notice", Text, nullable=False),
    Column("gap", String(20), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("feedback", String(10), nullable=False, default="", server_default=""),
    Column("feedback_comment", Text, nullable=False, default="", server_default=""),
    Column("feedback_by", Text, nullable=False, default="", server_default=""),
    Column("feedback_at", UtcDateTime),
    Index("ix_questions_asked_workspace_id_gap_asked_at", "workspace_id", "gap", "asked_at"),
    comment="One row a question, by its natural key. `gap` says why it shows a hole in the documents.",
)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question that was asked, as the log keeps it.

    `nearest` and `cited` are documents' sources, nearest first; `in_the_open` says that it was asked
    with what everyone may read, so that nothing hidden had a part in it.
    """

    key: str
    asker: str
    text: str
    understood: str
    found: bool
    gap: GapKind
    asked_at: datetime
    nearest: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    in_the_open: bool = True
    feedback: str = ""
    comment: str = ""


class QuestionLog:
    """Keeps what was asked, by the caller, after the answer was given."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def record(self, key: str, answer: Answer) -> None:
        """Keeps a question under its natural key; a second time with the same key changes nothing.

        A key is what makes the question one: `team:channel:ts` in Slack, a fresh id at a terminal.
        """
        row = _row(answer)
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(questions_asked).values(key=key, asked_at=self._clock.now(), **row))
        except IntegrityError:
            if not self._knows(row["workspace_id"], key):
                raise

    def vote(self, workspace_id: str, key: str, *, vote: Vote, by: str, comment: str = "") -> None:
        """Keeps what somebody thought of an answer; a later vote replaces an earlier one.

        Raises `NotFoundError` where no such question was asked.
        """
        with self._engine.begin() as connection:
            found = connection.execute(
                select(questions_asked.c.found).where(*_at(workspace_id, key))
            ).scalar()
            if found is None:
                raise NotFoundError(f"No question {key!r} was asked here.")
            gap: GapKind = "unanswered" if not found else "downvoted" if vote == "down" else ""
            connection.execute(
                update(questions_asked)
                .where(*_at(workspace_id, key))
                .values(
                    feedback=vote,
                    feedback_comment=comment[:LONGEST_COMMENT],
                    feedback_by=by,
                    feedback_at=self._clock.now(),
                    gap=gap,
                )
            )

    def unmet(self, workspace_id: str, *, since: datetime | None = None) -> Sequence[Asked]:
        """Returns the questions that were not answered, or badly, the latest first."""
        wanted = select(questions_asked).where(
            questions_asked.c.workspace_id == workspace_id, questions_asked.c.gap != ""
        )
        if since is not None:
            wanted = wanted.where(questions_asked.c.asked_at >= since)
        with self._engine.connect() as connection:
            rows = connection.execute(
                wanted.order_by(questions_asked.c.asked_at.desc(), questions_asked.c.key)
            )
            return [_asked(row) for row in rows]

    def _knows(self, workspace_id: str, key: str) -> bool:
        with self._engine.connect() as connection:
            return (
                connection.execute(select(questions_asked.c.key).where(*_at(workspace_id, key))).first()
                is not None
            )


def _at(workspace_id: str, key: str) -> tuple[Any, Any]:
    return questions_asked.c.workspace_id == workspace_id, questions_asked.c.key == key


def _row(answer: Answer) -> dict[str, Any]:
    question = answer.question
    return {
        "workspace_id": question.workspace_id,
        "asker": question.asker,
        "text": question.text,
        "understood": answer.understood or question.text,
        "found": answer.found,
        "weak": answer.weak,
        "mode": answer.mode,
        "passages": [[passage.id, passage.source, round(passage.score, 4)] for passage in answer.passages],
        "nearest": [passage.source for passage in answer.nearest],
        "cited": list(dict.fromkeys(citation.passage.source for citation in answer.citations)),
        "in_the_open": not question.audience.names,
        "prompt_digest": " ".join(answer.prompt_digests) or None,
        "notice": answer.notice,
        "gap": "" if answer.found else "unanswered",
    }


def _asked(row: Row[Any]) -> Asked:
    return Asked(
        key=row.key,
        asker=row.asker,
        text=row.text,
        understood=row.understood,
        found=row.found,
        gap=row.gap,
        asked_at=row.asked_at,
        nearest=tuple(row.nearest),
        cited=tuple(row.cited),
        in_the_open=row.in_the_open,
        feedback=row.feedback,
        comment=row.feedback_comment,
    )
