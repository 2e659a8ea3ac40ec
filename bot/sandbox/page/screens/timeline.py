"""A stretch of a conversation: its newest messages, or those before one, and a thread."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from heapq import merge
from itertools import islice, pairwise

from bot.sandbox.page.screens.message import Shown, shown
from bot.sandbox.workspace.ids import moment_of
from bot.sandbox.workspace.messages import Span
from bot.sandbox.workspace.records import Channel, Message, User
from bot.sandbox.workspace.state import Workspace

WINDOW = 100
TOGETHER_SECONDS = 300


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Messages, oldest first; `earlier` is where older ones end, empty where there are none."""

    messages: tuple[Shown, ...]
    earlier: str = ""
    unread_from: str = ""


def stretch(
    workspace: Workspace, user: User, channel: Channel, *, before: str = "", opened: str = ""
) -> Stretch:
    """Returns the latest messages of a conversation, those before `before` where it is given.

    What was said before `opened` counts as read.
    """
    newest = list(islice(workspace.messages.newest_first(channel.id, Span(latest=before)), WINDOW + 1))
    kept = list(reversed(newest[:WINDOW]))
    more = len(newest) > WINDOW
    since = kept[0].ts if more else ""
    private = [
        m
        for m in workspace.messages.ephemerals(user.id, channel.id)
        if not m.is_reply and m.ts >= since and (not before or m.ts < before)
    ]
    drawn = [shown(m, workspace, user) for m in merge(kept, private, key=_ts)]
    read = max(workspace.extras.read.get(f"{channel.id}/{user.id}", ""), opened)
    unread = "" if before else first_unread(user, kept, read)
    seen_from = "" if more and read < since else unread
    return Stretch(messages=grouped(drawn), earlier=since, unread_from=seen_from)


def thread(workspace: Workspace, user: User, channel: Channel, ts: str) -> Stretch:
    """Returns a thread with its first message; raises `message_not_found`."""
    parent = workspace.messages.ephemeral(user.id, ts) or workspace.messages.get(channel.id, ts)
    replies = workspace.messages.replies(channel.id, ts, Span())
    private = [m for m in workspace.messages.ephemerals(user.id, channel.id) if m.thread_ts == ts != m.ts]
    drawn = [shown(m, workspace, user, in_thread=True) for m in (parent, *merge(replies, private, key=_ts))]
    return Stretch(messages=grouped(drawn))


def first_unread(user: User, kept: Iterable[Message], read: str) -> str:
    """Returns the first message that others wrote since this person last read."""
    return next((m.ts for m in kept if m.ts > read and m.user != user.id), "")


def grouped(messages: list[Shown]) -> tuple[Shown, ...]:
    """Returns messages of which those that follow one of the same author closely are compact."""
    together = [replace(after, compact=_follows(before, after)) for before, after in pairwise(messages)]
    return (*messages[:1], *together)


def _follows(before: Shown, after: Shown) -> bool:
    apart = (moment_of(after.ts) - moment_of(before.ts)).total_seconds()
    same = (before.author.id, before.kind, before.day) == (after.author.id, after.kind, after.day)
    return same and not after.kind and apart < TOGETHER_SECONDS


def _ts(message: Message) -> str:
    return message.ts
