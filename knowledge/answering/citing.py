"""The numbered sources of an answer while it is being made."""

from __future__ import annotations

from knowledge.answer import Citation
from knowledge.passages import Passage

LONGEST_QUOTE = 600
"""Characters up to which the quotes of one passage are joined by what stands between them."""


class Sources:
    """Gives each passage that is cited one number, in the order of first use, and keeps its quote.

    A passage cited twice keeps one quote that covers both places, or the first where they lie
    too far apart. Quotes are slices of the passage's text, so they stand there verbatim.
    """

    def __init__(self) -> None:
        self._passages: dict[str, Passage] = {}
        self._spans: dict[str, tuple[int, int]] = {}

    def cite(self, passage: Passage, start: int, end: int) -> int:
        """Returns the number of the source that quotes `passage.text[start:end]`."""
        known = self._spans.get(passage.id)
        self._passages.setdefault(passage.id, passage)
        if known is None:
            self._spans[passage.id] = (start, end)
        elif max(end, known[1]) - min(start, known[0]) <= LONGEST_QUOTE:
            self._spans[passage.id] = (min(start, known[0]), max(end, known[1]))
        return list(self._passages).index(passage.id) + 1

    def citations(self, numbers: tuple[int, ...] | None = None) -> tuple[Citation, ...]:
        """Returns the sources in order, all or those numbered."""
        listed = enumerate(self._passages.items(), start=1)
        return tuple(
            Citation(number=number, passage=passage, quote=passage.text[slice(*self._spans[key])])
            for number, (key, passage) in listed
            if numbers is None or number in numbers
        )
