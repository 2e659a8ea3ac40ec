"""One message as its reader sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from bot.sandbox.methods.streams import chunk_blocks
from bot.sandbox.page.markup.blocks import blocks
from bot.sandbox.page.markup.dates import clock_time, day_name, full_moment
from bot.sandbox.page.markup.emoji import glyph
from bot.sandbox.page.markup.html import EMPTY, tag
from bot.sandbox.page.markup.markdown import markdown
from bot.sandbox.page.markup.mrkdwn import mrkdwn
from bot.sandbox.page.markup.surface import Surface
from bot.sandbox.page.screens.attachments import attachments, files
from bot.sandbox.page.screens.viewer import Face, face, reader_of
from bot.sandbox.workspace.ids import moment_of
from bot.sandbox.workspace.records import Message, User
from bot.sandbox.workspace.state import Workspace

_QUIET = frozenset({"channel_join", "channel_leave", "group_join", "group_leave", "channel_topic",
                    "channel_purpose", "channel_name", "channel_archive", "channel_unarchive"})  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Reaction:
    """One emoji below a message, who gave it, and whether the reader did."""

    name: str
    glyph: str
    count: int
    mine: bool
    who: str


@dataclass(frozen=True, kw_only=True)
class Replies:
    """What stands in the thread below a message."""

    count: int
    faces: tuple[Face, ...]
    latest: str


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A message, ready to be drawn."""

    channel: str
    ts: str
    author: Face
    time: str
    moment: str
    day: str
    day_name: str
    content: Markup
    extras: Markup
    kind: str
    edited: bool
    mine: bool
    is_reply: bool
    thread: str
    reactions: tuple[Reaction, ...]
    replies: Replies | None
    status: str
    summary: str
    compact: bool = False


def shown(message: Message, workspace: Workspace, user: User, *, in_thread: bool = False) -> Shown:
    """Returns one message for its reader. `in_thread` leaves out the summary of its own thread."""
    reader = reader_of(workspace, user)
    at = moment_of(message.ts)
    author = workspace.directory.users.get(message.user)
    local_day = at.astimezone(reader.zone).date()
    status = "" if in_thread else status_line(workspace, message.channel, message.ts)
    return Shown(
        channel=message.channel,
        ts=message.ts,
        author=face(workspace, author or User(id=message.user, name="someone", real_name="Someone")),
        time=clock_time(at, reader),
        moment=full_moment(at, reader),
        day=local_day.isoformat(),
        day_name=day_name(local_day, reader),
        content=content(message, workspace, user),
        extras=files(message, workspace, reader) + attachments(message, workspace, user),
        kind=_kind(message),
        edited=bool(message.edited) and message.user != workspace.identity.bot_user,
        mine=message.user == user.id and not message.subtype.startswith(("channel_", "group_")),
        is_reply=message.is_reply,
        thread=message.thread_ts or message.ts,
        reactions=tuple(_reaction(workspace, user, n, w) for n, w in message.reactions.items()),
        replies=None if in_thread or message.is_reply else _replies(message, workspace, user),
        status=status,
        summary=plain_summary(message, workspace, user),
    )


def content(message: Message, workspace: Workspace, user: User) -> Markup:
    """Returns what a message says: its blocks, or its text where it has none."""
    reader = reader_of(workspace, user)
    if message.stream == "in_progress":
        return _growing(message, workspace, user)
    if message.blocks and not _is_typed(message):
        return blocks(message.blocks, surface_of(message, workspace, user))
    text = mrkdwn(message.text, reader) if message.text else EMPTY
    return tag("div", text, class_="rich") if text else EMPTY


def _is_typed(message: Message) -> bool:
    """Says whether a person typed it: its text is then what they meant, with marks for bold and so on."""
    return message.blocks is not None and [b.get("block_id") for b in message.blocks] == ["typed"]


def surface_of(message: Message, workspace: Workspace, user: User, *, part: str = "") -> Surface:
    """Returns where a message's blocks stand, with what its reader chose in them."""
    values: Mapping[str, Any] = workspace.extras.inputs.get((message.ts, user.id), {})
    return Surface(reader=reader_of(workspace, user), key=f"m{message.ts}{part}", values=values)


def status_line(workspace: Workspace, channel: str, thread: str) -> str:
    """Returns what the app says it is doing in a thread, as a sentence, or nothing."""
    status = workspace.extras.statuses(channel, workspace.now()).get(thread)
    return status_words(workspace, str(status["status"])) if status else ""


def status_words(workspace: Workspace, status: str) -> str:
    """Returns a status with the app's name before it, as Slack shows it."""
    name = workspace.seed.app.real_name
    if not status:
        return ""
    return f"{name} {status}" if status.startswith("is ") else f"{name}: {status}"


def plain_summary(message: Message, workspace: Workspace, user: User) -> str:
    """Returns the first words of a message as plain text, for labels and announcements."""
    words = mrkdwn(message.text, reader_of(workspace, user)).striptags()
    return words if len(words) <= SUMMARY else words[: SUMMARY - 1] + "…"


SUMMARY = 160


def _growing(message: Message, workspace: Workspace, user: User) -> Markup:
    """Returns a message that is still being written, with a caret at its end."""
    surface = surface_of(message, workspace, user)
    tasks = blocks(list(chunk_blocks(message)), surface)
    words = markdown(message.text, surface.reader) if message.text else EMPTY
    return tag("div", tasks, words, class_="growing")


def _kind(message: Message) -> str:
    if message.to:
        return "ephemeral"
    if message.subtype in _QUIET:
        return "quiet-line"
    return "tombstone" if message.subtype == "tombstone" else ""


def _reaction(workspace: Workspace, user: User, name: str, who: list[str]) -> Reaction:
    names = [u.real_name for i in who if (u := workspace.directory.users.get(i))]
    return Reaction(name=name, glyph=glyph(name), count=len(who), mine=user.id in who, who=", ".join(names))


def _replies(message: Message, workspace: Workspace, user: User) -> Replies | None:
    thread = workspace.messages.thread(message.channel, message.ts)
    if not thread.replies:
        return None
    writers = [workspace.directory.users.get(w) for w in list(thread.writers)[:5]]
    reader = reader_of(workspace, user)
    latest = moment_of(thread.replies[-1])
    day = day_name(latest.astimezone(reader.zone).date(), reader)
    return Replies(
        count=len(thread.replies),
        faces=tuple(face(workspace, w) for w in writers if w),
        latest=f"{day} at {clock_time(latest, reader)}",
    )
