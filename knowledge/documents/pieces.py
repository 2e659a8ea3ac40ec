"""Pieces: a block cut so that each part fits, at the coarsest places where it can be cut."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.documents.blocks import Block, parts_of

_LETTERS_PER_TOKEN = 16
"""No text is longer than this many characters a token: some tokenizers count an endless word as one."""
_HEAD_SHARE = 0.5
_BLANK_EDGE = re.compile(r"\A(?:[ \t]*\n)+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A stretch of a text, `text[start:end]`, between the lines that its block repeats."""

    start: int
    end: int
    head: str = ""
    foot: str = ""

    def of(self, text: str) -> str:
        """Returns the piece as Markdown that can stand by itself."""
        inner = _BLANK_EDGE.sub("", text[self.start : self.end]).rstrip()
        foot = f"\n{self.foot}" if self.foot else ""
        return f"{self.head}{inner}{foot}"


class Cutter:
    """Cuts one text into pieces that fit `limit` tokens."""

    def __init__(self, text: str, *, count_tokens: Callable[[str], int]) -> None:
        self._text = text
        self._count = count_tokens

    def fits(self, piece: Piece, limit: int) -> bool:
        """Tells whether a piece has at most `limit` tokens, and not absurdly many characters."""
        if piece.end - piece.start + len(piece.head) > limit * _LETTERS_PER_TOKEN:
            return False
        return self._count(piece.of(self._text)) <= limit

    def pack(self, parts: Sequence[Block], *, target: int, limit: int) -> Iterator[Piece]:
        """Puts parts together up to `target` tokens, and cuts those that are over `limit` alone.

        What is left at the end may fill up to `limit`, so that no crumb is left over.
        """
        at = 0
        while at < len(parts):
            rest = Piece(start=parts[at].start, end=parts[-1].end)
            if self.fits(rest, limit):
                yield rest
                return
            taken = self._longest(parts, at, Piece(start=0, end=0), target)
            if taken:
                yield Piece(start=parts[at].start, end=parts[at + taken - 1].end)
            else:
                yield from self.cut(parts[at], limit=limit)
            at += taken or 1

    def cut(self, block: Block, *, limit: int, head: str = "", foot: str = "") -> Iterator[Piece]:
        """Yields the block whole where it fits, else its parts, as many together as fit."""
        whole = Piece(start=block.start, end=block.end, head=head, foot=foot)
        if self.fits(whole, limit) or (block.kind == "letter"):
            yield whole
            return
        block = self._affordable(block, limit)
        frame = Piece(start=0, end=0, head=head + block.head, foot=block.foot or foot)
        if self._count(frame.head + frame.foot) > limit * _HEAD_SHARE:
            frame = Piece(start=0, end=0)
        parts, at = parts_of(self._text, block), 0
        while at < len(parts):
            taken = self._longest(parts, at, frame, limit)
            if taken:
                yield replace(frame, start=parts[at].start, end=parts[at + taken - 1].end)
            else:
                yield from self.cut(parts[at], limit=limit, head=frame.head, foot=frame.foot)
            at += taken or 1

    def _affordable(self, block: Block, limit: int) -> Block:
        """Returns the block without its head as a head, where that would take too much of each piece."""
        if not block.head or self._count(block.head + block.foot) <= limit * _HEAD_SHARE:
            return block
        return Block(kind="lines", start=block.start, end=block.end)

    def _longest(self, parts: Sequence[Block], at: int, frame: Piece, limit: int) -> int:
        """Returns how many parts from `at` on fit together, found by halving."""
        start, fitting, over = parts[at].start, 0, 1
        while at + over <= len(parts) and self.fits(
            replace(frame, start=start, end=parts[at + over - 1].end), limit
        ):
            fitting, over = over, over * 2
        over = min(over, len(parts) - at + 1)
        while over - fitting > 1:
            middle = (fitting + over) // 2
            if self.fits(replace(frame, start=start, end=parts[at + middle - 1].end), limit):
                fitting = middle
            else:
                over = middle
        return fitting
