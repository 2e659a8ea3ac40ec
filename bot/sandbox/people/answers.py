"""What the app answers to an interaction: in its acknowledgement, or later through a response URL."""

from __future__ import annotations

from typing import Any

from bot.sandbox.errors import SlackError
from bot.sandbox.methods.call import Arguments
from bot.sandbox.methods.content import Content, content_of
from bot.sandbox.workspace.records import Json, Message
from bot.sandbox.workspace.shapes import message_shape
from bot.sandbox.workspace.state import Workspace
from bot.sandbox.workspace.tickets import ResponseUrl


def take_answer(workspace: Workspace, response: ResponseUrl, body: Any) -> None:
    """Shows, replaces or deletes a message as the app asks.

    Raises:
        SlackError: `no_text`, `invalid_blocks` and the others of a message; `message_not_found`.
    """
    answer: Json = body if isinstance(body, dict) else {"text": str(body)}
    args = Arguments(answer)
    if args.flag("delete_original"):
        message = _original(workspace, response)
        workspace.remove(message, message_shape(message, workspace))
        return
    content = content_of(args)
    if content.is_empty:
        raise SlackError("no_text")
    if args.flag("replace_original") and response.ts:
        _replace(workspace, _original(workspace, response), content)
        return
    thread = args.text("thread_ts") or response.thread_ts
    message = workspace.authored_by_app(response.channel, thread_ts=thread)
    content.put_on(message)
    message.to = "" if args.text("response_type") == "in_channel" else response.user
    workspace.post(message)


def _original(workspace: Workspace, response: ResponseUrl) -> Message:
    if response.seen_by:
        found = workspace.messages.ephemeral(response.seen_by, response.ts)
        if found is None:
            raise SlackError("message_not_found")
        return found
    return workspace.messages.get(response.channel, response.ts)


def _replace(workspace: Workspace, message: Message, content: Content) -> None:
    before = message_shape(message, workspace)
    content.put_on(message)
    if content.blocks is None:
        message.blocks = None
    message.edited = {"user": message.user, "ts": workspace.next_ts()}
    workspace.rewritten(message, before)
