"""The list of conversations on the left, with what is unread."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from bot.sandbox.page.screens.viewer import Face, direct_name, face
from bot.sandbox.workspace.messages import Span
from bot.sandbox.workspace.records import Channel, User
from bot.sandbox.workspace.state import Workspace

COUNTED = 100
"""More unread messages than this are shown as so many."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One conversation. `unread` counts what others wrote, `loud` what of it speaks to the reader."""

    id: str
    name: str
    kind: str
    unread: int
    loud: int
    face: Face | None = None
    archived: bool = False

    @property
    def label(self) -> str:
        """What a screen reader says of it."""
        kind = {"channel": "channel", "group": "private channel", "app": "app"}.get(
            self.kind, "direct message"
        )
        count = f", {self.loud} for you" if self.loud else ", unread" if self.unread else ""
        return f"{self.name}, {kind}{count}"


@dataclass(frozen=True, kw_only=True)
class Sidebar:
    """The conversations of one person."""

    channels: tuple[Row, ...]
    directs: tuple[Row, ...]
    apps: tuple[Row, ...]


def sidebar(workspace: Workspace, user: User, *, opened: str) -> Sidebar:
    """Returns a person's conversations. What was said before `opened`, a timestamp, counts as read."""
    own = [c for c in workspace.conversations.of_user(user.id) if user.id not in c.closed_by]
    channels = sorted((c for c in own if not c.is_direct and not c.archived), key=lambda c: c.name)
    app = workspace.identity.bot_user
    directs = [c for c in own if c.is_direct and set(c.members) != {user.id, app}]
    with_app = workspace.direct_with_app(user.id)
    return Sidebar(
        channels=tuple(row(workspace, user, c, opened) for c in channels),
        directs=tuple(row(workspace, user, c, opened) for c in directs),
        apps=(row(workspace, user, with_app, opened),),
    )


def row(workspace: Workspace, user: User, channel: Channel, opened: str) -> Row:
    """Returns one conversation with what is unread in it."""
    read = max(workspace.extras.read.get(f"{channel.id}/{user.id}", ""), opened)
    fresh = [
        m
        for m in islice(workspace.messages.newest_first(channel.id, Span(oldest=read)), COUNTED)
        if m.user != user.id and not m.subtype.startswith(("channel_", "group_"))
    ]
    loud = fresh if channel.is_direct else [m for m in fresh if f"<@{user.id}>" in m.text]
    other = _other(workspace, user, channel)
    return Row(
        id=channel.id,
        name=direct_name(channel, workspace, user) if channel.is_direct else channel.name,
        kind="app" if other and other.is_app else channel.kind,
        unread=len(fresh),
        loud=len(loud),
        face=other,
        archived=channel.archived,
    )


def _other(workspace: Workspace, user: User, channel: Channel) -> Face | None:
    if not channel.is_direct:
        return None
    found = next((workspace.directory.users.get(m) for m in channel.members if m != user.id), user)
    return face(workspace, found or user)
