"""`/sandbox/...`: what developers see and turn, as JSON."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter, FastAPI
from fastapi.responses import StreamingResponse

from bot.sandbox.controls import people_changes
from bot.sandbox.controls.faults import Fault
from bot.sandbox.edge import bodies
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.workspace.records import Json
from bot.sandbox.workspace.shapes import channel_shape
from bot.sandbox.workspace.user_shape import group_shape, user_shape


def add_controls(app: FastAPI, sandbox: Sandbox) -> None:
    """Serves the controls."""
    router = APIRouter(prefix="/sandbox", tags=["controls"])
    _add_overview(router, sandbox)
    _add_faults(router, sandbox)
    _add_delivery(router, sandbox)
    _add_people(router, sandbox)
    app.include_router(router)


def _add_overview(router: APIRouter, sandbox: Sandbox) -> None:
    workspace = sandbox.workspace

    @router.get("")
    async def overview() -> Json:
        """Tells who is in the workspace, its channels, the app, and the time."""
        identity, app = workspace.identity, workspace.seed.app
        with workspace.lock:
            now = workspace.now()
            return {
                "ok": True,
                "team": {"id": identity.team_id, "name": identity.team_name, "domain": identity.domain},
                "app": {
                    "id": identity.app_id,
                    "bot_id": identity.bot_id,
                    "user": identity.bot_user,
                    "name": app.name,
                    "commands": list(app.commands),
                    "shortcuts": [vars(s) for s in app.shortcuts],
                },
                "users": [user_shape(u, identity, now) for u in workspace.directory.users.values()],
                "channels": [
                    channel_shape(c, workspace, viewer=identity.bot_user)
                    for c in workspace.conversations.all.values()
                    if not c.is_direct
                ],
                "usergroups": [
                    group_shape(g, identity, with_users=True) for g in workspace.directory.groups.values()
                ],
                "clock": _clock(sandbox),
            }

    @router.get("/clock")
    async def clock() -> Json:
        """Tells the time."""
        return {"ok": True} | _clock(sandbox)

    @router.post("/clock")
    async def advance(body: bodies.Advance) -> Json:
        """Moves the time forward."""
        sandbox.advance(timedelta(seconds=body.seconds))
        return {"ok": True} | _clock(sandbox)

    @router.get("/feed", response_class=StreamingResponse)
    async def feed(after: int | None = None) -> StreamingResponse:
        """Streams what happens, as server-sent events."""
        return StreamingResponse(sandbox.feed.stream(after), media_type="text/event-stream")

    @router.get("/journal")
    async def journal(after: int = 0, kind: str = "", name: str = "", most: int = 500) -> Json:
        """Lists the newest calls of the app's and deliveries to it, oldest first."""
        return {"ok": True, "entries": sandbox.journal.entries(after=after, kind=kind, name=name, most=most)}

    @router.delete("/journal")
    async def forget() -> Json:
        """Empties the journal."""
        sandbox.journal.clear()
        return {"ok": True}


def _add_faults(router: APIRouter, sandbox: Sandbox) -> None:
    @router.get("/faults")
    async def faults() -> Json:
        """Lists the faults that wait for calls."""
        return {"ok": True, "faults": sandbox.faults.listed()}

    @router.post("/faults")
    async def add(body: bodies.FaultBody) -> Json:
        """Arms a fault."""
        return {"ok": True, "id": sandbox.faults.add(Fault(**body.model_dump()))}

    @router.delete("/faults")
    async def clear() -> Json:
        """Disarms all faults."""
        sandbox.faults.clear()
        return {"ok": True}

    @router.post("/rate-limits")
    async def limits(body: bodies.Limits) -> Json:
        """Turns the rate limits on or off."""
        sandbox.limits.reset()
        sandbox.limits.enabled = body.enabled
        return {"ok": True, "enabled": body.enabled}


def _add_delivery(router: APIRouter, sandbox: Sandbox) -> None:
    @router.get("/delivery")
    async def delivery() -> Json:
        """Tells how the app is reached, and how much it has not acknowledged yet."""
        return {
            "ok": True,
            "request_url": sandbox.http.url,
            "connections": sandbox.sockets.count,
            "pending": sandbox.outbox.pending,
        }

    @router.post("/app")
    async def app(body: bodies.AppBody) -> Json:
        """Sets where events go; `verified` says whether the app answered Slack's challenge."""
        sandbox.http.url = body.request_url
        verified = await sandbox.http.verified() if body.request_url else None
        return {"ok": True, "request_url": body.request_url, "verified": verified}

    @router.post("/socket-mode/disconnect")
    async def disconnect(body: bodies.Disconnect) -> Json:
        """Asks the app's sockets to reconnect, and closes them."""
        return {
            "ok": True,
            "closed": await sandbox.sockets.refresh(body.reason, close_after=body.close_after),
        }


def _add_people(router: APIRouter, sandbox: Sandbox) -> None:
    workspace = sandbox.workspace

    @router.post("/users")
    async def join(body: bodies.NewUser) -> Json:
        """Adds a person."""
        with workspace.lock:
            fields = body.model_dump(exclude_none=True, exclude={"name", "channels"})
            user = people_changes.add_person(workspace, body.name, body.channels, fields)
            return {"ok": True, "user": user_shape(user, workspace.identity, workspace.now())}

    @router.patch("/users/{who}")
    async def change_user(who: str, body: bodies.UserBody) -> Json:
        """Changes a person: their time zone, say, or that they left."""
        with workspace.lock:
            user = people_changes.change_person(workspace, who, body.model_dump(exclude_none=True))
            return {"ok": True, "user": user_shape(user, workspace.identity, workspace.now())}

    @router.patch("/usergroups/{group}")
    async def change_group(group: str, body: bodies.GroupBody) -> Json:
        """Changes a user group."""
        with workspace.lock:
            changed = people_changes.change_group(workspace, group, body.model_dump(exclude_none=True))
            return {"ok": True, "usergroup": group_shape(changed, workspace.identity, with_users=True)}

    @router.post("/channels")
    async def make_channel(body: bodies.NewChannel) -> Json:
        """Makes a channel."""
        with workspace.lock:
            channel = people_changes.add_channel(workspace, **body.model_dump())
            return {"ok": True, "channel": channel_shape(channel, workspace, viewer=channel.creator)}

    @router.patch("/channels/{channel}")
    async def change_channel(channel: str, body: bodies.ChannelBody) -> Json:
        """Renames, archives or unarchives a channel."""
        with workspace.lock:
            changed = people_changes.change_channel(
                workspace, channel, name=body.name, archived=body.archived
            )
            return {"ok": True, "channel": channel_shape(changed, workspace, viewer=changed.creator)}


def _clock(sandbox: Sandbox) -> Json:
    return {"now": sandbox.clock.now().isoformat(), "ahead_seconds": sandbox.clock.offset.total_seconds()}
