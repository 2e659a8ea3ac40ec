"""Any value as a message, so that what has no view of its own yet can be said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime

from bot.views.mrkdwn import cut, escape, moment
from bot.views.rendered import Block, Rendered, fitted

MOST_LINES = 30
LONGEST_FIELD = 600


def default_view(content: object) -> Rendered:
    """Renders any value: a string as itself, a dataclass as its title and its fields."""
    if isinstance(content, Rendered):
        return content
    if isinstance(content, str):
        return fitted(escape(content), [_section(cut(escape(content), 2_900))] if content else [])
    lines = list(_lines(content))[:MOST_LINES]
    title = _words(type(content).__name__)
    head = f"*{escape(title)}*"
    return fitted(
        escape(title) + "\n" + "\n".join(lines), [_section(head), *(_section(line) for line in lines)]
    )


def _lines(content: object) -> Iterable[str]:
    if is_dataclass(content) and not isinstance(content, type):
        pairs: Iterable[tuple[str, object]] = (
            (each.name, getattr(content, each.name)) for each in fields(content)
        )
    elif isinstance(content, Mapping):
        pairs = ((str(name), value) for name, value in content.items())
    else:
        pairs = (("", content),)
    for name, value in pairs:
        if value not in (None, "", (), [], {}):
            label = f"*{escape(_words(name).capitalize())}:* " if name else ""
            yield label + cut(_value(value), LONGEST_FIELD)


def _value(value: object) -> str:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return f"{value.day} {value:%b %Y}"
    if isinstance(value, str):
        return escape(value)
    if is_dataclass(value) and not isinstance(value, type):
        return ", ".join(_value(getattr(value, each.name)) for each in fields(value))
    if isinstance(value, Iterable):
        return "; ".join(_value(item) for item in value)
    return escape(str(value))


def _words(name: str) -> str:
    spaced = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name)
    return spaced.replace("_", " ").strip().capitalize()


def _section(text: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}
