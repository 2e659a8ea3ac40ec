"""What a piece shows of being the answer that is asked for, beside what it is about."""

from __future__ import annotations

import re

from knowledge.answering.blocks import Block, Unit
from knowledge.answering.kinds import Kind, denies, kind_of, shows

SHOWN = 0.08
"""Added where a unit has what the question asks for: a role, a date, a number."""
LISTED = 0.15
"""Added to items and rows where the question asks for several things."""
STEP = 0.2
"""Added to a numbered item where the question is how to do something."""
DENIED = 0.1
"""Taken off where somebody is asked for and the unit says who it is not; added where a "not" is asked for."""

_FIGURES: frozenset[Kind] = frozenset({"rhythm", "time", "number"})
_CONDITION = re.compile(r"\b(?:when|if|once|unless|until|only)\b", re.IGNORECASE)
_KEY = re.compile(
    r"^\W*(?:(?:an?|the)\s)?([^:;.,|]{2,60}?)(?:[:;|]|\s+(?:is|are|means|stands for)\b)", re.IGNORECASE
)


def cues(question: str, block: Block, unit: Unit) -> float:
    """Returns what is added to a unit's score for its form."""
    return _shown(kind_of(question), block, unit) + _denied(question, block, unit)


def speaks_for(question: str, block: Block, unit: Unit) -> bool:
    """Tells whether a lead-in's worth is its item's or row's too, where a time or figure is asked for.

    It is where the lead-in names a condition, or has such a figure itself; a row needs only its own.
    """
    kind = kind_of(question)
    if kind not in _FIGURES or _CONDITION.search(block.intro_text):
        return True
    return shows(kind, unit.text) and (block.layout == "table" or shows(kind, block.intro_text))


def key_of(question: str, block: Block, unit: Unit) -> str:
    """Returns the key that the unit opens with (`**Accountable:** …`) if it may be what is asked about.

    An item's or row's key answers any question about one thing, a time or figure only where it has
    one; a sentence's only "what is …?".
    """
    kind = kind_of(question)
    if kind in {"list", "procedure"} or (block.layout == "sentence" and kind != "definition"):
        return ""
    if kind in _FIGURES and not shows(kind, unit.text):
        return ""
    key = _KEY.match(unit.text)
    return key.group(1) if key else ""


def _shown(kind: Kind, block: Block, unit: Unit) -> float:
    if kind == "list" and block.layout in {"list", "table"}:
        return LISTED
    if shows(kind, unit.text):
        return SHOWN
    step = kind == "procedure" and block.layout == "list" and block.passage.text[unit.start].isdigit()
    return STEP if step else 0.0


def _denied(question: str, block: Block, unit: Unit) -> float:
    if not denies(f"{block.intro_text} {unit.text}"):
        return 0.0
    if denies(question):
        return DENIED
    return -DENIED if kind_of(question) == "person" else 0.0
