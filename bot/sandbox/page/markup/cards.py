"""Cards, rows of cards, alerts and containers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from bot.sandbox.page.markup.html import hidden, tag
from bot.sandbox.page.markup.layout import act
from bot.sandbox.page.markup.media import picture
from bot.sandbox.page.markup.rich_text import rich_text
from bot.sandbox.page.markup.surface import Surface
from bot.sandbox.page.markup.texts import line, text

Json = dict[str, Any]

_LEVELS = {
    "default": ("•", "Note"), "info": ("ℹ", "Information"), "warning": ("⚠", "Warning"),
    "error": ("✖", "Error"), "success": ("✔", "Success"),
}  # fmt: skip


def card(block: Json, surface: Surface) -> Markup:
    """Returns a card: picture, title, words, buttons."""
    hero, icon = block.get("hero_image"), block.get("icon")
    foot = [act(block, each, surface) for each in block.get("actions") or []]
    return tag(
        "div",
        tag("div", picture(hero, surface.reader), class_="hero") if isinstance(hero, dict) else None,
        tag(
            "div",
            tag("span", picture(icon, surface.reader), class_="card-icon")
            if isinstance(icon, dict)
            else None,
            _line(block, "title", surface, "card-title"),
            _line(block, "subtitle", surface, "card-subtitle"),
            tag("div", text(block.get("body"), surface.reader)) if block.get("body") else None,
            class_="card-body",
        ),
        tag("div", foot, class_="actions") if foot else None,
        class_="card",
    )


def carousel(block: Json, surface: Surface) -> Markup:
    """Returns cards beside each other, to be scrolled sideways."""
    cards = [tag("div", card(each, surface), role="listitem") for each in block.get("elements") or []]
    return tag("div", cards, class_="carousel", role="list", tabindex="0", aria_label="Cards")


def alert(block: Json, surface: Surface) -> Markup:
    """Returns a coloured note; its kind is also said in words."""
    level = str(block.get("level") or "default")
    glyph, name = _LEVELS.get(level, _LEVELS["default"])
    look = level if level in _LEVELS else "default"
    return tag(
        "div",
        tag("span", glyph, class_="alert-glyph", aria_hidden="true"),
        hidden(f"{name}: "),
        tag("div", text(block.get("text"), surface.reader)),
        class_=f"alert {look}",
        role="note",
    )


def container(block: Json, surface: Surface, blocks: Callable[[Any, Surface], Markup]) -> Markup:
    """Returns blocks in a frame with a title, which may be folded; `blocks` draws what is inside."""
    rich = block.get("rich_text_title")
    title = (
        rich_text(rich, surface.reader)
        if isinstance(rich, dict)
        else line(block.get("title"), surface.reader)
    )
    head = [tag("strong", title), tag("small", line(block.get("subtitle"), surface.reader))]
    inside = tag("div", blocks(block.get("child_blocks"), surface), class_="container-body")
    if block.get("is_collapsible"):
        is_open = not block.get("default_collapsed")
        return tag("details", tag("summary", head), inside, class_="container", open=is_open)
    return tag("div", tag("div", head, class_="container-head"), inside, class_="container")


def _line(block: Json, name: str, surface: Surface, look: str) -> Markup | None:
    return tag("p", line(block[name], surface.reader), class_=look) if block.get(name) else None
