"""What people do that the app must answer at once: commands, buttons, menus, shortcuts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import SlackError
from bot.sandbox.events.outbox import Outbox
from bot.sandbox.events.outgoing import Attempt, Outgoing
from bot.sandbox.people import elements, payloads
from bot.sandbox.people.answers import take_answer
from bot.sandbox.people.places import place, seen_message, speaking_place
from bot.sandbox.workspace.initial import STATE_KEY
from bot.sandbox.workspace.records import Json, Message, User, View
from bot.sandbox.workspace.shapes import message_shape
from bot.sandbox.workspace.state import Workspace
from bot.sandbox.workspace.tickets import ResponseUrl


@dataclass(frozen=True, kw_only=True)
class Press:
    """A button pressed or a menu used, in a message (`channel` and `ts`) or in a view (`view_id`, `home`)."""

    action_id: str
    block_id: str = ""
    value: Any = None
    channel: str = ""
    ts: str = ""
    view_id: str = ""
    home: bool = False


class Acting:
    """Interactions: each waits for the app's acknowledgement, 3 s at most, and says what came of it."""

    def __init__(self, workspace: Workspace, outbox: Outbox) -> None:
        self._workspace = workspace
        self._outbox = outbox

    async def command(self, user: User, where: str, command: str, text: str) -> Json:
        """Runs a slash command; the acknowledgement may carry what the person sees."""
        with self._workspace.lock:
            channel = speaking_place(self._workspace, user, where)
            if command not in self._workspace.seed.app.commands:
                raise SlackError("unknown_command", command=command)
            form = self._command_form(user, channel.id, command, text)
        outgoing = Outgoing(family="slash_commands", name=command, payload=form)
        attempt, elapsed = await self._outbox.ask(outgoing)
        shown = ""
        if attempt.ok and attempt.body:
            shown = self._show(
                ResponseUrl(channel=channel.id, user=user.id, made=self._workspace.now()), attempt
            )
        failure = "operation_timeout" if attempt.reason in {"timeout", "http_timeout"} else "dispatch_failed"
        return _report(attempt, elapsed) | ({} if attempt.ok else {"shown": failure}) | _problem(shown)

    async def press(self, user: User, press: Press) -> Json:
        """Presses a button or uses a menu."""
        with self._workspace.lock:
            payload = self._press_payload(user, press)
        attempt, elapsed = await self._outbox.ask(
            Outgoing(family="interactive", name=f"block_actions {press.action_id}", payload=payload)
        )
        return _report(attempt, elapsed)

    async def suggest(self, user: User, press: Press) -> Json:
        """Asks the app for the options of an external menu; `value` is what was typed."""
        with self._workspace.lock:
            block, element, around = self._surroundings(user, press)
            payload = payloads.base_payload(self._workspace, user, "block_suggestion") | around
            typed = str(press.value or "")
            payload |= {"action_id": element["action_id"], "block_id": block["block_id"], "value": typed}
        attempt, elapsed = await self._outbox.ask(
            Outgoing(family="interactive", name=f"block_suggestion {press.action_id}", payload=payload)
        )
        return _report(attempt, elapsed) | {"options": attempt.body}

    async def shortcut(self, user: User, callback_id: str, channel: str, ts: str) -> Json:
        """Uses a shortcut: a message's, where a message is given, else a global one."""
        with self._workspace.lock:
            payload = self._shortcut_payload(user, callback_id, channel, ts)
        attempt, elapsed = await self._outbox.ask(
            Outgoing(family="interactive", name=f"{payload['type']} {callback_id}", payload=payload)
        )
        return _report(attempt, elapsed)

    def _show(self, response: ResponseUrl, attempt: Attempt) -> str:
        """Shows an acknowledgement's message; returns what was wrong with it."""
        try:
            with self._workspace.lock:
                take_answer(self._workspace, response, attempt.body)
        except SlackError as error:
            return error.name
        return ""

    def _command_form(self, user: User, channel: str, command: str, text: str) -> Json:
        workspace, identity = self._workspace, self._workspace.identity
        return {
            "token": workspace.credentials.verification_token,
            "team_id": identity.team_id,
            "team_domain": identity.domain,
            "channel_id": channel,
            "channel_name": payloads.channel_ref(workspace, channel)["name"],
            "user_id": user.id,
            "user_name": user.name,
            "command": command,
            "text": text,
            "api_app_id": identity.app_id,
            "is_enterprise_install": "false",
            "response_url": payloads.response_url(workspace, user, channel),
            "trigger_id": payloads.trigger_id(workspace, user, channel=channel),
        }

    def _press_payload(self, user: User, press: Press) -> Json:
        workspace = self._workspace
        holder = self._holder(user, press)
        blocks = holder.payload["blocks"] if isinstance(holder, View) else elements.blocks_of(holder)
        block, element = elements.find_element(blocks, press.action_id, press.block_id)
        action = elements.action_of(block, element, press.value, workspace)
        if element["type"] in STATE_KEY:
            value = elements.entered(element, press.value, workspace)
            self._remember(user, holder, block, element, value)
        around = self._around(user, holder)
        return payloads.base_payload(workspace, user, "block_actions") | around | {"actions": [action]}

    def _remember(self, user: User, holder: Message | View, block: Json, element: Json, value: Json) -> None:
        if isinstance(holder, View):
            holder.values.setdefault(block["block_id"], {})[element["action_id"]] = value
        else:
            self._workspace.extras.remember_input(
                holder.ts, user.id, block["block_id"], element["action_id"], value
            )

    def _surroundings(self, user: User, press: Press) -> tuple[Json, Json, Json]:
        holder = self._holder(user, press)
        blocks = holder.payload["blocks"] if isinstance(holder, View) else elements.blocks_of(holder)
        block, element = elements.find_element(blocks, press.action_id, press.block_id)
        around = self._around(user, holder)
        return block, element, {k: v for k, v in around.items() if k not in {"trigger_id", "response_url"}}

    def _around(self, user: User, holder: Message | View) -> Json:
        if isinstance(holder, View):
            return payloads.in_view(self._workspace, user, holder)
        return payloads.in_message(self._workspace, user, holder)

    def _holder(self, user: User, press: Press) -> Message | View:
        """Returns the message or view in which something is pressed; only the app's own can be."""
        workspace = self._workspace
        if press.ts:
            message = seen_message(workspace, user, press.channel, press.ts)
            if message.bot_id != workspace.identity.bot_id:
                raise SlackError("no_such_action", action_id=press.action_id)
            return message
        view = workspace.views.home(user.id) if press.home else workspace.views.top(user.id)
        if view is None or press.view_id not in {"", view.id}:
            raise SlackError("not_found")
        return view

    def _shortcut_payload(self, user: User, callback_id: str, where: str, ts: str) -> Json:
        workspace = self._workspace
        kind = "message_action" if ts else "shortcut"
        payload = payloads.base_payload(workspace, user, kind) | {
            "callback_id": callback_id,
            "action_ts": workspace.next_ts(),
        }
        if not ts:
            return payload | {"trigger_id": payloads.trigger_id(workspace, user)}
        message = workspace.messages.get(place(workspace, user, where).id, ts)
        return payload | {
            "trigger_id": payloads.trigger_id(workspace, user, channel=message.channel),
            "response_url": payloads.response_url(workspace, user, message.channel, message),
            "message_ts": message.ts,
            "message": message_shape(message, workspace, with_metadata=True),
            "channel": payloads.channel_ref(workspace, message.channel),
        }


def _report(attempt: Attempt, elapsed: float) -> Json:
    report: Json = {"ok": attempt.ok, "ack_ms": round(elapsed, 1)}
    return report if attempt.ok else report | {"reason": attempt.reason}


def _problem(name: str) -> Json:
    return {"problem": name} if name else {}
