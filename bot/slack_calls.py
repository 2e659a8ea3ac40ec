"""Slack's Web API with our errors: one attempt a call, and a word on whether another may help."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.pace import Pace
from core.errors import PermanentError, UnavailableError

logger = logging.getLogger(__name__)

Json = dict[str, Any]

TIMEOUT_S = 10
RATE_LIMITED = {"ratelimited", "rate_limited", "message_limit_exceeded"}
ITS_OWN_FAULT = {
    "fatal_error",
    "internal_error",
    "service_unavailable",
    "request_timeout",
    "team_added_to_org",
    "accesslimited",
}
AUTH = {"invalid_auth", "not_authed", "token_expired", "token_revoked", "account_inactive"}
"""Seen for moments while a token is rotated, and for good when it is gone."""

CURES = {
    "channel_not_found": "Invite Muster to the channel: /invite @Muster.",
    "not_in_channel": "Invite Muster to the channel: /invite @Muster.",
    "is_archived": "Unarchive the channel, or name another one.",
    "missing_scope": "Paste `muster manifest` into the app's manifest and install the app again.",
    "restricted_action": "Let apps post in that channel, or name another one.",
    "cannot_dm_bot": "Name a person, not a bot.",
    "user_not_found": "Name somebody who is in this workspace.",
} | dict.fromkeys(AUTH, "Install the app again and set SLACK_BOT_TOKEN to its new token.")


class SlackRefusedError(PermanentError):
    """Slack says no and will say it again; `code` is its word for why."""

    def __init__(self, method: str, code: str, detail: str = "") -> None:
        super().__init__(f"Slack refuses {method}: {code}{detail}.", cure=CURES.get(code, ""))
        self.method = method
        self.code = code


class SlackBusyError(UnavailableError):
    """Slack asks to be left alone for `retry_after` seconds; nothing happened."""


class SlackUnsureError(UnavailableError):
    """Slack failed, or its answer was lost: whether it did what was asked is not known."""


class SlackSlowError(SlackUnsureError):
    """Slack did not answer in time: it may be at it still."""


class SlackAuthError(UnavailableError):
    """Slack does not know the token, for now or for good; `code` is its word."""

    def __init__(self, method: str, code: str) -> None:
        super().__init__(f"Slack refuses the token at {method}: {code}.", cure=CURES[code])
        self.code = code


class SlackCalls:
    """Calls Slack; raises the errors above and no others."""

    def __init__(self, client: WebClient, pace: Pace) -> None:
        # The client's own handlers would repeat a post whose answer was lost, unseen by us.
        client.retry_handlers = []
        self.client = client
        self.pace = pace

    def write(self, method: str, **arguments: Any) -> Json:
        """Calls a method that changes something or shows something; `None` arguments are left out."""
        given = {name: value for name, value in arguments.items() if value is not None}
        with self.translated(method, str(given.get("channel", ""))):
            return dict(self.client.api_call(method, json=given).data)  # type: ignore[arg-type]

    def read(self, method: str, **arguments: Any) -> Json:
        """Calls a method that takes no JSON: those that look things up."""
        given = {name: value for name, value in arguments.items() if value is not None}
        with self.translated(method):
            return dict(self.client.api_call(method, params=given).data)  # type: ignore[arg-type]

    def pages(self, method: str, items: str, *, most: int = 20, **arguments: Any) -> Iterator[Any]:
        """Yields what `items` names from every page of a look-up, of at most `most` pages."""
        cursor: str | None = None
        for _ in range(most):
            page = self.read(method, cursor=cursor, **arguments)
            yield from page.get(items, [])
            cursor = page.get("response_metadata", {}).get("next_cursor")
            if not cursor:
                return

    @contextmanager
    def translated(self, method: str, channel: str = "") -> Iterator[None]:
        """Turns the client's errors inside the block into ours; for its helpers that call by themselves."""
        try:
            yield
        except SlackApiError as error:
            raise self._ours(method, channel, error) from error
        except TimeoutError as error:
            raise SlackSlowError(
                f"Slack does not answer {method} in time.", cure="It is tried again."
            ) from error
        except (SlackClientError, HTTPException, URLError, OSError, ValueError) as error:
            raise SlackUnsureError(
                f"Slack does not answer {method}: {type(error).__name__}.", cure="It is tried again."
            ) from error

    def _ours(self, method: str, channel: str, error: SlackApiError) -> Exception:
        response = error.response
        code = str(response.get("error") or "no_error_given")
        if response.status_code == 429 or code in RATE_LIMITED:  # noqa: PLR2004  # HTTP's own number
            seconds = _retry_after(response.headers)
            self.pace.closed_for(method, seconds, channel)
            return SlackBusyError(f"Slack limits {method}.", cure="It is tried again.", retry_after=seconds)
        if response.status_code >= 500 or code in ITS_OWN_FAULT:  # noqa: PLR2004  # HTTP's own number
            return SlackUnsureError(
                f"Slack fails at {method} ({response.status_code}).", cure="It is tried again."
            )
        if code in AUTH:
            return SlackAuthError(method, code)
        detail = "; ".join(response.get("response_metadata", {}).get("messages", []))
        needed = response.get("needed")
        detail += f" needed: {needed}" if needed else ""
        return SlackRefusedError(method, code, f" ({detail})" if detail else "")


def _retry_after(headers: dict[str, Any]) -> float:
    for name, value in headers.items():
        if name.lower() == "retry-after":
            first = value[0] if isinstance(value, list) else value
            try:
                return max(0.0, float(first))
            except ValueError:
                break
    return 1.0
