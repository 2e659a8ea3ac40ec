"""The JSON bodies of what people and developers send, as FastAPI checks and documents them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.sandbox.controls.faults import Kind


class Body(BaseModel):
    """A body without unknown fields."""

    model_config = ConfigDict(extra="forbid")


class InChannel(Body):
    """A conversation: an id, `#name`, or `@handle` for a direct message; `@muster` is the app's."""

    channel: str


class OfMessage(InChannel):
    """A message."""

    ts: str


class Say(InChannel):
    """Words to say. `raw` sends the text as it is, already in Slack's form."""

    text: str
    thread_ts: str = ""
    broadcast: bool = False
    raw: bool = False


class Edit(OfMessage):
    """New words for one's own message."""

    text: str
    raw: bool = False


class React(OfMessage):
    """An emoji, by its name without colons."""

    name: str
    remove: bool = False


class Command(InChannel):
    """A slash command."""

    command: str = "/muster"
    text: str = ""


class PressBody(Body):
    """Something pressed or chosen, in a message, the open modal, or the Home tab."""

    action_id: str
    block_id: str = ""
    value: Any = None
    channel: str = ""
    ts: str = ""
    view_id: str = ""
    home: bool = False


class Shortcut(Body):
    """A shortcut: of a message, where one is given."""

    callback_id: str
    channel: str = ""
    ts: str = ""


class Submit(Body):
    """Values for the open modal, by block id, action id or label."""

    values: dict[str, Any] = Field(default_factory=dict)


class Close(Body):
    """Closes the open modal, or all of them."""

    everything: bool = False


class Home(Body):
    """A tab of the app's page."""

    tab: Literal["home", "messages"] = "home"


class Upload(InChannel):
    """A file, as text or in base64."""

    name: str
    text: str = ""
    content: str = ""
    base64: bool = False
    thread_ts: str = ""


class FaultBody(Body):
    """What calls of a method meet; see `controls/faults.py`."""

    kind: Kind
    method: str = "*"
    error: str = "internal_error"
    seconds: float = 1.0
    times: int | None = 1
    skip: int = 0
    probability: float = 1.0
    seed: int = 0
    after: bool = False


class Advance(Body):
    """How far the clock moves."""

    seconds: float = Field(ge=0)


class Limits(Body):
    """Turns the rate limits on or off, and forgets what was counted."""

    enabled: bool = True


class AppBody(Body):
    """Where events go: a request URL, or with an empty one Socket Mode."""

    request_url: str = ""


class Disconnect(Body):
    """Asks the app's sockets to reconnect."""

    reason: Literal["warning", "refresh_requested", "link_disabled"] = "refresh_requested"
    close_after: float = 0.0


class UserBody(Body):
    """What changes about a person, or a new person."""

    real_name: str | None = None
    title: str | None = None
    tz: str | None = None
    deactivated: bool | None = None


class NewUser(UserBody):
    """A person who joins the workspace and these channels."""

    name: str
    channels: list[str] = Field(default_factory=list)


class GroupBody(Body):
    """What changes about a user group."""

    handle: str | None = None
    name: str | None = None
    members: list[str] | None = None
    disabled: bool | None = None


class ChannelBody(Body):
    """What changes about a channel."""

    name: str | None = None
    archived: bool | None = None


class NewChannel(Body):
    """A channel that somebody makes."""

    name: str
    members: list[str] = Field(default_factory=list)
    private: bool = False
    app_is_in: bool = True
