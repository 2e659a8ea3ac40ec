"""The workspace as a whole: its parts, its lock, its time, and what everybody can do to it."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

from bot.sandbox.clock import MovableClock
from bot.sandbox.seed import Seed
from bot.sandbox.workspace.changes import Change, Watcher
from bot.sandbox.workspace.conversations import Conversations
from bot.sandbox.workspace.directory import Directory
from bot.sandbox.workspace.extras import Extras
from bot.sandbox.workspace.files import Files
from bot.sandbox.workspace.identity import Credentials, Identity, identity_of
from bot.sandbox.workspace.ids import Timestamps
from bot.sandbox.workspace.keeping import Keeping
from bot.sandbox.workspace.messages import Messages
from bot.sandbox.workspace.records import Channel, Json, Message, User
from bot.sandbox.workspace.tickets import Tickets
from bot.sandbox.workspace.views import Views


class Workspace:
    """Everything that the sandbox knows. Hold `lock` around whatever reads or changes it.

    Watchers are told each change in the thread that made it, with the lock held: they must be quick.
    """

    def __init__(
        self,
        seed: Seed,
        clock: MovableClock,
        *,
        credentials: Credentials | None = None,
        keeping: Keeping | None = None,
        base_url: str = "",
    ) -> None:
        self.lock = threading.RLock()
        self.seed = seed
        self.clock = clock
        self.credentials = credentials or Credentials()
        self.identity: Identity = identity_of(seed, base_url)
        self.keeping = keeping or Keeping()
        self.stamps = Timestamps()
        self.directory = Directory(self.keeping.person)
        self.conversations = Conversations(self.keeping.channel, self.keeping.member)
        self.messages = Messages(self.keeping.message)
        self.files = Files(self.keeping)
        self.views = Views(self.keeping.home)
        self.tickets = Tickets()
        self.extras = Extras(self.keeping)
        self.base_url = base_url
        self._watchers: list[Watcher] = []

    def watch(self, watcher: Watcher) -> None:
        """Tells `watcher` each change from now on."""
        self._watchers.append(watcher)

    def announce(self, change: Change) -> None:
        """Tells every watcher."""
        for watcher in self._watchers:
            watcher(change)

    def now(self) -> datetime:
        """Returns the workspace's time."""
        return self.clock.now()

    def epoch(self) -> int:
        """Returns the workspace's time in whole seconds."""
        return int(self.now().timestamp())

    def next_ts(self) -> str:
        """Returns a timestamp that nothing else has."""
        return self.stamps.take(self.now())

    @property
    def app_user(self) -> User:
        """The app's own user."""
        return self.directory.users[self.identity.bot_user]

    def authored_by_app(self, channel: str, *, text: str = "", thread_ts: str = "") -> Message:
        """Returns a message of the app's, not yet posted."""
        return Message(
            channel=channel,
            ts=self.next_ts(),
            user=self.identity.bot_user,
            bot_id=self.identity.bot_id,
            app_id=self.identity.app_id,
            text=text,
            thread_ts=thread_ts,
        )

    def post(self, message: Message) -> None:
        """Adds a message and tells it; what the app says ends its status in that thread."""
        self.messages.add(message)
        channel = self.conversations.get(message.channel)
        if channel.closed_by and not message.to:
            channel.closed_by.clear()
            self.conversations.put(channel)
        if message.user == self.identity.bot_user:
            self._end_status(message)
        kind = "ephemeral.posted" if message.to else "message.posted"
        self.announce(
            Change(
                kind=kind, channel=message.channel, user=message.to or message.user, ts=message.ts,
                detail={"message": message},
            )
        )  # fmt: skip

    def rewritten(self, message: Message, before: Json, *, quietly: bool = False) -> None:
        """Keeps a message that was changed in place; `before` is how it looked to Slack's users.

        `quietly` keeps it from the app's events, as the words of a stream are.
        """
        self.messages.changed(message)
        kind = "ephemeral.changed" if message.to else "message.streamed" if quietly else "message.changed"
        self.announce(
            Change(
                kind=kind, channel=message.channel, user=message.to or message.user, ts=message.ts,
                detail={"message": message, "before": before},
            )
        )  # fmt: skip

    def remove(self, message: Message, before: Json) -> None:
        """Takes a message away."""
        self.messages.remove(message)
        kind = "ephemeral.deleted" if message.to else "message.deleted"
        self.announce(
            Change(
                kind=kind, channel=message.channel, user=message.to or message.user, ts=message.ts,
                detail={"before": before},
            )
        )  # fmt: skip

    def join(self, channel: Channel, user: str, *, inviter: str = "") -> bool:
        """Lets a user into a channel, with the line that Slack shows; returns whether it is new."""
        if user in channel.members:
            return False
        self.conversations.add_member(channel, user)
        self._membership_line(channel, user, "channel_join", {"inviter": inviter} if inviter else {})
        self.announce(
            Change(kind="member.joined", channel=channel.id, user=user, detail={"inviter": inviter})
        )
        return True

    def leave(self, channel: Channel, user: str) -> bool:
        """Takes a user out of a channel; returns whether they were in it."""
        if user not in channel.members:
            return False
        self._membership_line(channel, user, "channel_leave", {})
        self.conversations.remove_member(channel, user)
        self.announce(Change(kind="member.left", channel=channel.id, user=user))
        return True

    def direct_with_app(self, user: str) -> Channel:
        """Returns the direct message between a user and the app, opened if it was not."""
        members = [user, self.identity.bot_user]
        channel, _ = self.conversations.open_direct(
            members, creator=self.identity.bot_user, created=self.epoch()
        )
        return channel

    def in_days(self, days: int) -> datetime:
        """Returns the time that many days from now."""
        return self.now() + timedelta(days=days)

    def _membership_line(self, channel: Channel, user: str, subtype: str, extra: Json) -> None:
        verb = "joined" if subtype == "channel_join" else "left"
        self.post(
            Message(
                channel=channel.id, ts=self.next_ts(), user=user, subtype=subtype, extra=extra,
                text=f"<@{user}> has {verb} the channel",
            )
        )  # fmt: skip

    def _end_status(self, message: Message) -> None:
        thread = message.thread_ts or message.ts
        if self.extras.clear_status(message.channel, thread):
            self.announce(
                Change(kind="status.set", channel=message.channel, ts=thread, detail={"status": ""})
            )
