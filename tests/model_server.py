"""A server on loopback that speaks chat.completions, and breaks in the ways that real ones do."""

from __future__ import annotations

import contextlib
import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[[BaseHTTPRequestHandler], None]


class ModelServer:
    """Gives each request the next reply, the last one for ever; keeps what was sent in `requests`."""

    def __init__(self, *replies: Reply) -> None:
        self.requests: list[dict[str, Any]] = []
        self._replies = list(replies)
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}/v1"

    @property
    def prompt(self) -> str:
        """The last request's messages as one text."""
        return "\n".join(str(message["content"]) for message in self.requests[-1]["messages"])

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:  # the base class calls it so
                length = int(self.headers["content-length"])
                server.requests.append(json.loads(self.rfile.read(length)))
                reply = server._replies.pop(0) if len(server._replies) > 1 else server._replies[0]
                with contextlib.suppress(OSError):
                    reply(self)
                self.close_connection = True

            def log_message(self, *_: object) -> None:
                pass

        return Handler


@contextlib.contextmanager
def serving(*replies: Reply) -> Iterator[ModelServer]:
    server = ModelServer(*replies)
    try:
        yield server
    finally:
        server.close()


def chunk(text: str | None, finish: str | None = None) -> str:
    choice = {"index": 0, "delta": {"content": text} if text is not None else {}, "finish_reason": finish}
    return "data: " + json.dumps({
        "id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice],
    })  # fmt: skip


def raw(*events: str, pause_s: float = 0.0, then: Reply | None = None) -> Reply:
    """Sends these lines of an event stream, and then does what `then` does."""

    def reply(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("content-type", "text/event-stream")
        request.end_headers()
        for event in events:
            request.wfile.write(f"{event}\n\n".encode())
            request.wfile.flush()
            time.sleep(pause_s)
        if then is not None:
            then(request)

    return reply


def says(text: str, *, finish: str | None = "stop", pause_s: float = 0.0, then: Reply | None = None) -> Reply:
    """Streams a text by the word, with a finish reason unless that is None."""
    words = [word + " " for word in text.split(" ")]
    words[-1] = words[-1].removesuffix(" ")
    ending = [chunk(None, finish), "data: [DONE]"] if finish else []
    return raw(*(chunk(word) for word in words), *ending, pause_s=pause_s, then=then)


def status(code: int, *, error_code: str = "", retry_after: str = "") -> Reply:
    """Refuses with a status, in the shape of OpenAI's errors."""

    def reply(request: BaseHTTPRequestHandler) -> None:
        body = json.dumps(
            {"error": {"message": "the key sk-secret-secret is bad", "code": error_code}}
        ).encode()
        request.send_response(code)
        if retry_after:
            request.send_header("retry-after", retry_after)
        request.send_header("content-type", "application/json")
        request.send_header("content-length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    return reply


def body(text: str, *, content_type: str = "application/json") -> Reply:
    """Answers 200 with a body that is no event stream."""

    def reply(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("content-type", content_type)
        request.send_header("content-length", str(len(text.encode())))
        request.end_headers()
        request.wfile.write(text.encode())

    return reply


def reset(request: BaseHTTPRequestHandler) -> None:
    """Resets the connection, as a dying server or a proxy does."""
    request.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    request.connection.close()


def broken_off(text: str) -> Reply:
    """Promises more bytes than it sends, and closes."""

    def reply(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("content-type", "text/event-stream")
        request.send_header("content-length", "100000")
        request.end_headers()
        for word in text.split(" "):
            request.wfile.write(f"{chunk(word + ' ')}\n\n".encode())
        request.wfile.flush()

    return reply


def hangs(seconds: float = 3.0) -> Reply:
    """Says nothing for a while, and closes."""

    def reply(_: BaseHTTPRequestHandler) -> None:
        time.sleep(seconds)

    return reply


def refusing_url() -> str:
    """The address of a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
