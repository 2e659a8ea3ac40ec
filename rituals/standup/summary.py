"""A model's summary of a standup: five lines at most, each resting on entries, checked before it is shown."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date
from hashlib import sha256

from core.errors import MusterError
from core.llm import ChatModel
from knowledge.answering.checks import Claim, checked
from knowledge.answering.generated import numbered
from knowledge.passages import Passage
from knowledge.records.standup_entry import Entry
from knowledge.registers.team import Team
from prompts import load
from rituals.standup.records import StandupRecords
from rituals.standup.said import SummaryLine

PROMPT = "standup_summary"
MOST_LINES = 5
FEWEST_ENTRIES = 4
"""Below this many entries with something to say, the entries themselves are the summary."""
WITHIN_S = 30.0

_log = logging.getLogger(__name__)


def summarise(
    entries: Sequence[Entry], ritual: str, day: date, team: Team, records: StandupRecords
) -> tuple[SummaryLine, ...]:
    """Returns the lines for a day's entries; asked once for the same words, none where a model fails."""
    telling = [entry for entry in entries if entry.says_something]
    if records.model is None or len(telling) < FEWEST_ENTRIES:
        return ()
    passages = [entry_passage(entry, team) for entry in telling]
    digest = sha256("\n".join(f"{one.title}\n{one.text}" for one in passages).encode()).hexdigest()
    kept = records.entries.summary(ritual, day, digest)
    if kept is None:
        lines = _asked(records.model, passages)
        if lines is None:
            return ()
        kept = records.entries.keep_summary(ritual, day, digest, lines)
    return tuple(line for text in kept if (line := _line(text, passages)))[:MOST_LINES]


def entry_passage(entry: Entry, team: Team) -> Passage:
    """Returns an entry as what a summary may rest on."""
    name = team.name_of(entry.person)
    text = "\n\n".join(f"{item.initiative}: {item.text}".removeprefix(": ") for item in entry.items)
    return Passage(id=f"{entry.day}:{entry.person}", source="standup", title=name, text=text, owner=name)


def _asked(model: ChatModel, passages: Sequence[Passage]) -> list[str] | None:
    """Returns the model's lines as it wrote them, None where it failed: it is asked again the next time."""
    messages = load(PROMPT).messages(entries=numbered(passages))
    written, finish = "", None
    try:
        for delta in model.stream(messages, within_s=WITHIN_S):
            written += delta.text
            finish = delta.finish or finish
    except MusterError as error:
        _log.warning("event=summary_failed error=%s", error)
        return None
    if finish != "stop":
        _log.warning("event=summary_incomplete finish=%s", finish)
        return None
    lines = (line.strip().removeprefix("- ").strip() for line in written.splitlines())
    return [line for line in lines if line]


def _line(text: str, passages: Sequence[Passage]) -> SummaryLine | None:
    claim = checked(text, passages)
    if not isinstance(claim, Claim):
        _log.info("event=summary_line_dropped reason=%r", claim)
        return None
    names = tuple(dict.fromkeys(passages[number - 1].title for number in claim.numbers))
    return SummaryLine(text=claim.text, names=names)
