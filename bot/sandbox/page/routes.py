"""The page's addresses: whole pages below `/as/`, fragments of them below `/page/`."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Header, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse

from bot.sandbox.edge.web_api import file_response
from bot.sandbox.errors import SlackError
from bot.sandbox.page.desk import Desk
from bot.sandbox.page.feed import pushes
from bot.sandbox.page.screens import inspector, offers
from bot.sandbox.page.screens.modal import modal
from bot.sandbox.page.screens.timeline import stretch, thread
from bot.sandbox.people.places import place
from bot.sandbox.workspace.records import Channel, User

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class Page(HTMLResponse):
    """HTML that may load nothing from another host and run no script but our own."""

    def __init__(self, content: str = "", status_code: int = 200) -> None:
        super().__init__(content, status_code=status_code, headers=HEADERS)


def add_pages(router: APIRouter, desk: Desk) -> None:
    """Serves whole pages."""
    lock = desk.sandbox.workspace.lock

    @router.get("/", response_model=None)
    @router.get("/as/{who}", response_model=None)
    async def arrive(who: str = "") -> Response:
        """Sends a newcomer to where they begin."""
        with lock:
            user = desk.person(who) if who else desk.first_person()
            return _to(user, desk.first_place(user).id)

    @router.get("/as/{who}/{where}", response_model=None)
    async def show(who: str, where: str, tab: str = "", thread_ts: str = "") -> Response:
        """Shows a conversation as one person sees it; somewhere they may not be, they are sent home from."""
        with lock:
            user = desk.person(who)
            try:
                channel = place(desk.sandbox.workspace, user, where)
            except SlackError:
                return _to(user, desk.first_place(user).id)
            if channel.id != where:
                return _to(user, channel.id)
            return Page(_whole(desk, user, channel, tab, thread_ts))


def _to(user: User, where: str) -> Response:
    return RedirectResponse(f"/as/{user.name}/{where}", status_code=303, headers=HEADERS)


def _whole(desk: Desk, user: User, channel: Channel, tab: str, thread_ts: str) -> str:
    drawn = desk.main(user, channel, tab) | desk.side(user, channel.id) | desk.top(user)
    beside = _thread(desk, user, channel, thread_ts) if thread_ts else {"replies": None}
    return desk.drawing.page(
        "page.html",
        **(drawn | beside),
        modal=modal(desk.sandbox.workspace, user),
        feed=desk.sandbox.feed.latest,
        global_shortcuts=[s for s in desk.sandbox.workspace.seed.app.shortcuts if s.kind == "global"],
        message_shortcuts=[s for s in desk.sandbox.workspace.seed.app.shortcuts if s.kind == "message"],
    )


def _thread(desk: Desk, user: User, channel: Channel, ts: str) -> dict[str, Any]:
    workspace = desk.sandbox.workspace
    try:
        replies = thread(workspace, user, channel, ts)
    except SlackError:
        return {"replies": None}
    name = workspace.extras.titles.get(f"{channel.id}/{ts}", "")
    status = replies.messages[0].status if replies.messages else ""
    return {"replies": replies, "thread_ts": ts, "thread_title": name, "thread_status": status}


def add_pieces(router: APIRouter, desk: Desk) -> None:
    """Serves fragments of a page, which its script puts in place."""
    workspace, drawing = desk.sandbox.workspace, desk.drawing

    @router.get("/page/{who}/main/{where}", response_model=None)
    async def main(who: str, where: str, tab: str = "") -> Response:
        """Draws a conversation."""
        with workspace.lock:
            user = desk.person(who)
            channel = place(workspace, user, where)
            return Page(drawing.page("main.html", **desk.main(user, channel, tab)))

    @router.get("/page/{who}/earlier/{where}", response_model=None)
    async def earlier(who: str, where: str, before: str) -> Response:
        """Draws what was said before a message."""
        with workspace.lock:
            user = desk.person(who)
            found = stretch(workspace, user, place(workspace, user, where), before=before)
            return Page(drawing.page("stretch.html", stretch=found))

    @router.get("/page/{who}/thread/{where}", response_model=None)
    async def replies(who: str, where: str, ts: str) -> Response:
        """Draws a thread."""
        with workspace.lock:
            user = desk.person(who)
            drawn = _thread(desk, user, place(workspace, user, where), ts)
            values = drawn | {"me": desk.face(user), "app": workspace.seed.app}
            return Page(drawing.page("thread.html", **values) if drawn["replies"] else "")

    @router.get("/page/{who}/side/{where}", response_model=None)
    async def side(who: str, where: str) -> Response:
        """Draws the list of conversations."""
        with workspace.lock:
            return Page(drawing.page("side.html", **desk.side(desk.person(who), where)))

    @router.get("/page/{who}/clock", response_model=None)
    async def clock(who: str) -> Response:
        """Draws the clock."""
        with workspace.lock:
            return Page(drawing.page("clock.html", **desk.top(desk.person(who))))

    @router.get("/page/{who}/modal", response_model=None)
    async def top_modal(who: str) -> Response:
        """Draws the modal that somebody has open."""
        with workspace.lock:
            found = modal(workspace, desk.person(who))
            return Page(drawing.page("modal.html", modal=found) if found else "")


def add_lists(router: APIRouter, desk: Desk) -> None:
    """Serves what is offered while somebody types."""
    workspace = desk.sandbox.workspace

    @router.get("/page/{who}/offers", response_model=None)
    async def offered(who: str, kind: str, q: str = "", kinds: str = "") -> Response:
        """Draws offers of one kind: `@`, `#`, `/`, `users`, `channels`, `conversations`, `places`."""
        with workspace.lock:
            user = desk.person(who)
            wanted = [k for k in kinds.split(",") if k]
            makers = {
                "@": lambda: offers.mentions(workspace, user, q),
                "#": lambda: offers.channel_names(workspace, user, q),
                "/": lambda: offers.commands(workspace, q),
                "users": lambda: offers.people(workspace, q),
                "channels": lambda: offers.conversations(workspace, user, q, ["public"]),
                "conversations": lambda: offers.conversations(workspace, user, q, wanted),
                "places": lambda: offers.places(workspace, user, q),
            }
            make = makers.get(kind)
            return Page(desk.drawing.offers(make())) if make else Page(status_code=404)


def add_inspector(router: APIRouter, desk: Desk) -> None:
    """Serves what went over the wire."""

    @router.get("/page/{who}/inspector", response_model=None)
    async def lines(who: str, after: int = 0, rows: int = 0) -> Response:
        """Draws the newest lines; with `rows`, without the frame around them."""
        found = inspector.lines(desk.sandbox.journal, desk.person(who), after=after)
        return Page(desk.drawing.page("lines.html" if rows else "inspector.html", lines=found))

    @router.get("/page/inspector/{number}", response_model=None)
    async def payloads(number: int) -> Response:
        """Draws one line's request and answer."""
        found = inspector.payloads(desk.sandbox.journal, number)
        return Page(desk.drawing.page("payloads.html", found=found), status_code=200 if found else 404)


