"""What a message says: text, blocks, attachments and metadata, checked as Slack checks them."""

from __future__ import annotations

import secrets
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import SlackError
from bot.sandbox.limits.payloads import MARKDOWN_MOST, refuse_attachments, refuse_blocks, refuse_metadata
from bot.sandbox.limits.whole import elements_of, walk
from bot.sandbox.methods.call import Arguments
from bot.sandbox.workspace.records import Json, Message

TEXT_MOST = 40_000
UPDATE_TEXT_MOST = 4_000


@dataclass(frozen=True, kw_only=True)
class Content:
    """What was given for a message; None means that nothing was said about it."""

    text: str | None = None
    blocks: list[Json] | None = None
    attachments: list[Json] | None = None
    metadata: Json | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.text or self.blocks or self.attachments)

    def put_on(self, message: Message) -> None:
        """Puts what was given on a message and leaves the rest of it as it was."""
        if self.text is not None:
            message.text = self.text
        if self.blocks is not None:
            message.blocks = self.blocks or None
        if self.attachments is not None:
            message.attachments = self.attachments or None
        if self.metadata is not None:
            message.metadata = self.metadata or None


def content_of(args: Arguments, *, text_most: int = TEXT_MOST) -> Content:
    """Returns the content that a call gives.

    Raises:
        SlackError: `msg_too_long`, `invalid_blocks`, `invalid_blocks_format`, `msg_blocks_too_long`,
            `invalid_attachments`, `invalid_metadata_format` and the like, `markdown_text_conflict`.
    """
    text = args.text("text") if args.has("text") else None
    blocks = blocks_of(args)
    attachments = args.structure("attachments", "invalid_attachments")
    if attachments is not None:
        refuse_attachments(attachments)
    if args.has("markdown_text"):
        if text or blocks:
            raise SlackError("markdown_text_conflict")
        text, blocks = _as_markdown(args.text("markdown_text"))
    if text is not None and len(text) > text_most:
        raise SlackError("msg_too_long")
    return Content(text=text, blocks=blocks, attachments=attachments, metadata=metadata_of(args))


def blocks_of(args: Arguments) -> list[Json] | None:
    """Returns the blocks of a call, checked and with every id filled in."""
    blocks = args.structure("blocks", "invalid_blocks_format")
    if blocks is None:
        return None
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    refuse_blocks(blocks)
    return with_ids(blocks)


def metadata_of(args: Arguments) -> Json | None:
    """Returns the metadata of a call, checked; an empty object stands for none."""
    metadata: Json | None = args.structure("metadata", "invalid_metadata_format")
    if metadata:
        refuse_metadata(metadata)
    return metadata


def with_ids(blocks: list[Json]) -> list[Json]:
    """Returns a copy in which every block and element has an id, as Slack does it."""
    blocks = deepcopy(blocks)
    for block, _ in walk(blocks, ""):
        block.setdefault("block_id", short_id())
        for element in elements_of(block):
            element.setdefault("action_id", short_id())
    return blocks


def short_id() -> str:
    """Returns a short id, unlikely to come twice in one payload."""
    return secrets.token_urlsafe(6)[:6]


def _as_markdown(text: str) -> tuple[str, list[Json]]:
    if len(text) > MARKDOWN_MOST:
        raise SlackError("msg_too_long")
    return text, markdown_blocks(text)


def markdown_blocks(text: str) -> list[Json]:
    """Returns Markdown as a block."""
    block: dict[str, Any] = {"type": "markdown", "block_id": short_id(), "text": text}
    return [block] if text else []
