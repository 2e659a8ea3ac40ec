"""A model's text while it arrives, cut into sentences and list items as soon as each is complete."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_END = re.compile(
    r"[.!?…]+[\"'”’)*_]*(?:\s*\[[\d\s,;]+\][.]?)*(?=\s+[^\s\[])|(?<=\w)(?:\s*\[[\d\s,;]+\])+(?=\s+[A-Z])"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|vs|approx|nos?|figs?|sec|dr|mr|mrs|prof|st|inc|ltd|resp|incl|excl)|\b[A-Z])\.$",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s*(?:[-*+•]|\d{1,2}[.)])\s+")
_HEADING = re.compile(r"\s*#{1,6}\s")


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A complete sentence, or the text of a list item without its marker."""

    text: str
    item: bool = False


class Pieces:
    """Takes text as it comes and gives back what is complete; headings are left out.

    What is held at the end may be half a sentence: `rest` is for those who know that it is not.
    """

    def __init__(self) -> None:
        self._held = ""

    def feed(self, text: str) -> Iterator[Piece]:
        """Yields the pieces that this text completes."""
        self._held += text
        while "\n" in self._held:
            line, self._held = self._held.split("\n", 1)
            yield from _pieces(line)
        if not _ITEM.match(self._held) and not _HEADING.match(self._held):
            *complete, self._held = _sentences(self._held)
            yield from (Piece(text=sentence) for sentence in complete if sentence)

    def rest(self) -> Iterator[Piece]:
        """Yields what is still held, as complete."""
        line, self._held = self._held, ""
        yield from _pieces(line)


def _pieces(line: str) -> Iterator[Piece]:
    if not line.strip() or _HEADING.match(line):
        return
    marker = _ITEM.match(line)
    if marker:
        yield Piece(text=line[marker.end() :].strip(), item=True)
        return
    yield from (Piece(text=sentence) for sentence in _sentences(line) if sentence)


def _sentences(text: str) -> list[str]:
    """Cuts text behind each sentence that another one follows; marks belong to the one before."""
    cuts = [0]
    for match in _END.finditer(text):
        if _ABBREVIATION.search(text[: match.start() + 1]) and "[" not in match.group():
            continue
        cuts.append(match.end())
    return [text[low:high].strip() for low, high in pairwise(cuts)] + [text[cuts[-1] :].lstrip()]
