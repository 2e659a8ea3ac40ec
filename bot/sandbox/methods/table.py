"""Every Web API method that the sandbox serves: its tier, the scopes that allow it, and its handler."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bot.sandbox.methods import (
    assistant,
    auth,
    chat,
    conversations,
    files,
    history,
    membership,
    reactions,
    scheduled,
    streams,
    users,
    views,
)
from bot.sandbox.methods.call import Handler


class Tier(Enum):
    """How many calls of one method Slack allows a workspace in a minute."""

    TIER_1 = 1
    TIER_2 = 20
    TIER_3 = 50
    TIER_4 = 100
    HUNDREDS = 300
    STATUS = 600


@dataclass(frozen=True, kw_only=True)
class Method:
    """A method. Any one of its `scopes` is enough; none are needed where there are none."""

    name: str
    tier: Tier
    handler: Handler
    scopes: tuple[str, ...] = ()
    app_token: bool = False
    anybody: bool = False


def _m(name: str, tier: Tier, handler: Handler, *scopes: str, anybody: bool = False) -> Method:
    return Method(name=name, tier=tier, handler=handler, scopes=scopes, anybody=anybody)


_WRITE = "chat:write"
_READ_CHANNELS = ("channels:read", "groups:read", "im:read", "mpim:read")
_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
_MANAGE = ("channels:manage", "groups:write", "im:write", "mpim:write")
_ASSISTANT = ("assistant:write", "chat:write")

_T1, _T2, _T3, _T4 = Tier.TIER_1, Tier.TIER_2, Tier.TIER_3, Tier.TIER_4

_ALL = (
    _m("api.test", _T4, auth.api_test, anybody=True),
    _m("auth.test", Tier.HUNDREDS, auth.auth_test),
    _m("blocks.validate", _T3, auth.validate_blocks),
    _m("emoji.list", _T2, auth.emoji, "emoji:read"),
    _m("team.info", _T3, users.team_info, "team:read"),
    _m("bots.info", _T3, users.bot_info, "users:read"),
    _m("chat.postMessage", Tier.HUNDREDS, chat.post_message, _WRITE),
    _m("chat.postEphemeral", _T4, chat.post_ephemeral, _WRITE),
    _m("chat.update", _T3, chat.update, _WRITE),
    _m("chat.delete", _T3, chat.delete, _WRITE),
    _m("chat.getPermalink", Tier.HUNDREDS, chat.get_permalink),
    _m("chat.unfurl", _T3, chat.unfurl, "links:write"),
    _m("chat.scheduleMessage", _T3, scheduled.schedule_message, _WRITE),
    _m("chat.scheduledMessages.list", _T3, scheduled.list_scheduled),
    _m("chat.deleteScheduledMessage", _T3, scheduled.delete_scheduled, _WRITE),
    _m("chat.startStream", _T2, streams.start_stream, _WRITE),
    _m("chat.appendStream", _T4, streams.append_stream, _WRITE),
    _m("chat.stopStream", _T2, streams.stop_stream, _WRITE),
    _m("conversations.list", _T2, conversations.list_all, *_READ_CHANNELS),
    _m("conversations.info", _T3, conversations.info, *_READ_CHANNELS),
    _m("conversations.members", _T4, conversations.members, *_READ_CHANNELS),
    _m("conversations.open", _T3, conversations.open_direct, "im:write", "mpim:write"),
    _m("conversations.close", _T2, conversations.close, "im:write", "mpim:write"),
    _m("conversations.create", _T2, conversations.create, *_MANAGE),
    _m("conversations.rename", _T2, conversations.rename, *_MANAGE),
    _m("conversations.archive", _T2, conversations.archive, *_MANAGE),
    _m("conversations.unarchive", _T2, conversations.unarchive, *_MANAGE),
    _m("conversations.setTopic", _T2, conversations.set_topic, *_MANAGE, "channels:write.topic"),
    _m("conversations.setPurpose", _T2, conversations.set_purpose, *_MANAGE),
    _m("conversations.join", _T3, membership.join, "channels:join"),
    _m("conversations.leave", _T3, membership.leave, *_MANAGE),
    _m("conversations.invite", _T3, membership.invite, *_MANAGE, "channels:write.invites"),
    _m("conversations.kick", _T3, membership.kick, *_MANAGE),
    _m("conversations.history", _T3, history.history, *_HISTORY),
    _m("conversations.replies", _T3, history.replies, *_HISTORY),
    _m("users.info", _T4, users.info, "users:read"),
    _m("users.list", _T2, users.list_all, "users:read"),
    _m("users.conversations", _T2, conversations.of_user, *_READ_CHANNELS),
    _m("users.lookupByEmail", _T3, users.by_email, "users:read.email"),
    _m("users.profile.get", _T4, users.profile, "users.profile:read"),
    _m("users.getPresence", _T3, users.presence, "users:read"),
    _m("usergroups.list", _T2, users.groups, "usergroups:read"),
    _m("usergroups.users.list", _T2, users.group_users, "usergroups:read"),
    _m("reactions.add", _T3, reactions.add, "reactions:write"),
    _m("reactions.remove", _T2, reactions.remove, "reactions:write"),
    _m("reactions.get", _T3, reactions.get, "reactions:read"),
    _m("pins.add", _T2, reactions.pin, "pins:write"),
    _m("pins.remove", _T2, reactions.unpin, "pins:write"),
    _m("pins.list", _T2, reactions.pins, "pins:read"),
    _m("bookmarks.add", _T2, reactions.add_bookmark, "bookmarks:write"),
    _m("bookmarks.edit", _T2, reactions.edit_bookmark, "bookmarks:write"),
    _m("bookmarks.remove", _T2, reactions.remove_bookmark, "bookmarks:write"),
    _m("bookmarks.list", _T3, reactions.bookmarks, "bookmarks:read"),
    _m("views.open", _T4, views.open_view),
    _m("views.push", _T4, views.push_view),
    _m("views.update", _T4, views.update_view),
    _m("views.publish", _T4, views.publish_view),
    _m("files.getUploadURLExternal", _T4, files.get_upload_url, "files:write"),
    _m("files.completeUploadExternal", _T4, files.complete_upload, "files:write"),
    _m("files.info", _T4, files.info, "files:read"),
    _m("files.list", _T3, files.list_all, "files:read"),
    _m("files.delete", _T3, files.delete, "files:write"),
    _m("assistant.threads.setStatus", Tier.STATUS, assistant.set_status, *_ASSISTANT),
    _m("assistant.threads.setSuggestedPrompts", _T3, assistant.set_prompts, *_ASSISTANT),
    _m("assistant.threads.setTitle", _T3, assistant.set_title, *_ASSISTANT),
)

METHODS: dict[str, Method] = {method.name: method for method in _ALL}


def with_connections(handler: Handler) -> dict[str, Method]:
    """Returns the table with `apps.connections.open`, whose handler knows the open sockets."""
    method = Method(
        name="apps.connections.open", tier=_T1, handler=handler, scopes=("connections:write",), app_token=True
    )
    return METHODS | {method.name: method}
