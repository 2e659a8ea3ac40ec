"""Filling in, submitting and closing modals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.sandbox.errors import SlackError
from bot.sandbox.events.outbox import Outbox
from bot.sandbox.events.outgoing import Attempt, Outgoing
from bot.sandbox.limits.payloads import refuse_view
from bot.sandbox.limits.whole import elements_of, walk
from bot.sandbox.methods.views import prepared, tell_view
from bot.sandbox.people import payloads
from bot.sandbox.people.elements import entered
from bot.sandbox.workspace.changes import Change
from bot.sandbox.workspace.initial import STATE_KEY
from bot.sandbox.workspace.records import Json, User, View
from bot.sandbox.workspace.state import Workspace
from bot.sandbox.workspace.view_shape import view_shape

_SHAPES = {"email_text_input": r"[^@\s]+@[^@\s]+\.[^@\s]+", "url_text_input": r"https?://\S+"}
_TROUBLE = "We had some trouble connecting. Try again?"


class Modals:
    """The modals that people have open."""

    def __init__(self, workspace: Workspace, outbox: Outbox) -> None:
        self._workspace = workspace
        self._outbox = outbox

    async def submit(self, user: User, values: Mapping[str, Any]) -> Json:
        """Fills in and submits the top modal.

        Keys of `values` are block ids, action ids or labels. Returns `outcome`: `invalid` (the client itself
        refused, nothing was sent), `closed`, `errors`, `updated`, `pushed`, `cleared`, or `trouble` with a
        `reason`.
        """
        with self._workspace.lock:
            view = self._top(user)
            self._fill(view, values)
            invalid = _invalid(view)
            if invalid:
                view.errors = invalid
                self._tell(view)
                return {"ok": True, "outcome": "invalid", "errors": invalid}
            payload = self._submission(user, view)
        name = f"view_submission {view.payload.get('callback_id', '')}"
        attempt, elapsed = await self._outbox.ask(Outgoing(family="interactive", name=name, payload=payload))
        with self._workspace.lock:
            return self._taken(user, view, attempt) | {"ack_ms": round(elapsed, 1)}

    async def close(self, user: User, *, everything: bool = False) -> Json:
        """Closes the top modal, or the whole stack; the app hears of it where the view asks for that."""
        with self._workspace.lock:
            view = self._top(user)
            cleared = everything or bool(view.payload.get("clear_on_close"))
            closed = self._workspace.views.clear(user.id) if cleared else [view]
            if not cleared:
                self._workspace.views.pop(user.id)
            self._tell(view)
            told = [
                self._closing(user, v, cleared=cleared) for v in closed if v.payload.get("notify_on_close")
            ]
        for payload in told:
            await self._outbox.ask(Outgoing(family="interactive", name="view_closed", payload=payload))
        return {"ok": True, "closed": len(closed)}

    def _top(self, user: User) -> View:
        view = self._workspace.views.top(user.id)
        if view is None:
            raise SlackError("no_open_view")
        return view

    def _tell(self, view: View) -> None:
        self._workspace.announce(Change(kind="view.changed", user=view.user, detail={"view": view.id}))

    def _fill(self, view: View, values: Mapping[str, Any]) -> None:
        for key, given in values.items():
            block, element = _input(view, key)
            value = entered(element, given, self._workspace)
            view.values.setdefault(block["block_id"], {})[element["action_id"]] = value

    def _submission(self, user: User, view: View) -> Json:
        return payloads.base_payload(self._workspace, user, "view_submission") | {
            "trigger_id": payloads.trigger_id(self._workspace, user, channel=view.channel, view=view.id),
            "view": view_shape(view, self._workspace.identity),
            "response_urls": self._response_urls(user, view),
        }

    def _response_urls(self, user: User, view: View) -> list[Json]:
        urls = []
        for block, element in _inputs(view):
            value = view.values.get(block["block_id"], {}).get(element["action_id"], {})
            channel = value.get("selected_conversation") or value.get("selected_channel")
            if element.get("response_url_enabled") and channel:
                url = payloads.response_url(self._workspace, user, channel)
                urls.append(
                    {
                        "response_url": url, "channel_id": channel,
                        "block_id": block["block_id"], "action_id": element["action_id"],
                    }
                )  # fmt: skip
        return urls

    def _closing(self, user: User, view: View, *, cleared: bool) -> Json:
        return payloads.base_payload(self._workspace, user, "view_closed") | {
            "view": view_shape(view, self._workspace.identity),
            "is_cleared": cleared,
        }

    def _taken(self, user: User, view: View, attempt: Attempt) -> Json:
        """Does what the acknowledgement of a submission asks for."""
        if not attempt.ok:
            return _trouble(attempt.reason)
        answer = attempt.body if isinstance(attempt.body, dict) else {}
        action = str(answer.get("response_action", ""))
        try:
            return self._act(user, view, action, answer)
        except SlackError as error:
            return _trouble(error.name) | error.details

    def _act(self, user: User, view: View, action: str, answer: Json) -> Json:
        views = self._workspace.views
        if action == "errors":
            return self._refused(view, answer.get("errors") or {})
        if action in {"update", "push"}:
            refuse_view(answer.get("view"))
            fresh = prepared(answer["view"])
            shown = views.update(view, fresh) if action == "update" else views.push(user.id, fresh)
            tell_view(self._workspace, shown)
            outcome = "updated" if action == "update" else "pushed"
            return {"ok": True, "outcome": outcome, "view": view_shape(shown, self._workspace.identity)}
        if action == "clear":
            views.clear(user.id)
        elif action:
            raise SlackError("invalid_response_action")
        else:
            views.pop(user.id)
        self._tell(view)
        return {"ok": True, "outcome": "cleared" if action else "closed"}

    def _refused(self, view: View, errors: Any) -> Json:
        known = {block["block_id"] for block, _ in _inputs(view)}
        if not isinstance(errors, dict) or not errors or not set(errors) <= known:
            raise SlackError("invalid_error_block_ids", errors=errors)
        view.errors = errors
        self._tell(view)
        return {"ok": True, "outcome": "errors", "errors": errors}


def _trouble(reason: str) -> Json:
    return {"ok": False, "outcome": "trouble", "reason": reason, "shown": _TROUBLE}


def _inputs(view: View) -> list[tuple[Json, Json]]:
    return [
        (block, element)
        for block, _ in walk(view.payload["blocks"], "")
        for element in elements_of(block)
        if element["type"] in STATE_KEY
    ]


def _input(view: View, key: str) -> tuple[Json, Json]:
    for block, element in _inputs(view):
        if key in {block["block_id"], element["action_id"], (block.get("label") or {}).get("text")}:
            return block, element
    names = [block["block_id"] for block, _ in _inputs(view)]
    raise SlackError("no_such_input", given=key, inputs=names)


def _invalid(view: View) -> dict[str, str]:
    """Returns what Slack's own client says of inputs before it sends anything, by block id."""
    found = {}
    for block, element in _inputs(view):
        if block["type"] != "input":
            continue
        state = view.values.get(block["block_id"], {}).get(element["action_id"], {})
        value = state.get(STATE_KEY[element["type"]][0])
        problem = _problem(element, value, optional=bool(block.get("optional")))
        if problem:
            found[block["block_id"]] = problem
    return found


def _problem(element: Json, value: Any, *, optional: bool) -> str:
    if value is None or value in ("", []):
        return "" if optional else "Please complete this required field."
    text = str(value)
    if len(text) < element.get("min_length", 0):
        return f"Must be at least {element['min_length']} characters."
    if element["type"] == "plain_text_input" and len(text) > element.get("max_length", 3000):
        return f"Must be at most {element.get('max_length', 3000)} characters."
    if element["type"] == "number_input":
        return _number_problem(element, text)
    shape = _SHAPES.get(element["type"])
    return "" if shape is None or re.fullmatch(shape, text) else "Please enter a valid value."


def _number_problem(element: Json, text: str) -> str:
    shape = r"-?\d+(\.\d+)?" if element["is_decimal_allowed"] else r"-?\d+"
    if not re.fullmatch(shape, text):
        return "Please enter a valid number."
    low, high = element.get("min_value"), element.get("max_value")
    if low is not None and float(text) < float(low):
        return f"Must be at least {low}."
    return f"Must be at most {high}." if high is not None and float(text) > float(high) else ""
