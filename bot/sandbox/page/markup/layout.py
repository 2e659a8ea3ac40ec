"""The blocks that most messages are made of: sections, headers, contexts, actions, inputs, dividers."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from bot.sandbox.page.markup.elements import element
from bot.sandbox.page.markup.html import EMPTY, tag
from bot.sandbox.page.markup.media import picture
from bot.sandbox.page.markup.surface import Field, Surface, identifier
from bot.sandbox.page.markup.texts import line, text, words

Json = dict[str, Any]

_LABELLED = frozenset({"checkboxes", "radio_buttons"})


def section(block: Json, surface: Surface) -> Markup:
    """Returns text, fields in two columns, and what stands beside them."""
    fields = [tag("div", text(each, surface.reader)) for each in block.get("fields") or []]
    body = tag(
        "div",
        text(block.get("text"), surface.reader),
        tag("div", fields, class_="fields") if fields else None,
        class_="section-text",
    )
    beside = block.get("accessory")
    accessory = (
        tag("div", act(block, beside, surface), class_="accessory") if isinstance(beside, dict) else None
    )
    return tag("div", body, accessory, class_="section")


def header(block: Json, surface: Surface) -> Markup:
    """Returns a heading, below the name of the conversation or the title of the modal."""
    level = block.get("level")
    size = f" level-{level}" if isinstance(level, int) else ""
    return tag(
        "p",
        line(block.get("text"), surface.reader),
        class_=f"heading{size}",
        role="heading",
        aria_level="3" if surface.kind == "modal" else "2",
    )


def divider(_: Json, __: Surface) -> Markup:
    """Returns a line."""
    return tag("hr")


def context(block: Json, surface: Surface) -> Markup:
    """Returns small grey words and pictures; each part stays whole on its line."""
    parts = [
        picture(part, surface.reader)
        if part.get("type") == "image"
        else tag("span", line(part, surface.reader))
        for part in block.get("elements") or []
    ]
    return tag("div", [tag("div", part, class_="context-part") for part in parts], class_="context")


def actions(block: Json, surface: Surface) -> Markup:
    """Returns a row of elements to act on."""
    return tag("div", [act(block, each, surface) for each in block.get("elements") or []], class_="actions")


def context_actions(block: Json, surface: Surface) -> Markup:
    """Returns a row of small elements below a message."""
    row = [act(block, each, surface) for each in block.get("elements") or []]
    return tag("div", row, class_="context-actions")


def act(block: Json, wanted: Json, surface: Surface) -> Markup:
    """Returns one element that tells the app at once."""
    return element(Field(surface=surface, element=wanted, block_id=str(block.get("block_id", ""))))


def input_block(block: Json, surface: Surface) -> Markup:
    """Returns a labelled field with its hint and its error."""
    block_id = str(block.get("block_id", ""))
    inner = block.get("element") if isinstance(block.get("element"), dict) else {}
    error, hint = surface.errors.get(block_id), words(block.get("hint"))
    base = identifier(surface.key, block_id)
    described = [f"{base}-hint"] * bool(hint) + [f"{base}-error"] * bool(error)
    field = Field(
        surface=surface, element=inner or {}, block_id=block_id, label=words(block.get("label"), "Input"),
        described_by=" ".join(described), required=not block.get("optional"),
        dispatch=bool(block.get("dispatch_action")),
    )  # fmt: skip
    return tag(
        "div",
        _label(field, optional=bool(block.get("optional"))),
        element(field),
        tag("p", hint, class_="hint", id=f"{base}-hint") if hint else None,
        tag("p", error or "", class_="error", id=f"{base}-error", hidden=not error, data_error=block_id),
        class_="field" + (" wrong" if error else ""),
        data_field=block_id,
    )


def _label(field: Field, *, optional: bool) -> Markup:
    mark = tag("span", " (optional)", class_="optional") if optional else EMPTY
    if field.element.get("type") in _LABELLED:
        return tag("span", field.label, mark, class_="label", id=f"{field.id}-label")
    return tag("label", field.label, mark, class_="label", for_=field.id)
