"""Adds the page to the sandbox's server: `SandboxServer(seed, clock, extend=mount_page)`."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI
from starlette.staticfiles import StaticFiles

from bot.sandbox.page.desk import Desk, Welcome, no_stops
from bot.sandbox.page.drawing import STATIC
from bot.sandbox.page.routes import add_inspector, add_lists, add_live, add_pages, add_pieces
from bot.sandbox.page.screens.clock import Stops
from bot.sandbox.sandbox import Sandbox


def mount_page(
    app: FastAPI, sandbox: Sandbox, *, stops: Stops = no_stops, welcome: Welcome | None = None
) -> None:
    """Serves the workspace in the browser at `/`.

    `stops` tells to where the clock can be moved (the next ritual, say); `welcome` how a newcomer begins.
    Bind them with `functools.partial` where the server takes only the function.
    """
    desk = Desk.of(sandbox, stops, welcome or Welcome())
    router = APIRouter(include_in_schema=False)
    for add in (add_inspector, add_pages, add_pieces, add_lists, add_live):
        add(router, desk)
    app.mount("/page/static", StaticFiles(directory=STATIC), name="page-static")
    app.include_router(router)
