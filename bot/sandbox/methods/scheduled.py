"""Messages for later, by the workspace's clock."""

from __future__ import annotations

from datetime import timedelta

from bot.sandbox.errors import SlackError
from bot.sandbox.methods.call import Arguments, Call, ok
from bot.sandbox.methods.chat import post_message, target, thread_of
from bot.sandbox.methods.content import content_of
from bot.sandbox.methods.paging import page
from bot.sandbox.workspace.records import Json
from bot.sandbox.workspace.state import Workspace

FURTHEST = timedelta(days=120)


def schedule_message(call: Call) -> Json:
    """Keeps a message until its time comes. As in Slack, one with metadata is taken and never posted."""
    channel = target(call)
    content = content_of(call.args)
    if content.is_empty:
        raise SlackError("no_text")
    thread_of(call, channel)
    post_at = call.args.number("post_at", 0)
    if post_at <= call.workspace.epoch():
        raise SlackError("time_in_past")
    if post_at > (call.workspace.now() + FURTHEST).timestamp():
        raise SlackError("time_too_far")
    job = {
        "channel": channel.id,
        "post_at": post_at,
        "created": call.workspace.epoch(),
        "args": call.args.values,
    }
    job_id = call.workspace.extras.schedule(job)
    message = {
        "text": content.text or "",
        "type": "delayed_message",
        "bot_id": call.workspace.identity.bot_id,
    }
    return ok(channel=channel.id, scheduled_message_id=job_id, post_at=post_at, message=message)


def list_scheduled(call: Call) -> Json:
    """Lists what waits."""
    channel = call.args.text("channel")
    jobs = [
        {
            "id": job_id,
            "channel_id": job["channel"],
            "post_at": job["post_at"],
            "date_created": job["created"],
            "text": job["args"].get("text", ""),
        }
        for job_id, job in call.workspace.extras.scheduled.items()
        if channel in {"", job["channel"]}
    ]
    shown, cursor = page(jobs, call.args)
    return ok(scheduled_messages=shown, response_metadata=cursor)


def delete_scheduled(call: Call) -> Json:
    """Takes a message back before its time."""
    job = call.workspace.extras.scheduled.get(call.args.need("scheduled_message_id"))
    if job is None or job["channel"] != call.channel().id:
        raise SlackError("invalid_scheduled_message_id")
    call.workspace.extras.unschedule(call.args.need("scheduled_message_id"))
    return ok()


def post_due(workspace: Workspace) -> int:
    """Posts what is due and returns how many; what can no longer be posted is dropped, as in Slack."""
    now = workspace.epoch()
    due = [job_id for job_id, job in workspace.extras.scheduled.items() if job["post_at"] <= now]
    for job_id in due:
        job = workspace.extras.unschedule(job_id)
        if job is None or job["args"].get("metadata"):
            continue
        try:
            post_message(Call(workspace=workspace, method="chat.postMessage", args=Arguments(job["args"])))
        except SlackError:
            continue
    return len(due)
