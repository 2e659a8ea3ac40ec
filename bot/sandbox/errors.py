"""Slack's way of saying no: an error name, sometimes with details."""

from __future__ import annotations

from typing import Any


class SlackError(Exception):
    """A refusal that the caller gets as `{"ok": false, "error": name, ...}`."""

    def __init__(self, name: str, **details: Any) -> None:
        super().__init__(name)
        self.name = name
        self.details = details

    def as_response(self) -> dict[str, Any]:
        """Returns the body of the answer."""
        return {"ok": False, "error": self.name, **self.details}


def invalid_arguments(*messages: str) -> SlackError:
    """Returns Slack's error for arguments that are missing or malformed, one message for each."""
    return SlackError(
        "invalid_arguments",
        response_metadata={"messages": [f"[ERROR] {message}" for message in messages]},
    )
