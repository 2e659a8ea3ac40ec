"""conversations.*: finding, making and changing channels."""

from __future__ import annotations

import re

from bot.sandbox.errors import SlackError
from bot.sandbox.methods.call import Call, ok
from bot.sandbox.methods.paging import page
from bot.sandbox.workspace.changes import Change
from bot.sandbox.workspace.ids import derived_id
from bot.sandbox.workspace.records import Channel, Json
from bot.sandbox.workspace.shapes import channel_shape

_TYPES = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}
_NAME = re.compile(r"[\w-]+")
NAME_MOST = 80
_OPENED = {"id", "created", "is_archived", "is_im", "is_org_shared", "context_team_id", "priority", "user"}


def list_all(call: Call) -> Json:
    """Lists the conversations of these types that the app may know of."""
    return _listed(call, list(call.workspace.conversations.all.values()))


def of_user(call: Call) -> Json:
    """Lists the conversations that a user, or the app itself, is in and the app may know of."""
    user = call.args.text("user") or call.app_user
    call.workspace.directory.user(user)
    listed = _listed(call, list(call.workspace.conversations.of_user(user)))
    left_out = {"is_member", "num_members"}
    listed["channels"] = [{k: v for k, v in c.items() if k not in left_out} for c in listed["channels"]]
    return listed


def _listed(call: Call, channels: list[Channel]) -> Json:
    types = call.args.listed("types") or ["public_channel"]
    if not set(types) <= set(_TYPES):
        raise SlackError("invalid_types")
    kinds = {_TYPES[name] for name in types}
    skip_archived = call.args.flag("exclude_archived")
    known = [
        c
        for c in channels
        if c.kind in kinds
        and (c.kind == "channel" or call.app_user in c.members)
        and not (skip_archived and c.archived)
    ]
    shown, cursor = page(known, call.args)
    shapes = [channel_shape(c, call.workspace, viewer=call.app_user) | _size(c) for c in shown]
    return ok(channels=shapes, response_metadata=cursor)


def info(call: Call) -> Json:
    """Tells about one conversation."""
    channel = call.channel()
    shape = channel_shape(channel, call.workspace, viewer=call.app_user)
    return ok(channel=shape | (_size(channel) if call.args.flag("include_num_members") else {}))


def members(call: Call) -> Json:
    """Lists who is in a conversation."""
    channel = call.channel()
    shown, cursor = page(list(channel.members), call.args)
    return ok(members=shown, response_metadata=cursor)


def open_direct(call: Call) -> Json:
    """Opens a direct message with one person, or with up to eight."""
    if call.args.text("channel"):
        channel = call.channel()
        return ok(channel=_opened(call, channel), no_op=True, already_open=True)
    users = call.args.listed("users")
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > 8:  # noqa: PLR2004 -- Slack's limit
        raise SlackError("too_many_users")
    for user in users:
        _refuse_partner(call, user)
    channel, known = call.workspace.conversations.open_direct(
        [*users, call.app_user], creator=call.app_user, created=call.workspace.epoch()
    )
    if not known:
        call.workspace.announce(Change(kind="channel.opened", channel=channel.id, user=users[0]))
    return ok(channel=_opened(call, channel)) | ({"no_op": True, "already_open": True} if known else {})


def _opened(call: Call, channel: Channel) -> Json:
    if not call.args.flag("return_im"):
        return {"id": channel.id}
    shape = channel_shape(channel, call.workspace, viewer=call.app_user)
    return {k: v for k, v in shape.items() if k in _OPENED} | {"is_open": True}


def _refuse_partner(call: Call, user_id: str) -> None:
    user = call.workspace.directory.user(user_id)
    if user.is_bot:
        raise SlackError("cannot_dm_bot")
    if user.deactivated:
        raise SlackError("user_disabled")


def close(call: Call) -> Json:
    """Puts a direct message away."""
    channel = call.channel()
    if not channel.is_direct:
        raise SlackError("method_not_supported_for_channel_type")
    return ok()


def create(call: Call) -> Json:
    """Makes a channel with the app in it."""
    name = _valid_name(call)
    channel = Channel(
        id=derived_id("C", name, call.workspace.conversations.all),
        kind="group" if call.args.flag("is_private") else "channel",
        name=name,
        creator=call.app_user,
        created=call.workspace.epoch(),
    )
    call.workspace.conversations.put(channel)
    call.workspace.conversations.add_member(channel, call.app_user)
    call.workspace.announce(Change(kind="channel.created", channel=channel.id, user=call.app_user))
    return ok(channel=channel_shape(channel, call.workspace, viewer=call.app_user))


def rename(call: Call) -> Json:
    """Gives a channel another name."""
    channel = call.joined_channel()
    change_name(call, channel, _valid_name(call))
    return ok(channel=channel_shape(channel, call.workspace, viewer=call.app_user))


def change_name(call: Call, channel: Channel, name: str) -> None:
    """Renames a channel and tells it."""
    channel.previous_names.append(channel.name)
    channel.name = name
    call.workspace.conversations.put(channel)
    call.workspace.announce(Change(kind="channel.renamed", channel=channel.id, user=call.app_user))


def archive(call: Call) -> Json:
    """Closes a channel for good."""
    channel = call.joined_channel()
    if channel.name == "general":
        raise SlackError("cant_archive_general")
    if channel.archived:
        raise SlackError("already_archived")
    _set_archived(call, channel, archived=True)
    return ok()


def unarchive(call: Call) -> Json:
    """Opens an archived channel again."""
    channel = call.channel()
    if not channel.archived:
        raise SlackError("not_archived")
    _set_archived(call, channel, archived=False)
    return ok()


def _set_archived(call: Call, channel: Channel, *, archived: bool) -> None:
    channel.archived = archived
    call.workspace.conversations.put(channel)
    kind = "channel.archived" if archived else "channel.unarchived"
    call.workspace.announce(Change(kind=kind, channel=channel.id, user=call.app_user))


def set_topic(call: Call) -> Json:
    """Sets a channel's topic."""
    channel = _writable(call)
    channel.topic = call.args.text("topic")[:250]
    call.workspace.conversations.put(channel)
    return ok(channel=channel_shape(channel, call.workspace, viewer=call.app_user))


def set_purpose(call: Call) -> Json:
    """Sets a channel's purpose."""
    channel = _writable(call)
    channel.purpose = call.args.text("purpose")[:250]
    call.workspace.conversations.put(channel)
    return ok(channel=channel_shape(channel, call.workspace, viewer=call.app_user))


def _writable(call: Call) -> Channel:
    channel = call.joined_channel()
    if channel.archived:
        raise SlackError("is_archived")
    return channel


def _valid_name(call: Call) -> str:
    name = call.args.text("name")
    if not name:
        raise SlackError("invalid_name_required")
    if len(name) > NAME_MOST:
        raise SlackError("invalid_name_maxlength")
    if not _NAME.fullmatch(name) or name != name.lower():
        raise SlackError("invalid_name_specials")
    if call.workspace.conversations.named(name):
        raise SlackError("name_taken")
    return name


def _size(channel: Channel) -> Json:
    return {} if channel.kind == "im" else {"num_members": len(channel.members)}
