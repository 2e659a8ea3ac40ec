"""Conversations, messages and files as Slack writes them in its answers and events."""

from __future__ import annotations

from bot.sandbox.workspace.messages import Messages
from bot.sandbox.workspace.records import Channel, Json, Message
from bot.sandbox.workspace.state import Workspace

SHOWN_REPLIERS = 5


def channel_shape(channel: Channel, workspace: Workspace, *, viewer: str) -> Json:
    """Returns a conversation as `conversations.info` shows it to this user."""
    if channel.kind == "im":
        return _direct_shape(channel, workspace, viewer)
    note = {"creator": channel.creator, "last_set": channel.created}
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "group",
        "is_im": False,
        "is_mpim": channel.kind == "mpim",
        "is_private": channel.kind != "channel",
        "created": channel.created,
        "creator": channel.creator,
        "is_archived": channel.archived,
        "is_general": channel.name == "general",
        "unlinked": 0,
        "is_shared": False,
        "is_ext_shared": False,
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "shared_team_ids": [workspace.identity.team_id],
        "context_team_id": workspace.identity.team_id,
        "is_member": viewer in channel.members,
        "topic": {"value": channel.topic, **note},
        "purpose": {"value": channel.purpose, **note},
        "previous_names": channel.previous_names,
        "updated": channel.created * 1000,
    }


def _direct_shape(channel: Channel, workspace: Workspace, viewer: str) -> Json:
    other = next((m for m in channel.members if m != viewer), viewer)
    user = workspace.directory.users.get(other)
    return {
        "id": channel.id,
        "created": channel.created,
        "is_archived": False,
        "is_im": True,
        "is_org_shared": False,
        "context_team_id": workspace.identity.team_id,
        "user": other,
        "is_user_deleted": bool(user and user.deactivated),
        "priority": 0,
    }


def message_shape(message: Message, workspace: Workspace, *, with_metadata: bool = False) -> Json:
    """Returns a message as the history shows it; its metadata only where it was asked for."""
    shape: Json = {"type": "message"}
    if message.subtype:
        shape["subtype"] = message.subtype
    shape |= {
        "user": message.user,
        "text": message.text,
        "ts": message.ts,
        "team": workspace.identity.team_id,
    }
    if message.bot_id:
        shape |= {"bot_id": message.bot_id, "app_id": message.app_id, "bot_profile": bot_profile(workspace)}
    if message.client_msg_id:
        shape["client_msg_id"] = message.client_msg_id
    shape |= _content(message, workspace, with_metadata=with_metadata)
    shape |= message.extra
    return shape | _thread_fields(message, workspace.messages)


def _content(message: Message, workspace: Workspace, *, with_metadata: bool) -> Json:
    shape: Json = {}
    if message.blocks is not None:
        shape["blocks"] = message.blocks
    if message.attachments:
        shape["attachments"] = message.attachments
    if message.metadata and with_metadata:
        shape["metadata"] = message.metadata
    if message.files:
        shape["files"] = [file_shape(file_id, workspace) for file_id in message.files]
    if message.edited:
        shape["edited"] = message.edited
    if message.reactions:
        shape["reactions"] = [
            {"name": name, "users": list(users), "count": len(users)}
            for name, users in message.reactions.items()
        ]
    if message.stream:
        shape["streaming_state"] = message.stream
    if message.to:
        shape["is_ephemeral"] = True
    return shape


def _thread_fields(message: Message, messages: Messages) -> Json:
    if message.is_reply:
        parent = messages.find(message.channel, message.thread_ts)
        return {"thread_ts": message.thread_ts} | ({"parent_user_id": parent.user} if parent else {})
    thread = messages.thread(message.channel, message.ts)
    if not thread.replies:
        return {"thread_ts": message.thread_ts} if message.thread_ts else {}
    return {
        "thread_ts": message.ts,
        "reply_count": len(thread.replies),
        "reply_users_count": len(thread.writers),
        "reply_users": list(thread.writers)[:SHOWN_REPLIERS],
        "latest_reply": thread.replies[-1],
        "is_locked": False,
        "subscribed": False,
    }


def bot_profile(workspace: Workspace) -> Json:
    """Returns how the app's messages name the app."""
    identity = workspace.identity
    return {
        "id": identity.bot_id,
        "app_id": identity.app_id,
        "name": workspace.seed.app.real_name,
        "icons": {},
        "deleted": False,
        "updated": 0,
        "team_id": identity.team_id,
    }


def file_shape(file_id: str, workspace: Workspace) -> Json:
    """Returns a file as `files.info` shows it; a deleted one says only that it was."""
    file = workspace.files.all.get(file_id)
    if file is None or file.deleted:
        return {"id": file_id, "mode": "tombstone"}
    extension = file.name.rpartition(".")[2] if "." in file.name else ""
    private = f"{workspace.base_url}/files-pri/{workspace.identity.team_id}-{file.id}"
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": file.mimetype,
        "filetype": extension or "binary",
        "pretty_type": extension.upper() or "Binary",
        "user": file.user,
        "user_team": workspace.identity.team_id,
        "editable": False,
        "size": file.size,
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": any(c.startswith("C") for c in file.channels),
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "alt_txt": file.alt_text,
        "url_private": f"{private}/{file.name}",
        "url_private_download": f"{private}/download/{file.name}",
        "permalink": f"{workspace.base_url}/files/{file.user}/{file.id}/{file.name}",
        "channels": [c for c in file.channels if c.startswith("C")],
        "groups": [c for c in file.channels if c.startswith("G")],
        "ims": [c for c in file.channels if c.startswith("D")],
        "has_more_shares": False,
        "file_access": "visible",
    }
