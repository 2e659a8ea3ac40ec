"""Checkboxes and radio buttons."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from bot.sandbox.page.markup.confirm import confirm
from bot.sandbox.page.markup.html import tag
from bot.sandbox.page.markup.surface import Field
from bot.sandbox.page.markup.texts import line


def checkboxes(field: Field) -> Markup:
    """Returns a group of boxes to tick."""
    chosen = field.current("selected_options", "initial_options") or []
    return _group(field, "checkbox", [option.get("value") for option in chosen if isinstance(option, dict)])


def radio_buttons(field: Field) -> Markup:
    """Returns a group of which one can be chosen."""
    chosen = field.current("selected_option", "initial_option")
    return _group(field, "radio", [chosen.get("value")] if isinstance(chosen, dict) else [])


def _group(field: Field, kind: str, chosen: list[Any]) -> Markup:
    choices = [_choice(field, option, kind, chosen) for option in field.element.get("options") or []]
    naming = field.naming("Choices")
    naming["aria_labelledby"] = f"{field.id}-label" if field.label else None
    role = "radiogroup" if kind == "radio" else "group"
    naming.pop("aria_required" if kind == "checkbox" else "", None)
    made = tag("div", choices, class_="choices", role=role, **field.attributes(), **naming)
    return made + confirm(field.element, field.reader)


def _choice(field: Field, option: dict[str, Any], kind: str, chosen: list[Any]) -> Markup:
    value = str(option.get("value", ""))
    about = option.get("description")
    return tag(
        "label",
        tag("input", type=kind, name=field.id, value=value, checked=option.get("value") in chosen),
        tag(
            "span",
            line(option.get("text"), field.reader),
            tag("small", line(about, field.reader)) if about else None,
        ),
        class_="choice",
    )
