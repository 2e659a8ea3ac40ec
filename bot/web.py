"""The HTTP entry point: Slack's requests, and whether Muster lives, is ready, and how it fares."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from slack_bolt import App, BoltRequest, BoltResponse
from slack_sdk.signature import SignatureVerifier

from bot.manifest import EVENTS_PATH
from bot.readiness import Readiness
from core.errors import UnavailableError
from core.metrics import Metrics

logger = logging.getLogger(__name__)

LARGEST_BODY = 1_000_000
START_WITHIN_S = 10.0


def make_web(
    *, metrics: Metrics, readiness: Readiness, slack: App | None, signing_secret: str = ""
) -> FastAPI:
    """Returns the ASGI app; without `slack` (Socket Mode alone) it takes no requests of Slack's."""
    web = FastAPI(title="Muster", docs_url=None, redoc_url=None, openapi_url=None)

    @web.get("/healthz")
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @web.get("/readyz")
    def readyz() -> JSONResponse:
        missing = readiness.missing()
        status = {"status": "not ready" if missing else "ready", "missing": missing}
        return JSONResponse(status, status_code=503 if missing else 200)

    @web.get("/metrics")
    def figures() -> Response:
        return Response(metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")

    if slack is not None:
        verifier = SignatureVerifier(signing_secret)

        @web.post(EVENTS_PATH)
        async def slack_request(request: Request) -> Response:
            if int(request.headers.get("content-length") or 0) > LARGEST_BODY:
                return Response(status_code=413)
            seen = Seen(
                body=await request.body(), query=request.url.query, headers=dict(request.headers.items())
            )
            return _as_response(await run_in_threadpool(_dispatch, slack, verifier, metrics, seen))

    return web


def _dispatch(slack: App, verifier: SignatureVerifier, metrics: Metrics, seen: Seen) -> BoltResponse:
    """Hands a request to Bolt, on a thread; nothing that is unsigned, stale or garbled gets that far."""
    if not verifier.is_valid_request(seen.body, _single(seen.headers)):
        return BoltResponse(status=401, body="")
    try:
        asked = BoltRequest(body=seen.body.decode(), query=seen.query, headers=seen.headers)
    except (ValueError, KeyError, TypeError, AttributeError):  # Bolt takes the shape for granted
        return BoltResponse(status=400, body="")
    with metrics.acknowledged.time():
        return slack.dispatch(asked)


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A request as it came in, read whole."""

    body: bytes
    query: str
    headers: dict[str, str | Sequence[str]]


def _single(headers: dict[str, str | Sequence[str]]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if isinstance(value, str)}


def _as_response(answer: BoltResponse) -> Response:
    headers: dict[str, Any] = {name: value[0] for name, value in answer.headers.items() if value}
    return Response(content=answer.body or "", status_code=answer.status, headers=headers)


class WebServer:
    """Runs an ASGI app on a thread of its own; `port` is the one it got where 0 was asked for."""

    def __init__(self, web: FastAPI, *, host: str, port: int) -> None:
        configuration = uvicorn.Config(
            web, host=host, port=port, log_config=None, access_log=False, lifespan="off", server_header=False
        )
        self._server = uvicorn.Server(configuration)
        self._thread = threading.Thread(target=self._server.run, name="web", daemon=True)
        self._address = f"{host}:{port}"
        self.port = port

    def start(self) -> None:
        """Returns when requests are taken; raises `UnavailableError` where the address is taken already."""
        self._thread.start()
        deadline = time.monotonic() + START_WITHIN_S
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                raise UnavailableError(
                    f"Muster can't listen on {self._address}.",
                    cure="Stop what listens there, or set MUSTER_PORT to another port.",
                )
            time.sleep(0.01)
        self.port = self._server.servers[0].sockets[0].getsockname()[1]

    def close(self) -> None:
        """Finishes the requests under way and stops."""
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join(timeout=START_WITHIN_S)
