"""The way of a Web API call: token, fault, rate limit, scope, handler, journal."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.controls.faults import Fault
from bot.sandbox.controls.journal import Entry, Journal
from bot.sandbox.controls.rate_limits import RateLimits
from bot.sandbox.errors import SlackError
from bot.sandbox.methods.call import Arguments, Call
from bot.sandbox.methods.table import Method
from bot.sandbox.workspace.records import Json
from bot.sandbox.workspace.state import Workspace


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What goes back to the caller. With `reset`, the connection breaks instead."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    outcome: str = "ok"
    reset: bool = False


class Gateway:
    """Answers calls. Synchronous and quick: it may run in the server's own thread."""

    def __init__(
        self, workspace: Workspace, methods: Mapping[str, Method], limits: RateLimits, journal: Journal
    ) -> None:
        self._workspace = workspace
        self._methods = methods
        self._limits = limits
        self._journal = journal

    def answer(self, name: str, token: str, values: Mapping[str, Any], fault: Fault | None) -> Reply:
        """Returns the reply to a call, and writes both down."""
        at, started = time.time(), time.perf_counter()
        reply = self._broken(fault) if fault and not fault.after else self._served(name, token, values)
        if fault and fault.after and fault.kind != "delay":
            reply = self._broken(fault)
        request = {k: v for k, v in values.items() if k != "token"}
        elapsed = (time.perf_counter() - started) * 1000
        self._journal.add(
            Entry(
                kind="call", name=name, at=at, elapsed_ms=elapsed, outcome=reply.outcome, request=request,
                response=reply.body.decode(), status=reply.status,
            )
        )  # fmt: skip
        return reply

    def _served(self, name: str, token: str, values: Mapping[str, Any]) -> Reply:
        try:
            method = self._allowed(name, token)
            args = Arguments(values)
            wait = self._limits.retry_after(method, self._posting_to(method, args))
            if wait:
                return _too_many(wait)
            with self._workspace.lock:
                body = method.handler(Call(workspace=self._workspace, method=name, args=args))
                return Reply(body=_dump(body), headers=self._scope_headers(method))
        except SlackError as error:
            return Reply(body=_dump(error.as_response()), outcome=error.name)

    def _posting_to(self, method: Method, args: Arguments) -> str:
        """Returns which channel's allowance a post uses; a person's and their direct message's are one."""
        wanted = args.text("channel")
        channel = self._workspace.conversations.all.get(wanted) or self._workspace.conversations.named(wanted)
        if method.name != "chat.postMessage" or channel is None:
            return wanted
        others = [m for m in channel.members if m != self._workspace.identity.bot_user]
        return others[0] if channel.kind == "im" and others else channel.id

    def _allowed(self, name: str, token: str) -> Method:
        method = self._methods.get(name)
        if method is None:
            raise SlackError("unknown_method", req_method=name)
        if method.anybody:
            return method
        credentials = self._workspace.credentials
        if not token:
            raise SlackError("not_authed")
        if token not in {credentials.bot_token, credentials.app_token}:
            raise SlackError("invalid_auth")
        if (token == credentials.app_token) != method.app_token:
            raise SlackError("not_allowed_token_type")
        scopes = self._workspace.seed.app.scopes
        if scopes is not None and method.scopes and not scopes & set(method.scopes):
            raise SlackError("missing_scope", needed=method.scopes[0], provided=",".join(sorted(scopes)))
        return method

    def _scope_headers(self, method: Method) -> dict[str, str]:
        scopes = self._workspace.seed.app.scopes
        accepted = {"x-accepted-oauth-scopes": ",".join(method.scopes)} if method.scopes else {}
        return accepted | ({"x-oauth-scopes": ",".join(sorted(scopes))} if scopes is not None else {})

    @staticmethod
    def _broken(fault: Fault) -> Reply:
        if fault.kind == "rate_limited":
            return _too_many(max(1, round(fault.seconds)))
        if fault.kind == "http_500":
            return Reply(body=b"Internal Server Error", status=500, outcome="http_500")
        if fault.kind == "reset":
            return Reply(body=b"", outcome="reset", reset=True)
        return Reply(body=_dump({"ok": False, "error": fault.error}), outcome=fault.error)


def _too_many(seconds: int) -> Reply:
    body = _dump({"ok": False, "error": "ratelimited"})
    return Reply(body=body, status=429, headers={"Retry-After": str(seconds)}, outcome="ratelimited")


def _dump(body: Json) -> bytes:
    return json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode()
