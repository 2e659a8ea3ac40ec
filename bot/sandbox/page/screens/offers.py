"""What is offered while somebody types: people, channels, commands; in the composer and in menus."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.sandbox.page.screens.viewer import colour, direct_name, initials
from bot.sandbox.workspace.records import Channel, User
from bot.sandbox.workspace.state import Workspace

MOST = 8
_BROADCASTS = (("here", "everybody who is active"), ("channel", "everybody in this channel"))
_KINDS = {"channel": "public", "group": "private", "im": "im", "mpim": "mpim"}


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One thing to choose: what is put in, what is shown, and a few grey words."""

    value: str
    label: str
    about: str = ""
    initials: str = ""
    is_app: bool = False
    colour: int = 0


def mentions(workspace: Workspace, user: User, query: str) -> list[Offer]:
    """Returns whom `@...` can name: people by name or handle, user groups, broadcasts."""
    users = [u for u in _people(workspace) if _matches(query, u.real_name, u.name)]
    users.sort(key=lambda u: (u.id != workspace.identity.bot_user, u.id == user.id, u.real_name))
    offers = [_person(workspace, u, value=u.name) for u in users]
    offers += [
        Offer(value=g.handle, label=f"@{g.handle}", about=f"{g.name}, {len(g.members)} people")
        for g in workspace.directory.groups.values()
        if _matches(query, g.handle, g.name)
    ]
    offers += [Offer(value=n, label=f"@{n}", about=about) for n, about in _BROADCASTS if _matches(query, n)]
    return offers[:MOST]


def channel_names(workspace: Workspace, user: User, query: str) -> list[Offer]:
    """Returns which channels `#...` can name."""
    found = sorted((c for c in _known(workspace, user) if not c.is_direct), key=lambda c: c.name)
    return [Offer(value=c.name, label=f"#{c.name}", about=c.topic) for c in found if _matches(query, c.name)][
        :MOST
    ]


def commands(workspace: Workspace, query: str) -> list[Offer]:
    """Returns the app's slash commands."""
    app = workspace.seed.app
    return [
        Offer(value=command.removeprefix("/"), label=command, about=app.real_name)
        for command in app.commands
        if _matches(query, command.removeprefix("/"))
    ][:MOST]


def people(workspace: Workspace, query: str) -> list[Offer]:
    """Returns whom a menu of people offers."""
    return [
        _person(workspace, u, value=u.id) for u in _people(workspace) if _matches(query, u.real_name, u.name)
    ][:MOST]


def conversations(workspace: Workspace, user: User, query: str, kinds: Iterable[str]) -> list[Offer]:
    """Returns which conversations a menu offers; of all kinds where none are named."""
    wanted = frozenset(kinds)
    named = [(c, _name(c, workspace, user)) for c in _known(workspace, user)]
    return [
        Offer(value=c.id, label=name)
        for c, name in sorted(named, key=lambda pair: pair[1])
        if (not wanted or _KINDS[c.kind] in wanted) and _matches(query, name)
    ][:MOST]


def places(workspace: Workspace, user: User, query: str) -> list[Offer]:
    """Returns where one can jump to: every channel one may see, and everybody; `value` is the way there."""
    channels = [c for c in _known(workspace, user) if not c.is_direct]
    offers = [
        Offer(value=c.id, label=f"#{c.name}", about=c.topic or ("" if user.id in c.members else "not joined"))
        for c in sorted(channels, key=lambda c: c.name)
        if _matches(query, c.name)
    ]
    offers += [
        _person(workspace, u, value=f"@{u.name}")
        for u in _people(workspace)
        if _matches(query, u.real_name, u.name)
    ]
    return offers[:MOST]


def _people(workspace: Workspace) -> list[User]:
    app = workspace.identity.bot_user
    known = [u for u in workspace.directory.users.values() if not u.deactivated]
    return [*(u for u in known if not u.is_bot), *(u for u in known if u.id == app)]


def _known(workspace: Workspace, user: User) -> list[Channel]:
    return [
        c
        for c in workspace.conversations.all.values()
        if not c.archived and (user.id in c.members or (c.kind == "channel" and not user.guest))
    ]


def _name(channel: Channel, workspace: Workspace, user: User) -> str:
    return direct_name(channel, workspace, user) if channel.is_direct else f"#{channel.name}"


def _person(workspace: Workspace, user: User, *, value: str) -> Offer:
    return Offer(
        value=value, label=user.real_name, about=user.title or f"@{user.name}",
        initials=initials(user.real_name), is_app=user.is_bot, colour=colour(workspace, user.id),
    )  # fmt: skip


def _matches(query: str, *names: str) -> bool:
    """Says whether each typed word begins a word of a name."""
    words = [word for name in names for word in name.lower().replace("-", " ").replace(".", " ").split()]
    whole = [name.lower() for name in names]
    return all(any(word.startswith(part) for word in (*words, *whole)) for part in query.lower().split())
