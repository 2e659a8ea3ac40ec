"""The gaps in what the documents say: questions without a good answer, by who could write it down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rapidfuzz import fuzz
from sqlalchemy import Engine, select

from knowledge.answering.words import stems
from knowledge.documents.document import documents
from knowledge.passages import EVERYONE, Audience
from knowledge.records.questions import Asked, GapKind, QuestionLog

ALIKE = 85
"""The likeness of the sorted content words, in percent, from which two questions are one."""


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A question that was not answered, or badly, as it was asked last, and how often.

    `nearest` are titles of documents that came closest; `owner` is the first of them's, may be empty.
    """

    question: str
    kind: GapKind
    owner: str
    count: int
    last_asked: datetime
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Readable:
    title: str
    owner: str


def gaps(
    engine: Engine,
    log: QuestionLog,
    *,
    workspace_id: str,
    audience: Audience = EVERYONE,
    since: datetime | None = None,
) -> Sequence[Gap]:
    """Returns the gaps, grouped by owner (owners by name, nobody's last), the most asked first.

    Only what `audience` may read shows: a question that was answered with the help of hidden
    documents is left out, and so are their titles and owners.
    """
    readable = _readable(engine, workspace_id, audience)
    found: list[Gap] = []
    for asked in log.unmet(workspace_id, since=since):
        if _may_show(asked, readable):
            _count(found, _gap(asked, readable))
    return sorted(found, key=lambda gap: (not gap.owner, gap.owner, -gap.count, gap.question))


def _readable(engine: Engine, workspace_id: str, audience: Audience) -> dict[str, _Readable]:
    """Returns the documents that an audience may read today, by source."""
    wanted = select(documents.c.source, documents.c.title, documents.c.owner, documents.c.audience)
    with engine.connect() as connection:
        rows = connection.execute(wanted.where(documents.c.workspace_id == workspace_id)).all()
    return {
        row.source: _Readable(title=row.title, owner=row.owner)
        for row in rows
        if audience.may_read(frozenset(row.audience))
    }


def _may_show(asked: Asked, readable: dict[str, _Readable]) -> bool:
    """Tells whether nothing hidden had a part in the question: its words may speak of what it read."""
    return asked.in_the_open or all(source in readable for source in (*asked.nearest, *asked.cited))


def _gap(asked: Asked, readable: dict[str, _Readable]) -> Gap:
    near = [readable[source] for source in (*asked.cited, *asked.nearest) if source in readable]
    return Gap(
        question=asked.text,
        kind=asked.gap,
        owner=next((document.owner for document in near if document.owner), ""),
        count=1,
        last_asked=asked.asked_at,
        nearest=tuple(dict.fromkeys(document.title for document in near)),
    )


def _count(found: list[Gap], gap: Gap) -> None:
    """Adds a gap, or counts it to one that asks the same; the latest, which comes first, gives the words."""
    for place, known in enumerate(found):
        if (known.owner, known.kind) == (gap.owner, gap.kind) and _alike(known.question, gap.question):
            found[place] = replace(known, count=known.count + 1)
            return
    found.append(gap)


def _alike(one: str, other: str) -> bool:
    return one == other or fuzz.ratio(_key(stems(one)), _key(stems(other))) >= ALIKE


def _key(words: Iterable[str]) -> str:
    return " ".join(sorted(set(words)))
