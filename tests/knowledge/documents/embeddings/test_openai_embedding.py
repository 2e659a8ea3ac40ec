"""OpenAI's embeddings against a real server on loopback that speaks their protocol."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import numpy as np
import pytest
from pydantic import SecretStr

from core.errors import MusterError, SettingError, UnavailableError
from core.settings import load_settings
from knowledge.documents.embeddings import open_embedding
from knowledge.documents.embeddings.openai_embedding import BATCH, OpenAIEmbedding


class EmbeddingServer:
    """Answers with (length of the text, 1, 0), keeps what it was sent, and fails on demand."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.status = 200
        self.body: bytes | None = None
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.requests.append({"path": self.path, **sent})
                outer.keys.append(self.headers["Authorization"])
                body = outer.body if outer.body is not None else outer.answer(sent)
                self.send_response(outer.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.send_header("X-Should-Retry", "false")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}/v1"

    def answer(self, sent: dict[str, Any]) -> bytes:
        rows = [
            {"object": "embedding", "index": at, "embedding": [float(len(text)), 1.0, 0.0]}
            for at, text in enumerate(sent["input"])
        ]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        return json.dumps({"object": "list", "model": sent["model"], "data": rows, "usage": usage}).encode()


@pytest.fixture
def server() -> Iterator[EmbeddingServer]:
    fake = EmbeddingServer()
    thread = Thread(target=fake.http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield fake
    fake.http.shutdown()
    fake.http.server_close()
    thread.join()


def embedding_at(server: EmbeddingServer) -> OpenAIEmbedding:
    return OpenAIEmbedding("some-model", key=SecretStr("sk-secret"), base_url=server.url)


def test_texts_go_as_texts_and_vectors_come_back_in_unit_length(server: EmbeddingServer) -> None:
    """The model's name and the texts themselves are sent, not token numbers of a fetched tokeniser."""
    rows = embedding_at(server).embed(["abc", "a"])
    assert server.requests[0]["path"] == "/v1/embeddings"
    assert (server.requests[0]["model"], server.requests[0]["input"]) == ("some-model", ["abc", "a"])
    assert server.keys == ["Bearer sk-secret"]
    assert rows.dtype == np.float32
    np.testing.assert_allclose(rows, [[3 / 10**0.5, 1 / 10**0.5, 0], [0.5**0.5, 0.5**0.5, 0]], rtol=1e-6)


def test_many_texts_go_in_several_requests_and_keep_their_order(server: EmbeddingServer) -> None:
    texts = ["x" * (number % 7 + 1) for number in range(BATCH + 3)]
    rows = embedding_at(server).embed(texts)
    assert [len(request["input"]) for request in server.requests] == [BATCH, 3]
    lengths = np.array([len(text) for text in texts])
    np.testing.assert_allclose(rows[:, 0] / rows[:, 1], lengths, rtol=1e-5)


def test_an_empty_text_is_never_sent(server: EmbeddingServer) -> None:
    """The real server refuses a whole batch for one empty text."""
    embedding_at(server).embed(["", "  \n"])
    assert all(text.strip() for text in server.requests[0]["input"])


def test_dimensions_are_asked_for_once(server: EmbeddingServer) -> None:
    embedding = embedding_at(server)
    assert (embedding.dimensions, embedding.dimensions, embedding.embed([]).shape) == (3, 3, (0, 3))
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("status", "body", "kind", "says"),
    [
        (401, b'{"error": {"message": "bad key sk-secret"}}', SettingError, "refused the key"),
        (404, b'{"error": {"message": "no such model"}}', SettingError, "some-model"),
        (429, b'{"error": {"message": "slow down"}}', UnavailableError, "429"),
        (500, b"oops", UnavailableError, "500"),
        (200, b"<html>not json</html>", UnavailableError, "can't be read"),
        (200, b'{"object": "list", "model": "m", "data": []}', UnavailableError, ""),
    ],
)
def test_a_failing_server_gives_our_errors(
    server: EmbeddingServer, status: int, body: bytes, kind: type[MusterError], says: str
) -> None:
    """Each with the right branch (retry or not), and none with the key or the server's own words."""
    server.status, server.body = status, body
    with pytest.raises(kind) as caught:
        embedding_at(server).embed(["text"])
    assert says in str(caught.value)
    assert "sk-secret" not in caught.value.sentence


def test_too_few_vectors_are_refused(server: EmbeddingServer) -> None:
    server.body = server.answer({"model": "m", "input": ["only one"]})
    with pytest.raises(UnavailableError, match="2 texts"):
        embedding_at(server).embed(["one", "two"])


def test_a_server_that_is_not_there_may_be_tried_again() -> None:
    embedding = OpenAIEmbedding("some-model", key=SecretStr("k"), base_url="http://127.0.0.1:1/v1")
    with pytest.raises(UnavailableError):
        embedding.embed(["text"])


def test_the_setting_opens_it(server: EmbeddingServer, tmp_path: Path) -> None:
    settings = load_settings(
        home=tmp_path,
        embedding="openai:some-model",
        openai_api_key=SecretStr("sk-secret"),
        openai_base_url=server.url,
    )
    embedding = open_embedding(settings)
    assert (embedding.name, server.requests) == ("openai:some-model", [])
    assert embedding.embed(["abc"]).shape == (1, 3)


def test_without_a_key_the_setting_says_so(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path, embedding="openai:some-model", openai_api_key=None)
    with pytest.raises(SettingError, match="OPENAI_API_KEY is not set") as caught:
        open_embedding(settings)
    assert "MUSTER_EMBEDDING=minilm" in caught.value.cure


def test_a_word_that_is_no_model_is_told_what_it_is_taken_for(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="'mini-lm', which is taken for an OpenAI model"):
        open_embedding(load_settings(home=tmp_path, embedding="mini-lm", openai_api_key=None))


@pytest.mark.parametrize("name", ["", "mini", "openai:", "cohere:embed"])
def test_an_unknown_embedding_is_quoted(name: str, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=f"MUSTER_EMBEDDING is {name!r}"):
        open_embedding(load_settings(home=tmp_path, embedding=name))
