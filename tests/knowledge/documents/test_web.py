"""Web pages are fetched within bounds, and what is no document is refused with the reason."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from core.errors import InputError, UnavailableError
from knowledge.documents.web import fetch
from tests.knowledge.documents.library import Library


class Pages(BaseHTTPRequestHandler):
    down = False

    def do_GET(self) -> None:  # the name that the server calls
        if self.down:
            self._send(503, "text/html", b"later")
        elif self.path == "/loop":
            self._send(302, "text/html", b"", location="/loop")
        elif self.path == "/moved":
            self._send(301, "text/html", b"", location="/page")
        elif self.path == "/elsewhere":
            self._send(302, "text/html", b"", location="file:///etc/passwd")
        elif self.path == "/large":
            self._send(200, "text/plain", b"x" * (21 * 2**20))
        elif self.path == "/slow":
            self._drip()
        elif self.path == "/picture":
            self._send(200, "image/png", b"\x89PNG")
        elif self.path == "/page":
            self._send(200, "text/html; charset=iso-8859-1", "<p>Grüße</p>".encode("latin-1"))
        else:
            self._send(404, "text/html", b"gone")

    def _send(self, status: int, media_type: str, body: bytes, location: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        if location:
            self.send_header("Location", location)
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            self.close_connection = True

    def _drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        try:
            for _ in range(100):
                self.wfile.write(b"drop ")
                self.wfile.flush()
                time.sleep(0.1)
        except OSError:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_page_comes_with_its_encoding_and_final_address(site: str) -> None:
    page = fetch(f"{site}/moved")
    assert (page.format_name, page.charset, page.address) == ("html", "iso-8859-1", f"{site}/page")
    assert page.content.decode("latin-1") == "<p>Grüße</p>"


@pytest.mark.parametrize(
    ("path", "error", "reason"),
    [
        ("/loop", UnavailableError, "redirects"),
        ("/elsewhere", UnavailableError, "can't be fetched"),
        ("/nowhere", UnavailableError, "the server says 404"),
        ("/large", InputError, "is too large"),
        ("/picture", InputError, "image/png"),
    ],
)
def test_what_does_not_come_is_told(site: str, path: str, error: type[Exception], reason: str) -> None:
    with pytest.raises(error, match=reason):
        fetch(f"{site}{path}")


def test_server_that_drips_is_given_up(site: str) -> None:
    """Each single read is quick enough: only a deadline for the whole ends it."""
    started = time.monotonic()
    with pytest.raises(UnavailableError, match="took longer"):
        fetch(f"{site}/slow", seconds=0.5)
    assert time.monotonic() - started < 3


def test_nobody_there_is_told() -> None:
    with pytest.raises(UnavailableError, match="can't be fetched"):
        fetch("http://127.0.0.1:9/a.md")


def test_page_is_indexed_with_its_link_and_stays_while_its_server_is_down(
    site: str, library: Library
) -> None:
    report = library.ingest(f"{site}/page#part")
    assert report.added == (f"{site}/page#part",)
    (row,) = library.rows().values()
    assert (row.document.link, row.document.title, row.chunks) == (f"{site}/page", "page", 1)
    assert library.ingest(f"{site}/page").unchanged == 1
    Pages.down = True
    try:
        report = library.ingest(f"{site}/page")
    finally:
        Pages.down = False
    assert [one.reason for one in report.skipped] == ["can't be fetched: the server says 503"]
    assert (report.failed, report.removed, len(library.rows())) == (True, (), 1)
