"""What is pressed: buttons, overflow menus, feedback thumbs."""

from __future__ import annotations

from markupsafe import Markup

from bot.sandbox.page.markup.confirm import confirm
from bot.sandbox.page.markup.html import hidden, icon, joined, tag
from bot.sandbox.page.markup.links import safe_href
from bot.sandbox.page.markup.surface import Field
from bot.sandbox.page.markup.texts import line, words

_STYLES = {"primary": " primary", "danger": " danger"}


def button(field: Field) -> Markup:
    """Returns a button; one with an address is a link that tells the app as well."""
    element = field.element
    shown = line(element.get("text"), field.reader)
    href = safe_href(str(element.get("url") or ""))
    common = {
        "class_": f"button{_STYLES.get(str(element.get('style')), '')}",
        "aria_label": element.get("accessibility_label"),
        **field.attributes("button"),
    }
    if href:
        away = tag("span", " ↗", aria_hidden="true")
        made = tag("a", shown, away, href=href, target="_blank", rel="noopener noreferrer", **common)
    else:
        made = tag("button", shown, type="button", **common)
    return made + confirm(element, field.reader)


def icon_button(field: Field) -> Markup:
    """Returns a small button with a picture; some are for certain people only."""
    element = field.element
    seen_by = element.get("visible_to_user_ids")
    if isinstance(seen_by, list) and field.reader.user not in seen_by:
        return Markup("")
    label = str(element.get("accessibility_label") or words(element.get("text"), "Delete"))
    made = tag(
        "button",
        icon("bin"),
        type="button",
        class_="icon-button",
        aria_label=label,
        title=label,
        **field.attributes(),
    )
    return made + confirm(element, field.reader)


def overflow(field: Field) -> Markup:
    """Returns three dots that open a short menu."""
    items = [_overflow_item(option, field) for option in field.element.get("options") or []]
    opener = tag(
        "button", icon("more"), type="button", class_="icon-button", aria_haspopup="menu",
        aria_expanded="false", aria_label="More actions", data_menu=True,
    )  # fmt: skip
    listed = tag("div", items, role="menu", class_="menu", hidden=True, aria_label="More actions")
    return tag("div", opener, listed, class_="menu-box", **field.attributes()) + confirm(
        field.element, field.reader
    )


def _overflow_item(option: dict[str, object], field: Field) -> Markup:
    shown = joined([line(option.get("text"), field.reader), _description(option.get("description"), field)])
    href = safe_href(str(option.get("url") or ""))
    value = str(option.get("value", ""))
    if href:
        return tag(
            "a",
            shown,
            role="menuitem",
            href=href,
            target="_blank",
            rel="noopener noreferrer",
            data_value=value,
        )
    return tag("button", shown, type="button", role="menuitem", data_value=value)


def _description(value: object, field: Field) -> Markup | None:
    return tag("small", line(value, field.reader)) if value else None


def feedback_buttons(field: Field) -> Markup:
    """Returns the two thumbs; the one that was pressed stays marked."""
    given = (field.entered or {}).get("value")
    thumbs = (("positive_button", "up", "Good"), ("negative_button", "down", "Bad"))
    return tag(
        "span",
        [_thumb(field, name, glyph, default, given) for name, glyph, default in thumbs],
        class_="thumbs",
        role="group",
        aria_label="Feedback",
    )


def _thumb(field: Field, name: str, glyph: str, default: str, given: object) -> Markup:
    half = field.element.get(name)
    half = half if isinstance(half, dict) else {}
    label = str(half.get("accessibility_label") or words(half.get("text"), default))
    value = str(half.get("value", ""))
    return tag(
        "button",
        icon(glyph),
        hidden(words(half.get("text"), default)),
        type="button",
        class_="icon-button",
        title=label,
        aria_label=label,
        aria_pressed="true" if given == value else "false",
        data_value=value,
        **field.attributes(),
    )
