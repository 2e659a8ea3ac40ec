"""Chunking: a document's text becomes chunks that follow its headings and fit the embedding's window.

A chunk is a run of the document's own lines under one path of headings. Lists, tables and code stay
whole where they fit; where not, they are cut between items, rows or lines, with a table's header, a
list's lead-in line and a code's fence round each piece. Nothing of the document is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.documents.blocks import Block
from knowledge.documents.document import Chunk
from knowledge.documents.outline import Section, outline
from knowledge.documents.pieces import Cutter, Piece
from knowledge.documents.sentences import sentence_spans

CHUNKING = 1
"""To be raised with each change that gives other chunks: it makes every document a new version."""
TARGET = 200
LARGEST = 512
"""However wide the window, a chunk is to be a passage that can be read."""
SMALL = 32
"""A section of at most so many tokens goes together with its neighbours under their parent."""
PLACE_SHARE = 3
"""Title and headings take at most one part in so many of the window."""
_SHORTER = (120, 60, 30, 15)


@dataclass(frozen=True, kw_only=True)
class _Place:
    """A path of headings, how much room it leaves, and whether it had to be shortened."""

    heading: tuple[str, ...]
    limit: int
    shortened: bool


def chunk_text(
    text: str, blocks: Sequence[Block], *, title: str, window: int, count_tokens: Callable[[str], int]
) -> tuple[Chunk, ...]:
    """Returns the chunks of a Markdown text with line feeds at its line ends, given its `parse_blocks`.

    Each chunk's `embedded_text(title)` has at most `window` tokens, provided that the title comes
    from `fitting_title` with the same window.
    """
    chunker = _Chunker(text, blocks, title=title, window=window, count_tokens=count_tokens)
    return tuple(
        Chunk(ordinal=ordinal, text=found, heading=heading, sentences=sentence_spans(found))
        for ordinal, (heading, found) in enumerate(chunker.chunks())
    )


def fitting_title(title: str, *, window: int, count_tokens: Callable[[str], int]) -> str:
    """Returns the title, shortened where it would leave too little of the window to the text."""
    if count_tokens(title) <= window // PLACE_SHARE // 2:
        return title
    for length in _SHORTER:
        if count_tokens(_short(title, length)) <= window // PLACE_SHARE // 2:
            return _short(title, length)
    return ""


class _Chunker:
    def __init__(
        self,
        text: str,
        blocks: Sequence[Block],
        *,
        title: str,
        window: int,
        count_tokens: Callable[[str], int],
    ) -> None:
        self._text = text
        self._blocks = blocks
        self._title = title
        self._window = window
        self._count = count_tokens
        self._cutter = Cutter(text, count_tokens=count_tokens)

    def chunks(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yields heading path and text of each chunk, in the order of the document."""
        root = outline(self._text, self._blocks, title=self._title)
        for heading, piece in self._section(root, ()):
            if (found := piece.of(self._text)).strip():
                yield heading, found

    def _section(self, section: Section, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Piece]]:
        """Yields the pieces of a section's own text, then those of the sections below it."""
        place = self._place(path)
        target = min(TARGET, place.limit)
        for piece in self._cutter.pack(self._parts(section, path, place), target=target, limit=place.limit):
            yield place.heading, piece
        for run in self._runs(section, place):
            if len(run) > 1:
                yield place.heading, Piece(start=run[0].start, end=run[-1].end)
            else:
                yield from self._section(run[0], path + run[0].path)

    def _parts(self, section: Section, path: tuple[str, ...], place: _Place) -> tuple[Block, ...]:
        """Returns what is to be said under a place: the heading too, where no place says it whole."""
        heading = section.heading
        if heading is None:
            return section.parts
        below = (self._place(path + child.path) for child in section.children)
        lonely = bool(section.path) and not section.parts and all(other.shortened for other in below)
        unsaid = not section.path and not heading.title
        return (heading, *section.parts) if place.shortened or lonely or unsaid else section.parts

    def _runs(self, section: Section, place: _Place) -> Iterator[list[Section]]:
        """Yields the sections below, small neighbours together as far as they fit under one place."""
        run: list[Section] = []
        for child in section.children:
            small = self._is_small(child)
            together = Piece(start=run[0].start, end=child.end) if run else None
            if small and together and self._cutter.fits(together, min(TARGET, place.limit)):
                run.append(child)
                continue
            if run:
                yield run
            run = [child]
            if not small:
                yield run
                run = []
        if run:
            yield run

    def _is_small(self, section: Section) -> bool:
        if section.children:
            return False
        return self._cutter.fits(Piece(start=section.start, end=section.end), SMALL)

    def _place(self, path: tuple[str, ...]) -> _Place:
        heading, taken = path, self._taken(path)
        for length in _SHORTER:
            if taken <= self._window // PLACE_SHARE:
                break
            heading = tuple(_short(name, length) for name in path)
            taken = self._taken(heading)
        if taken > self._window // PLACE_SHARE:
            heading = ()
            taken = self._taken(heading)
        return _Place(heading=heading, limit=min(self._window - taken, LARGEST), shortened=heading != path)

    def _taken(self, heading: tuple[str, ...]) -> int:
        """Returns how many tokens the place takes of what is embedded."""
        return self._count(replace(_EMPTY, heading=heading).embedded_text(self._title))


_EMPTY = Chunk(ordinal=0, text="")


def _short(name: str, length: int) -> str:
    return name if len(name) <= length else f"{name[: length - 1].rstrip()}…"
