"""Changes of the workspace as the events that Slack makes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.sandbox.workspace.changes import Change
from bot.sandbox.workspace.records import Channel, Json, Message
from bot.sandbox.workspace.shapes import channel_shape, message_shape
from bot.sandbox.workspace.state import Workspace
from bot.sandbox.workspace.user_shape import group_shape, user_shape

Maker = Callable[[Change, Workspace], Iterator[Json]]
_RENAMED = ("id", "name", "name_normalized", "created", "is_channel", "is_mpim")
_CREATED = (
    "creator", "context_team_id", "is_archived", "is_ext_shared", "is_frozen", "is_general", "is_group",
    "is_im", "is_org_shared", "is_pending_ext_shared", "is_private", "is_shared",
)  # fmt: skip


def events_of(change: Change, workspace: Workspace) -> list[Json]:
    """Returns the events that the app gets for a change: none where it may not see it."""
    maker = _MAKERS.get(change.kind)
    if maker is None:
        return []
    wanted = workspace.seed.app.events
    made = list(maker(change, workspace))
    return [e for e in made if wanted is None or subscription(e) in wanted]


def subscription(event: Json) -> str:
    """Returns what an app subscribes to for an event: `message.im` for a direct message."""
    kind = str(event["type"])
    if kind != "message":
        return kind
    where = {"channel": "channels", "group": "groups"}.get(event["channel_type"], event["channel_type"])
    return f"message.{where}"


def mentions_app(text: str, workspace: Workspace) -> bool:
    """Says whether a text mentions the app."""
    return f"<@{workspace.identity.bot_user}>" in text or f"<@{workspace.identity.bot_user}|" in text


def _posted(change: Change, workspace: Workspace) -> Iterator[Json]:
    message: Message = change.detail["message"]
    channel = _hearing(change, workspace)
    if channel is None:
        return
    shape = message_shape(message, workspace, with_metadata=True)
    shape = {
        k: v
        for k, v in shape.items()
        if not k.startswith("reply_") and k not in {"latest_reply", "is_locked"}
    }
    where = {"channel": channel.id, "event_ts": message.ts}
    spoken = message.subtype in {"", "file_share", "thread_broadcast"}
    if spoken and not message.bot_id and not channel.is_direct and mentions_app(message.text, workspace):
        yield _mention(shape) | where
    yield shape | where | {"channel_type": channel.kind}


def _mention(shape: Json) -> Json:
    return {k: v for k, v in shape.items() if k != "subtype"} | {"type": "app_mention"}


def _changed(change: Change, workspace: Workspace) -> Iterator[Json]:
    message: Message = change.detail["message"]
    channel = _hearing(change, workspace)
    if channel is None:
        return
    before: Json = change.detail["before"]
    shape = message_shape(message, workspace, with_metadata=True)
    stamp = workspace.next_ts()
    newly = mentions_app(message.text, workspace) and not mentions_app(str(before.get("text", "")), workspace)
    if newly and not message.bot_id and not channel.is_direct:
        yield _mention(shape) | {"channel": channel.id, "event_ts": stamp}
    yield {
        "type": "message", "subtype": "message_changed", "hidden": True, "message": shape,
        "previous_message": before, "channel": channel.id, "ts": stamp, "event_ts": stamp,
        "channel_type": channel.kind,
    }  # fmt: skip


def _deleted(change: Change, workspace: Workspace) -> Iterator[Json]:
    channel = _hearing(change, workspace)
    if channel is None:
        return
    stamp = workspace.next_ts()
    yield {
        "type": "message", "subtype": "message_deleted", "hidden": True, "deleted_ts": change.ts,
        "previous_message": change.detail["before"], "channel": channel.id, "ts": stamp, "event_ts": stamp,
        "channel_type": channel.kind,
    }  # fmt: skip


def _reaction(change: Change, workspace: Workspace) -> Iterator[Json]:
    if _hearing(change, workspace) is None:
        return
    yield {
        "type": change.kind.replace(".", "_"),
        "user": change.user,
        "reaction": change.detail["reaction"],
        "item": {"type": "message", "channel": change.channel, "ts": change.ts},
        "item_user": change.detail["item_user"],
        "event_ts": workspace.next_ts(),
    }


def _membership(change: Change, workspace: Workspace) -> Iterator[Json]:
    channel = workspace.conversations.get(change.channel)
    own = change.user == workspace.identity.bot_user
    if not own and _hearing(change, workspace) is None:
        return
    event = {
        "type": "member_joined_channel" if change.kind == "member.joined" else "member_left_channel",
        "user": change.user,
        "channel": channel.id,
        "channel_type": "C" if channel.kind == "channel" else "G",
        "team": workspace.identity.team_id,
        "event_ts": workspace.next_ts(),
    }
    inviter = change.detail.get("inviter")
    yield event | ({"inviter": inviter} if inviter else {})


def _channel(change: Change, workspace: Workspace) -> Iterator[Json]:
    channel = workspace.conversations.get(change.channel)
    if channel.kind != "channel" and _hearing(change, workspace) is None:
        return
    kinds = {"created": "created", "renamed": "rename", "archived": "archive", "unarchived": "unarchive"}
    prefix = "group" if channel.kind == "group" else "channel"
    kind = f"{prefix}_{kinds[change.kind.removeprefix('channel.')]}"
    event: Json = {"type": kind, "event_ts": workspace.next_ts()}
    full = channel_shape(channel, workspace, viewer=workspace.identity.bot_user) | {"is_frozen": False}
    if change.kind == "channel.created":
        yield event | {"channel": {name: full[name] for name in (*_RENAMED, *_CREATED)}}
    elif change.kind == "channel.renamed":
        yield event | {"channel": {name: full[name] for name in _RENAMED}}
    else:
        moved = {"is_moved": 0} if change.kind == "channel.archived" else {}
        yield event | {"channel": channel.id, "user": change.user} | moved


def _person(change: Change, workspace: Workspace) -> Iterator[Json]:
    user = user_shape(workspace.directory.user(change.user), workspace.identity, workspace.now())
    user |= {"locale": "en-US", "profile": user["profile"] | {"fields": []}}
    kind = "team_join" if change.kind == "user.joined" else "user_change"
    yield {"type": kind, "user": user, "cache_ts": workspace.epoch(), "event_ts": workspace.next_ts()}


def _group(change: Change, workspace: Workspace) -> Iterator[Json]:
    group = workspace.directory.group(change.detail["group"])
    shape = group_shape(group, workspace.identity, with_users=True)
    yield {"type": "subteam_updated", "subteam": shape, "event_ts": workspace.next_ts()}


def _home(change: Change, workspace: Workspace) -> Iterator[Json]:
    yield {"type": "app_home_opened", **change.detail, "event_ts": workspace.next_ts()}


def _context(change: Change, workspace: Workspace) -> Iterator[Json]:
    yield {"type": "app_context_changed", **change.detail, "event_ts": workspace.next_ts()}


def _file(change: Change, workspace: Workspace) -> Iterator[Json]:
    if _hearing(change, workspace) is None:
        return
    file_id = change.detail["file"]
    yield {
        "type": "file_shared", "file_id": file_id, "file": {"id": file_id}, "user_id": change.user,
        "channel_id": change.channel, "event_ts": workspace.next_ts(),
    }  # fmt: skip


def _hearing(change: Change, workspace: Workspace) -> Channel | None:
    """Returns the conversation of a change if the app is in it."""
    channel = workspace.conversations.get(change.channel)
    return channel if workspace.identity.bot_user in channel.members else None


_MAKERS: dict[str, Maker] = {
    "message.posted": _posted,
    "message.changed": _changed,
    "message.deleted": _deleted,
    "reaction.added": _reaction,
    "reaction.removed": _reaction,
    "member.joined": _membership,
    "member.left": _membership,
    "channel.created": _channel,
    "channel.renamed": _channel,
    "channel.archived": _channel,
    "channel.unarchived": _channel,
    "user.joined": _person,
    "user.changed": _person,
    "group.changed": _group,
    "home.opened": _home,
    "context.changed": _context,
    "file.shared": _file,
}
