"""assistant.threads.*: what the app is doing, what to ask it, what a thread is called."""

from __future__ import annotations

from bot.sandbox.errors import SlackError, invalid_arguments
from bot.sandbox.methods.call import Call, ok
from bot.sandbox.workspace.changes import Change
from bot.sandbox.workspace.records import Json

MOST_PROMPTS = 4
MOST_LOADING = 10


def set_status(call: Call) -> Json:
    """Shows what the app is doing in a thread; an empty status ends it."""
    channel = call.joined_channel("channel_id")
    thread = _thread(call, channel.id)
    loading = call.args.structure("loading_messages") or []
    if len(loading) > MOST_LOADING:
        raise invalid_arguments(f"no more than {MOST_LOADING} items allowed [json-pointer:/loading_messages]")
    status = {"status": call.args.text("status"), "loading_messages": loading}
    if status["status"]:
        call.workspace.extras.set_status(channel.id, thread, status, call.workspace.now())
    else:
        call.workspace.extras.clear_status(channel.id, thread)
    call.workspace.announce(Change(kind="status.set", channel=channel.id, ts=thread, detail=status))
    return ok()


def set_prompts(call: Call) -> Json:
    """Suggests what to ask, at most four things."""
    channel = call.joined_channel("channel_id")
    if not channel.is_direct:
        raise SlackError("channel_type_not_supported")
    prompts = call.args.structure("prompts")
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= MOST_PROMPTS:
        raise invalid_arguments(f"must provide 1 to {MOST_PROMPTS} items [json-pointer:/prompts]")
    for index, prompt in enumerate(prompts):
        if not isinstance(prompt, dict) or not prompt.get("title") or not prompt.get("message"):
            raise invalid_arguments(f"missing required field: title, message [json-pointer:/prompts/{index}]")
    thread = call.args.text("thread_ts")
    shown = {"title": call.args.text("title"), "prompts": prompts}
    call.workspace.extras.set_prompts(channel.id, thread, shown)
    call.workspace.announce(Change(kind="prompts.set", channel=channel.id, ts=thread, detail=shown))
    return ok()


def set_title(call: Call) -> Json:
    """Names a thread."""
    channel = call.joined_channel("channel_id")
    thread = _thread(call, channel.id)
    call.workspace.extras.set_title(channel.id, thread, call.args.need("title"))
    return ok()


def _thread(call: Call, channel: str) -> str:
    thread = call.args.need("thread_ts")
    found = call.workspace.messages.find(channel, thread)
    if found is None:
        raise SlackError("thread_not_found")
    return found.thread_ts or found.ts
