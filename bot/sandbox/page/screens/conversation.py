"""A conversation: its head, its messages, what the app suggests to ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from bot.sandbox.page.markup.blocks import blocks
from bot.sandbox.page.markup.surface import Surface
from bot.sandbox.page.screens.message import status_line
from bot.sandbox.page.screens.sidebar import Row, row
from bot.sandbox.page.screens.timeline import Stretch, stretch
from bot.sandbox.page.screens.viewer import face, reader_of
from bot.sandbox.workspace.records import Channel, User, View
from bot.sandbox.workspace.state import Workspace


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """Something that the app suggests to ask."""

    title: str
    message: str


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """A conversation as one person sees it. `home` is the app's Home tab, where that is shown."""

    row: Row
    topic: str
    members: int
    joined: bool
    stretch: Stretch
    prompts: tuple[Prompt, ...]
    prompts_title: str
    statuses: tuple[str, ...]
    tab: str = ""
    home: Markup | None = None


def conversation(
    workspace: Workspace, user: User, channel: Channel, *, opened: str, tab: str = ""
) -> Conversation:
    """Returns a conversation; the one with the app has two tabs, `home` and `messages`."""
    suggested: dict[str, Any] = workspace.extras.prompts.get(f"{channel.id}/") or {}
    other = next((workspace.directory.users.get(m) for m in channel.members if m != user.id), None)
    zone = face(workspace, other, now=workspace.now()) if channel.kind == "im" and other else None
    about = f"{zone.title} · {zone.city} {zone.time}".strip(" ·") if zone and not zone.is_bot else ""
    with_app = bool(zone and zone.is_app)
    shown_tab = (tab or "messages") if with_app else ""
    return Conversation(
        row=row(workspace, user, channel, opened),
        topic=channel.topic or channel.purpose or about,
        members=len(channel.members),
        joined=user.id in channel.members,
        stretch=stretch(workspace, user, channel, opened=opened),
        prompts=tuple(
            Prompt(title=str(p["title"]), message=str(p["message"])) for p in suggested.get("prompts", ())
        ),
        prompts_title=str(suggested.get("title") or ""),
        statuses=tuple(_statuses(workspace, channel)),
        tab=shown_tab,
        home=home(workspace, user) if shown_tab == "home" else None,
    )


def home(workspace: Workspace, user: User) -> Markup:
    """Returns the app's Home tab as it was published for this person; nothing before that."""
    view = workspace.views.home(user.id)
    return view_blocks(view, workspace, user) if view else Markup("")


def view_blocks(view: View, workspace: Workspace, user: User) -> Markup:
    """Returns the blocks of a view with what was entered into them."""
    surface = Surface(
        reader=reader_of(workspace, user),
        key=view.id,
        kind="home" if view.is_home else "modal",
        values=view.values,
        errors=view.errors,
    )
    return blocks(view.payload.get("blocks"), surface)


def _statuses(workspace: Workspace, channel: Channel) -> list[str]:
    """Returns what the app says it is doing in threads whose first message is not to be seen."""
    threads = workspace.extras.statuses(channel.id, workspace.now())
    unseen = [ts for ts in threads if workspace.messages.find(channel.id, ts) is None]
    return [words for ts in unseen if (words := status_line(workspace, channel.id, ts))]
