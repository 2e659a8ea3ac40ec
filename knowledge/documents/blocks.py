"""Blocks: a Markdown text as the tree of its paragraphs, lists, tables and code, by offsets.

Blocks of one parent follow each other without a gap, so whatever a text holds stands in one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from knowledge.documents.sentences import sentence_spans

_LONGEST_HEADING = 1_000
_SLICE = 24
"""How many characters of an endless word are taken at a time."""
_KINDS = {
    "heading": "heading",
    "bullet_list": "list",
    "ordered_list": "list",
    "list_item": "item",
    "blockquote": "quote",
    "table": "table",
    "fence": "code",
    "code_block": "lines",
    "html_block": "lines",
    "hr": "rule",
}
_WITH_BLOCKS = frozenset({"list", "item", "quote"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A stretch of a text, `text[start:end]`.

    `parts` are where it may be cut; a block without any is cut as its kind allows (`parts_of`).
    `head` and `foot` are lines to be repeated round each cut piece: a table's header, a fence.
    Headings have a level and their words as title.
    """

    kind: str
    start: int
    end: int
    parts: tuple[Block, ...] = ()
    head: str = ""
    foot: str = ""
    level: int = 0
    title: str = ""


def parse_blocks(text: str) -> tuple[Block, ...]:
    """Returns the blocks of a text with line feeds at its line ends."""
    root = SyntaxTreeNode(_parser().parse(text))
    return _Reader(text).blocks(root.children, 0, len(text))


def parts_of(text: str, block: Block) -> Sequence[Block]:
    """Returns where a block may be cut: its parts, else lines, sentences, words, characters."""
    if block.parts:
        return block.parts
    start, end = block.start, block.end
    if block.kind in {"lines", "code"}:
        return _between("paragraph", start, end, _line_starts(text, start, end))
    if block.kind == "sentence":
        words = (match.start() for match in re.compile(r"\S+").finditer(text, start, end))
        return _between("word", start, end, words)
    if block.kind == "word":
        return _between("letters", start, end, range(start, end, _SLICE))
    if block.kind == "letters":
        return _between("letter", start, end, range(start, end))
    starts = (start + left for left, _ in sentence_spans(text[start:end]))
    return _between("sentence", start, end, starts)


@cache
def _parser() -> MarkdownIt:
    """Makes a parser of blocks only: what is within a line is nothing to a chunk."""
    parser = MarkdownIt("commonmark").enable("table").disable("reference")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


@cache
def _inline_parser() -> MarkdownIt:
    return MarkdownIt("commonmark")


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = [0, *_line_starts(text, 0, len(text)), len(text)]

    def blocks(self, nodes: Sequence[SyntaxTreeNode], start: int, end: int) -> tuple[Block, ...]:
        """Makes blocks of sibling nodes; each reaches to the next, the first from `start`."""
        placed = [node for node in nodes if node.map]
        if not placed:
            return (Block(kind="paragraph", start=start, end=end),) if self._text[start:end].strip() else ()
        starts = [start, *(max(start, self._lines[node.map[0]]) for node in placed[1:] if node.map), end]
        return tuple(
            self._block(node, left, right)
            for node, (left, right) in zip(placed, pairwise(starts), strict=True)
            if left < right
        )

    def _block(self, node: SyntaxTreeNode, start: int, end: int) -> Block:
        kind = _KINDS.get(node.type, "paragraph")
        if kind == "heading":
            title = _plain(" ".join(child.content for child in node.children))
            return Block(kind=kind, start=start, end=end, level=int(node.tag[1:]), title=title)
        own = self._lines[node.map[0]] if node.map else start
        if kind in {"table", "code"} and not self._text[start:own].strip():
            return self._table(own, end) if kind == "table" else self._code(node, own, end)
        parts = self.blocks(node.children, start, end) if kind in _WITH_BLOCKS else ()
        return Block(kind=kind, start=start, end=end, parts=parts)

    def _table(self, start: int, end: int) -> Block:
        rows = list(_line_starts(self._text, start, end))
        first = rows[1] if len(rows) > 1 else end
        parts = _between("sentence", first, end, rows[2:])
        head = self._text[start:first]
        return Block(kind="table", start=start, end=end, parts=tuple(parts), head=head)

    def _code(self, node: SyntaxTreeNode, start: int, end: int) -> Block:
        first, after = node.map or (0, 1)
        opening, closing = self._line(first), self._line(after - 1)
        mark = closing.strip(" \t>\n")
        closed = after - first > 1 and mark.startswith(node.markup) and not mark.strip(node.markup[0])
        inner_end = self._lines[after - 1] if closed else end
        inner_starts = [at for at in self._lines[first + 1 : after] if at < inner_end]
        inner = pairwise([*inner_starts, inner_end])
        margin = re.sub(r"[^\s>]", " ", opening[: opening.find(node.markup)])
        return Block(
            kind="code",
            start=start,
            end=end,
            parts=tuple(Block(kind="sentence", start=left, end=right) for left, right in inner),
            head=opening,
            foot=f"{margin}{node.markup}",
        )

    def _line(self, number: int) -> str:
        return self._text[self._lines[number] : self._lines[number + 1]]


def _plain(heading: str) -> str:
    """Returns a heading's words without their marks; an absurdly long one as it is."""
    if len(heading) > _LONGEST_HEADING:
        return " ".join(heading.split())
    tokens = _inline_parser().parseInline(heading)[0].children or []
    said = (
        " " if token.type == "softbreak" else token.content for token in tokens if token.type != "html_inline"
    )
    return " ".join("".join(said).split())


def _line_starts(text: str, start: int, end: int) -> Iterator[int]:
    """Yields where each line but the first begins."""
    at = text.find("\n", start, end)
    while at != -1 and at + 1 < end:
        yield at + 1
        at = text.find("\n", at + 1, end)


def _between(kind: str, start: int, end: int, starts: Iterator[int] | Sequence[int]) -> list[Block]:
    """Makes blocks that follow each other from `start` to `end` and begin at `starts`."""
    bounds = [start, *(at for at in starts if start < at < end), end]
    return [Block(kind=kind, start=left, end=right) for left, right in pairwise(bounds)]
