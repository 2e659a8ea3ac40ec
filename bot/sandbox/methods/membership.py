"""conversations.*: who comes and goes."""

from __future__ import annotations

from bot.sandbox.errors import SlackError
from bot.sandbox.methods.call import Call, ok
from bot.sandbox.workspace.records import Channel, Json
from bot.sandbox.workspace.shapes import channel_shape


def join(call: Call) -> Json:
    """Takes the app into a public channel."""
    channel = call.channel()
    if channel.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    new = call.workspace.join(channel, call.app_user)
    shape = channel_shape(channel, call.workspace, viewer=call.app_user)
    if new:
        return ok(channel=shape)
    return ok(
        channel=shape, warning="already_in_channel", response_metadata={"warnings": ["already_in_channel"]}
    )


def leave(call: Call) -> Json:
    """Takes the app out of a channel."""
    channel = call.channel()
    if channel.is_direct:
        raise SlackError("method_not_supported_for_channel_type")
    if channel.name == "general":
        raise SlackError("cant_leave_general")
    return ok() if call.workspace.leave(channel, call.app_user) else ok(not_in_channel=True)


def invite(call: Call) -> Json:
    """Brings people into a channel."""
    channel = _room(call)
    users = call.args.listed("users")
    if not users:
        raise SlackError("no_user")
    for user in users:
        _refuse_guest(call, channel, user)
    for user in users:
        call.workspace.join(channel, user, inviter=call.app_user)
    return ok(channel=channel_shape(channel, call.workspace, viewer=call.app_user))


def kick(call: Call) -> Json:
    """Takes somebody out of a channel."""
    channel = _room(call)
    user = call.workspace.directory.user(call.args.need("user"))
    if user.id == call.app_user:
        raise SlackError("cant_kick_self")
    if not call.workspace.leave(channel, user.id):
        raise SlackError("not_in_channel")
    return ok(errors={})


def _room(call: Call) -> Channel:
    channel = call.joined_channel()
    if channel.is_direct:
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    return channel


def _refuse_guest(call: Call, channel: Channel, user_id: str) -> None:
    user = call.workspace.directory.user(user_id)
    if user.id == call.app_user:
        raise SlackError("cant_invite_self")
    if user.deactivated:
        raise SlackError("cant_invite")
    if user.id in channel.members:
        raise SlackError("already_in_channel")
