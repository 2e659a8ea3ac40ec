"""Makes HTML elements. The one place where text becomes markup, so the one place that escapes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from markupsafe import Markup, escape

Child: TypeAlias = "str | Markup | Iterable[Child] | None"
Value: TypeAlias = "str | int | bool | None"

_VOID = frozenset({"br", "hr", "img", "input"})
EMPTY = Markup("")


def tag(name: str, /, *children: Child, **attributes: Value) -> Markup:
    """Returns one element with its children escaped.

    Attributes: `class_` and `for_` lose their underscore, other underscores become dashes; None and False
    leave the attribute out, True writes its name alone.
    """
    head = Markup("<{}{}>").format(Markup(name), _attributes(attributes))  # noqa: S704 -- names are ours
    if name in _VOID:
        return head
    return head + joined(children) + Markup("</{}>").format(Markup(name))  # noqa: S704 -- the same


def joined(children: Child) -> Markup:
    """Returns children one after another, strings escaped, markup as it is."""
    if children is None:
        return EMPTY
    if isinstance(children, str):
        return escape(children)
    return EMPTY.join(joined(child) for child in children)


def icon(name: str) -> Markup:
    """Returns one of the page's own icons; it says nothing to screen readers."""
    return tag("svg", tag("use", href=f"/page/static/icons.svg#{name}"), class_="icon", aria_hidden="true")


def hidden(words: str) -> Markup:
    """Returns words that only screen readers read."""
    return tag("span", words, class_="quiet")


def _attributes(attributes: dict[str, Value]) -> Markup:
    written = EMPTY
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        name = Markup(key.rstrip("_").replace("_", "-"))  # noqa: S704 -- keyword names are ours
        written += Markup(" ") + name
        if value is not True:
            written += Markup('="{}"').format(str(value))
    return written