def add_live(router: APIRouter, desk: Desk) -> None:
    """Serves what happens, and files."""
    workspace = desk.sandbox.workspace

    @router.get("/page/{who}/feed", response_model=None)
    async def feed(
        who: str, after: int | None = None, last_event_id: Annotated[str | None, Header()] = None
    ) -> Response:
        """Streams what happens to one person."""
        with workspace.lock:
            user = desk.person(who)
        resumed = int(last_event_id) if last_event_id and last_event_id.isdigit() else after
        return StreamingResponse(pushes(desk, user, resumed), media_type="text/event-stream", headers=HEADERS)

    @router.get("/page/{who}/files/{file_id}/{name}", response_model=None)
    async def file(who: str, file_id: str, name: str, request: Request) -> Response:  # noqa: ARG001 -- the address
        """Gives a file to a person who is in a conversation that it was shared in, or who uploaded it."""
        with workspace.lock:
            user = desk.person(who)
            found = workspace.files.all.get(file_id)
            shared = [workspace.conversations.all.get(c) for c in (found.channels if found else {})]
            seen = any(c and (user.id in c.members or c.kind == "channel") for c in shared)
            if found is None or not (seen or not shared or found.user == user.id):
                return JSONResponse({"ok": False, "error": "file_not_found"}, status_code=404)
        return file_response(desk.sandbox, file_id)
