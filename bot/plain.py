"""A rendered message as lines of plain text, for the terminal."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from bot.views.rendered import Rendered

_DATE = re.compile(r"<!date\^\d+\^[^|>]*\|([^>]*)>")
_LINK = re.compile(r"<(?:[^|>]+)\|([^>]*)>")


def plain_lines(rendered: Rendered) -> Iterator[str]:
    """Yields what a reader would see: the blocks' words, buttons in brackets."""
    said = False
    for block in rendered.blocks:
        for words in _words(block):
            said = True
            yield from _plain(words).splitlines()
    if not said:
        yield from _plain(rendered.text).splitlines()


def _words(block: dict[str, Any]) -> Iterator[str]:
    if "text" in block:
        yield str(block["text"]["text"])
    if block["type"] == "context":
        yield from (str(element["text"]) for element in block["elements"] if "text" in element)
    if block["type"] == "actions":
        labels = [element["text"]["text"] for element in block["elements"] if "text" in element]
        yield " ".join(f"[{label}]" for label in labels)


def _plain(mrkdwn: str) -> str:
    return html.unescape(_LINK.sub(r"\1", _DATE.sub(r"\1", mrkdwn)).replace("*", ""))
