"""`/sandbox/people/{who}/...`: what people do and see, as JSON. `who` is a handle or an id."""

from __future__ import annotations

import base64
from typing import Any

from fastapi import APIRouter, FastAPI, Response

from bot.sandbox.edge import bodies
from bot.sandbox.edge.web_api import file_response
from bot.sandbox.people import reading, saying
from bot.sandbox.people.acting import Press
from bot.sandbox.people.places import person, place, seen_message
from bot.sandbox.people.saying import Saying
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.workspace.records import Json, Message
from bot.sandbox.workspace.shapes import message_shape
from bot.sandbox.workspace.user_shape import user_shape


def add_people(app: FastAPI, sandbox: Sandbox) -> None:
    """Serves what people do and see."""
    router = APIRouter(prefix="/sandbox/people/{who}", tags=["people"])
    _add_saying(router, sandbox)
    _add_moving(router, sandbox)
    _add_acting(router, sandbox)
    _add_reading(router, sandbox)
    app.include_router(router)


def _add_saying(router: APIRouter, sandbox: Sandbox) -> None:
    workspace = sandbox.workspace

    @router.post("/say")
    async def say(who: str, body: bodies.Say) -> Json:
        """Says something in a channel, a thread or a direct message."""
        with workspace.lock:
            return _said(sandbox, saying.say(workspace, person(workspace, who), Saying(**body.model_dump())))

    @router.post("/edit")
    async def edit(who: str, body: bodies.Edit) -> Json:
        """Changes what one said."""
        words = Saying(channel=body.channel, text=body.text, raw=body.raw)
        with workspace.lock:
            return _said(sandbox, saying.edit(workspace, person(workspace, who), words, body.ts))

    @router.post("/delete")
    async def delete(who: str, body: bodies.OfMessage) -> Json:
        """Deletes what one said, or puts an ephemeral message away."""
        with workspace.lock:
            saying.delete(workspace, person(workspace, who), body.channel, body.ts)
        return {"ok": True}

    @router.post("/react")
    async def react(who: str, body: bodies.React) -> Json:
        """Adds a reaction, or takes it away."""
        with workspace.lock:
            user = person(workspace, who)
            saying.toggle_reaction(workspace, user, body.channel, body.ts, body.name, remove=body.remove)
        return {"ok": True}

    @router.post("/upload")
    async def upload(who: str, body: bodies.Upload) -> Json:
        """Shares a file."""
        content = base64.b64decode(body.content) if body.base64 else body.content.encode()
        words = Saying(channel=body.channel, text=body.text, thread_ts=body.thread_ts)
        with workspace.lock:
            return _said(sandbox, saying.upload(workspace, person(workspace, who), words, body.name, content))


def _add_moving(router: APIRouter, sandbox: Sandbox) -> None:
    workspace = sandbox.workspace

    @router.post("/join")
    async def join(who: str, body: bodies.InChannel) -> Json:
        """Joins a public channel."""
        with workspace.lock:
            user = person(workspace, who)
            return {"ok": True, "new": workspace.join(place(workspace, user, body.channel), user.id)}

    @router.post("/leave")
    async def leave(who: str, body: bodies.InChannel) -> Json:
        """Leaves a channel."""
        with workspace.lock:
            user = person(workspace, who)
            return {"ok": True, "was_in": workspace.leave(place(workspace, user, body.channel), user.id)}

    @router.post("/open_home")
    async def open_home(who: str, body: bodies.Home) -> Json:
        """Opens the app's page."""
        with workspace.lock:
            saying.open_home(workspace, person(workspace, who), body.tab)
        return {"ok": True}

    @router.post("/look_at")
    async def look_at(who: str, body: bodies.InChannel) -> Json:
        """Has a channel open beside the direct message with the app."""
        with workspace.lock:
            saying.look_at(workspace, person(workspace, who), body.channel)
        return {"ok": True}

    @router.post("/close_dm")
    async def close_dm(who: str) -> Json:
        """Puts the direct message with the app away."""
        with workspace.lock:
            saying.close_direct(workspace, person(workspace, who))
        return {"ok": True}

    @router.post("/mark")
    async def mark(who: str, body: bodies.OfMessage) -> Json:
        """Marks a conversation as read up to a message."""
        with workspace.lock:
            user = person(workspace, who)
            workspace.extras.mark_read(place(workspace, user, body.channel).id, user.id, body.ts)
        return {"ok": True}


