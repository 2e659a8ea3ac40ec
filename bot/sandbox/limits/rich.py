"""Rich text: what stands in it, and how many characters that is."""

from __future__ import annotations

from typing import Any

from bot.sandbox.limits.rules import Anything, Flag, Int, Kind, Many, Rule, Shape, Str

_STYLE = Shape(
    fields={
        name: Flag()
        for name in (
            "bold",
            "italic",
            "strike",
            "code",
            "underline",
            "highlight",
            "client_highlight",
            "unlink",
        )
    }
)
_WORD = Str(least=1)


def _inline(fields: dict[str, Rule], *needs: str) -> Shape:
    return Shape(fields={"type": Str(), "style": _STYLE, **fields}, needs=needs)


_INLINE = Kind(
    of={
        "text": _inline({"text": _WORD}, "text"),
        "link": _inline({"url": _WORD, "text": Str(), "unsafe": Flag()}, "url"),
        "user": _inline({"user_id": _WORD}, "user_id"),
        "usergroup": _inline({"usergroup_id": _WORD}, "usergroup_id"),
        "channel": _inline({"channel_id": _WORD}, "channel_id"),
        "team": _inline({"team_id": _WORD}, "team_id"),
        "emoji": _inline({"name": _WORD, "unicode": Str(), "url": Str(), "skin_tone": Int()}, "name"),
        "broadcast": _inline({"range": Str(among=("here", "channel", "everyone"))}, "range"),
        "date": _inline(
            {"timestamp": Int(), "format": _WORD, "url": Str(), "fallback": Str()}, "timestamp", "format"
        ),
        "color": _inline({"value": _WORD}, "value"),
    }
)
_SECTION = Shape(fields={"type": Str(), "elements": Many(of=_INLINE)}, needs=("elements",))
_BORDERED: dict[str, Rule] = {"type": Str(), "border": Int(least=0, most=1)}
_LIST = Shape(
    fields={
        **_BORDERED,
        "style": Str(among=("bullet", "ordered")),
        "elements": Many(of=Kind(of={"rich_text_section": _SECTION})),
        "indent": Int(least=0, most=8),
        "offset": Int(least=0),
    },
    needs=("style", "elements"),
)
_PREFORMATTED = Shape(
    fields={**_BORDERED, "elements": Many(of=_INLINE), "language": Anything()}, needs=("elements",)
)
_QUOTE = Shape(fields={**_BORDERED, "elements": Many(of=_INLINE)}, needs=("elements",))

RICH_TEXT = Shape(
    fields={
        "type": Str(among=("rich_text",)),
        "block_id": Str(least=1, most=255),
        "elements": Many(
            of=Kind(
                of={
                    "rich_text_section": _SECTION,
                    "rich_text_list": _LIST,
                    "rich_text_quote": _QUOTE,
                    "rich_text_preformatted": _PREFORMATTED,
                }
            )
        ),
    },
    needs=("elements",),
)


def characters(node: Any) -> int:
    """Returns how many characters a piece of rich text, or a table's cell, shows."""
    if not isinstance(node, dict):
        return 0
    elements = node.get("elements")
    if isinstance(elements, list):
        return sum(characters(element) for element in elements)
    shown = next((node[k] for k in ("text", "url", "name", "user_id") if node.get(k)), "")
    return len(str(shown))
