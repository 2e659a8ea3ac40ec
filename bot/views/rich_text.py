"""Markdown from anywhere as Slack's rich text.

Rich text is typed: what is a text element can never become a mention or a link, whatever it says.
A link shows where it leads, so none can be disguised.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from bot.views.mrkdwn import ELLIPSIS, safe_url

Element = dict[str, Any]

LONGEST_TEXT = 2_500
MOST_ROWS = 50
MOST_COLUMNS = 10
LONGEST_CELL = 180
DEEPEST_LIST = 8

_markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def rich_text(markdown: str, *, mark: tuple[Element, ...] = ()) -> list[Element]:
    """Returns rich-text elements for `markdown`, with `mark` (citations) after its last words."""
    elements = list(_blocks(SyntaxTreeNode(_markdown.parse(markdown))))
    if not mark:
        return elements
    for element in reversed(elements):
        if element["type"] == "rich_text_section":
            element["elements"].extend(mark)
            return elements
        if element["type"] == "rich_text_list":
            element["elements"][-1]["elements"].extend(mark)
            return elements
        break
    return [*elements, section(list(mark))]


def in_lines(elements: list[Element]) -> list[Element]:
    """Returns the elements with each paragraph on a line of its own: Slack runs sections together."""
    lines: list[Element] = []
    for element, following in zip(elements, [*elements[1:], None], strict=False):
        breaks = element["type"] == following["type"] == "rich_text_section" if following else False
        lines.append(section([*element["elements"], text("\n")]) if breaks else element)
    return lines


def section(elements: list[Element]) -> Element:
    """Returns a paragraph of inline elements."""
    return {"type": "rich_text_section", "elements": elements}


def text(words: str, **style: bool) -> Element:
    """Returns words as they stand."""
    element: Element = {"type": "text", "text": words}
    return element | {"style": style} if style else element


def _blocks(parent: SyntaxTreeNode) -> Iterator[Element]:
    for node in parent.children:
        if node.type in {"fence", "code_block", "html_block"}:
            yield _preformatted(node.content)
        elif node.type == "table":
            yield _preformatted(_as_columns(node))
        elif node.type in {"bullet_list", "ordered_list"}:
            yield from _list(node, 0)
        elif node.type == "blockquote":
            yield {"type": "rich_text_quote", "elements": _inlines(node) or [text(" ")]}
        elif node.type == "hr":
            continue
        else:
            bold = node.type == "heading"
            inlines = [_bold(element) for element in _inlines(node)] if bold else _inlines(node)
            if inlines:
                yield section(inlines)


def _list(node: SyntaxTreeNode, indent: int) -> Iterator[Element]:
    style = "ordered" if node.type == "ordered_list" else "bullet"
    items: list[Element] = []
    begun = int(node.attrs.get("start", 1) or 1)
    offset = begun - 1
    for item in node.children:
        nested = [child for child in item.children if child.type in {"bullet_list", "ordered_list"}]
        items.append(section(_inlines(item, skip=nested) or [text(" ")]))
        if nested and indent < DEEPEST_LIST:
            yield _list_element(style, indent, items, offset)
            offset += len(items)
            items = []
            for child in nested:
                yield from _list(child, indent + 1)
    if items:
        yield _list_element(style, indent, items, offset)


def _list_element(style: str, indent: int, items: list[Element], offset: int) -> Element:
    element: Element = {"type": "rich_text_list", "style": style, "indent": indent, "elements": items}
    return element | {"offset": offset} if style == "ordered" and offset > 0 else element


def _inlines(node: SyntaxTreeNode, *, skip: list[SyntaxTreeNode] | None = None) -> list[Element]:
    elements: list[Element] = []
    for child in node.children:
        if skip and child in skip:
            continue
        if child.type == "inline":
            elements += _spans(child.children, {})
        elif child.type in {"fence", "code_block", "html_block"}:
            elements.append(_code(child.content.rstrip("\n")))
        else:
            if elements:
                elements.append(text("\n"))
            elements += _inlines(child)
    return [element for element in elements if element.get("text") or element["type"] == "link"]


def _spans(nodes: list[SyntaxTreeNode], style: dict[str, bool]) -> list[Element]:
    elements: list[Element] = []
    for node in nodes:
        if node.type == "code_inline":
            elements.append(_code(node.content))
        elif node.type in {"softbreak", "hardbreak"}:
            elements.append(text(" " if node.type == "softbreak" else "\n"))
        elif node.type in STYLES:
            elements += _spans(node.children, style | {STYLES[node.type]: True})
        elif node.type == "link":
            elements += _link(node, style)
        elif node.type == "image":
            elements.append(text(f"[{node.content or 'image'}]", **style))
        elif node.children:
            elements += _spans(node.children, style)
        else:
            elements.append(text(_short(node.content), **style))
    return elements


STYLES = {"strong": "bold", "em": "italic", "s": "strike"}


def _link(node: SyntaxTreeNode, style: dict[str, bool]) -> list[Element]:
    """Returns the link's words, and the address after them, in sight, as what can be clicked."""
    words = _spans(node.children, style)
    address = str(node.attrs.get("href", ""))
    url = safe_url(address)
    if not url:
        return words
    bare = "".join(str(element.get("text", "")) for element in words) in {url, address}
    shown: Element = {"type": "link", "url": url, "text": url}
    return [shown] if bare else [*words, text(" ("), shown, text(")")]


def _as_columns(table: SyntaxTreeNode) -> str:
    """Returns a table as lines with its columns under each other."""
    rows = [
        ["".join(str(element.get("text", "")) for element in _inlines(cell)) for cell in row.children]
        for part in table.children
        for row in part.children
    ][:MOST_ROWS]
    rows = [[cell[:LONGEST_CELL] for cell in row[:MOST_COLUMNS]] for row in rows]
    widths = [max(len(row[at]) for row in rows if at < len(row)) for at in range(max(map(len, rows)))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)) for row in rows]
    lines.insert(1, "  ".join("─" * width for width in widths))
    return "\n".join(line.rstrip() for line in lines)


def _preformatted(words: str) -> Element:
    return {"type": "rich_text_preformatted", "elements": [text(_short(words.rstrip("\n")) or " ")]}


def _code(words: str) -> Element:
    return text(_short(words), code=True)


def _bold(element: Element) -> Element:
    return element | {"style": element.get("style", {}) | {"bold": True}}


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_TEXT else words[: LONGEST_TEXT - 1] + ELLIPSIS
