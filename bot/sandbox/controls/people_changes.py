"""What a workspace's admins do: people who come and go, groups and channels that change."""

from __future__ import annotations

from typing import Any

from bot.sandbox.errors import SlackError
from bot.sandbox.workspace.changes import Change
from bot.sandbox.workspace.ids import derived_id
from bot.sandbox.workspace.records import Channel, Group, User
from bot.sandbox.workspace.state import Workspace


def add_person(workspace: Workspace, name: str, channels: list[str], fields: dict[str, Any]) -> User:
    """Adds a person to the workspace and to these channels; raises `name_taken`."""
    if workspace.directory.by_handle(name):
        raise SlackError("name_taken")
    user = User(
        id=derived_id("U", name, workspace.directory.users), name=name, updated=workspace.epoch(),
        email=f"{name}@{workspace.identity.domain}.example", **{"real_name": name.title(), **fields},
    )  # fmt: skip
    workspace.directory.put(user)
    workspace.announce(Change(kind="user.joined", user=user.id))
    for channel in channels:
        workspace.join(_channel(workspace, channel), user.id)
    return user


def change_person(workspace: Workspace, who: str, fields: dict[str, Any]) -> User:
    """Changes a person; one who is deactivated leaves their channels."""
    user = workspace.directory.named(who)
    for name, value in fields.items():
        setattr(user, name, value)
    user.updated = workspace.epoch()
    workspace.directory.put(user)
    if user.deactivated:
        for channel in list(workspace.conversations.of_user(user.id)):
            if not channel.is_direct:
                workspace.conversations.remove_member(channel, user.id)
    workspace.announce(Change(kind="user.changed", user=user.id))
    return user


def change_group(workspace: Workspace, group_id: str, fields: dict[str, Any]) -> Group:
    """Changes a user group; members are handles or ids."""
    group = workspace.directory.group(group_id)
    if "members" in fields:
        fields["members"] = [workspace.directory.named(m).id for m in fields["members"]]
    for name, value in fields.items():
        setattr(group, name, value)
    group.updated = workspace.epoch()
    workspace.directory.put(group)
    workspace.announce(Change(kind="group.changed", detail={"group": group.id}))
    return group


def add_channel(
    workspace: Workspace, *, name: str, members: list[str], private: bool, app_is_in: bool
) -> Channel:
    """Makes a channel; its first member is its creator. Raises `name_taken`."""
    if workspace.conversations.named(name):
        raise SlackError("name_taken")
    users = [workspace.directory.named(m).id for m in members]
    channel = Channel(
        id=derived_id("C", name, workspace.conversations.all),
        kind="group" if private else "channel",
        name=name,
        creator=users[0] if users else "USLACKBOT",
        created=workspace.epoch(),
    )
    workspace.conversations.put(channel)
    workspace.announce(Change(kind="channel.created", channel=channel.id, user=channel.creator))
    for user in users:
        workspace.join(channel, user)
    if app_is_in:
        workspace.join(channel, workspace.identity.bot_user, inviter=channel.creator)
    return channel


def change_channel(
    workspace: Workspace, channel_id: str, *, name: str | None = None, archived: bool | None = None
) -> Channel:
    """Renames, archives or unarchives a channel."""
    channel = _channel(workspace, channel_id)
    if name is not None and name != channel.name:
        if workspace.conversations.named(name):
            raise SlackError("name_taken")
        channel.previous_names.append(channel.name)
        channel.name = name
        _tell(workspace, channel, "channel.renamed")
    if archived is not None and archived != channel.archived:
        channel.archived = archived
        _tell(workspace, channel, "channel.archived" if archived else "channel.unarchived")
    return channel


def _tell(workspace: Workspace, channel: Channel, kind: str) -> None:
    workspace.conversations.put(channel)
    workspace.announce(Change(kind=kind, channel=channel.id, user=channel.creator))


def _channel(workspace: Workspace, channel_id: str) -> Channel:
    return workspace.conversations.named(channel_id) or workspace.conversations.get(channel_id)
