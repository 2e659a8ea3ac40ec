"""What is typed: text of one or many lines, addresses, numbers, rich text, files."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from bot.sandbox.page.markup.html import tag
from bot.sandbox.page.markup.rich_text import plain_words
from bot.sandbox.page.markup.surface import Field
from bot.sandbox.page.markup.texts import words

_TYPES = {"email_text_input": "email", "url_text_input": "url", "number_input": "text"}


def text_input(field: Field) -> Markup:
    """Returns a text field; several lines where the app asks for them."""
    element = field.element
    value = str(field.current("value", "initial_value") or "")
    common = _common(field) | {
        "minlength": _number(element, "min_length"),
        "maxlength": _number(element, "max_length"),
    }
    if element.get("multiline"):
        return tag("textarea", value, rows="4", class_="input area", **common)
    kind = _TYPES.get(str(element.get("type")), "text")
    if element.get("type") == "number_input":
        common["inputmode"] = "decimal" if element.get("is_decimal_allowed") else "numeric"
        common["data_least"], common["data_most"] = _words(element, "min_value"), _words(element, "max_value")
    return tag("input", type=kind, value=value or None, class_="input", **common)


def rich_text_input(field: Field) -> Markup:
    """Returns a text field that understands `*bold*`, `_italic_`, `` `code` `` and lists."""
    value = field.current("rich_text_value", "initial_value")
    written = plain_words(value) if isinstance(value, dict) else ""
    marks = (("*", "B", "Bold"), ("_", "I", "Italic"), ("~", "S", "Strikethrough"), ("`", "<>", "Code"))
    bar = tag(
        "div",
        [
            tag(
                "button",
                glyph,
                type="button",
                class_="icon-button",
                data_mark=mark,
                aria_label=name,
                title=name,
            )
            for mark, glyph, name in marks
        ],
        class_="marks",
        role="toolbar",
        aria_label="Formatting",
    )
    area = tag("textarea", written, rows="5", class_="input area", **_common(field))
    return tag("div", bar, area, class_="rich-input")


def file_input(field: Field) -> Markup:
    """Returns a field for files."""
    kinds = field.element.get("filetypes")
    accept = ",".join(f".{kind}" for kind in kinds) if isinstance(kinds, list) else None
    many = field.element.get("max_files", 10) != 1
    return tag("input", type="file", class_="input", accept=accept, multiple=many,
               **field.attributes(), **field.naming("Files"))  # fmt: skip


def _common(field: Field) -> dict[str, Any]:
    element = field.element
    configured = element.get("dispatch_action_config")
    triggers = configured.get("trigger_actions_on") if isinstance(configured, dict) else None
    prompt = words(element.get("placeholder"))
    return {
        "placeholder": prompt or None,
        "autocomplete": "off",
        "data_focus": bool(element.get("focus_on_load")),
        "data_on": ",".join(str(t) for t in triggers) if isinstance(triggers, list) else None,
        **field.attributes(),
        **field.naming(prompt or "Text"),
    }


def _number(element: dict[str, Any], name: str) -> str | None:
    return str(element[name]) if isinstance(element.get(name), int) else None


def _words(element: dict[str, Any], name: str) -> str | None:
    return str(element[name]) if element.get(name) not in {None, ""} else None
