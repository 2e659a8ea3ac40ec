"""chat.*Stream: messages whose words arrive piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bot.sandbox.errors import SlackError, invalid_arguments
from bot.sandbox.limits.payloads import MARKDOWN_MOST, refuse_chunks
from bot.sandbox.methods.call import Call, ok
from bot.sandbox.methods.chat import target, thread_of
from bot.sandbox.methods.content import TEXT_MOST, blocks_of, markdown_blocks, metadata_of, short_id, with_ids
from bot.sandbox.workspace.records import Json, Message
from bot.sandbox.workspace.shapes import message_shape

# Slack names no limit; developers report streams that end after minutes without an append.
IDLE_MOST = timedelta(minutes=5)
_STOPPED = {
    "type",
    "subtype",
    "text",
    "user",
    "streaming_state",
    "ts",
    "bot_id",
    "thread_ts",
    "parent_user_id",
    "blocks",
}


def start_stream(call: Call) -> Json:
    """Posts a message that is still being written."""
    channel = target(call)
    if not channel.is_direct:
        for name in ("recipient_team_id", "recipient_user_id"):
            if not call.args.text(name):
                raise SlackError(f"missing_{name}")
    thread = thread_of(call, channel)
    if channel.is_direct and not thread:
        raise invalid_arguments("missing required field: thread_ts")
    recipient = call.args.text("recipient_user_id")
    if recipient:
        call.workspace.directory.user(recipient)
    pieces = _pieces(call)
    message = call.workspace.authored_by_app(channel.id, thread_ts=thread)
    message.stream = "in_progress"
    _grow(message, pieces, call)
    call.workspace.post(message)
    return ok(channel=channel.id, ts=message.ts)


def append_stream(call: Call) -> Json:
    """Adds to a message that is still being written."""
    message = _open_stream(call)
    pieces = _pieces(call)
    if not pieces:
        raise SlackError("no_text")
    before = message_shape(message, call.workspace)
    _grow(message, pieces, call)
    call.workspace.rewritten(message, before, quietly=True)
    return ok(channel=message.channel, ts=message.ts)


def stop_stream(call: Call) -> Json:
    """Ends a stream, with blocks below it and metadata if they are given."""
    message = _open_stream(call)
    pieces, blocks, metadata = _pieces(call), blocks_of(call.args) or [], metadata_of(call.args)
    before = message_shape(message, call.workspace)
    _grow(message, pieces, call)
    message.stream = "completed"
    message.blocks = [
        *markdown_blocks(message.text[:MARKDOWN_MOST]),
        *chunk_blocks(message),
        *blocks,
    ] or None
    message.metadata = metadata or None
    call.workspace.rewritten(message, before)
    shape = message_shape(message, call.workspace)
    shown = {k: v for k, v in shape.items() if k in _STOPPED}
    return ok(channel=message.channel, ts=message.ts, message=shown)


def _open_stream(call: Call) -> Message:
    channel = call.joined_channel()
    message = call.workspace.messages.get(channel.id, call.args.need("ts"))
    if message.bot_id != call.workspace.identity.bot_id:
        raise SlackError("message_not_owned_by_app")
    idle = call.workspace.now().timestamp() - message.streamed_at
    if message.stream == "in_progress" and idle > IDLE_MOST.total_seconds():
        before = message_shape(message, call.workspace)
        message.stream = "errored"
        call.workspace.rewritten(message, before, quietly=True)
    if message.stream != "in_progress":
        raise SlackError("message_not_in_streaming_state")
    return message


def _pieces(call: Call) -> list[Json]:
    text = call.args.text("markdown_text")
    chunks = call.args.structure("chunks", "invalid_chunks")
    if text and chunks:
        raise SlackError("cannot_provide_both_markdown_text_and_chunks")
    if len(text) > MARKDOWN_MOST:
        raise SlackError("msg_too_long")
    if text:
        return [{"type": "markdown_text", "text": text}]
    if chunks:
        refuse_chunks(chunks)
    return chunks or []


def _grow(message: Message, pieces: list[Json], call: Call) -> None:
    words = "".join(piece["text"] for piece in pieces if piece["type"] == "markdown_text")
    if len(message.text) + len(words) > TEXT_MOST:
        raise SlackError("msg_too_long")
    message.text += words
    message.chunks = [*message.chunks, *(piece for piece in pieces if piece["type"] != "markdown_text")]
    message.streamed_at = call.workspace.now().timestamp()


def chunk_blocks(message: Message) -> Iterator[Json]:
    """Yields what the tasks, plan and blocks of a stream look like once it has ended."""
    tasks: dict[str, Json] = {}
    plan = ""
    for chunk in message.chunks:
        if chunk["type"] == "task_update":
            tasks[chunk["id"]] = tasks.get(chunk["id"], {}) | _task(chunk)
        elif chunk["type"] == "plan_update":
            plan = chunk["title"]
    if plan:
        yield {"type": "plan", "block_id": short_id(), "title": plan, "tasks": list(tasks.values())}
    else:
        yield from tasks.values()
    for chunk in message.chunks:
        if chunk["type"] == "blocks":
            yield from with_ids(chunk["blocks"])


def _task(chunk: Json) -> Json:
    task = {"type": "task_card", "task_id": chunk["id"], "title": chunk["title"], "status": chunk["status"]}
    for part in ("details", "output"):
        if chunk.get(part):
            section = {"type": "rich_text_section", "elements": [{"type": "text", "text": chunk[part]}]}
            task[part] = {"type": "rich_text", "elements": [section]}
    return task | ({"sources": chunk["sources"]} if chunk.get("sources") else {})
