"""One call of a Web API method: its arguments, however they were sent, and the workspace it is about."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import SlackError, invalid_arguments
from bot.sandbox.workspace.records import Channel, Json
from bot.sandbox.workspace.state import Workspace

_FALSE = frozenset({"", "0", "false", "none", "null"})


class Arguments:
    """The arguments of a call. Form values are strings; JSON bodies keep their types; both read the same."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = {k: v for k, v in values.items() if v is not None and k != "token"}

    def has(self, name: str) -> bool:
        """Says whether the argument was given at all."""
        return name in self.values

    def text(self, name: str, default: str = "") -> str:
        """Returns a string argument."""
        value = self.values.get(name, default)
        return value if isinstance(value, str) else json.dumps(value)

    def need(self, name: str) -> str:
        """Returns a string argument; raises `invalid_arguments` where it is missing or empty."""
        value = self.text(name)
        if not value:
            raise invalid_arguments(f"missing required field: {name}")
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Returns a true-or-false argument."""
        value = self.values.get(name, default)
        return value.lower() not in _FALSE if isinstance(value, str) else bool(value)

    def number(self, name: str, default: int) -> int:
        """Returns a whole number; raises `invalid_arguments` for anything else."""
        value = self.values.get(name)
        if value in {None, ""}:
            return default
        try:
            return int(float(str(value)))
        except ValueError as error:
            raise invalid_arguments(f"must provide a number [json-pointer:/{name}]") from error

    def structure(self, name: str, error: str = "invalid_arguments") -> Any:
        """Returns an object or list, sent as JSON or as a string of it; None where it was not given."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value.strip():
            return None
        try:
            return json.loads(value)
        except ValueError as broken:
            raise SlackError(error) from broken

    def listed(self, name: str) -> list[str]:
        """Returns a list, sent as such or as comma-separated text."""
        value = self.values.get(name, "")
        if isinstance(value, list):
            return [str(item) for item in value]
        return [part.strip() for part in str(value).split(",") if part.strip()]


@dataclass(frozen=True, kw_only=True)
class Call:
    """A call that passed the token and rate checks."""

    workspace: Workspace
    method: str
    args: Arguments

    @property
    def app_user(self) -> str:
        """The id of the user as whom the app acts."""
        return self.workspace.identity.bot_user

    def channel(self, name: str = "channel") -> Channel:
        """Returns the conversation named by an argument, if the app may know of it."""
        return self.workspace.conversations.visible(self.args.need(name), self.app_user)

    def joined_channel(self, name: str = "channel") -> Channel:
        """Returns the conversation named by an argument, if the app is in it."""
        return self.workspace.conversations.joined(self.args.need(name), self.app_user)


Handler = Callable[[Call], Json]


def ok(**fields: Any) -> Json:
    """Returns the body of an answer that says yes."""
    return {"ok": True, **fields}
