"""What happens, as HTML for one person: server-sent events whose fragments the script puts in place."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

from bot.sandbox.page.desk import Desk
from bot.sandbox.page.screens.conversation import home
from bot.sandbox.page.screens.message import Shown, shown, status_words
from bot.sandbox.page.screens.modal import modal
from bot.sandbox.workspace.records import Message, User

Json = dict[str, Any]

_LIST_CHANGES = ("member.", "channel.", "user.", "group.")


async def pushes(desk: Desk, user: User, after: int | None) -> AsyncIterator[bytes]:
    """Yields server-sent events for one person: only what they may see."""
    yield b"retry: 700\n\n"
    async for event in desk.sandbox.feed.events(after):
        if not event:
            yield b": still here\n\n"
            continue
        told = push(desk, user, event)
        if told is not None:
            name, body = told
            yield f"id: {event['number']}\nevent: {name}\ndata: {json.dumps(body)}\n\n".encode()


def push(desk: Desk, user: User, event: Json) -> tuple[str, Json] | None:
    """Returns the name and the body of what one event means to this person, if anything."""
    kind = str(event["kind"])
    with desk.sandbox.workspace.lock:
        if kind.startswith(("message.", "ephemeral.", "reaction.")):
            return _message(desk, user, event)
        if kind == "status.set":
            return _status(desk, user, event)
        if kind in {"view.changed", "home.changed"}:
            return _view(desk, user, kind) if event["user"] == user.id else None
    if kind in {"journal.added", "clock.moved", "reload"}:
        return kind, event.get("detail") or {}
    if kind == "prompts.set" or kind.startswith(_LIST_CHANGES):
        return "lists.changed", {"kind": kind, "channel": event["channel"], "mine": event["user"] == user.id}
    return None


def _message(desk: Desk, user: User, event: Json) -> tuple[str, Json] | None:
    workspace, channel, ts = desk.sandbox.workspace, str(event["channel"]), str(event["ts"])
    private = str(event["kind"]).startswith("ephemeral.")
    if (private and event["user"] != user.id) or not _sees(desk, user, channel):
        return None
    found = workspace.messages.ephemeral(user.id, ts)
    if not private:
        found = workspace.messages.find(channel, ts) or found
    body: Json = {"kind": event["kind"], "channel": channel, "ts": ts, "mine": event["user"] == user.id}
    if found is None:
        root = str(event.get("thread_ts") or "")
        return "message.gone", body | {"pieces": _parent_pieces(desk, user, channel, root)}
    return "message", body | _told(desk, user, found, streamed=event["kind"] == "message.streamed")


def _told(desk: Desk, user: User, message: Message, *, streamed: bool) -> Json:
    """Returns a message's fragments, for the channel and for its thread, and how it is announced."""
    drawn = shown(message, desk.sandbox.workspace, user)
    pieces = [_piece(desk, replace(drawn, replies=None, status=""), "thread")]
    if not message.is_reply or message.broadcast:
        pieces.append(_piece(desk, drawn, "channel"))
    if message.is_reply and not streamed:
        pieces += _parent_pieces(desk, user, message.channel, message.thread_ts)
    said = f"{drawn.author.name}: {drawn.summary}"
    return {"pieces": pieces, "said": said, "streaming": message.stream == "in_progress"}


def _parent_pieces(desk: Desk, user: User, channel: str, root: str) -> list[Json]:
    parent = desk.sandbox.workspace.messages.find(channel, root) if root else None
    return [_piece(desk, shown(parent, desk.sandbox.workspace, user), "channel")] if parent else []


def _piece(desk: Desk, drawn: Shown, where: str) -> Json:
    html = desk.drawing.message(drawn)
    return {"where": where, "ts": drawn.ts, "thread": drawn.thread, "html": html}


def _status(desk: Desk, user: User, event: Json) -> tuple[str, Json] | None:
    channel = str(event["channel"])
    if not _sees(desk, user, channel):
        return None
    detail = event["detail"] or {}
    waiting = [status_words(desk.sandbox.workspace, str(w)) for w in detail.get("loading_messages") or []]
    words = status_words(desk.sandbox.workspace, str(detail.get("status", "")))
    return "status", {
        "channel": channel,
        "thread": event["ts"],
        "words": words,
        "waiting": waiting if words else [],
    }


def _view(desk: Desk, user: User, kind: str) -> tuple[str, Json]:
    workspace = desk.sandbox.workspace
    if kind == "home.changed":
        return "home", {"html": str(home(workspace, user))}
    shown_modal = modal(workspace, user)
    html = desk.drawing.page("modal.html", modal=shown_modal) if shown_modal else ""
    return "modal", {"html": html, "id": shown_modal.id if shown_modal else ""}


def _sees(desk: Desk, user: User, channel_id: str) -> bool:
    channel = desk.sandbox.workspace.conversations.all.get(channel_id)
    return channel is not None and (
        user.id in channel.members or (channel.kind == "channel" and not user.guest)
    )
