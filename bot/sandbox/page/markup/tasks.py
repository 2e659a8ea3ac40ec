"""What the app is doing, step by step: plans and task cards."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from bot.sandbox.page.markup.html import hidden, tag
from bot.sandbox.page.markup.links import anchor
from bot.sandbox.page.markup.rich_text import rich_text
from bot.sandbox.page.markup.surface import Surface

Json = dict[str, Any]

_STATUS = {"pending": ("○", "Pending"), "in_progress": ("◐", "In progress"), "complete": ("✓", "Done"),
           "error": ("!", "Failed")}  # fmt: skip


def plan(block: Json, surface: Surface) -> Markup:
    """Returns a list of tasks under one title."""
    tasks = [tag("li", task_card(task, surface)) for task in block.get("tasks") or []]
    return tag(
        "div", tag("p", str(block.get("title", "")), class_="plan-title"), tag("ol", tasks), class_="plan"
    )


def task_card(block: Json, surface: Surface) -> Markup:
    """Returns one task with how far it is; details fold out where there are any."""
    status = str(block.get("status") or "pending")
    glyph, name = _STATUS.get(status, _STATUS["pending"])
    head = [
        tag(
            "span",
            glyph,
            class_=f"task-mark {status if status in _STATUS else 'pending'}",
            aria_hidden="true",
        ),
        tag("span", str(block.get("title", ""))),
        hidden(f" ({name})"),
    ]
    inside = [rich_text(block[part], surface.reader) for part in ("details", "output")
              if isinstance(block.get(part), dict)]  # fmt: skip
    sources = [
        tag("li", anchor(str(source.get("url", "")), str(source.get("text") or "") or None,
                         plain=str(source.get("text") or "")))
        for source in block.get("sources") or [] if isinstance(source, dict)
    ]  # fmt: skip
    if sources:
        inside.append(tag("ul", sources, class_="task-sources"))
    if not inside:
        return tag("div", head, class_="task")
    return tag(
        "details", tag("summary", head), inside, class_="task", open=status in {"in_progress", "error"}
    )
