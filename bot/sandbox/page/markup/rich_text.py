"""Rich text as HTML. It is typed: what is a text element stays text, whatever it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from markupsafe import Markup

from bot.sandbox.page.markup import tokens
from bot.sandbox.page.markup.emoji import glyph
from bot.sandbox.page.markup.html import EMPTY, joined, tag
from bot.sandbox.page.markup.links import anchor
from bot.sandbox.page.markup.reader import Reader

Json = dict[str, Any]

_STYLES = (("code", "code"), ("bold", "strong"), ("italic", "em"), ("strike", "s"), ("underline", "u"),
           ("highlight", "mark"), ("client_highlight", "mark"))  # fmt: skip
_DEEPEST = 8


def rich_text(block: Json, reader: Reader) -> Markup:
    """Returns a rich text block; neighbouring lists of different depth are nested in each other."""
    return tag("div", list(_parts(block.get("elements") or [], reader)), class_="rich")


def plain_words(block: Json) -> str:
    """Returns the words of a rich text block without their look."""
    if isinstance(block.get("text"), str):
        return str(block["text"])
    return "".join(plain_words(child) for child in block.get("elements") or [] if isinstance(child, dict))


def _parts(elements: list[Json], reader: Reader) -> Iterator[Markup]:
    lists: list[Json] = []
    for element in elements:
        if element.get("type") == "rich_text_list":
            lists.append(element)
            continue
        yield _lists(lists, reader)
        lists = []
        yield _part(element, reader)
    yield _lists(lists, reader)


def _part(element: Json, reader: Reader) -> Markup:
    kind = element.get("type")
    if kind == "rich_text_preformatted":
        return tag("pre", tag("code", plain_words(element)), tabindex="0")
    inline = _inlines(element.get("elements") or [], reader)
    if kind == "rich_text_quote":
        return tag("blockquote", inline)
    return tag("p", inline) if inline else EMPTY


def _lists(lists: list[Json], reader: Reader) -> Markup:
    """Renders lists that follow each other; a deeper one stands below the last item of the one before."""
    rendered: list[Markup] = []
    at = 0
    while at < len(lists):
        depth, deeper = _depth(lists[at]), at + 1
        while deeper < len(lists) and _depth(lists[deeper]) > depth:
            deeper += 1
        rendered.append(_list(lists[at], lists[at + 1 : deeper], reader))
        at = deeper
    return joined(rendered)


def _list(element: Json, nested: list[Json], reader: Reader) -> Markup:
    ordered = element.get("style") == "ordered"
    items = [_inlines(item.get("elements") or [], reader) for item in element.get("elements") or []]
    last = len(items) - 1
    lines = [
        tag("li", item, _lists(nested, reader) if number == last and nested else None)
        for number, item in enumerate(items)
    ]
    offset = element.get("offset")
    start = offset + 1 if ordered and isinstance(offset, int) and offset > 0 else None
    depth = f"depth-{_depth(element) % 3}"
    return tag("ol" if ordered else "ul", lines, start=start, class_=depth)


def _depth(element: Json) -> int:
    indent = element.get("indent", 0)
    return min(indent, _DEEPEST) if isinstance(indent, int) else 0


def _inlines(elements: list[Json], reader: Reader) -> Markup:
    rendered = [_styled(element, _inline(element, reader)) for element in elements]
    if rendered and elements[-1].get("type") == "text":
        return joined([*rendered[:-1], Markup(str(rendered[-1]).rstrip("\n"))])  # noqa: S704 -- markup already
    return joined(rendered)


def _styled(element: Json, inline: Markup) -> Markup:
    style = element.get("style")
    if not isinstance(style, dict):
        return inline
    for name, wrapper in _STYLES:
        if style.get(name):
            inline = tag(wrapper, inline)
    return inline


def _inline(element: Json, reader: Reader) -> Markup:
    draw = _INLINE.get(str(element.get("type")))
    return draw(element, reader) if draw else joined(str(element.get("text", "")))


def _link(element: Json, _: Reader) -> Markup:
    words = str(element.get("text") or "")
    return anchor(str(element.get("url", "")), words or None, plain=words)


def _date(element: Json, reader: Reader) -> Markup:
    given = [str(element.get(key, "")) for key in ("timestamp", "format", "url", "fallback")]
    return tokens.date_words(given[0], given[1], given[2], given[3], reader)


def _color(element: Json, _: Reader) -> Markup:
    return tag("code", str(element.get("value", "")))


_INLINE: dict[str, Callable[[Json, Reader], Markup]] = {
    "text": lambda element, _: joined(str(element.get("text", ""))),
    "link": _link,
    "user": lambda element, reader: tokens.mention(str(element.get("user_id", "")), reader),
    "usergroup": lambda element, reader: tokens.group_mention(str(element.get("usergroup_id", "")), reader),
    "channel": lambda element, reader: tokens.channel_link(str(element.get("channel_id", "")), reader),
    "broadcast": lambda element, _: tokens.broadcast(str(element.get("range", ""))),
    "emoji": lambda element, _: joined(glyph(str(element.get("name", "")))),
    "date": _date,
    "color": _color,
}
