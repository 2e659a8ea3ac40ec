"""Who is who in the workspace: people, channels, groups, and who goes by which audience's name.

Everything comes from Slack and is remembered for 5 minutes at most. A look-up that fails counts as
"not a member", for some seconds: nobody reads a document because Slack was down.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from bot.slack_calls import SlackCalls
from core.clock import Clock
from core.errors import MusterError, UnavailableError
from knowledge.passages import EVERYONE, Audience

logger = logging.getLogger(__name__)

REMEMBERED = timedelta(minutes=5)
FAILURE_REMEMBERED = timedelta(seconds=10)
"""So that a question does not wait for Slack once for each name while it is down."""
PAGE = 200

Found = TypeVar("Found")


@dataclass(frozen=True, kw_only=True)
class Member:
    """A person of the workspace. `stranger` is from another one, met in a shared channel."""

    id: str
    handle: str
    name: str
    zone: str = "UTC"
    admin: bool = False
    bot: bool = False
    stranger: bool = False


@dataclass(frozen=True, kw_only=True)
class Place:
    """A conversation; `open` says that everyone in the workspace may read along."""

    id: str
    name: str = ""
    open: bool = True
    direct: bool = False
    group: bool = False
    shared: bool = False


class Directory:
    """Answers who is who."""

    def __init__(self, calls: SlackCalls, clock: Clock, *, team_id: str) -> None:
        self._calls = calls
        self._clock = clock
        self._team_id = team_id
        self._lock = threading.Lock()
        self._known: dict[tuple[str, str], tuple[datetime, Any]] = {}

    def member(self, user_id: str) -> Member | None:
        """Returns who a user id is, None where that can't be found out."""
        return self._remembered("member", user_id, lambda: self._member(user_id))

    def place(self, channel_id: str) -> Place:
        """Returns what a conversation is; one that can't be looked up counts as open to everyone."""
        place = self._remembered("place", channel_id, lambda: self._place(channel_id))
        return place or Place(id=channel_id)

    def audience(self, user_id: str, named: Iterable[str]) -> Audience:
        """Returns which of the audiences `named` the user goes by."""
        names = frozenset(name for name in named if self._is_in(user_id, name))
        return Audience(names=names) if names else EVERYONE

    def channel_id(self, name: str) -> str | None:
        """Returns the id of a channel by its name, with or without #; an id is returned as it is."""
        wanted = name.lstrip("#")
        channels = self._remembered("channels", "", self._channels) or {}
        return wanted if wanted in channels.values() else channels.get(wanted)

    def person_id(self, name: str) -> str | None:
        """Returns the id of a person by handle, full name or e-mail; None for nobody or several."""
        people = self._remembered("people", "", self._people) or ()
        wanted = name.lstrip("@").strip().casefold()
        found = {
            person["id"]
            for person in people
            if wanted and wanted in _names_of(person) and not person.get("deleted")
        }
        return found.pop() if len(found) == 1 else None

    def group_id(self, name: str) -> str | None:
        """Returns the id of a user group by its handle."""
        groups = self._remembered("groups", "", self._groups) or {}
        group = groups.get(name.lstrip("@"))
        return group["id"] if group else None

    def admins(self) -> tuple[str, ...]:
        """Returns the ids of those who run the workspace, its owner first."""
        people = self._remembered("people", "", self._people) or ()
        admins = [person for person in people if person.get("is_admin") and not person.get("deleted")]
        admins.sort(key=lambda person: not person.get("is_primary_owner"))
        return tuple(person["id"] for person in admins)

    def direct_channel(self, user_id: str) -> str:
        """Returns the conversation of Muster and one person, opened where there is none yet."""
        known = self._recall("direct", user_id)
        if known is not None:
            return str(known)
        opened = self._calls.write("conversations.open", users=user_id)
        return str(self._remember("direct", user_id, opened["channel"]["id"]))

    def _is_in(self, user_id: str, name: str) -> bool:
        if name.startswith("#"):
            members = self._remembered("members", name, lambda: self._members(name))
            return members is not None and user_id in members
        group = (self._remembered("groups", "", self._groups) or {}).get(name.lstrip("@"))
        if group is not None:
            return user_id in group["users"]
        member = self.member(user_id)
        return member is not None and name.lstrip("@") in {member.handle, member.id}

    def _member(self, user_id: str) -> Member:
        user = self._calls.read("users.info", user=user_id)["user"]
        profile = user.get("profile", {})
        return Member(
            id=user["id"],
            handle=user.get("name", ""),
            name=profile.get("display_name") or user.get("real_name") or user.get("name", ""),
            zone=user.get("tz") or "UTC",
            admin=bool(user.get("is_admin")),
            bot=bool(user.get("is_bot")),
            stranger=bool(user.get("is_stranger")) or user.get("team_id", self._team_id) != self._team_id,
        )

    def _place(self, channel_id: str) -> Place:
        found = self._calls.read("conversations.info", channel=channel_id)["channel"]
        direct, group = bool(found.get("is_im")), bool(found.get("is_mpim"))
        return Place(
            id=channel_id,
            name=found.get("name", ""),
            open=not (direct or group or found.get("is_private")),
            direct=direct,
            group=group,
            shared=bool(found.get("is_ext_shared")),
        )

    def _channels(self) -> dict[str, str]:
        found = self._calls.pages(
            "conversations.list",
            "channels",
            types="public_channel,private_channel",
            limit=PAGE,
            exclude_archived=True,
        )
        return {channel["name"]: channel["id"] for channel in found}

    def _members(self, name: str) -> frozenset[str]:
        if self._remembered("channels", "", self._channels) is None:
            raise UnavailableError("Slack does not list its channels.")
        channel_id = self.channel_id(name)
        if channel_id is None:
            logger.warning("an audience names a channel that is not there: nobody reads it name=%r", name)
            return frozenset()
        return frozenset(
            self._calls.pages("conversations.members", "members", channel=channel_id, limit=PAGE)
        )

    def _groups(self) -> dict[str, dict[str, Any]]:
        found = self._calls.read("usergroups.list", include_users=True).get("usergroups", [])
        return {
            group["handle"]: {"id": group["id"], "users": frozenset(group.get("users", []))}
            for group in found
            if not group.get("date_delete")
        }

    def _people(self) -> tuple[dict[str, Any], ...]:
        return tuple(self._calls.pages("users.list", "members", limit=PAGE))

    def _remembered(self, kind: str, name: str, look_up: Callable[[], Found]) -> Found | None:
        """Returns what is known, or looks it up; a failure is told to the log and soon tried again."""
        known = self._recall(kind, name)
        if known is not None:
            return None if known is FAILED else known
        try:
            return self._remember(kind, name, look_up())
        except MusterError as error:
            logger.warning("could not look up %s=%r error=%s", kind, name, error)
            self._remember(kind, name, FAILED)
            return None

    def _recall(self, kind: str, name: str) -> Any:
        with self._lock:
            at, known = self._known.get((kind, name), (None, None))
        life = FAILURE_REMEMBERED if known is FAILED else REMEMBERED
        return known if at is not None and self._clock.now() - at < life else None

    def _remember(self, kind: str, name: str, found: Found) -> Found:
        with self._lock:
            self._known[kind, name] = (self._clock.now(), found)
        return found


FAILED = object()


def _names_of(person: dict[str, Any]) -> set[str]:
    profile = person.get("profile", {})
    names = (
        person.get("id"),
        person.get("name"),
        person.get("real_name"),
        profile.get("display_name"),
        profile.get("email"),
    )
    return {name.casefold() for name in names if name}
