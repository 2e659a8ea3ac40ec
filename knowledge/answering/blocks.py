"""A passage taken apart into what an answer can be made of: sentences, items, rows, code."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge.answer import Layout
from knowledge.answering import tidy
from knowledge.answering.reading import leads_ahead, points_back
from knowledge.documents.sentences import sentence_spans
from knowledge.passages import Passage, Span

_SHORTEST_SENTENCE = 2
_ANNOUNCES = re.compile(
    r":$|\b(?:this|these|the following|the) (?:table|list|lines?|rows?|steps?|form|template|order)\b.*[.:]$",
    re.IGNORECASE,
)
_NAMES_LAYOUT = re.compile(r"\b(?:this|the following) (?:table|list)\b", re.IGNORECASE)
_FURTHEST_LEAD = 3
"""How many sentences a lead-in has at most, where it points back or speaks of "this table" earlier."""
_BLOCKS: dict[str, Layout] = {
    "paragraph_open": "sentence",
    "blockquote_open": "sentence",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "table_open": "table",
    "fence": "code",
}


@dataclass(frozen=True, kw_only=True)
class Unit:
    """The smallest piece that can be said: a sentence, a list item, a table row, a code block.

    It quotes `passage.text[start:end]`; `similarity` is the best of the spans that it covers.
    """

    start: int
    end: int
    text: str
    similarity: float | None = None


@dataclass(frozen=True, kw_only=True)
class Block:
    """A run of units of one layout, with what makes them readable.

    `intro` is what leads in: a sentence that ends with a colon or speaks of "this table", with those
    between it and the table. `head` is the span of a table's header and rule. The units of a paragraph
    are its sentences, in order; one that ends with a colon has what stands below it in its unit.
    """

    passage: Passage
    layout: Layout
    units: tuple[Unit, ...]
    intro: Unit | None = None
    head: tuple[int, int] | None = None

    @property
    def intro_text(self) -> str:
        """Returns the lead-in on one line, or nothing."""
        return self.intro.text if self.intro else ""

    @property
    def head_text(self) -> str:
        """Returns the table's header and rule as they stand, or nothing."""
        return self.passage.text[slice(*self.head)] if self.head else ""


class _Parsers(threading.local):
    """One parser a thread, without inline parsing: only the blocks matter here."""

    def __init__(self) -> None:
        self.markdown = MarkdownIt("commonmark").enable("table").disable(["code", "html_block", "reference"])
        self.markdown.core.ruler.disable("inline")


_parsers = _Parsers()


def blocks_of(passage: Passage) -> list[Block]:
    """Takes a passage apart; headings, rules and pseudo-headings in bold are left out."""
    lines = _Lines(passage.text)
    found: list[Block] = []
    for token, inner in _outer(_parsers.markdown.parse(passage.text)):
        block = _block(passage, lines, token, inner)
        if block is None:
            continue
        if found and found[-1].layout == "sentence":
            found[-1:], block = (_joined if block.layout == "sentence" else _with_intro)(found[-1], block)
        found.append(block)
    return [block for block in found if block.units]


