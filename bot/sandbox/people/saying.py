"""What people do that the app hears of as events."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from bot.sandbox.errors import SlackError
from bot.sandbox.methods.content import TEXT_MOST
from bot.sandbox.methods.files import tell_shared
from bot.sandbox.methods.reactions import react, unreact
from bot.sandbox.people.places import place, seen_message, speaking_place
from bot.sandbox.workspace.changes import Change
from bot.sandbox.workspace.records import Json, Message, User
from bot.sandbox.workspace.shapes import message_shape
from bot.sandbox.workspace.state import Workspace
from bot.sandbox.workspace.typed import encode, rich_text
from bot.sandbox.workspace.view_shape import view_shape


@dataclass(frozen=True, kw_only=True)
class Saying:
    """What somebody types. `raw` text is sent as it is, already in Slack's own form."""

    channel: str
    text: str
    thread_ts: str = ""
    broadcast: bool = False
    raw: bool = False


def say(workspace: Workspace, user: User, saying: Saying) -> Message:
    """Posts what a person typed; a mention of the app makes two events of it, as in Slack."""
    channel = speaking_place(workspace, user, saying.channel)
    message = _typed(workspace, user, channel.id, saying)
    if saying.thread_ts:
        parent = workspace.messages.get(channel.id, saying.thread_ts)
        message.thread_ts = parent.thread_ts or parent.ts
        message.broadcast = saying.broadcast
        message.subtype = "thread_broadcast" if saying.broadcast else ""
    workspace.post(message)
    workspace.extras.mark_read(channel.id, user.id, message.ts)
    return message


def edit(workspace: Workspace, user: User, saying: Saying, ts: str) -> Message:
    """Changes what a person said; the message shows that it was edited."""
    message = _own(workspace, user, saying.channel, ts)
    before = message_shape(message, workspace, with_metadata=True)
    fresh = _typed(workspace, user, message.channel, saying)
    message.text, message.blocks = fresh.text, fresh.blocks
    message.edited = {"user": user.id, "ts": workspace.next_ts()}
    workspace.rewritten(message, before)
    return message


def delete(workspace: Workspace, user: User, where: str, ts: str) -> None:
    """Deletes what a person said; an ephemeral message is only put away."""
    private = workspace.messages.ephemeral(user.id, ts)
    message = private or _own(workspace, user, where, ts)
    workspace.remove(message, message_shape(message, workspace))


def toggle_reaction(
    workspace: Workspace, user: User, where: str, ts: str, name: str, *, remove: bool
) -> None:
    """Adds or takes away a person's reaction."""
    message = seen_message(workspace, user, where, ts)
    (unreact if remove else react)(workspace, message, user.id, name)


def open_home(workspace: Workspace, user: User, tab: str) -> None:
    """Opens the app's page at a tab: `home`, or `messages` for the direct message."""
    channel = workspace.direct_with_app(user.id)
    detail: Json = {"user": user.id, "channel": channel.id, "tab": tab}
    view = workspace.views.home(user.id)
    if tab == "home" and view is not None:
        detail["view"] = view_shape(view, workspace.identity)
    workspace.announce(Change(kind="home.opened", channel=channel.id, user=user.id, detail=detail))


def look_at(workspace: Workspace, user: User, where: str) -> None:
    """Tells the app which channel a person has beside the direct message with it."""
    channel = place(workspace, user, where)
    entity = {"type": "slack#/types/channel_id", "value": channel.id, "team_id": workspace.identity.team_id}
    detail: Json = {
        "user": user.id,
        "channel": workspace.direct_with_app(user.id).id,
        "context": {"entities": [entity]},
    }
    workspace.announce(Change(kind="context.changed", user=user.id, detail=detail))


def upload(workspace: Workspace, user: User, saying: Saying, name: str, content: bytes) -> Message:
    """Shares a file with a message."""
    channel = speaking_place(workspace, user, saying.channel)
    file, secret = workspace.files.begin(
        name=name, size=len(content), user=user.id, created=workspace.epoch()
    )
    workspace.files.receive(secret, content)
    file.completed = True
    message = _typed(workspace, user, channel.id, saying)
    message.thread_ts, message.subtype, message.files = saying.thread_ts, "file_share", [file.id]
    tell_shared(workspace, channel, [file], message.ts)
    workspace.post(message)
    return message


def close_direct(workspace: Workspace, user: User) -> None:
    """Puts the direct message with the app away, until somebody speaks in it."""
    channel = workspace.direct_with_app(user.id)
    if user.id not in channel.closed_by:
        channel.closed_by.append(user.id)
        workspace.conversations.put(channel)


def _typed(workspace: Workspace, user: User, channel: str, saying: Saying) -> Message:
    text = saying.text if saying.raw else encode(saying.text, workspace)
    if len(text) > TEXT_MOST:
        raise SlackError("msg_too_long")
    return Message(
        channel=channel,
        ts=workspace.next_ts(),
        user=user.id,
        bot_id=user.bot_id,
        app_id=user.app_id,
        text=text,
        blocks=rich_text(text) if text else None,
        client_msg_id=secrets.token_hex(16),
    )


def _own(workspace: Workspace, user: User, where: str, ts: str) -> Message:
    message = workspace.messages.get(place(workspace, user, where).id, ts)
    if message.user != user.id:
        raise SlackError("cant_update_message")
    return message
