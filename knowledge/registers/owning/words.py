"""Words as the register compares them: folded, split at every mark, and reduced to their roots."""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.documents.index.words import fold, stems

_WORD = re.compile(r"[^\W_]+")

_FILLERS = """
a about actually after again all am an and any anybody anyone anything anyways are around as ask
asked asking at be because been being between but by can cheers concerning contact could currently
did do does doing each else email every everyone everything exactly feel find folks for from get
gets give guy guys had has have having he hello her here hers hey hi him his how i if in into is it
its just kindly know knows let like matter me message might more most must my name named need needed
needs nothing now of off on once one or our ours out over people person ping please pls question
quick really regarding right should so somebody someone something speak still stuff such supposed
talk tell than thanks that the their them then there these they thing things this those to too topic
turn up us very want wants was we were what when where which while who whom whos whose why will with
wondering would you your
"""
FILLERS = frozenset(_FILLERS.split())
"""Words that only shape a question about an owner."""


@lru_cache(maxsize=20_000)
def words(text: str) -> tuple[str, ...]:
    """Returns the words of a text in order, lower case, without accents; `billing_events` is two."""
    return tuple(_WORD.findall(fold(text)))


@lru_cache(maxsize=20_000)
def roots(text: str) -> tuple[str, ...]:
    """Returns the stems of the words of a text, in order, fillers included."""
    return tuple(stems(list(words(text))))
