"""The person who looks at the page: their name, zone and time, and what ids are called to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from urllib.parse import quote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.sandbox.page.markup.dates import clock_time
from bot.sandbox.page.markup.reader import Reader
from bot.sandbox.workspace.records import Channel, User
from bot.sandbox.workspace.state import Workspace

COLOURS = 10


@lru_cache(maxsize=256)
def zone_of(name: str) -> ZoneInfo:
    """Returns a time zone, UTC where the name is not one."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def city(zone: str) -> str:
    """Returns the place in a zone's name: `America/New_York` is `New York`."""
    return zone.rpartition("/")[2].replace("_", " ")


def initials(name: str) -> str:
    """Returns the first letters of the first and the last word."""
    words = [word for word in name.split() if word[0].isalnum()] or ["?"]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def colour(workspace: Workspace, user_id: str) -> int:
    """Returns which of the avatar colours somebody has: neighbours in the directory differ."""
    known = list(workspace.directory.users)
    return known.index(user_id) % COLOURS if user_id in workspace.directory.users else 0


@dataclass(frozen=True, kw_only=True)
class Face:
    """A person or a bot as the page shows them."""

    id: str
    handle: str
    name: str
    initials: str
    colour: int
    title: str = ""
    city: str = ""
    time: str = ""
    is_bot: bool = False
    is_app: bool = False
    is_guest: bool = False


class WorkspaceNames:
    """The workspace's names as one person may know them; private channels of others stay unnamed."""

    def __init__(self, workspace: Workspace, user: User) -> None:
        self._workspace = workspace
        self._user = user

    def user(self, user_id: str) -> str | None:
        """Returns a person's name."""
        found = self._workspace.directory.users.get(user_id)
        return found.real_name if found else None

    def channel(self, channel_id: str) -> str | None:
        """Returns a channel's name, or the people of a direct message."""
        found = self._workspace.conversations.all.get(channel_id)
        if found is None or (found.kind != "channel" and self._user.id not in found.members):
            return None
        return found.name if not found.is_direct else direct_name(found, self._workspace, self._user)

    def group(self, group_id: str) -> str | None:
        """Returns a user group's handle."""
        found = self._workspace.directory.groups.get(group_id)
        return found.handle if found else None

    def file(self, file_id: str) -> tuple[str, str] | None:
        """Returns a file's address on this server and its name; None for one that is gone."""
        found = self._workspace.files.all.get(file_id)
        if found is None or found.deleted or not found.uploaded:
            return None
        return f"/page/{quote(self._user.name)}/files/{found.id}/{quote(found.name)}", found.name


def direct_name(channel: Channel, workspace: Workspace, user: User) -> str:
    """Returns what a direct message is called: the names of the others in it."""
    others = [m for m in channel.members if m != user.id] or [user.id]
    users = [workspace.directory.users.get(m) for m in others]
    return ", ".join(u.real_name for u in users if u) or "nobody"


def reader_of(workspace: Workspace, user: User) -> Reader:
    """Returns the reader that markup is rendered for."""
    return Reader(
        user=user.id,
        handle=quote(user.name),
        zone=zone_of(user.tz),
        now=workspace.now(),
        names=WorkspaceNames(workspace, user),
    )


def face(workspace: Workspace, user: User, *, now: datetime | None = None) -> Face:
    """Returns how somebody is shown; with their local time where `now` is given."""
    local = Reader(user="", zone=zone_of(user.tz), now=now, names=_NOBODY) if now else None
    return Face(
        id=user.id,
        handle=user.name,
        name=user.real_name,
        initials=initials(user.real_name),
        colour=colour(workspace, user.id),
        title=user.title,
        city=city(user.tz),
        time=clock_time(now, local) if now and local else "",
        is_bot=user.is_bot,
        is_app=user.id == workspace.identity.bot_user,
        is_guest=bool(user.guest),
    )


def people(workspace: Workspace) -> list[User]:
    """Returns everybody whom one can be, in the seed's order."""
    return [u for u in workspace.directory.users.values() if not u.is_bot and not u.deactivated]


class _Nobody:
    def user(self, _: str) -> None:
        return None

    channel = group = file = user


_NOBODY = _Nobody()
