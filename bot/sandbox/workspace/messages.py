"""What was said: each channel's timeline and threads, as quick to add to and look up when they are long."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from bot.sandbox.errors import SlackError
from bot.sandbox.workspace.records import Message


@dataclass
class Thread:
    """The replies below one message, and how many each person wrote."""

    replies: list[str] = field(default_factory=list)
    writers: dict[str, int] = field(default_factory=dict)


@dataclass
class Timeline:
    """One channel's messages: `shown` are the timestamps that stand in the channel itself."""

    messages: dict[str, Message] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)
    threads: dict[str, Thread] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Span:
    """A stretch of time in a channel; bounds are full timestamps."""

    oldest: str = ""
    latest: str = ""
    inclusive: bool = False


class Messages:
    """All messages of the workspace. Each change is handed to `keep`, with whether it still exists."""

    def __init__(self, keep: Callable[[Message, bool], None]) -> None:
        self._keep = keep
        self._timelines: dict[str, Timeline] = {}
        self._ephemeral: dict[str, dict[str, Message]] = {}

    def add(self, message: Message) -> None:
        """Adds a message at its place in time."""
        if message.to:
            self._ephemeral.setdefault(message.to, {})[message.ts] = message
        else:
            self._index(message)
        self._keep(message, True)

    def changed(self, message: Message) -> None:
        """Keeps a message that was changed in place."""
        self._keep(message, True)

    def remove(self, message: Message) -> None:
        """Takes a message away; one with replies leaves a tombstone, as in Slack."""
        if message.to:
            self._ephemeral.get(message.to, {}).pop(message.ts, None)
            self._keep(message, False)
            return
        timeline = self._timelines[message.channel]
        thread = timeline.threads.get(message.ts)
        if thread is not None and thread.replies:
            _bury(message)
            self._keep(message, True)
            return
        self._unindex(timeline, message)
        self._keep(message, False)

    def get(self, channel: str, ts: str) -> Message:
        """Returns a message; raises `message_not_found`."""
        found = self.find(channel, ts)
        if found is None:
            raise SlackError("message_not_found")
        return found

    def find(self, channel: str, ts: str) -> Message | None:
        """Returns a message, if it is there."""
        return self._timeline(channel).messages.get(ts)

    def ephemeral(self, user: str, ts: str) -> Message | None:
        """Returns an ephemeral message that this person sees."""
        return self._ephemeral.get(user, {}).get(ts)

    def ephemerals(self, user: str, channel: str = "") -> list[Message]:
        """Returns what only this person sees, oldest first."""
        return [m for m in self._ephemeral.get(user, {}).values() if channel in {"", m.channel}]

    def thread(self, channel: str, ts: str) -> Thread:
        """Returns the replies below a message; empty where there are none."""
        return self._timeline(channel).threads.get(ts) or Thread()

    def newest_first(self, channel: str, span: Span) -> Iterator[Message]:
        """Yields what stands in a channel, newest first."""
        timeline = self._timeline(channel)
        low, high = _bounds(timeline.shown, span)
        return (timeline.messages[timeline.shown[i]] for i in range(high - 1, low - 1, -1))

    def oldest_first(self, channel: str, span: Span) -> Iterator[Message]:
        """Yields what stands in a channel, oldest first."""
        timeline = self._timeline(channel)
        low, high = _bounds(timeline.shown, span)
        return (timeline.messages[timeline.shown[i]] for i in range(low, high))

    def replies(self, channel: str, ts: str, span: Span) -> list[Message]:
        """Returns a thread's replies, oldest first, without its first message."""
        timeline = self._timeline(channel)
        stamps = self.thread(channel, ts).replies
        low, high = _bounds(stamps, span)
        return [timeline.messages[stamp] for stamp in stamps[low:high]]

    def count_since(self, channel: str, ts: str) -> int:
        """Returns how many messages stand in the channel after this time."""
        shown = self._timeline(channel).shown
        return len(shown) - bisect_right(shown, ts)

    def everything(self) -> Iterable[Message]:
        """Yields every message, ephemeral ones too, in no particular order."""
        for timeline in self._timelines.values():
            yield from timeline.messages.values()
        for messages in self._ephemeral.values():
            yield from messages.values()

    def _timeline(self, channel: str) -> Timeline:
        return self._timelines.setdefault(channel, Timeline())

    def _index(self, message: Message) -> None:
        timeline = self._timeline(message.channel)
        timeline.messages[message.ts] = message
        if message.is_reply:
            thread = timeline.threads.setdefault(message.thread_ts, Thread())
            insort(thread.replies, message.ts)
            thread.writers[message.user] = thread.writers.get(message.user, 0) + 1
        if not message.is_reply or message.broadcast:
            insort(timeline.shown, message.ts)

    def _unindex(self, timeline: Timeline, message: Message) -> None:
        timeline.messages.pop(message.ts, None)
        _drop(timeline.shown, message.ts)
        thread = timeline.threads.get(message.thread_ts) if message.is_reply else None
        if thread is None:
            return
        _drop(thread.replies, message.ts)
        thread.writers[message.user] = thread.writers.get(message.user, 1) - 1
        if not thread.writers[message.user]:
            del thread.writers[message.user]


def _bounds(stamps: list[str], span: Span) -> tuple[int, int]:
    before, after = (bisect_left, bisect_right) if span.inclusive else (bisect_right, bisect_left)
    low = before(stamps, span.oldest) if span.oldest else 0
    high = after(stamps, span.latest) if span.latest else len(stamps)
    return low, max(low, high)


def _drop(stamps: list[str], ts: str) -> None:
    place = bisect_left(stamps, ts)
    if place < len(stamps) and stamps[place] == ts:
        del stamps[place]


def _bury(message: Message) -> None:
    message.subtype = "tombstone"
    message.user = "USLACKBOT"
    message.text = "This message was deleted."
    message.blocks = message.attachments = message.metadata = message.edited = None
    message.bot_id = message.app_id = message.stream = ""
    message.files, message.reactions, message.chunks = [], {}, []
