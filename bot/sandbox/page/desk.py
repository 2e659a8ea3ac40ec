"""What the page's routes share: the sandbox, the templates, and what whoever mounted the page told it."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.errors import SlackError
from bot.sandbox.page.drawing import Drawing
from bot.sandbox.page.screens.clock import Stop, Stops, clock_face
from bot.sandbox.page.screens.conversation import conversation
from bot.sandbox.page.screens.sidebar import sidebar
from bot.sandbox.page.screens.viewer import face, people
from bot.sandbox.people.places import person, place
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.workspace.ids import ts_of
from bot.sandbox.workspace.records import Channel, User


def no_stops() -> Sequence[Stop]:
    """Returns nowhere to move the clock to."""
    return ()


@dataclass(frozen=True, kw_only=True)
class Welcome:
    """How a newcomer begins: as whom, where (`#general`, `@muster`), with which question as an example."""

    person: str = ""
    place: str = ""
    question: str = "What can you do?"


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Everything that a route needs. Take the workspace's lock before calling what reads it."""

    sandbox: Sandbox
    drawing: Drawing = field(default_factory=Drawing)
    stops: Stops = no_stops
    welcome: Welcome = field(default_factory=Welcome)
    opened: str = ""

    @classmethod
    def of(cls, sandbox: Sandbox, stops: Stops, welcome: Welcome) -> Desk:
        """Returns a desk; what was said before now counts as read."""
        return cls(sandbox=sandbox, stops=stops, welcome=welcome, opened=ts_of(sandbox.clock.now()))

    def person(self, who: str) -> User:
        """Returns a person; raises `user_not_found` for anybody else, bots too."""
        user = person(self.sandbox.workspace, who)
        if user.is_bot:
            raise SlackError("user_not_found")
        return user

    def first_person(self) -> User:
        """Returns who a newcomer is."""
        if self.welcome.person:
            return self.person(self.welcome.person)
        listed = people(self.sandbox.workspace)
        if not listed:
            raise SlackError("user_not_found")
        return listed[0]

    def first_place(self, user: User) -> Channel:
        """Returns where somebody begins: as told, else their first channel, else the app."""
        workspace = self.sandbox.workspace
        if self.welcome.place:
            with contextlib.suppress(SlackError):
                found = place(workspace, user, self.welcome.place)
                if user.id in found.members:
                    return found
        own = [c for c in workspace.conversations.of_user(user.id) if not c.is_direct and not c.archived]
        return min(own, key=lambda c: c.name) if own else workspace.direct_with_app(user.id)

    def main(self, user: User, channel: Channel, tab: str) -> dict[str, Any]:
        """Returns what the middle of the page is drawn from."""
        shown = conversation(self.sandbox.workspace, user, channel, opened=self.opened, tab=tab)
        return {
            "it": shown,
            "app": self.sandbox.workspace.seed.app,
            "me": self.face(user),
            "welcome": self.welcome,
        }

    def side(self, user: User, channel_id: str) -> dict[str, Any]:
        """Returns what the left of the page is drawn from."""
        workspace = self.sandbox.workspace
        bar = sidebar(workspace, user, opened=self.opened)
        everybody = [face(workspace, u, now=workspace.now()) for u in people(workspace)]
        at_app = any(row.id == channel_id for row in bar.apps)
        return {
            "team": workspace.identity.team_name,
            "bar": bar,
            "me": self.face(user),
            "everybody": everybody,
            "current": channel_id,
            "there": f"@{workspace.seed.app.name}" if at_app else channel_id,
        }

    def top(self, user: User) -> dict[str, Any]:
        """Returns what the clock is drawn from."""
        return {"clock": clock_face(self.sandbox.workspace, user, self.stops)}

    def face(self, user: User) -> Any:
        """Returns a person with their local time."""
        return face(self.sandbox.workspace, user, now=self.sandbox.workspace.now())