def _add_acting(router: APIRouter, sandbox: Sandbox) -> None:
    workspace, acting, modals = sandbox.workspace, sandbox.acting, sandbox.modals

    @router.post("/command")
    async def command(who: str, body: bodies.Command) -> Json:
        """Runs a slash command."""
        return await acting.command(person(workspace, who), body.channel, body.command, body.text)

    @router.post("/press")
    async def press(who: str, body: bodies.PressBody) -> Json:
        """Presses a button or uses a menu."""
        return await acting.press(person(workspace, who), Press(**body.model_dump()))

    @router.post("/suggest")
    async def suggest(who: str, body: bodies.PressBody) -> Json:
        """Types into an external menu."""
        return await acting.suggest(person(workspace, who), Press(**body.model_dump()))

    @router.post("/shortcut")
    async def shortcut(who: str, body: bodies.Shortcut) -> Json:
        """Uses a shortcut."""
        return await acting.shortcut(person(workspace, who), body.callback_id, body.channel, body.ts)

    @router.post("/submit")
    async def submit(who: str, body: bodies.Submit) -> Json:
        """Fills in and submits the open modal."""
        return await modals.submit(person(workspace, who), body.values)

    @router.post("/close")
    async def close(who: str, body: bodies.Close) -> Json:
        """Closes the open modal."""
        return await modals.close(person(workspace, who), everything=body.everything)


def _add_reading(router: APIRouter, sandbox: Sandbox) -> None:
    workspace = sandbox.workspace

    @router.get("")
    async def whoami(who: str) -> Json:
        """Tells about a person."""
        with workspace.lock:
            user = workspace.directory.named(who)
            return {"ok": True, "user": user_shape(user, workspace.identity, workspace.now())}

    @router.get("/channels")
    async def channels(who: str) -> Json:
        """Lists the conversations that a person is in or may join."""
        with workspace.lock:
            return {"ok": True, "channels": reading.conversations(workspace, person(workspace, who))}

    @router.get("/history")
    async def history(who: str, channel: str, limit: int = 50, before: str = "") -> Json:
        """Shows a conversation, oldest first, with what only this person sees."""
        with workspace.lock:
            user = person(workspace, who)
            return {"ok": True} | reading.history(workspace, user, channel, limit=limit, before=before)

    @router.get("/thread")
    async def thread(who: str, channel: str, ts: str) -> Json:
        """Shows a thread."""
        with workspace.lock:
            return {"ok": True} | reading.thread(workspace, person(workspace, who), channel, ts)

    @router.get("/message")
    async def message(who: str, channel: str, ts: str) -> Json:
        """Shows one message."""
        with workspace.lock:
            return _said(sandbox, seen_message(workspace, person(workspace, who), channel, ts))

    @router.get("/ephemerals")
    async def ephemerals(who: str, channel: str = "") -> Json:
        """Lists what only this person sees."""
        with workspace.lock:
            return {"ok": True, "messages": reading.ephemerals(workspace, person(workspace, who), channel)}

    @router.get("/views")
    async def views(who: str) -> Json:
        """Shows the open modals and the Home tab."""
        with workspace.lock:
            return {"ok": True} | reading.views(workspace, person(workspace, who))

    @router.get("/files/{file_id}", response_model=None)
    async def file(who: str, file_id: str) -> Response | dict[str, Any]:
        """Downloads a file."""
        with workspace.lock:
            person(workspace, who)
        return file_response(sandbox, file_id)


def _said(sandbox: Sandbox, message: Message) -> Json:
    shape = message_shape(message, sandbox.workspace, with_metadata=True)
    return {"ok": True, "channel": message.channel, "ts": message.ts, "message": shape}
