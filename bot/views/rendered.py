"""What a view makes: blocks, and the text that stands for them in a notification."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from bot.views.mrkdwn import cut

Block = dict[str, Any]

MOST_BLOCKS = 50
MOST_CHARACTERS = 12_500
"""Of all blocks as JSON: Slack refuses messages from about 13,200 on (slackapi/bolt-js#2509)."""
MOST_TEXT = 3_000


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """A message as Slack takes it. `text` is mrkdwn, already escaped, and never empty."""

    text: str
    blocks: tuple[Block, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Returns the form that waits in the queue."""
        return {"text": self.text, "blocks": list(self.blocks)}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """Returns what `to_json` was made of."""
        return cls(text=value["text"], blocks=tuple(value["blocks"]))


def fitted(text: str, body: Iterable[Block], tail: Iterable[Block] = ()) -> Rendered:
    """Returns a message within Slack's limits; where `body` is too much it ends early and says so.

    `tail` (sources, buttons) is kept whole.
    """
    kept: list[Block] = []
    last = list(tail)
    more = _context("_The rest is too long for one message._")
    room = MOST_CHARACTERS - _size([*last, more])
    for block in body:
        room -= _size([block])
        if room < 0 or len(kept) + len(last) + 1 >= MOST_BLOCKS:
            kept.append(more)
            break
        kept.append(block)
    return Rendered(text=cut(text, MOST_TEXT), blocks=tuple(kept + last))


def _size(blocks: list[Block]) -> int:
    return len(json.dumps(blocks, ensure_ascii=False))


def _context(text: str) -> Block:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text}]}
