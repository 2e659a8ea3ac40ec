"""files.*: uploads in three steps, and what became of them."""

from __future__ import annotations

from typing import Any

from bot.sandbox.errors import SlackError, invalid_arguments
from bot.sandbox.methods.call import Call, ok
from bot.sandbox.methods.chat import target, thread_of
from bot.sandbox.methods.content import blocks_of
from bot.sandbox.methods.paging import page
from bot.sandbox.workspace.changes import Change
from bot.sandbox.workspace.files import LARGEST
from bot.sandbox.workspace.records import Channel, File, Json
from bot.sandbox.workspace.shapes import file_shape
from bot.sandbox.workspace.state import Workspace


def get_upload_url(call: Call) -> Json:
    """Gives out an address that takes a file's bytes, once."""
    length = call.args.number("length", 0)
    if length <= 0:
        raise invalid_arguments("must provide a positive number [json-pointer:/length]")
    if length > LARGEST:
        raise SlackError("file_upload_size_restricted")
    file, secret = call.workspace.files.begin(
        name=call.args.need("filename"), size=length, user=call.app_user,
        created=call.workspace.epoch(), alt_text=call.args.text("alt_txt"),
    )  # fmt: skip
    return ok(upload_url=f"{call.workspace.base_url}/upload/v1/{secret}", file_id=file.id)


def complete_upload(call: Call) -> Json:
    """Ends uploads, and shares them where a channel is named."""
    listed = call.args.structure("files")
    if not isinstance(listed, list) or not listed:
        raise invalid_arguments("missing required field: files")
    channel = target(call, "channel_id") if call.args.text("channel_id") else None
    files = [_finished(call, item) for item in listed]
    for file in files:
        call.workspace.files.keep(file)
    if channel is not None:
        share(call, channel, files)
    return ok(files=[file_shape(f.id, call.workspace) for f in files])


def share(call: Call, channel: Channel, files: list[File]) -> None:
    """Posts files to a channel as the app."""
    message = call.workspace.authored_by_app(
        channel.id, text=call.args.text("initial_comment"), thread_ts=thread_of(call, channel)
    )
    message.blocks = blocks_of(call.args)
    message.subtype = "file_share"
    message.files = [f.id for f in files]
    tell_shared(call.workspace, channel, files, message.ts)
    call.workspace.post(message)


def tell_shared(workspace: Workspace, channel: Channel, files: list[File], ts: str) -> None:
    """Keeps where files were shared."""
    for file in files:
        file.channels.setdefault(channel.id, []).append(ts)
        workspace.files.keep(file)
        workspace.announce(
            Change(kind="file.shared", channel=channel.id, user=file.user, ts=ts, detail={"file": file.id})
        )


def info(call: Call) -> Json:
    """Tells about one file."""
    file = call.workspace.files.get(call.args.need("file"))
    paging = {"count": 0, "total": 0, "page": 1, "pages": 0}
    return ok(file=file_shape(file.id, call.workspace), comments=[], paging=paging)


def list_all(call: Call) -> Json:
    """Lists the files of a channel, a user, or all."""
    channel, user = call.args.text("channel"), call.args.text("user")
    found = [
        f
        for f in call.workspace.files.all.values()
        if (f.completed, f.deleted) == (True, False) and channel in {"", *f.channels} and user in {"", f.user}
    ]
    shown, _ = page(found, call.args)
    paging = {"count": len(shown), "total": len(found), "page": 1, "pages": 1}
    return ok(files=[file_shape(f.id, call.workspace) for f in shown], paging=paging)


def delete(call: Call) -> Json:
    """Deletes a file of the app's."""
    file = call.workspace.files.get(call.args.need("file"))
    if file.user != call.app_user:
        raise SlackError("cant_delete_file")
    file.deleted = True
    call.workspace.files.keep(file)
    return ok()


def _finished(call: Call, item: Any) -> File:
    file = call.workspace.files.get(str(item.get("id", "")) if isinstance(item, dict) else "")
    if not file.uploaded:
        raise SlackError("file_not_found")
    file.completed = True
    file.title = str(item.get("title") or file.name)
    return file
