"""What a workspace starts with: plain values that the caller makes and passes in.

People are named by their handle (`ana`), channels by their name without the hash (`general`), and ids are
made from these names, so that the same seed gives the same ids.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

EVERYONE = "*"
Guest = Literal["", "single_channel", "multi_channel"]


@dataclass(frozen=True, kw_only=True)
class SeedUser:
    """A person, or another bot. `guest` people see only the channels they are in."""

    name: str
    real_name: str = ""
    title: str = ""
    tz: str = "UTC"
    email: str = ""
    admin: bool = False
    guest: Guest = ""
    bot: bool = False
    deactivated: bool = False
    id: str = ""


@dataclass(frozen=True, kw_only=True)
class SeedChannel:
    """A channel. `members` are handles; `*` stands for every full member."""

    name: str
    members: tuple[str, ...] = (EVERYONE,)
    private: bool = False
    archived: bool = False
    topic: str = ""
    purpose: str = ""
    app_is_in: bool = True
    id: str = ""


@dataclass(frozen=True, kw_only=True)
class SeedGroup:
    """A user group, mentioned as `@handle`."""

    handle: str
    name: str = ""
    members: tuple[str, ...] = ()
    id: str = ""


@dataclass(frozen=True, kw_only=True)
class SeedMessage:
    """Something said before the workspace opened, `ago` before its first start.

    `channel` is `#name`, or `@handle` for that person's direct message with the app. `user` is a handle; the
    app's own handle makes it the app's message.
    """

    channel: str
    user: str
    text: str
    ago: timedelta = timedelta(hours=1)
    replies: tuple[SeedMessage, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SeedShortcut:
    """A shortcut of the app: `message` ones stand in a message's menu, `global` ones in the composer's."""

    callback_id: str
    name: str
    kind: Literal["message", "global"] = "message"


@dataclass(frozen=True, kw_only=True)
class SeedApp:
    """The app that the workspace has installed.

    `events` limits which event types it is sent and `scopes` which methods it may call; None means all.
    """

    name: str = "muster"
    real_name: str = "Muster"
    commands: tuple[str, ...] = ("/muster",)
    shortcuts: tuple[SeedShortcut, ...] = ()
    scopes: frozenset[str] | None = None
    events: frozenset[str] | None = None


@dataclass(frozen=True, kw_only=True)
class Seed:
    """A whole workspace to start with."""

    team: str = "Sandbox"
    domain: str = "sandbox"
    app: SeedApp = field(default_factory=SeedApp)
    users: tuple[SeedUser, ...] = ()
    channels: tuple[SeedChannel, ...] = (SeedChannel(name="general"),)
    groups: tuple[SeedGroup, ...] = ()
    messages: tuple[SeedMessage, ...] = ()
