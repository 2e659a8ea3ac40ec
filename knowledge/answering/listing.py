"""A list, table or piece of code as part of an answer: which of its items, under which words."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.answer import Part
from knowledge.answering import tidy
from knowledge.answering.blocks import Block, Unit
from knowledge.answering.citing import Sources
from knowledge.answering.kinds import kind_of, wants_many
from knowledge.answering.reading import leads_ahead, points_back
from knowledge.answering.scoring import Candidate
from knowledge.answering.words import stems

LONGEST_LIST = 12
"""How many items or rows an answer shows at most."""
SHORT_LIST = 4
"""How many are shown whole where nothing tells them apart."""
DISTINCT = 0.75
"""The share of the best item's score from which another item is shown, where not all are."""
NAMED = 0.6
"""The same for the share of the question that an item says."""
LEAST = 0.08
"""The share of the question that an item has to say for it to be the one that is meant."""
LEAST_OF_MANY = 0.3
"""The same where the question asks for several things."""
TOLD = 0.9
"""The share of the question from which headings and lead-in say all of it, so that the whole is meant."""


def listed(question: str, block: Block, ranked: Sequence[Candidate], sources: Sources) -> Part:
    """Returns the items or rows that answer, in order, under their lead-in and header."""
    candidates = sorted((c for c in ranked if c.block is block), key=lambda c: c.order)
    units = chosen_items(question, candidates)
    lead = _lead(question, block, units)
    start = block.intro.start if block.intro and block.intro_text in lead else units[0].start
    number = sources.cite(block.passage, start, units[-1].end)
    pieces = [block.passage.text[unit.start : unit.end] for unit in units]
    body = "\n".join(tidy.item(piece) if block.layout == "list" else piece.strip() for piece in pieces)
    if block.layout == "table":
        body = "\n".join((block.head_text, *(tidy.line(piece) for piece in pieces)))
    return Part(text=f"{lead}\n\n{body}", citations=(number,), layout=block.layout)


def chosen_items(question: str, candidates: Sequence[Candidate]) -> list[Unit]:
    """Returns the items to show: those that the question names, else all of what it asks for.

    An item is named by what it says of the question and its headings and lead-in don't.
    """
    named = (
        []
        if _steps(question, candidates)
        else _named(candidates, LEAST_OF_MANY if wants_many(question) else LEAST)
    )
    if not named and _whole(question, candidates):
        named = list(candidates)
    if not named:
        floor = DISTINCT * max(c.own for c in candidates)
        named = [c for c in candidates if c.own >= floor]
    best = sorted(named, key=lambda c: -c.own)[:LONGEST_LIST]
    return [c.unit for c in sorted(best, key=lambda c: c.order)]


def _steps(question: str, candidates: Sequence[Candidate]) -> bool:
    """Tells whether a way of doing something is asked for and these are its steps: all or none."""
    first = candidates[0]
    numbered = first.block.layout == "list" and first.block.passage.text[first.unit.start].isdigit()
    return numbered and kind_of(question) == "procedure"


def _named(candidates: Sequence[Candidate], least: float) -> list[Candidate]:
    most = max(c.adds for c in candidates)
    if most < least:
        return []
    named = [c for c in candidates if c.adds >= NAMED * most]
    return named if len(named) <= max(1, len(candidates) // 2) else []


def _whole(question: str, candidates: Sequence[Candidate]) -> bool:
    if len(candidates) <= SHORT_LIST or candidates[0].around >= TOLD:
        return True
    if candidates[0].block.layout == "list" or max(candidates, key=lambda c: c.score).led:
        return True
    return wants_many(question) or kind_of(question) == "other"


def _lead(question: str, block: Block, units: Sequence[Unit]) -> str:
    """Returns the lead-in, behind the place where neither it nor what it leads to says what this is."""
    intro, place = block.intro_text, block.passage.place
    said = stems(" ".join((intro, *(unit.text for unit in units))))
    about = _share_words(stems(question), said) or _share_words(stems(place), stems(intro))
    if intro and about and not points_back(intro):
        return intro
    keeps = intro and (leads_ahead(intro) or not points_back(intro))
    return f"**{place}:**" + (f" {intro}" if keeps else "")


def _share_words(one: Sequence[str], other: Sequence[str]) -> bool:
    return not set(one).isdisjoint(other)
