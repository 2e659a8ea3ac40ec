"""Typing mistakes in a question, put right only where there is no doubt what was meant."""

from __future__ import annotations

import re
from collections.abc import Callable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.documents.index.view import View
from knowledge.documents.index.words import fold, is_term, stems

SHORTEST = 5
"""Below that, one letter more or less makes another word."""
LONG = 8
"""From there on two mistakes are forgiven."""

_WORD = re.compile(r"[^\W\d_]+")


def correct(text: str, view: View, knows: Callable[[str], bool]) -> str:
    """Returns the question with its misspelt words as the visible documents write them.

    A word is left alone if the documents have it or its stem, if `knows` says that it is a word, if
    it is a name (a capital inside the text), or if several words are equally near. Words of hidden
    documents are no candidates.
    """

    def replace(match: re.Match[str]) -> str:
        word = fold(match.group())
        if _looks_like_a_name(match) or _is_known(word, view, knows):
            return match.group()
        return _nearest(word, view) or match.group()

    return _WORD.sub(replace, text)


def _looks_like_a_name(match: re.Match[str]) -> bool:
    word = match.group()
    begins = not match.string[: match.start()].strip() and word[1:].islower()
    return not word.islower() and not begins


def _is_known(word: str, view: View, knows: Callable[[str], bool]) -> bool:
    if len(word) < SHORTEST or not is_term(word) or word in view.words or knows(word):
        return True
    stem = stems([word])[0]
    return view.lexical.holders(stem) > 0 or knows(stem)


def _nearest(word: str, view: View) -> str | None:
    """Returns the one word nearest to a misspelt one; forms of the same stem count as one."""
    forgiven = 2 if len(word) >= LONG else 1
    found = process.extract(word, view.words, scorer=OSA.distance, score_cutoff=forgiven, limit=8)
    near = [(other, distance) for other, distance, _ in found if _plausible(word, other, int(distance))]
    best = [other for other, distance in near if distance == min(distance for _, distance in near)]
    return min(best, key=lambda other: (len(other), other)) if len(set(stems(best))) == 1 else None


def _plausible(word: str, other: str, distance: int) -> bool:
    """Two mistakes and another first letter are hardly the same word."""
    return len(other) >= SHORTEST - 1 and other.isalpha() and (distance == 1 or other[0] == word[0])