class _Lines:
    """The offsets of a text's lines."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0]
        for raw in text.split("\n"):
            self._starts.append(self._starts[-1] + len(raw) + 1)

    def span(self, lines: Sequence[int]) -> tuple[int, int]:
        """Returns the span of lines `[first, last)` without white space at the end."""
        last = len(self._starts) - 1
        start = self._starts[min(lines[0], last)]
        end = min(self._starts[min(lines[1], last)], len(self._text))
        return start, start + len(self._text[start:end].rstrip())


def _outer(tokens: Sequence[Token]) -> Iterator[tuple[Token, list[Token]]]:
    """Yields each block that stands at the outermost level, with the tokens inside it."""
    at = 0
    while at < len(tokens):
        token, stop = tokens[at], at + 1
        if token.nesting == 1:
            while not (tokens[stop].nesting == -1 and tokens[stop].level == token.level):
                stop += 1
        if token.type in _BLOCKS and token.map:
            yield token, list(tokens[at + 1 : stop])
        at = stop + 1 if token.nesting == 1 else stop


def _block(passage: Passage, lines: _Lines, token: Token, inner: list[Token]) -> Block | None:
    layout, span = _BLOCKS[token.type], lines.span(token.map or (0, 0))
    if layout == "sentence":
        return Block(passage=passage, layout=layout, units=tuple(_sentences(passage, span)))
    if layout == "code":
        units = [_unit(passage, span, passage.text[slice(*span)])]
        return Block(passage=passage, layout=layout, units=tuple(units))
    if layout == "list":
        spans = [lines.span(t.map) for t in inner if t.type == "list_item_open" and t.level == 1 and t.map]
        units = [_unit(passage, s, tidy.bare(passage.text[slice(*s)])) for s in spans]
        return Block(passage=passage, layout=layout, units=tuple(units))
    rows = [t.map for t in inner if t.type == "tr_open" and t.map]
    if not rows:
        return None
    spans = [lines.span(row) for row in rows[1:]]
    units = [_unit(passage, s, tidy.bare(passage.text[slice(*s)])) for s in spans]
    return Block(
        passage=passage, layout=layout, units=tuple(units), head=lines.span((rows[0][0], rows[0][1] + 1))
    )


def _sentences(passage: Passage, span: tuple[int, int]) -> Iterator[Unit]:
    text = passage.text[slice(*span)]
    if text.startswith("**") and text.endswith("**") and "\n" not in text:
        return
    given = [(s.start, s.end) for s in passage.sentences if span[0] <= s.start and s.end <= span[1]]
    for start, end in given or [(span[0] + low, span[0] + high) for low, high in sentence_spans(text)]:
        said = tidy.line(passage.text[start:end])
        if len(said.split()) >= _SHORTEST_SENTENCE:
            yield _unit(passage, (start, end), said)


def _unit(passage: Passage, span: tuple[int, int], text: str) -> Unit:
    near = [s.similarity for s in passage.sentences if _overlap(s, span) and s.similarity is not None]
    return Unit(start=span[0], end=span[1], text=text, similarity=max(near, default=None))


def _overlap(sentence: Span, span: tuple[int, int]) -> bool:
    return sentence.start < span[1] and span[0] < sentence.end


def _with_intro(paragraph: Block, block: Block) -> tuple[list[Block], Block]:
    """Moves what leads in at a paragraph's end to the block below."""
    units = paragraph.units
    if not units or not _ANNOUNCES.search(units[-1].text):
        return [paragraph], block
    first = _lead_start(units)
    return _without(paragraph, units[:first]), replace(block, intro=_run(units[first:]))


def _lead_start(units: Sequence[Unit]) -> int:
    """Returns where a lead-in that ends a paragraph begins: it goes back to what it points to."""
    furthest = max(0, len(units) - _FURTHEST_LEAD)
    first = next(
        (at for at in range(furthest, len(units)) if _NAMES_LAYOUT.search(units[at].text)), len(units) - 1
    )
    while first > furthest and points_back(units[first].text) and not leads_ahead(units[first].text):
        first -= 1
    return first


def _joined(paragraph: Block, below: Block) -> tuple[list[Block], Block]:
    """Moves a paragraph's last sentence, if it ends with a colon, to the sentence that it leads to."""
    if not paragraph.units or not below.units or not paragraph.units[-1].text.endswith(":"):
        return [paragraph], below
    *rest, lead = paragraph.units
    first, *others = below.units
    return _without(paragraph, rest), replace(below, units=(_run((lead, first)), *others))


def _run(units: Sequence[Unit]) -> Unit:
    """Returns sentences that stand one behind the other as one unit."""
    known = [unit.similarity for unit in units if unit.similarity is not None]
    return Unit(
        start=units[0].start,
        end=units[-1].end,
        text=" ".join(unit.text for unit in units),
        similarity=max(known, default=None),
    )


def _without(paragraph: Block, units: Sequence[Unit]) -> list[Block]:
    return [replace(paragraph, units=tuple(units))] if units else []
