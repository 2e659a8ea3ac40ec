"""Composition objects: texts, options, confirmation dialogs, images."""

from __future__ import annotations

from typing import Any

from bot.sandbox.limits.rules import Finding, Flag, Int, Kind, Many, Rule, Shape, Str

URL = Str(least=1, most=3000, shape=r"[A-Za-z][A-Za-z0-9+.-]*:.+")
ACTION_ID = Str(least=1, most=255)
BLOCK_ID = Str(least=1, most=255)


def _plain(most: int) -> Shape:
    fields: dict[str, Rule] = {"type": Str(), "text": Str(least=1, most=most), "emoji": Flag()}
    return Shape(fields=fields, needs=("text",))


def _mrkdwn(most: int) -> Shape:
    fields: dict[str, Rule] = {"type": Str(), "text": Str(least=1, most=most), "verbatim": Flag()}
    return Shape(fields=fields, needs=("text",))


def plain(most: int) -> Kind:
    """Returns the rule of a plain text object of at most this length."""
    return Kind(of={"plain_text": _plain(most)})


def mrkdwn(most: int) -> Kind:
    """Returns the rule of a mrkdwn text object of at most this length."""
    return Kind(of={"mrkdwn": _mrkdwn(most)})


def text(most: int) -> Kind:
    """Returns the rule of a text object of either type."""
    return Kind(of={"plain_text": _plain(most), "mrkdwn": _mrkdwn(most)})


CONFIRM = Shape(
    fields={
        "title": plain(100),
        "text": text(300),
        "confirm": plain(30),
        "deny": plain(30),
        "style": Str(among=("primary", "danger")),
    },
    needs=("title", "text", "confirm", "deny"),
)


def option(label: Rule, *, url: bool = False) -> Shape:
    """Returns the rule of one choice."""
    fields: dict[str, Rule] = {"text": label, "value": Str(least=1, most=150), "description": text(75)}
    return Shape(fields=fields | ({"url": URL} if url else {}), needs=("text", "value"))


PLAIN_OPTION = option(plain(75))
ANY_OPTION = option(text(75))
OPTION_GROUP = Shape(
    fields={"label": plain(75), "options": Many(of=PLAIN_OPTION, least=1, most=100)},
    needs=("label", "options"),
)

SLACK_FILE = Shape(fields={"id": Str(least=1), "url": URL}, any_of=("id", "url"))
IMAGE = Shape(
    fields={"type": Str(), "image_url": URL, "slack_file": SLACK_FILE, "alt_text": Str(least=1, most=2000)},
    needs=("alt_text",),
    any_of=("image_url", "slack_file"),
)
URL_SOURCE = Kind(
    of={"url": Shape(fields={"type": Str(), "url": URL, "text": Str(least=1)}, needs=("url", "text"))}
)
DISPATCH = Shape(
    fields={
        "trigger_actions_on": Many(
            of=Str(among=("on_enter_pressed", "on_character_entered")), least=1, most=2
        )
    },
    needs=("trigger_actions_on",),
)
FILTER = Shape(
    fields={
        "include": Many(of=Str(among=("im", "mpim", "private", "public")), least=1, most=4),
        "exclude_external_shared_channels": Flag(),
        "exclude_bot_users": Flag(),
    }
)
SELECTED = Int(least=1)


def known_choices(element: dict[str, Any], pointer: str, found: list[Finding]) -> None:
    """Finds choices that share a value, and an initial choice that is not among them."""
    groups = element.get("option_groups") or []
    listed = [*_items(element.get("options")), *(o for g in _items(groups) for o in _items(g.get("options")))]
    values = [o.get("value") for o in listed]
    if len({str(v) for v in values}) < len(values):
        found.append(Finding(pointer=pointer, message="options must have unique values"))
    if element.get("options") and groups:
        found.append(Finding(pointer=pointer, message="options and option_groups exclude each other"))
    initial = [*_items(element.get("initial_options")), *_items([element.get("initial_option")])]
    if any(_essence(choice) not in [_essence(o) for o in listed] for choice in initial):
        found.append(Finding(pointer=pointer, message="initial option must be among the options"))


def _items(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _essence(choice: dict[str, Any]) -> tuple[object, object]:
    label = choice.get("text")
    return choice.get("value"), label.get("text") if isinstance(label, dict) else None
