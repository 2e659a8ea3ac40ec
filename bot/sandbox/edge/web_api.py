"""Slack's own addresses: the Web API, Socket Mode, response URLs, uploads and files."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import quote

from fastapi import APIRouter, FastAPI, Request, Response, WebSocket
from fastapi.responses import JSONResponse, PlainTextResponse

from bot.sandbox.edge.avatars import drawn_avatar
from bot.sandbox.edge.requests import call_values, uploaded
from bot.sandbox.edge.resets import reset
from bot.sandbox.errors import SlackError
from bot.sandbox.methods.gateway import Reply
from bot.sandbox.people.answers import take_answer
from bot.sandbox.sandbox import Sandbox

Route = Callable[..., Awaitable[Response]]
_SAFE_TYPES = (
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "text/plain",
    "text/csv",
    "application/pdf",
)


def add_slack(app: FastAPI, sandbox: Sandbox) -> None:
    """Serves what the app uses."""
    router = APIRouter(include_in_schema=False)
    router.add_api_route("/api/{method}", _method_route(sandbox), methods=["GET", "POST"])
    router.add_api_route("/actions/{team}/{secret}", _answer_route(sandbox), methods=["POST"])
    router.add_api_route("/upload/v1/{secret}", _upload_route(sandbox), methods=["POST", "PUT"])
    router.add_api_route("/avatars/{name}", _avatar_route(sandbox), methods=["GET"])
    router.add_api_route("/files-pri/{name}/{rest:path}", _file_route(sandbox), methods=["GET"])

    async def link(socket: WebSocket) -> None:
        await sandbox.sockets.serve(socket, socket.query_params.get("ticket", ""))

    router.add_api_websocket_route("/link/", link)
    app.include_router(router)


def _method_route(sandbox: Sandbox) -> Route:
    async def call(method: str, request: Request) -> Response:
        """Answers one Web API call."""
        try:
            token, values = await call_values(request)
        except SlackError as error:
            return JSONResponse(error.as_response())
        return await _answered(sandbox, method, token, values, request)

    return call


async def _answered(
    sandbox: Sandbox, method: str, token: str, values: Mapping[str, object], request: Request
) -> Response:
    fault = sandbox.faults.draw(method)
    slow = fault is not None and fault.kind == "delay"
    if fault is not None and slow and not fault.after:
        await asyncio.sleep(fault.seconds)
    reply = sandbox.gateway.answer(method, token, values, None if slow else fault)
    if fault is not None and slow and fault.after:
        await asyncio.sleep(fault.seconds)
    if reply.reset:
        reset(_client(request))
    return _response(reply)


def _client(request: Request) -> tuple[str, int] | None:
    return (request.client.host, request.client.port) if request.client else None


def _response(reply: Reply) -> Response:
    media_type = "text/plain" if reply.status >= 500 else "application/json"  # noqa: PLR2004 -- a server's failure
    return Response(reply.body, status_code=reply.status, headers=reply.headers, media_type=media_type)


def _answer_route(sandbox: Sandbox) -> Route:
    async def answer(team: str, secret: str, request: Request) -> Response:  # noqa: ARG001 -- part of the address
        """Takes what the app sends to a response URL."""
        try:
            _, values = await call_values(request)
            with sandbox.workspace.lock:
                response = sandbox.workspace.tickets.use_response(secret, sandbox.workspace.now())
                take_answer(sandbox.workspace, response, values)
        except SlackError as error:
            gone = error.name in {"expired_url", "used_url"}
            return JSONResponse(error.as_response(), status_code=404 if gone else 400)
        return PlainTextResponse("ok")

    return answer


def _upload_route(sandbox: Sandbox) -> Route:
    async def upload(secret: str, request: Request) -> Response:
        """Takes a file's bytes."""
        content = await uploaded(request)
        with sandbox.workspace.lock:
            file = sandbox.workspace.files.receive(secret, content)
        if file is None:
            return PlainTextResponse("unknown or used upload address", status_code=404)
        return PlainTextResponse(f"OK - {len(content)}")

    return upload


def _avatar_route(sandbox: Sandbox) -> Route:
    async def avatar(name: str) -> Response:
        """Draws a person's initials."""
        user = sandbox.workspace.directory.users.get(name.partition("-")[0])
        if user is None:
            return PlainTextResponse("nobody", status_code=404)
        return Response(
            drawn_avatar(user), media_type="image/svg+xml", headers={"Cache-Control": "max-age=600"}
        )

    return avatar


def _file_route(sandbox: Sandbox) -> Route:
    async def download(name: str, rest: str, request: Request) -> Response:
        """Gives a file's bytes to the app, which must show its token."""
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if token != sandbox.workspace.credentials.bot_token:
            return PlainTextResponse("the bot token is needed in the Authorization header", status_code=403)
        return file_response(sandbox, name.partition("-")[2], attachment=rest.startswith("download/"))

    return download


def file_response(sandbox: Sandbox, file_id: str, *, attachment: bool = False) -> Response:
    """Returns a file's bytes; a type that a browser might run is only ever downloaded."""
    with sandbox.workspace.lock:
        try:
            file = sandbox.workspace.files.get(file_id)
        except SlackError as error:
            return JSONResponse(error.as_response(), status_code=404)
        content = sandbox.workspace.files.content(file)
    shown = file.mimetype in _SAFE_TYPES and not attachment
    disposition = "inline" if shown else "attachment"
    headers = {
        "Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(file.name)}",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, media_type=file.mimetype, headers=headers)
