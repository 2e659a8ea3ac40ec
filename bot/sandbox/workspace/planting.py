"""Fills a workspace: from its log where it was here before, else from the seed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.sandbox.clock import MovableClock
from bot.sandbox.seed import EVERYONE, Seed, SeedChannel, SeedMessage, SeedUser
from bot.sandbox.workspace.ids import derived_id, ts_of
from bot.sandbox.workspace.keeping import Keeping, revived
from bot.sandbox.workspace.records import Channel, File, Group, Message, User, View
from bot.sandbox.workspace.state import Workspace
from bot.sandbox.workspace.typed import encode, rich_text


def open_workspace(seed: Seed, clock: MovableClock, keeping: Keeping, **more: Any) -> Workspace:
    """Returns a filled workspace, the same as it was left where `keeping` has a log of it."""
    workspace = Workspace(seed, clock, keeping=keeping, **more)
    entries = list(keeping.log.entries()) if keeping.log is not None else []
    if entries:
        keeping.paused = True
        for kind, key, value in entries:
            _restore(workspace, kind, key, value)
        keeping.paused = False
    else:
        plant(workspace)
    return workspace


def plant(workspace: Workspace) -> None:
    """Adds what the seed says to an empty workspace."""
    seed, identity = workspace.seed, workspace.identity
    created = int(workspace.in_days(-30).timestamp())
    slackbot = User(id="USLACKBOT", name="slackbot", real_name="Slackbot", bot_id="B01", app_id="A01")
    app = User(
        id=identity.bot_user, name=seed.app.name, real_name=seed.app.real_name,
        bot_id=identity.bot_id, app_id=identity.app_id, updated=created,
    )  # fmt: skip
    workspace.directory.put(slackbot)
    workspace.directory.put(app)
    for person in seed.users:
        workspace.directory.put(_user(person, workspace, created))
    for channel in seed.channels:
        workspace.conversations.put(_channel(channel, workspace, created))
        _let_in(channel, workspace)
    for group in seed.groups:
        workspace.directory.put(
            Group(
                id=group.id or derived_id("S", group.handle, workspace.directory.groups),
                handle=group.handle, name=group.name or group.handle, created=created, updated=created,
                members=[workspace.directory.named(m).id for m in group.members],
            )
        )  # fmt: skip
    for message in seed.messages:
        _say(message, workspace)


def _user(person: SeedUser, workspace: Workspace, created: int) -> User:
    user_id = person.id or derived_id("U", person.name, workspace.directory.users)
    return User(
        id=user_id,
        name=person.name,
        real_name=person.real_name or person.name.title(),
        title=person.title,
        tz=person.tz,
        email="" if person.bot else person.email or f"{person.name}@{workspace.seed.domain}.example",
        admin=person.admin,
        guest=person.guest,
        bot_id=derived_id("B", person.name, ()) if person.bot else "",
        app_id=derived_id("A", person.name, ()) if person.bot else "",
        deactivated=person.deactivated,
        updated=created,
    )


def _channel(channel: SeedChannel, workspace: Workspace, created: int) -> Channel:
    return Channel(
        id=channel.id or derived_id("C", channel.name, workspace.conversations.all),
        kind="group" if channel.private else "channel",
        name=channel.name,
        creator=next((u.id for u in workspace.directory.users.values() if not u.is_bot), "USLACKBOT"),
        created=created,
        topic=channel.topic,
        purpose=channel.purpose,
        archived=channel.archived,
    )


def _let_in(seed: SeedChannel, workspace: Workspace) -> None:
    channel = workspace.conversations.named(seed.name)
    if channel is None:
        return
    for member in seed.members:
        users = (
            workspace.directory.full_members() if member == EVERYONE else [workspace.directory.named(member)]
        )
        for user in list(users):
            workspace.conversations.add_member(channel, user.id)
    if seed.app_is_in:
        workspace.conversations.add_member(channel, workspace.identity.bot_user)


def _say(seed: SeedMessage, workspace: Workspace) -> None:
    channel = workspace.conversations.named(seed.channel) if seed.channel.startswith("#") else None
    if channel is None:
        channel = workspace.direct_with_app(workspace.directory.named(seed.channel).id)
    first = _message(seed, workspace, channel)
    workspace.messages.add(first)
    for reply in seed.replies:
        workspace.messages.add(_message(reply, workspace, channel, thread_ts=first.ts))


def _message(seed: SeedMessage, workspace: Workspace, channel: Channel, *, thread_ts: str = "") -> Message:
    user = workspace.directory.named(seed.user)
    text = encode(seed.text, workspace)
    return Message(
        channel=channel.id,
        ts=_free_ts(seed, workspace, channel),
        user=user.id,
        bot_id=user.bot_id,
        app_id=user.app_id,
        text=text,
        thread_ts=thread_ts,
        blocks=None if user.is_bot else rich_text(text),
    )


def _free_ts(seed: SeedMessage, workspace: Workspace, channel: Channel) -> str:
    at = workspace.now() - seed.ago
    ts = ts_of(at)
    while workspace.messages.find(channel.id, ts):
        at = at.replace(microsecond=(at.microsecond + 1) % 1_000_000)
        ts = ts_of(at)
    return ts


def _restore(workspace: Workspace, kind: str, key: str, value: Any) -> None:
    if kind in {"user", "group"}:
        workspace.directory.put(revived(value, User if kind == "user" else Group))
    elif kind == "channel":
        workspace.conversations.put(revived(value, Channel))
    elif kind == "member":
        channel_id, _, user = key.partition("/")
        workspace.conversations.add_member(workspace.conversations.all[channel_id], user)
    elif kind == "message":
        message = revived(value, Message)
        workspace.stamps.saw(message.ts)
        workspace.messages.add(message)
    elif kind == "home":
        workspace.views.restore_home(revived(value, View))
    elif kind == "file":
        workspace.files.keep(revived(value, File))
    elif kind == "clock":
        ahead = timedelta(seconds=value) - workspace.clock.offset
        workspace.clock.advance(max(ahead, timedelta(0)))
    else:
        workspace.extras.restore(kind, key, value)
