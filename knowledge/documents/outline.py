"""The outline of a document: its sections, each under the one whose heading stands above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from knowledge.documents.blocks import Block

_LEAD_IN_LETTERS = 300
"""A longer paragraph before a list is not repeated with each piece of it."""
_FOLLOWS_LEAD_IN = frozenset({"list", "table", "code"})


@dataclass(kw_only=True)
class Section:
    """A heading, the blocks right below it, and the sections below those.

    It begins with its heading and ends where its last section does. `path` is what it adds to the
    path of headings: nothing for the whole document, and for a heading that is the title once more.
    """

    level: int
    start: int
    end: int
    path: tuple[str, ...] = ()
    heading: Block | None = None
    parts: tuple[Block, ...] = ()
    children: list[Section] = field(default_factory=list)


def outline(text: str, blocks: Sequence[Block], *, title: str) -> Section:
    """Returns the whole document as a section."""
    root = Section(level=0, start=0, end=len(text))
    stack, own = [root], list[Block]()
    for block in blocks:
        if block.kind != "heading":
            own.append(block)
            continue
        _close(stack[-1], text, own)
        own = []
        while stack[-1].level >= block.level:
            stack.pop().end = block.start
        section = _opened(block, title=title, end=len(text))
        stack[-1].children.append(section)
        stack.append(section)
    _close(stack[-1], text, own)
    return root


def first_heading(blocks: Sequence[Block]) -> str:
    """Returns the words of the first heading of the first level, or nothing."""
    return next((block.title for block in blocks if block.kind == "heading" and block.level == 1), "")


def _opened(heading: Block, *, title: str, end: int) -> Section:
    is_title = heading.level == 1 and heading.title.casefold() == title.casefold()
    return Section(
        level=heading.level,
        start=heading.start,
        end=end,
        path=() if is_title or not heading.title else (heading.title,),
        heading=heading,
    )


def _close(section: Section, text: str, blocks: list[Block]) -> None:
    section.parts = tuple(_joined(text, [block for block in blocks if block.kind != "rule"]))


def _joined(text: str, blocks: list[Block]) -> list[Block]:
    """Joins a paragraph that ends in a colon with the list, table or code that it leads to."""
    joined: list[Block] = []
    for block in blocks:
        before = joined[-1] if joined else None
        leads = (
            before and before.kind == "paragraph" and text[before.start : before.end].rstrip().endswith(":")
        )
        if before and leads and block.kind in _FOLLOWS_LEAD_IN:
            joined[-1] = _with_lead_in(text, before, block)
        else:
            joined.append(block)
    return joined


def _with_lead_in(text: str, lead_in: Block, block: Block) -> Block:
    words = text[lead_in.start : lead_in.end]
    if len(words) > _LEAD_IN_LETTERS:
        return Block(kind="group", start=lead_in.start, end=block.end, parts=(lead_in, block))
    return replace(block, start=lead_in.start, head=f"{words}{block.head}")
