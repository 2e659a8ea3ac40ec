"""Lines as paragraphs small enough that a message that is too long loses few of them, and their menus."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from bot.views.blocks import Element, option, sections
from bot.views.rendered import Block

TOGETHER = 8


def parts(lines: Iterable[str]) -> list[Block]:
    """Returns lines of mrkdwn, already escaped, as paragraphs of a few lines each."""
    rest = iter(lines)
    blocks: list[Block] = []
    while held := list(islice(rest, TOGETHER)):
        blocks += sections(held)
    return blocks


def overflow(action_id: str, choices: Sequence[tuple[str, str]]) -> Element:
    """Returns a menu behind three dots, of (label, value)."""
    return {
        "type": "overflow",
        "action_id": action_id,
        "options": [option(label, value) for label, value in choices],
    }
