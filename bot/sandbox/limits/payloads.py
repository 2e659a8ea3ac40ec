"""Checks of what the app sends: blocks of a message, views, chunks of a stream, metadata."""

from __future__ import annotations

import json
from typing import Any

from bot.sandbox.errors import SlackError
from bot.sandbox.limits.blocks import blocks_on
from bot.sandbox.limits.composition import URL_SOURCE, plain
from bot.sandbox.limits.rules import Anything, Finding, Flag, Kind, Many, Rule, Shape, Str
from bot.sandbox.limits.whole import check_whole

MARKDOWN_MOST = 12_000
METADATA_MOST = 16_000
# Slack refuses blocks whose JSON is longer than about this, though no page says so: slackapi/bolt-js#2509.
BLOCKS_JSON_MOST = 13_200

_HEADINGS: dict[str, Rule] = {"title": plain(24), "submit": plain(24), "close": plain(24)}
_VIEW: dict[str, Rule] = {
    "type": Str(among=("modal", "home")),
    "blocks": Anything(),
    "private_metadata": Str(most=3000),
    "callback_id": Str(most=255),
    "external_id": Str(most=255),
}
_MODAL = Shape(
    fields=_VIEW
    | _HEADINGS
    | {"clear_on_close": Flag(), "notify_on_close": Flag(), "submit_disabled": Flag()},
    needs=("title", "blocks"),
)
_HOME = Shape(fields=_VIEW | _HEADINGS, needs=("blocks",))
_TASK_TEXT = Str(most=256)
_CHUNK = Kind(
    of={
        "markdown_text": Shape(fields={"type": Str(), "text": Str(most=MARKDOWN_MOST)}, needs=("text",)),
        "task_update": Shape(
            fields={
                "type": Str(),
                "id": Str(least=1),
                "title": _TASK_TEXT,
                "details": _TASK_TEXT,
                "output": _TASK_TEXT,
                "status": Str(among=("pending", "in_progress", "complete", "error")),
                "sources": Many(of=URL_SOURCE),
            },
            needs=("id", "title", "status"),
        ),
        "plan_update": Shape(fields={"type": Str(), "title": _TASK_TEXT}, needs=("title",)),
        "blocks": Shape(fields={"type": Str(), "blocks": blocks_on("message")}, needs=("blocks",)),
    }
)
_CHUNKS = Many(of=_CHUNK)
_ON = {surface: blocks_on(surface) for surface in ("message", "modal", "home")}
_ATOM = (str, int, float, bool)


def block_findings(blocks: Any, surface: str = "message", pointer: str = "/blocks") -> list[Finding]:
    """Returns what is wrong with a list of blocks on this surface."""
    found: list[Finding] = []
    _ON[surface].check(blocks, pointer, found)
    if isinstance(blocks, list):
        check_whole(blocks, pointer, found)
    return found


def view_findings(view: Any, pointer: str = "/view") -> list[Finding]:
    """Returns what is wrong with a modal or a Home tab."""
    found: list[Finding] = []
    kind = view.get("type") if isinstance(view, dict) else None
    (_HOME if kind == "home" else _MODAL).check(view, pointer, found)
    if not isinstance(view, dict):
        return found
    surface = "home" if kind == "home" else "modal"
    found += block_findings(view.get("blocks", []), surface, f"{pointer}/blocks")
    inputs = any(isinstance(b, dict) and b.get("type") == "input" for b in _listed(view.get("blocks")))
    if surface == "modal" and inputs and not view.get("submit"):
        message = "a modal with input blocks must define submit"
        found.append(Finding(pointer=f"{pointer}/submit", message=message))
    return found


def chunk_findings(chunks: Any) -> list[Finding]:
    """Returns what is wrong with the chunks of a stream."""
    found: list[Finding] = []
    _CHUNKS.check(chunks, "/chunks", found)
    return found


def refuse_blocks(blocks: Any) -> None:
    """Raises `invalid_blocks` or `msg_blocks_too_long` as Slack does for a message's blocks."""
    found = block_findings(blocks)
    if found:
        raise SlackError("invalid_blocks", errors=lines(found), response_metadata=messages(found))
    if len(json.dumps(blocks, separators=(",", ":"), ensure_ascii=False)) > BLOCKS_JSON_MOST:
        raise SlackError("msg_blocks_too_long")


def refuse_attachments(attachments: Any) -> None:
    """Raises `invalid_attachments` or `too_many_attachments`."""
    if not isinstance(attachments, list) or not all(isinstance(a, dict) for a in attachments):
        raise SlackError("invalid_attachments")
    if len(attachments) > 100:  # noqa: PLR2004 -- Slack's limit
        raise SlackError("too_many_attachments")
    found: list[Finding] = []
    for index, attachment in enumerate(attachments):
        if attachment.get("blocks"):
            found += block_findings(attachment["blocks"], pointer=f"/attachments/{index}/blocks")
    if found:
        raise SlackError("invalid_attachments", errors=lines(found), response_metadata=messages(found))


def refuse_view(view: Any) -> None:
    """Raises `invalid_arguments` as Slack does for a view, or `view_too_large`."""
    found = view_findings(view)
    if found:
        raise SlackError("invalid_arguments", response_metadata=messages(found))
    if len(json.dumps(view)) > 250_000:  # noqa: PLR2004 -- Slack's limit
        raise SlackError("view_too_large")


def refuse_chunks(chunks: Any) -> None:
    """Raises `invalid_chunks`."""
    found = chunk_findings(chunks)
    if found:
        raise SlackError("invalid_chunks", errors=lines(found), response_metadata=messages(found))


def refuse_metadata(metadata: Any) -> None:
    """Raises `invalid_metadata_format`, `invalid_metadata_schema` or `metadata_too_large`."""
    if not isinstance(metadata, dict):
        raise SlackError("invalid_metadata_format")
    if "entities" in metadata and "event_type" not in metadata:
        return
    event_type, payload = metadata.get("event_type"), metadata.get("event_payload")
    named = isinstance(event_type, str) and event_type.replace("_", "").isalnum() and event_type.isascii()
    if not named or not isinstance(payload, dict) or not all(_flat_enough(v) for v in payload.values()):
        raise SlackError("invalid_metadata_schema")
    if len(json.dumps(metadata)) > METADATA_MOST:
        raise SlackError("metadata_too_large")


def _flat_enough(value: Any) -> bool:
    """Says whether a metadata value is an atom, or an object or list of objects of atoms."""
    if isinstance(value, list):
        return all(_flat_enough(item) for item in value)
    if isinstance(value, dict):
        return all(isinstance(item, _ATOM) for item in value.values())
    return isinstance(value, _ATOM)


def lines(found: list[Finding]) -> list[str]:
    """Returns findings as the `errors` of an answer."""
    return [finding.line for finding in found]


def messages(found: list[Finding]) -> dict[str, list[str]]:
    """Returns findings as the `response_metadata` of an answer."""
    return {"messages": [f"[ERROR] {finding.line}" for finding in found]}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
