"""One thing that the app is to be told, and what came of telling it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, Protocol

from bot.sandbox.workspace.ids import random_id
from bot.sandbox.workspace.records import Json
from bot.sandbox.workspace.state import Workspace

Family = Literal["events_api", "slash_commands", "interactive"]


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """A payload for the app. Only events are tried again when nobody acknowledges them."""

    family: Family
    name: str
    payload: Json
    envelope_id: str = ""

    @property
    def is_event(self) -> bool:
        """Whether it is an event, not something that a person waits for."""
        return self.family == "events_api"


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """What came of one try: `reason` is Slack's word for a failure, `body` what the app answered."""

    ok: bool
    reason: str = ""
    status: int = 0
    body: Any = None
    no_retry: bool = False


class Transport(Protocol):
    """A way to the app."""

    name: str

    async def attempt(self, outgoing: Outgoing, number: int, reason: str) -> Attempt:
        """Tries once and waits for the acknowledgement, at most its time."""
        ...


def event_callback(event: Json, workspace: Workspace) -> Outgoing:
    """Wraps an inner event as the Events API does."""
    identity = workspace.identity
    authorization = {
        "enterprise_id": None, "team_id": identity.team_id, "user_id": identity.bot_user, "is_bot": True,
        "is_enterprise_install": False,
    }  # fmt: skip
    payload = {
        "token": workspace.credentials.verification_token,
        "team_id": identity.team_id,
        "context_team_id": identity.team_id,
        "context_enterprise_id": None,
        "api_app_id": identity.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": random_id("Ev"),
        "event_time": workspace.epoch(),
        "authorizations": [authorization],
        "is_ext_shared_channel": False,
        "event_context": random_id("4-"),
    }
    return Outgoing(family="events_api", name=str(event["type"]), payload=payload)
