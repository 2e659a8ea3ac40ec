"""The records that the workspace keeps: they hold JSON values, and change in place under its lock."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(kw_only=True)
class User:
    """A person or a bot. `app_id` and `bot_id` are empty for people."""

    id: str
    name: str
    real_name: str
    title: str = ""
    tz: str = "UTC"
    email: str = ""
    admin: bool = False
    guest: str = ""
    bot_id: str = ""
    app_id: str = ""
    deactivated: bool = False
    updated: int = 0

    @property
    def is_bot(self) -> bool:
        """Whether this is not a person."""
        return bool(self.bot_id)


@dataclass(kw_only=True)
class Channel:
    """A conversation: `kind` is `channel`, `group` (private), `im` or `mpim`.

    `members` is in the order of joining. A direct message's `closed_by` are those who no longer show it.
    """

    id: str
    kind: str
    name: str = ""
    creator: str = ""
    created: int = 0
    topic: str = ""
    purpose: str = ""
    archived: bool = False
    previous_names: list[str] = field(default_factory=list)
    members: dict[str, bool] = field(default_factory=dict)
    closed_by: list[str] = field(default_factory=list)

    @property
    def is_direct(self) -> bool:
        """Whether it is a direct message between two or more."""
        return self.kind in {"im", "mpim"}


@dataclass(kw_only=True)
class Message:
    """A message. `to` is set for an ephemeral one: the only person who sees it.

    `stream` is empty, or how far a streamed message has come: `in_progress`, `completed`, `errored`.
    `extra` holds fields that only some subtypes have.
    """

    channel: str
    ts: str
    user: str
    text: str = ""
    thread_ts: str = ""
    subtype: str = ""
    bot_id: str = ""
    app_id: str = ""
    to: str = ""
    broadcast: bool = False
    blocks: list[Json] | None = None
    attachments: list[Json] | None = None
    metadata: Json | None = None
    files: list[str] = field(default_factory=list)
    edited: Json | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    client_msg_id: str = ""
    stream: str = ""
    streamed_at: float = 0.0
    chunks: list[Json] = field(default_factory=list)
    extra: Json = field(default_factory=dict)

    @property
    def is_reply(self) -> bool:
        """Whether it stands in a thread, below another message."""
        return bool(self.thread_ts) and self.thread_ts != self.ts


@dataclass(kw_only=True)
class Group:
    """A user group."""

    id: str
    handle: str
    name: str
    members: list[str] = field(default_factory=list)
    disabled: bool = False
    created: int = 0
    updated: int = 0


@dataclass(kw_only=True)
class File:
    """An uploaded file; its bytes lie elsewhere. Until `shared`, only its uploader knows of it."""

    id: str
    name: str
    title: str
    size: int
    user: str
    created: int
    mimetype: str = "application/octet-stream"
    alt_text: str = ""
    uploaded: bool = False
    completed: bool = False
    deleted: bool = False
    channels: dict[str, list[str]] = field(default_factory=dict)


@dataclass(kw_only=True)
class View:
    """A modal or a Home tab as one person has it. `payload` is what the app sent, with ids filled in."""

    id: str
    user: str
    payload: Json
    hash: str
    root: str = ""
    previous: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    values: Json = field(default_factory=dict)
    channel: str = ""

    @property
    def is_home(self) -> bool:
        """Whether it is a Home tab."""
        return self.payload.get("type") == "home"
