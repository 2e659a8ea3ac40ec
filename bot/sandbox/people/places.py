"""Where people are: conversations as they name them."""

from __future__ import annotations

from bot.sandbox.errors import SlackError
from bot.sandbox.workspace.records import Channel, Message, User
from bot.sandbox.workspace.state import Workspace


def person(workspace: Workspace, who: str) -> User:
    """Returns a person by id or handle; raises `user_not_found`, or `account_inactive` for one who left."""
    user = workspace.directory.named(who)
    if user.deactivated:
        raise SlackError("account_inactive")
    return user


def place(workspace: Workspace, user: User, where: str) -> Channel:
    """Returns a conversation by id, `#name`, or `@handle` for the direct message with somebody."""
    if where.startswith("@"):
        other = workspace.directory.named(where)
        if other.id == workspace.identity.bot_user:
            return workspace.direct_with_app(user.id)
        channel, _ = workspace.conversations.open_direct(
            [user.id, other.id], creator=user.id, created=workspace.epoch()
        )
        return channel
    named = workspace.conversations.named(where) if where.startswith("#") else None
    channel = workspace.conversations.visible(named.id if named else where, user.id)
    if user.guest and user.id not in channel.members:
        raise SlackError("channel_not_found")
    return channel


def speaking_place(workspace: Workspace, user: User, where: str) -> Channel:
    """Returns a conversation in which this person may say something."""
    channel = place(workspace, user, where)
    if user.id not in channel.members:
        raise SlackError("not_in_channel")
    if channel.archived:
        raise SlackError("is_archived")
    return channel


def seen_message(workspace: Workspace, user: User, where: str, ts: str) -> Message:
    """Returns a message that this person sees, one that only they see too."""
    private = workspace.messages.ephemeral(user.id, ts)
    if private is not None:
        return private
    return workspace.messages.get(place(workspace, user, where).id, ts)
