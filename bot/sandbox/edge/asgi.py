"""The sandbox as an ASGI application."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.middleware.trustedhost import TrustedHostMiddleware

from bot.sandbox.edge.control_routes import add_controls
from bot.sandbox.edge.people_routes import add_people
from bot.sandbox.edge.web_api import add_slack
from bot.sandbox.errors import SlackError
from bot.sandbox.methods.scheduled import post_due
from bot.sandbox.sandbox import Sandbox

GLANCE = 0.25


def create_app(sandbox: Sandbox) -> FastAPI:
    """Returns the application; it answers to names of this machine only, so no page elsewhere reaches it."""

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        sandbox.outbox.begin()
        ticking = asyncio.create_task(_tick(sandbox))
        yield
        ticking.cancel()
        await sandbox.outbox.end()

    app = FastAPI(
        title="Muster's local Slack", docs_url=None, redoc_url=None, openapi_url="/sandbox/openapi.json",
        lifespan=lifespan,
    )  # fmt: skip
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost", "[::1]"])
    app.add_exception_handler(SlackError, _refused)
    add_slack(app, sandbox)
    add_people(app, sandbox)
    add_controls(app, sandbox)
    return app


async def _tick(sandbox: Sandbox) -> None:
    """Posts scheduled messages when their time comes."""
    while True:
        await asyncio.sleep(GLANCE)
        if sandbox.workspace.extras.scheduled:
            with sandbox.workspace.lock:
                post_due(sandbox.workspace)


async def _refused(_: Request, error: Exception) -> JSONResponse:
    body = error.as_response() if isinstance(error, SlackError) else {"ok": False, "error": "internal_error"}
    return JSONResponse(body, status_code=400)
