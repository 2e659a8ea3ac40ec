"""Dates and times: the browser's own pickers, which know the keyboard, the language and the small screen."""

from __future__ import annotations

from datetime import UTC, datetime

from markupsafe import Markup

from bot.sandbox.page.markup.confirm import confirm
from bot.sandbox.page.markup.html import tag
from bot.sandbox.page.markup.surface import Field
from bot.sandbox.page.markup.texts import words


def datepicker(field: Field) -> Markup:
    """Returns a date picker; its value is `2026-11-23`."""
    return _picker(field, "date", field.current("selected_date", "initial_date"), "Date")


def timepicker(field: Field) -> Markup:
    """Returns a time picker; its value is `09:30`, in the zone that the app named, which is shown."""
    zone = str(field.element.get("timezone") or "")
    made = _picker(field, "time", field.current("selected_time", "initial_time"), "Time")
    return made + (tag("small", zone.replace("_", " "), class_="zone") if zone else Markup(""))


def datetimepicker(field: Field) -> Markup:
    """Returns a picker of a moment, shown in the reader's zone; Slack's value is seconds since 1970."""
    value = field.current("selected_date_time", "initial_date_time")
    local = ""
    if isinstance(value, int):
        local = f"{datetime.fromtimestamp(value, tz=UTC).astimezone(field.reader.zone):%Y-%m-%dT%H:%M}"
    return _picker(field, "datetime-local", local, "Date and time")


def _picker(field: Field, kind: str, value: object, name: str) -> Markup:
    prompt = words(field.element.get("placeholder"), name)
    made = tag(
        "input", type=kind, class_="input picker", value=str(value or "") or None, title=prompt,
        autofocus=bool(field.element.get("focus_on_load")) or None,
        **field.attributes(), **field.naming(prompt),
    )  # fmt: skip
    return made + confirm(field.element, field.reader)
