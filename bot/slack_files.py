"""Files that people give to Muster in Slack."""

from __future__ import annotations

import httpx

from bot.slack_calls import SlackCalls
from core.errors import InputError, UnavailableError

LARGEST = 2_000_000
SHORT_S = 2.0
"""A form waits for it, and its trigger lives 3 seconds."""


def read_text(calls: SlackCalls, file_id: str) -> str:
    """Returns the text of a file; raises `InputError` for one that is too large or no text."""
    file = calls.read("files.info", file=file_id)["file"]
    name, size = str(file.get("name", "The file")), int(file.get("size") or 0)
    if size > LARGEST:
        raise InputError(f"{name} has {size:,} bytes; at most {LARGEST:,} can be read.")
    address = str(file.get("url_private_download") or file.get("url_private") or "")
    headers = {"Authorization": f"Bearer {calls.client.token}"}
    try:
        found = httpx.get(address, headers=headers, timeout=SHORT_S, trust_env=False).raise_for_status()
        return found.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{name} is no UTF-8 text.", cure="Save it as CSV in UTF-8.") from error
    except httpx.HTTPError as error:
        raise UnavailableError(f"Slack did not give me {name}.", cure="Please try again.") from error
