"""Blocks, and which of them may stand where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.sandbox.limits.composition import BLOCK_ID, IMAGE, SLACK_FILE, URL, URL_SOURCE, mrkdwn, plain, text
from bot.sandbox.limits.elements import IN_ACTIONS, IN_CONTEXT_ACTIONS, IN_INPUT, IN_SECTION, only
from bot.sandbox.limits.rich import RICH_TEXT
from bot.sandbox.limits.rules import Anything, Flag, Int, Kind, Many, Rule, Shape, Str

_TASK_STATUS = Str(among=("pending", "in_progress", "complete", "error"))
_ALT = Str(least=1, most=2000)


def _block(fields: Mapping[str, Rule], **more: Any) -> Shape:
    return Shape(fields={"type": Str(), "block_id": BLOCK_ID, **fields}, **more)


_CONTEXT = Kind(of=only("image") | dict(text(3000).of))
_NUMBER = Shape(fields={"type": Str(), "value": Anything(), "text": Str(least=1)}, needs=("value",))
_RAW = Shape(fields={"type": Str(), "text": Str(least=1)}, needs=("text",))
_CELL = Kind(of={"raw_text": _RAW, "raw_number": _NUMBER, "rich_text": RICH_TEXT})
_COLUMN = Shape(fields={"align": Str(among=("left", "center", "right")), "is_wrapped": Flag()})
_CARD = _block(
    {
        "hero_image": IMAGE,
        "icon": IMAGE,
        "slack_icon": Anything(),
        "title": mrkdwn(150),
        "subtitle": mrkdwn(150),
        "body": mrkdwn(200),
        "actions": Many(of=Kind(of=only("button")), least=1, most=3),
    },
    any_of=("hero_image", "title", "actions", "body"),
)
_TASK = _block(
    {
        "task_id": Str(least=1),
        "title": Str(least=1),
        "details": RICH_TEXT,
        "output": RICH_TEXT,
        "sources": Many(of=URL_SOURCE),
        "status": _TASK_STATUS,
    },
    needs=("task_id", "title"),
)

_PLAIN_BLOCKS: dict[str, Rule] = {
    "section": _block(
        {
            "text": text(3000),
            "fields": Many(of=text(2000), least=1, most=10),
            "accessory": Kind(of=only(*IN_SECTION)),
            "expand": Flag(),
        },
        any_of=("text", "fields"),
    ),
    "header": _block({"text": plain(150), "level": Int(least=1, most=6)}, needs=("text",)),
    "divider": _block({}),
    "context": _block({"elements": Many(of=_CONTEXT, least=1, most=10)}, needs=("elements",)),
    "actions": _block(
        {"elements": Many(of=Kind(of=only(*IN_ACTIONS)), least=1, most=25)}, needs=("elements",)
    ),
    "image": _block(
        {"image_url": URL, "slack_file": SLACK_FILE, "alt_text": _ALT, "title": plain(2000)},
        needs=("alt_text",),
        any_of=("image_url", "slack_file"),
    ),
    "input": _block(
        {
            "label": plain(2000),
            "hint": plain(2000),
            "optional": Flag(),
            "dispatch_action": Flag(),
            "element": Kind(of=only(*IN_INPUT)),
        },
        needs=("label", "element"),
    ),
    "rich_text": RICH_TEXT,
    "video": _block(
        {
            "video_url": URL,
            "thumbnail_url": URL,
            "alt_text": _ALT,
            "title": plain(200),
            "title_url": URL,
            "author_name": Str(most=50),
            "provider_name": Str(),
            "provider_icon_url": URL,
            "description": plain(200),
        },
        needs=("video_url", "thumbnail_url", "alt_text", "title"),
    ),
    "file": _block(
        {"source": Str(among=("remote",)), "external_id": Str(least=1)}, needs=("source", "external_id")
    ),
    "table": _block(
        {
            "rows": Many(of=Many(of=_CELL, least=1, most=20), least=1, most=100),
            "column_settings": Many(of=_COLUMN, most=20),
        },
        needs=("rows",),
    ),
}

_IN_CONTAINER = (
    "actions",
    "context",
    "divider",
    "file",
    "header",
    "image",
    "input",
    "rich_text",
    "section",
    "table",
    "video",
)

BLOCKS: dict[str, Rule] = {
    **_PLAIN_BLOCKS,
    "markdown": _block({"text": Str(least=1, most=12000)}, needs=("text",)),
    "context_actions": _block(
        {"elements": Many(of=Kind(of=only(*IN_CONTEXT_ACTIONS)), least=1, most=5)}, needs=("elements",)
    ),
    "data_table": _block(
        {
            "rows": Many(of=Many(of=_CELL, least=1, most=20), least=2, most=201),
            "caption": Str(least=1),
            "page_size": Int(least=1, most=100),
            "row_header_column_index": Int(least=0, most=19),
        },
        needs=("rows", "caption"),
    ),
    "task_card": _TASK,
    "plan": _block(
        {"title": Str(least=1), "tasks": Many(of=Kind(of={"task_card": _TASK}), most=50)}, needs=("title",)
    ),
    "alert": _block(
        {"text": text(200), "level": Str(among=("default", "info", "warning", "error", "success"))},
        needs=("text",),
    ),
    "card": _CARD,
    "carousel": _block(
        {"elements": Many(of=Kind(of={"card": _CARD}), least=1, most=10)}, needs=("elements",)
    ),
    "container": _block(
        {
            "title": plain(150),
            "rich_text_title": RICH_TEXT,
            "subtitle": text(150),
            "icon": IMAGE,
            "width": Str(among=("narrow", "standard", "wide", "full")),
            "is_collapsible": Flag(),
            "default_collapsed": Flag(),
            "has_header_divider": Flag(),
            "child_blocks": Many(of=Kind(of={n: _PLAIN_BLOCKS[n] for n in _IN_CONTAINER}), least=1, most=10),
        },
        needs=("child_blocks",),
        any_of=("title", "rich_text_title"),
    ),
}

_EVERYWHERE = {
    "actions",
    "context",
    "divider",
    "header",
    "image",
    "input",
    "rich_text",
    "section",
    "video",
    "card",
}
SURFACES: dict[str, frozenset[str]] = {
    "message": frozenset(
        _EVERYWHERE
        | {
            "file",
            "markdown",
            "table",
            "data_table",
            "context_actions",
            "task_card",
            "plan",
            "carousel",
            "container",
        }
    ),
    "modal": frozenset(_EVERYWHERE | {"alert"}),
    "home": frozenset(_EVERYWHERE | {"carousel", "table", "data_table"}),
}


def blocks_on(surface: str) -> Many:
    """Returns the rule of a list of blocks on a `message`, a `modal` or a `home` tab."""
    most = 50 if surface == "message" else 100
    return Many(of=Kind(of={name: BLOCKS[name] for name in sorted(SURFACES[surface])}), most=most)
