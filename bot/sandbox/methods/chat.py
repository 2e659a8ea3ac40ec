"""chat.*: posting, changing and deleting messages."""

from __future__ import annotations

from bot.sandbox.errors import SlackError
from bot.sandbox.methods.call import Call, ok
from bot.sandbox.methods.content import UPDATE_TEXT_MOST, Content, content_of
from bot.sandbox.workspace.changes import Change
from bot.sandbox.workspace.records import Channel, Json, Message
from bot.sandbox.workspace.shapes import message_shape


def post_message(call: Call) -> Json:
    """Posts to a channel, a direct message, or a person."""
    channel = target(call)
    content = content_of(call.args)
    if content.is_empty:
        raise SlackError("no_text")
    message = _written(call, channel, content)
    message.broadcast = call.args.flag("reply_broadcast") and message.is_reply
    if message.broadcast:
        message.subtype = "thread_broadcast"
    call.workspace.post(message)
    shape = message_shape(message, call.workspace, with_metadata=True)
    return ok(channel=channel.id, ts=message.ts, message=shape)


def post_ephemeral(call: Call) -> Json:
    """Posts what one person sees, and nobody finds in the history."""
    channel = target(call)
    user = call.workspace.directory.user(call.args.need("user"))
    if user.id not in channel.members:
        raise SlackError("user_not_in_channel")
    content = content_of(call.args)
    if content.is_empty:
        raise SlackError("no_text")
    message = _written(call, channel, content)
    message.to = user.id
    call.workspace.post(message)
    return ok(message_ts=message.ts)


def update(call: Call) -> Json:
    """Changes a message of the app's; what is not given stays as it was."""
    channel = call.channel()
    message = call.workspace.messages.get(channel.id, call.args.need("ts"))
    if message.bot_id != call.workspace.identity.bot_id or message.subtype == "tombstone":
        raise SlackError("cant_update_message")
    if message.stream == "in_progress":
        raise SlackError("streaming_state_conflict")
    if channel.archived:
        raise SlackError("is_archived")
    content = content_of(call.args, text_most=UPDATE_TEXT_MOST)
    if content.is_empty and content.blocks is None and content.attachments is None:
        raise SlackError("no_text")
    before = message_shape(message, call.workspace)
    content.put_on(message)
    if not (message.text or message.blocks or message.attachments):
        raise SlackError("no_text")
    message.edited = {"user": message.user, "ts": call.workspace.next_ts()}
    call.workspace.rewritten(message, before)
    shape = message_shape(message, call.workspace, with_metadata=True)
    return ok(channel=channel.id, ts=message.ts, text=message.text, message=shape)


def delete(call: Call) -> Json:
    """Deletes a message of the app's."""
    channel = call.channel()
    message = call.workspace.messages.get(channel.id, call.args.need("ts"))
    if message.bot_id != call.workspace.identity.bot_id or message.stream == "in_progress":
        raise SlackError("cant_delete_message")
    call.workspace.remove(message, message_shape(message, call.workspace))
    return ok(channel=channel.id, ts=message.ts)


def get_permalink(call: Call) -> Json:
    """Returns the address of a message."""
    channel = call.channel()
    message = call.workspace.messages.get(channel.id, call.args.need("message_ts"))
    return ok(channel=channel.id, permalink=permalink(call, message))


def permalink(call: Call, message: Message) -> str:
    """Returns where a message can be seen, on the sandbox's own server."""
    link = f"{call.workspace.base_url}/archives/{message.channel}/p{message.ts.replace('.', '')}"
    return f"{link}?thread_ts={message.thread_ts}&cid={message.channel}" if message.is_reply else link


def unfurl(call: Call) -> Json:
    """Adds previews to links in a message."""
    channel = call.channel()
    message = call.workspace.messages.get(channel.id, call.args.need("ts"))
    unfurls = call.args.structure("unfurls", "invalid_unfurls_format")
    if not isinstance(unfurls, dict):
        raise SlackError("missing_unfurls")
    before = message_shape(message, call.workspace)
    message.attachments = [{"from_url": url, **preview} for url, preview in unfurls.items()]
    call.workspace.rewritten(message, before)
    return ok()


def target(call: Call, name: str = "channel") -> Channel:
    """Returns where a message goes, and refuses where the app may not post."""
    workspace, wanted = call.workspace, call.args.need(name)
    if wanted.startswith(("U", "W")) and wanted in workspace.directory.users:
        return _direct(call, wanted)
    named = workspace.conversations.named(wanted) if wanted not in workspace.conversations.all else None
    channel = workspace.conversations.visible(named.id if named else wanted, call.app_user)
    if channel.archived:
        raise SlackError("is_archived")
    scopes = workspace.seed.app.scopes
    anywhere = scopes is not None and "chat:write.public" in scopes and channel.kind == "channel"
    if call.app_user not in channel.members and not anywhere:
        raise SlackError("not_in_channel")
    return channel


def thread_of(call: Call, channel: Channel) -> str:
    """Returns the thread that a call names; a reply stands for the thread it is in."""
    wanted = call.args.text("thread_ts")
    if not wanted:
        return ""
    parent = call.workspace.messages.find(channel.id, wanted)
    if parent is None:
        raise SlackError("cannot_reply_to_message")
    return parent.thread_ts if parent.is_reply else parent.ts


def _direct(call: Call, user_id: str) -> Channel:
    user = call.workspace.directory.user(user_id)
    if user.is_bot or user.deactivated:
        raise SlackError("channel_not_found")
    known = call.workspace.conversations.direct([user.id, call.app_user])
    channel = call.workspace.direct_with_app(user.id)
    if known is None:
        call.workspace.announce(Change(kind="channel.opened", channel=channel.id, user=user.id))
    return channel


def _written(call: Call, channel: Channel, content: Content) -> Message:
    thread = thread_of(call, channel)
    message = call.workspace.authored_by_app(channel.id, text=content.text or "", thread_ts=thread)
    content.put_on(message)
    if call.args.text("username"):
        message.subtype = "bot_message"
        icons = {"emoji": call.args.text("icon_emoji")} if call.args.has("icon_emoji") else {}
        message.extra = {"username": call.args.text("username"), "icons": icons}
    return message
