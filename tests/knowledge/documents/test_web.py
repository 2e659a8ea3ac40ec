"""Web pages are fetched within bounds, and what is no document is refused with the reason."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from core.errors import InputError, UnavailableError
from knowledge.documents.web import GoneError, fetch
from tests.knowledge.documents.library import Library


class Pages(BaseHTTPRequestHandler):
    failing = 0

    def do_GET(self) -> None:  # the name that the server calls
        if self.failing:
            self._send(self.failing, "text/html", b"no page")
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
        elif self.path.startswith("/wiki"):
            self._send(200, "text/html", f"<h1>At {self.path}</h1><p>Text of {self.path}.</p>".encode())
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
        ("/nowhere", GoneError, "the server says 404"),
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
    assert report.added == (f"{site}/page",)
    (row,) = library.rows().values()
    assert (row.document.link, row.document.title, row.chunks) == (f"{site}/page", "page", 1)
    assert library.ingest(f"{site}/page").unchanged == 1
    Pages.failing = 503
    try:
        report = library.ingest(f"{site}/page")
    finally:
        Pages.failing = 0
    assert [one.reason for one in report.skipped] == ["can't be fetched: the server says 503"]
    assert (report.failed, report.removed, len(library.rows())) == (True, (), 1)


def test_addresses_below_an_address_are_documents_of_their_own(site: str, library: Library) -> None:
    """A page says nothing of what stands below it: its ingest takes out no other."""
    library.ingest(f"{site}/wiki/incident", f"{site}/wiki/team/rates")
    assert library.ingest(f"{site}/wiki/").removed == ()
    assert library.ingest(f"{site}/wiki/team").removed == ()
    assert len(library.rows()) == 4
    assert library.remove(f"{site}/wiki/") == (f"{site}/wiki/",)
    assert len(library.rows()) == 3


def test_fragment_makes_no_document_of_its_own(site: str, library: Library) -> None:
    report = library.ingest(f"{site}/wiki/a#one", f"{site}/wiki/a#two")
    assert report.added == (f"{site}/wiki/a",)


@pytest.mark.parametrize("status", [404, 410])
def test_page_that_is_gone_leaves_the_index_and_says_so(site: str, library: Library, status: int) -> None:
    library.ingest(f"{site}/wiki/a", f"{site}/wiki/b")
    Pages.failing = status
    try:
        report = library.ingest(f"{site}/wiki/a")
        never = library.ingest(f"{site}/wiki/a")
    finally:
        Pages.failing = 0
    assert (report.removed, report.failed) == ((f"{site}/wiki/a",), False)
    said = f"the server says {status}, there is no such page any more: it leaves the index"
    assert [one.warning for one in report.warnings] == [said]
    assert set(library.rows()) == {"b"}
    assert [(one.reason, one.failed) for one in never.skipped] == [
        (f"the server says {status}, there is no such page", True)
    ]
