"""A web page by its address: fetched within bounds of time, size and redirects."""

from __future__ import annotations

import time
from dataclasses import dataclass

import httpx

from core.errors import InputError, UnavailableError
from knowledge.documents.loaders import format_of_media_type
from knowledge.documents.sources import LARGEST

SECONDS = 20.0
REDIRECTS = 5
_GONE = frozenset({httpx.codes.NOT_FOUND, httpx.codes.GONE})
_HEADERS = {
    "User-Agent": "muster",
    "Accept": "text/html, text/markdown, text/plain, application/pdf, */*;q=0.1",
}


class GoneError(InputError):
    """The server answers, and has no such page: the one failure that is certain to be for good."""


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """What a server gave; `address` is where it came from in the end."""

    content: bytes
    format_name: str
    charset: str
    address: str


def fetch(address: str, *, seconds: float = SECONDS) -> Fetched:
    """Fetches a page.

    Raises `InputError` where what comes is no document, `GoneError` where the server knows no such
    page (any more), `UnavailableError` where nothing comes.
    """
    try:
        with (
            httpx.Client(
                follow_redirects=True, max_redirects=REDIRECTS, timeout=seconds, headers=_HEADERS
            ) as client,
            client.stream("GET", address) as response,
        ):
            return _taken(response, deadline=time.monotonic() + seconds)
    except httpx.TimeoutException as error:
        raise _too_slow(seconds) from error
    except httpx.HTTPError as error:
        raise UnavailableError(f"can't be fetched ({str(error) or 'the connection broke'})") from error


def _taken(response: httpx.Response, *, deadline: float) -> Fetched:
    if response.status_code in _GONE:
        raise GoneError(f"the server says {response.status_code}, there is no such page")
    if not response.is_success:
        raise UnavailableError(f"can't be fetched: the server says {response.status_code}")
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    format_name = format_of_media_type(media_type, name=response.url.path)
    if format_name is None:
        raise InputError(f"is no kind of document that Muster reads ({media_type or 'of no type'})")
    return Fetched(
        content=_content(response, deadline),
        format_name=format_name,
        charset=response.charset_encoding or "",
        address=str(response.url),
    )


def _content(response: httpx.Response, deadline: float) -> bytes:
    """Reads the body; a slow one passes each read's time-out and still ends here."""
    content = bytearray()
    for part in response.iter_bytes():
        content += part
        if len(content) > LARGEST:
            raise InputError("is too large: more than 20 MiB")
        if time.monotonic() > deadline:
            raise _too_slow(SECONDS)
    return bytes(content)


def _too_slow(seconds: float) -> UnavailableError:
    return UnavailableError(f"can't be fetched: it took longer than {seconds:.0f} s")
