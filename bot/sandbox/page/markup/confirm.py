"""The question that comes before an action: kept in a template until it is asked."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from bot.sandbox.page.markup.html import EMPTY, tag
from bot.sandbox.page.markup.reader import Reader
from bot.sandbox.page.markup.texts import line, text


def confirm(element: dict[str, Any], reader: Reader) -> Markup:
    """Returns an element's confirmation dialog as a template beside it, or nothing."""
    asked = element.get("confirm")
    if not isinstance(asked, dict):
        return EMPTY
    style = "danger" if asked.get("style") == "danger" else "primary"
    return tag(
        "template",
        tag("h2", line(asked.get("title"), reader)),
        tag("div", text(asked.get("text"), reader), class_="dialog-text"),
        tag(
            "div",
            tag("button", line(asked.get("deny"), reader), type="button", class_="button", value="no"),
            tag(
                "button",
                line(asked.get("confirm"), reader),
                type="button",
                class_=f"button {style}",
                value="yes",
            ),
            class_="dialog-foot",
        ),
        class_="confirm",
    )
