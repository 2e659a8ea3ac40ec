"""Tables."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from bot.sandbox.page.markup.html import joined, tag
from bot.sandbox.page.markup.rich_text import rich_text
from bot.sandbox.page.markup.surface import Surface

Json = dict[str, Any]

_ALIGNED = {"left": "left", "center": "center", "right": "right"}


def table(block: Json, surface: Surface) -> Markup:
    """Returns a table whose first row is its head, in a box that scrolls by itself."""
    rows = [row for row in block.get("rows") or [] if isinstance(row, list)]
    columns = block.get("column_settings")
    columns = columns if isinstance(columns, list) else []
    caption = str(block.get("caption") or "")
    named = block.get("row_header_column_index")
    drawn = [_row(row, columns, surface, head=number == 0, named=named) for number, row in enumerate(rows)]
    return tag(
        "div",
        tag(
            "table",
            tag("caption", caption) if caption else None,
            tag("thead", drawn[:1]),
            tag("tbody", drawn[1:]),
        ),
        class_="table-box",
        role="region",
        aria_label=caption or "Table",
        tabindex="0",
    )


def _row(row: list[Any], columns: list[Any], surface: Surface, *, head: bool, named: Any) -> Markup:
    cells = []
    for number, cell in enumerate(row):
        name = "th" if head or number == named else "td"
        scope = "col" if head else "row" if name == "th" else None
        cells.append(
            tag(name, _cell(cell, surface), class_=_look(columns, number, cell, head=head), scope=scope)
        )
    return tag("tr", cells)


def _look(columns: list[Any], number: int, cell: Any, *, head: bool) -> str | None:
    settings = columns[number] if number < len(columns) and isinstance(columns[number], dict) else {}
    is_number = isinstance(cell, dict) and cell.get("type") == "raw_number"
    default = "right" if is_number and not head else "left"
    wrapped = " wrapped" if settings.get("is_wrapped") else ""
    return _ALIGNED.get(str(settings.get("align")), default) + wrapped


def _cell(cell: Any, surface: Surface) -> Markup:
    if not isinstance(cell, dict):
        return joined("")
    if cell.get("type") == "rich_text":
        return rich_text(cell, surface.reader)
    return joined(str(cell.get("text") or cell.get("value") or ""))
