"""A list of blocks as HTML."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from bot.sandbox.page.markup import cards, layout, media, tables, tasks
from bot.sandbox.page.markup.html import EMPTY, tag
from bot.sandbox.page.markup.markdown import markdown
from bot.sandbox.page.markup.rich_text import rich_text
from bot.sandbox.page.markup.surface import Surface

Json = dict[str, Any]


def blocks(listed: Any, surface: Surface) -> Markup:
    """Returns every block in its order."""
    drawn = [block(each, surface) for each in listed or [] if isinstance(each, dict)]
    return EMPTY.join(tag("div", markup, class_="block") for markup in drawn if markup)


def block(each: Json, surface: Surface) -> Markup:
    """Returns one block, or a note that this page does not know its type."""
    draw = BLOCKS.get(str(each.get("type")))
    if draw is None:
        return tag("em", f"({each.get('type')} is not shown here)", class_="unknown")
    return draw(each, surface)


BLOCKS: dict[str, Callable[[Json, Surface], Markup]] = {
    "section": layout.section,
    "header": layout.header,
    "divider": layout.divider,
    "context": layout.context,
    "actions": layout.actions,
    "context_actions": layout.context_actions,
    "input": layout.input_block,
    "image": media.image_block,
    "video": media.video_block,
    "file": media.file_block,
    "rich_text": lambda each, surface: rich_text(each, surface.reader),
    "markdown": lambda each, surface: markdown(str(each.get("text", "")), surface.reader),
    "table": tables.table,
    "data_table": tables.table,
    "card": cards.card,
    "carousel": cards.carousel,
    "alert": cards.alert,
    "container": lambda each, surface: cards.container(each, surface, blocks),
    "plan": tasks.plan,
    "task_card": tasks.task_card,
}
