"""Stand-ins for the ports of `rituals`, for tests and demos."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from core.durable import DIRECT, Json
from core.message import Address, Message, Under
from rituals.members import Seen


class Said:
    """A speaker that remembers: what stands under each key, and every wording that was ever said.

    As links it knows the address of what stands. A message under one that does not stand is refused.
    """

    def __init__(self) -> None:
        self.standing: dict[str, Message] = {}
        self.wordings: list[Message] = []

    def say(self, message: Message) -> None:
        """Keeps a message; the same key and content again is nothing new."""
        if isinstance(message.to, Under) and message.to.key not in self.standing:
            msg = f"nothing stands under {message.to.key!r}"
            raise ValueError(msg)
        known = self.standing.get(message.key)
        if known is None or known.content != message.content:
            self.standing[message.key] = message
            self.wordings.append(message)

    def link(self, key: str) -> str:
        """Returns an address for what stands."""
        return f"https://chat.example/{key}" if key in self.standing else ""

    def to(self, address: Address) -> list[Any]:
        """Returns the contents that stand at an address, in the order in which they came there."""
        return [message.content for message in self.standing.values() if message.to == address]

    def of(self, kind: type) -> list[Any]:
        """Returns the contents of a kind that stand."""
        return [one.content for one in self.standing.values() if isinstance(one.content, kind)]


class InlineStarter:
    """A starter that runs each workflow once for its key, in order, when `drain` is called."""

    def __init__(self) -> None:
        self.runs: dict[str, Callable[[Json], None]] = {}
        self.started: list[str] = []
        self._known: set[str] = set()
        self._waiting: deque[tuple[str, Json]] = deque()

    def start(
        self,
        workflow: str,
        key: str,
        argument: Json,
        *,
        queue: str = DIRECT,  # noqa: ARG002  # the port's form
        partition: str = "",  # noqa: ARG002  # the port's form
    ) -> None:
        """Keeps a workflow, once for its name and key."""
        name = f"{workflow}:{key}"
        if name not in self._known:
            self._known.add(name)
            self.started.append(name)
            self._waiting.append((workflow, argument))

    def drain(self) -> None:
        """Runs everything that waits, and what that starts."""
        while self._waiting:
            workflow, argument = self._waiting.popleft()
            self.runs[workflow](argument)


class FakeRoster:
    """A roster with fixed members; channels are closed unless they are named in `open_channels`."""

    knows = True

    def __init__(
        self, members: Mapping[str, Sequence[Seen]] | None = None, *, open_channels: Sequence[str] = ()
    ) -> None:
        self._members = dict(members or {})
        self._open = frozenset(open_channels)
        self.broken: Exception | None = None

    def put(self, name: str, members: Sequence[Seen]) -> None:
        """Sets who is in a channel or group."""
        self._members[name] = members

    def members(self, name: str) -> Sequence[Seen] | None:
        """Returns the members, None for an unknown name; raises `broken` where that is set."""
        if self.broken is not None:
            raise self.broken
        return self._members.get(name)

    def is_open(self, channel: str) -> bool:
        """Tells whether it was named as open."""
        return channel in self._open
