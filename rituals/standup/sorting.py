"""A reply in free words, sorted into the questions: by what people write before them, and by their cues."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.errors import InputError
from knowledge.records.standup_entry import LONGEST_ANSWER, StandupQuestion
from rituals.standup.items import pieces, says_nothing

_BLOCKED = re.compile(
    r"\b(block(ed|er|ers|ing|s)?|stuck|wait(s|ing)? (for|on)|can'?t|cannot|unable to"
    r"|need(s|ed)? (access|help|a|the)|no (access|answer|reply|date)"
    r"|in my way|held up|impediment|obstacle|missing|depends? on)\b",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"\b(today|tomorrow|next|then|will|going to|gonna|plan(s|ning|ned)? to|about to|later"
    r"|this (afternoon|morning|week)|i'?ll|want to|continue|go on|start(ing)? (on|with))\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(yesterday|done|did|finished|completed|fixed|merged|shipped|released|deployed|trained|wrote|reviewed"
    r"|closed|ran|built|added|removed|moved|updated|found|met|since (then|my last)"
    r"|worked on|changed|is (up|live|ready))\b",
    re.IGNORECASE,
)
_HEADS = {
    "changed": "changed|change|done|yesterday|did|was|progress|since last time",
    "next": "next|today|plan|will do|todo|to do|doing|tomorrow",
    "blockers": "blockers?|blocked|in my way|impediments?|stuck|obstacles?|waiting for",
}
_HEAD = {
    name: re.compile(rf"^\W*(?:{words})\s*(?::|[-–]\s)\s*(?P<rest>.*)$", re.IGNORECASE)
    for name, words in _HEADS.items()
}
_NUMBER = re.compile(r"^\s*(?P<number>\d{1,2})[.):]\s+(?P<rest>.+)$")
LEADS_IN = 12
"""Characters before "no blockers" up to which a sentence says nothing else: "there are no blockers"."""
_NO_BLOCKERS = re.compile(
    r"\b(no|not|nothing|without|none)\b.{0,20}\b(block\w*|in my way|impediment)", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class Sorted:
    """A reply as answers by question's id. `sure` is False where anything was only guessed."""

    answers: dict[str, str]
    sure: bool
    cut: bool = False


def sort_reply(text: str, questions: Sequence[StandupQuestion]) -> Sorted:
    """Returns the words of a reply by question, every one of them as written; to be confirmed.

    Raises `InputError` for a reply without words. What is longer than an answer may be is cut.
    """
    whole = text.strip()
    if not re.search(r"\w", re.sub(r":[\w+-]+:", "", whole)):
        raise InputError(
            f"I can't read an entry from {whole[:40]!r}.",
            cure="Write a few words; “nothing new” is a proper answer.",
        )
    if says_nothing(whole):
        return Sorted(answers={one.id: whole if one is questions[0] else "" for one in questions}, sure=True)
    cut = len(whole) > LONGEST_ANSWER
    placed = list(_placed(whole[:LONGEST_ANSWER], questions))
    answers = {one.id: "\n".join(words for where, words, _ in placed if where == one.id) for one in questions}
    return Sorted(answers=answers, sure=all(sure for _, _, sure in placed), cut=cut)


def _placed(text: str, questions: Sequence[StandupQuestion]) -> Iterator[tuple[str, str, bool]]:
    """Yields (question, words, sure) for each piece; one without a cue goes where the one before went."""
    ids = [one.id for one in questions]
    where, sure = ids[0], False
    for line in text.splitlines():
        headed = _headed(line, ids)
        if headed is not None:
            where, rest = headed
            sure = True
            if rest and not says_nothing(rest):
                yield where, rest, True
            continue
        for piece in pieces(line):
            denial = _NO_BLOCKERS.search(piece)
            if denial and denial.start() <= LEADS_IN:
                continue
            cued = _cued(_NO_BLOCKERS.sub("", piece), ids) if not sure else None
            where = cued or where
            yield where, piece, sure or cued is not None


def _headed(line: str, ids: Sequence[str]) -> tuple[str, str] | None:
    """Returns the question that a line opens by name or number, and what follows it."""
    for name in ids:
        pattern = _HEAD.get(name) or re.compile(rf"^\W*{re.escape(name)}\s*:\s*(?P<rest>.*)$", re.IGNORECASE)
        if match := pattern.match(line):
            return name, match["rest"].strip()
    match = _NUMBER.match(line)
    if match and 1 <= int(match["number"]) <= len(ids):
        return ids[int(match["number"]) - 1], match["rest"].strip()
    return None


def _cued(piece: str, ids: Sequence[str]) -> str | None:
    for name, cue in (("blockers", _BLOCKED), ("next", _NEXT), ("changed", _CHANGED)):
        if name in ids and cue.search(piece):
            return name
    return None
