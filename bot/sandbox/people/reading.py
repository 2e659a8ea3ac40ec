"""What a person sees."""

from __future__ import annotations

from heapq import merge
from itertools import islice

from bot.sandbox.people.places import place
from bot.sandbox.workspace.messages import Span
from bot.sandbox.workspace.records import Channel, Json, User, View
from bot.sandbox.workspace.shapes import channel_shape, message_shape
from bot.sandbox.workspace.state import Workspace
from bot.sandbox.workspace.view_shape import view_shape


def conversations(workspace: Workspace, user: User) -> list[Json]:
    """Returns the conversations that a person is in or may join, with how much of each is unread."""
    own = [c for c in workspace.conversations.of_user(user.id) if user.id not in c.closed_by]
    others = [
        c
        for c in workspace.conversations.all.values()
        if c.kind == "channel" and user.id not in c.members and not user.guest
    ]
    return [_listed(workspace, user, c) for c in [*own, *others]]


def _listed(workspace: Workspace, user: User, channel: Channel) -> Json:
    read = workspace.extras.read.get(f"{channel.id}/{user.id}", "")
    unread = workspace.messages.count_since(channel.id, read) if user.id in channel.members else 0
    with_app = workspace.identity.bot_user in channel.members
    shape = channel_shape(channel, workspace, viewer=user.id)
    return shape | {"num_members": len(channel.members), "unread": unread, "app_is_in": with_app}


def history(workspace: Workspace, user: User, where: str, *, limit: int = 50, before: str = "") -> Json:
    """Returns what a person sees in a conversation, oldest first, with what only they see at its place."""
    channel = place(workspace, user, where)
    newest = list(islice(workspace.messages.newest_first(channel.id, Span(latest=before)), limit + 1))
    shown = list(reversed(newest[:limit]))
    since = shown[0].ts if len(newest) > limit else ""
    private = [
        m
        for m in workspace.messages.ephemerals(user.id, channel.id)
        if not m.is_reply and m.ts >= since and (not before or m.ts < before)
    ]
    messages = [
        message_shape(m, workspace, with_metadata=True) for m in merge(shown, private, key=lambda m: m.ts)
    ]
    return {
        "channel": channel.id,
        "messages": messages,
        "has_more": len(newest) > limit,
        "statuses": workspace.extras.statuses(channel.id, workspace.now()),
        "prompts": workspace.extras.prompts.get(f"{channel.id}/"),
    }


def thread(workspace: Workspace, user: User, where: str, ts: str) -> Json:
    """Returns a thread as a person sees it: its first message, the replies, and what only they see."""
    channel = place(workspace, user, where)
    parent = workspace.messages.get(channel.id, ts)
    replies = workspace.messages.replies(channel.id, ts, Span())
    private = [m for m in workspace.messages.ephemerals(user.id, channel.id) if m.thread_ts == ts]
    shown = [parent, *merge(replies, private, key=lambda m: m.ts)]
    return {
        "channel": channel.id,
        "messages": [message_shape(m, workspace, with_metadata=True) for m in shown],
        "status": workspace.extras.statuses(channel.id, workspace.now()).get(ts),
        "title": workspace.extras.titles.get(f"{channel.id}/{ts}", ""),
        "prompts": workspace.extras.prompts.get(f"{channel.id}/{ts}"),
    }


def ephemerals(workspace: Workspace, user: User, where: str = "") -> list[Json]:
    """Returns what only this person sees, oldest first."""
    channel = place(workspace, user, where).id if where else ""
    return [
        message_shape(m, workspace) | {"channel": m.channel}
        for m in workspace.messages.ephemerals(user.id, channel)
    ]


def views(workspace: Workspace, user: User) -> Json:
    """Returns a person's open modals, the top one last, and their Home tab."""
    home = workspace.views.home(user.id)
    stack = [_shown(view, workspace) for view in workspace.views.stack(user.id)]
    return {
        "stack": stack,
        "view": stack[-1] if stack else None,
        "home": _shown(home, workspace) if home else None,
    }


def _shown(view: View, workspace: Workspace) -> Json:
    return view_shape(view, workspace.identity) | {"errors": view.errors}
