"""Which element is drawn by which function."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from bot.sandbox.page.markup import buttons, choices, inputs, media, menus, pickers
from bot.sandbox.page.markup.html import tag
from bot.sandbox.page.markup.surface import Field

_SEARCHED = ("static", "external", "users", "conversations", "channels")

ELEMENTS: dict[str, Callable[[Field], Markup]] = {
    "button": buttons.button,
    "workflow_button": buttons.button,
    "icon_button": buttons.icon_button,
    "overflow": buttons.overflow,
    "feedback_buttons": buttons.feedback_buttons,
    **{f"{many}{what}_select": menus.searchable for what in _SEARCHED for many in ("", "multi_")},
    "static_select": menus.static_select,
    "checkboxes": choices.checkboxes,
    "radio_buttons": choices.radio_buttons,
    "datepicker": pickers.datepicker,
    "timepicker": pickers.timepicker,
    "datetimepicker": pickers.datetimepicker,
    "plain_text_input": inputs.text_input,
    "email_text_input": inputs.text_input,
    "url_text_input": inputs.text_input,
    "number_input": inputs.text_input,
    "rich_text_input": inputs.rich_text_input,
    "file_input": inputs.file_input,
    "image": media.image_element,
}


def element(field: Field) -> Markup:
    """Returns an element, or a note that this page does not know its type."""
    draw = ELEMENTS.get(str(field.element.get("type")))
    if draw is None:
        return tag("em", f"({field.element.get('type')} is not shown here)", class_="unknown")
    return draw(field)
