"""Reading requests in each of the forms that Slack takes."""

from __future__ import annotations

import json
from typing import Any

from fastapi import Request
from starlette.datastructures import UploadFile

from bot.sandbox.errors import SlackError


async def call_values(request: Request) -> tuple[str, dict[str, Any]]:
    """Returns the token and the arguments of a Web API call: query, form, multipart or JSON.

    Raises:
        SlackError: `invalid_json`, `json_not_object`.
    """
    values: dict[str, Any] = dict(request.query_params)
    content_type = request.headers.get("content-type", "")
    if content_type.startswith("application/json"):
        values |= await _json(request)
    elif content_type.startswith(("application/x-www-form-urlencoded", "multipart/form-data")):
        async with request.form() as form:
            values |= {k: v for k, v in form.items() if not isinstance(v, UploadFile)}
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return (token if scheme.lower() == "bearer" else str(values.get("token", ""))), values


async def uploaded(request: Request) -> bytes:
    """Returns the bytes of an upload, sent as the body or as the one file of a form."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await request.body()
    async with request.form() as form:
        for value in form.values():
            if isinstance(value, UploadFile):
                return await value.read()
    return b""


async def _json(request: Request) -> dict[str, Any]:
    body = await request.body()
    try:
        value = json.loads(body or b"{}")
    except ValueError as error:
        raise SlackError("invalid_json") from error
    if not isinstance(value, dict):
        raise SlackError("json_not_object")
    return value
