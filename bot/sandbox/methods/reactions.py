"""reactions.*, pins.* and bookmarks.*."""

from __future__ import annotations

import re

from bot.sandbox.errors import SlackError
from bot.sandbox.methods.call import Call, ok
from bot.sandbox.workspace.changes import Change
from bot.sandbox.workspace.ids import random_id
from bot.sandbox.workspace.records import Json, Message
from bot.sandbox.workspace.shapes import message_shape
from bot.sandbox.workspace.state import Workspace

_EMOJI = re.compile(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?")


def add(call: Call) -> Json:
    """Adds the app's reaction to a message."""
    react(call.workspace, _message(call), call.app_user, call.args.need("name"))
    return ok()


def remove(call: Call) -> Json:
    """Takes the app's reaction away."""
    unreact(call.workspace, _message(call), call.app_user, call.args.need("name"))
    return ok()


def get(call: Call) -> Json:
    """Returns a message with its reactions."""
    message = _message(call)
    return ok(type="message", channel=message.channel, message=message_shape(message, call.workspace))


def react(workspace: Workspace, message: Message, user: str, name: str) -> None:
    """Adds anybody's reaction; raises `invalid_name` or `already_reacted`."""
    name = name.strip(":")
    if not _EMOJI.fullmatch(name):
        raise SlackError("invalid_name")
    users = message.reactions.setdefault(name, [])
    if user in users:
        raise SlackError("already_reacted")
    users.append(user)
    _tell(workspace, message, user, name, "reaction.added")


def unreact(workspace: Workspace, message: Message, user: str, name: str) -> None:
    """Takes anybody's reaction away; raises `no_reaction`."""
    name = name.strip(":")
    users = message.reactions.get(name, [])
    if user not in users:
        raise SlackError("no_reaction")
    users.remove(user)
    if not users:
        del message.reactions[name]
    _tell(workspace, message, user, name, "reaction.removed")


def _tell(workspace: Workspace, message: Message, user: str, name: str, kind: str) -> None:
    workspace.messages.changed(message)
    workspace.announce(
        Change(
            kind=kind, channel=message.channel, user=user, ts=message.ts,
            detail={"reaction": name, "item_user": message.user},
        )
    )  # fmt: skip


def _message(call: Call) -> Message:
    if not call.args.text("channel") or not call.args.text("timestamp"):
        raise SlackError("no_item_specified")
    return call.workspace.messages.get(call.joined_channel().id, call.args.text("timestamp"))


def pin(call: Call) -> Json:
    """Pins a message to its channel."""
    message = _message(call)
    pins = call.workspace.extras.pins.setdefault(message.channel, [])
    if any(p["ts"] == message.ts for p in pins):
        raise SlackError("already_pinned")
    pins.append({"ts": message.ts, "by": call.app_user, "at": call.workspace.epoch()})
    call.workspace.extras.keep_list("pins", message.channel)
    return ok()


def unpin(call: Call) -> Json:
    """Takes a pin away."""
    message = _message(call)
    pins = call.workspace.extras.pins.get(message.channel, [])
    left = [p for p in pins if p["ts"] != message.ts]
    if len(left) == len(pins):
        raise SlackError("no_pin")
    call.workspace.extras.pins[message.channel] = left
    call.workspace.extras.keep_list("pins", message.channel)
    return ok()


def pins(call: Call) -> Json:
    """Lists a channel's pins."""
    channel = call.joined_channel()
    items = [
        {
            "type": "message",
            "channel": channel.id,
            "created": p["at"],
            "created_by": p["by"],
            "message": message_shape(message, call.workspace),
        }
        for p in call.workspace.extras.pins.get(channel.id, [])
        if (message := call.workspace.messages.find(channel.id, p["ts"]))
    ]
    return ok(items=items)


def add_bookmark(call: Call) -> Json:
    """Adds a link to a channel's bar."""
    channel = call.joined_channel("channel_id")
    if call.args.need("type") != "link":
        raise SlackError("invalid_bookmark_type")
    bookmark = {
        "id": random_id("Bk"),
        "channel_id": channel.id,
        "title": call.args.need("title"),
        "link": call.args.need("link"),
        "emoji": call.args.text("emoji"),
        "type": "link",
        "date_created": call.workspace.epoch(),
        "date_updated": call.workspace.epoch(),
        "app_id": call.workspace.identity.app_id,
    }
    call.workspace.extras.bookmarks.setdefault(channel.id, []).append(bookmark)
    call.workspace.extras.keep_list("bookmarks", channel.id)
    return ok(bookmark=bookmark)


def edit_bookmark(call: Call) -> Json:
    """Changes a bookmark."""
    bookmark = _bookmark(call)
    given = {k: call.args.text(k) for k in ("title", "link", "emoji") if call.args.has(k)}
    bookmark.update(given, date_updated=call.workspace.epoch())
    call.workspace.extras.keep_list("bookmarks", bookmark["channel_id"])
    return ok(bookmark=bookmark)


def remove_bookmark(call: Call) -> Json:
    """Takes a bookmark away."""
    bookmark = _bookmark(call)
    call.workspace.extras.bookmarks[bookmark["channel_id"]].remove(bookmark)
    call.workspace.extras.keep_list("bookmarks", bookmark["channel_id"])
    return ok()


def bookmarks(call: Call) -> Json:
    """Lists a channel's bookmarks."""
    channel = call.joined_channel("channel_id")
    return ok(bookmarks=call.workspace.extras.bookmarks.get(channel.id, []))


def _bookmark(call: Call) -> Json:
    channel, wanted = call.joined_channel("channel_id"), call.args.need("bookmark_id")
    found = next((b for b in call.workspace.extras.bookmarks.get(channel.id, []) if b["id"] == wanted), None)
    if found is None:
        raise SlackError("not_found")
    return found
