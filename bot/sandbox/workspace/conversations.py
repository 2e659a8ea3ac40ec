"""Channels and direct messages: who is in them, who may see them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.sandbox.errors import SlackError
from bot.sandbox.workspace.ids import derived_id, random_id
from bot.sandbox.workspace.records import Channel


class Conversations:
    """The workspace's conversations. Changes are handed to `keep`, memberships to `keep_member`."""

    def __init__(
        self, keep: Callable[[Channel], None], keep_member: Callable[[Channel, str, bool], None]
    ) -> None:
        self._keep = keep
        self._keep_member = keep_member
        self.all: dict[str, Channel] = {}
        self._names: dict[str, str] = {}
        self._direct: dict[frozenset[str], str] = {}
        self._of_user: dict[str, dict[str, bool]] = {}

    def put(self, channel: Channel) -> None:
        """Adds a conversation, or keeps it after a change."""
        for name in [n for n, i in self._names.items() if i == channel.id and n != channel.name]:
            del self._names[name]
        self.all[channel.id] = channel
        if channel.is_direct:
            self._direct[frozenset(channel.members)] = channel.id
        else:
            self._names[channel.name] = channel.id
        for member in channel.members:
            self._of_user.setdefault(member, {})[channel.id] = True
        self._keep(channel)

    def get(self, channel_id: str) -> Channel:
        """Returns a conversation by id; raises `channel_not_found`."""
        found = self.all.get(channel_id)
        if found is None:
            raise SlackError("channel_not_found")
        return found

    def named(self, name: str) -> Channel | None:
        """Returns the channel with this name, with or without its hash."""
        return self.all.get(self._names.get(name.removeprefix("#"), ""))

    def of_user(self, user_id: str) -> Iterable[Channel]:
        """Yields the conversations that a user is in."""
        return (self.all[i] for i in list(self._of_user.get(user_id, {})))

    def visible(self, channel_id: str, user_id: str) -> Channel:
        """Returns a conversation that a user may know of; to others it does not exist."""
        channel = self.get(channel_id)
        if channel.kind != "channel" and user_id not in channel.members:
            raise SlackError("channel_not_found")
        return channel

    def joined(self, channel_id: str, user_id: str) -> Channel:
        """Returns a conversation that a user is in; raises `channel_not_found` or `not_in_channel`."""
        channel = self.visible(channel_id, user_id)
        if user_id not in channel.members:
            raise SlackError("not_in_channel")
        return channel

    def add_member(self, channel: Channel, user_id: str) -> None:
        """Lets a user in."""
        channel.members[user_id] = True
        self._of_user.setdefault(user_id, {})[channel.id] = True
        self._keep_member(channel, user_id, True)

    def remove_member(self, channel: Channel, user_id: str) -> None:
        """Takes a user out."""
        channel.members.pop(user_id, None)
        self._of_user.get(user_id, {}).pop(channel.id, None)
        self._keep_member(channel, user_id, False)

    def direct(self, members: Iterable[str]) -> Channel | None:
        """Returns the direct message between exactly these users, if it was ever opened."""
        return self.all.get(self._direct.get(frozenset(members), ""))

    def open_direct(self, members: list[str], *, creator: str, created: int) -> tuple[Channel, bool]:
        """Returns the direct message between these users, and whether it was there already."""
        found = self.direct(members)
        if found is not None:
            return found, True
        kind = "im" if len(set(members)) <= 2 else "mpim"  # noqa: PLR2004 -- two make a direct message
        others = [m for m in members if m != creator] or members
        name = "" if kind == "im" else f"mpdm-{'--'.join(sorted(members)).lower()}-1"
        channel_id = derived_id("D", f"{others[0]}{creator}", self.all) if kind == "im" else random_id("G")
        channel = Channel(
            id=channel_id,
            kind=kind,
            name=name,
            creator=creator,
            created=created,
            members=dict.fromkeys(members, True),
        )
        self.put(channel)
        return channel, False
