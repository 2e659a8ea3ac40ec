"""Short-lived permits: triggers that open a modal, and response URLs that answer an interaction."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.sandbox.errors import SlackError

TRIGGER_LIFE = timedelta(seconds=3)
RESPONSE_LIFE = timedelta(minutes=30)
RESPONSE_USES = 5


@dataclass(kw_only=True)
class Trigger:
    """Whom a trigger lets the app show a modal to. `view` is the modal it was made in, if any."""

    user: str
    made: datetime
    channel: str = ""
    view: str = ""
    used: bool = False


@dataclass(kw_only=True)
class ResponseUrl:
    """Where an answer to an interaction goes. `seen_by` is who alone sees its message."""

    channel: str
    user: str
    made: datetime
    ts: str = ""
    thread_ts: str = ""
    seen_by: str = ""
    uses: int = 0


class Tickets:
    """All permits given out since the start."""

    def __init__(self) -> None:
        self._triggers: dict[str, Trigger] = {}
        self._responses: dict[str, ResponseUrl] = {}

    def trigger(self, trigger: Trigger) -> str:
        """Returns the id of a new trigger."""
        self._forget(trigger.made)
        trigger_id = (
            f"{int(trigger.made.timestamp() * 1000)}.{secrets.randbelow(10**10)}.{secrets.token_hex(16)}"
        )
        self._triggers[trigger_id] = trigger
        return trigger_id

    def exchange(self, trigger_id: str, now: datetime) -> Trigger:
        """Uses a trigger up; raises what Slack says of one that is wrong, late or was used."""
        if trigger_id.count(".") != 2:  # noqa: PLR2004 -- three parts
            raise SlackError("invalid_trigger_id")
        trigger = self._triggers.get(trigger_id)
        if trigger is None or now - trigger.made > TRIGGER_LIFE:
            raise SlackError("expired_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        trigger.used = True
        return trigger

    def response(self, response: ResponseUrl) -> str:
        """Returns the secret of a new response URL."""
        secret = secrets.token_urlsafe(18)
        self._responses[secret] = response
        return secret

    def use_response(self, secret: str, now: datetime) -> ResponseUrl:
        """Counts one use of a response URL; raises `expired_url` or `used_url`."""
        response = self._responses.get(secret)
        if response is None or now - response.made > RESPONSE_LIFE:
            raise SlackError("expired_url")
        if response.uses >= RESPONSE_USES:
            raise SlackError("used_url")
        response.uses += 1
        return response

    def _forget(self, now: datetime) -> None:
        """Drops what expired; triggers are made in the order of time, so this looks at few."""
        for trigger_id in list(self._triggers)[:2]:
            if now - self._triggers[trigger_id].made > RESPONSE_LIFE:
                del self._triggers[trigger_id]
        for secret in list(self._responses)[:2]:
            if now - self._responses[secret].made > RESPONSE_LIFE:
                del self._responses[secret]
