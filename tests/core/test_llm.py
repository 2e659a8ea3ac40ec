"""The client for OpenAI's protocol against a real server on loopback that breaks in every way seen."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from langchain_core.messages import HumanMessage

from core.errors import InputError, MusterError, SettingError, UnavailableError
from core.llm import Delta, OpenAIModel, open_model
from core.settings import Settings, load_settings
from tests.model_server import (
    Reply,
    body,
    broken_off,
    chunk,
    hangs,
    raw,
    refusing_url,
    reset,
    says,
    serving,
    status,
)

ASKED = [HumanMessage("who signs?")]


@pytest.fixture(scope="module", autouse=True)
def _client_is_imported() -> None:
    """The import of the client takes seconds, and is not what the deadlines here are about."""
    OpenAIModel("test-model", key="sk-test")._make()


def model_at(url: str) -> OpenAIModel:
    return OpenAIModel("test-model", key="sk-test", base_url=url)


def said(reply: Reply, *more: Reply, within_s: float = 10.0) -> list[Delta]:
    with serving(reply, *more) as server:
        return list(model_at(server.url).stream(ASKED, within_s=within_s))


def text_of(deltas: list[Delta]) -> str:
    return "".join(delta.text for delta in deltas)


def test_a_whole_answer_arrives_in_pieces_and_ends_with_stop() -> None:
    deltas = said(says("Ana signs the release [1]."))
    assert text_of(deltas) == "Ana signs the release [1]."
    assert [delta.finish for delta in deltas if delta.finish] == ["stop"]
    assert deltas[-1].finish == "stop"
    assert len(deltas) > 3


@pytest.mark.parametrize(
    ("reason", "finish"), [("length", "length"), ("content_filter", "content_filter"), (None, "cut_off")]
)
def test_the_reason_why_it_ended_is_told(reason: str | None, finish: str) -> None:
    """A clean end without a reason is told as cut off: servers truncate like that."""
    deltas = said(says("Ana signs", finish=reason))
    assert text_of(deltas) == "Ana signs"
    assert deltas[-1].finish == finish


@pytest.mark.parametrize(
    ("reply", "error", "words"),
    [
        (status(401), SettingError, "refused the key"),
        (status(403), SettingError, "refused the key"),
        (status(404), SettingError, "knows no model 'test-model'"),
        (status(429, error_code="insufficient_quota"), SettingError, "no credit"),
        (status(429, retry_after="60"), UnavailableError, "asked too much"),
        (status(500), UnavailableError, "failed (500)"),
        (status(503), UnavailableError, "failed (503)"),
        (status(400), InputError, "refused the request (400)"),
        (body("<html>a proxy's page</html>", content_type="text/html"), UnavailableError, "can't be read"),
        (body("{not json"), UnavailableError, "can't be read"),
        (raw("data: {not json"), UnavailableError, "can't be read"),
        (raw('data: {"choices": [{"delta": 5}]}'), UnavailableError, "can't be read"),
        (raw("data: [DONE]"), UnavailableError, "can't be read"),
        (raw('data: {"error": {"message": "out of memory"}}'), UnavailableError, "in the middle"),
        (reset, UnavailableError, "broke"),
    ],
)
def test_each_failure_is_one_of_ours_with_a_sentence(
    reply: Reply, error: type[MusterError], words: str
) -> None:
    with pytest.raises(error) as caught:
        said(reply)
    assert words in str(caught.value)
    assert "sk-secret" not in caught.value.sentence


@pytest.mark.parametrize(
    "reply",
    [
        says("Ana signs ", finish=None, then=reset),
        broken_off("Ana signs "),
        raw(chunk("Ana "), chunk("signs "), "data: {not json"),
        raw(chunk("Ana "), chunk("signs "), 'data: {"error": {"message": "out of memory"}}'),
    ],
)
def test_a_failure_in_the_middle_leaves_what_was_said_and_is_not_tried_again(reply: Reply) -> None:
    with serving(reply) as server:
        heard: list[str] = []
        with pytest.raises(UnavailableError):
            _hear(model_at(server.url), heard)
        assert "".join(heard).startswith("Ana signs")
        assert len(server.requests) == 1


def _hear(model: OpenAIModel, heard: list[str]) -> None:
    for delta in model.stream(ASKED, within_s=10.0):
        heard.append(delta.text)  # noqa: PERF401  # what was heard before the error counts


def test_a_chunk_without_choices_is_no_answer() -> None:
    assert said(raw('data: {"choices": null}')) == [Delta(finish="cut_off")]


def test_a_port_where_nobody_listens_is_unavailable() -> None:
    with pytest.raises(UnavailableError, match="can't be reached"):
        list(model_at(refusing_url()).stream(ASKED, within_s=5.0))


def test_a_silent_server_is_given_up_at_the_deadline() -> None:
    started = time.monotonic()
    with pytest.raises(UnavailableError, match=r"did not finish within 0\.5 s"):
        said(hangs(1.5), within_s=0.5)
    assert time.monotonic() - started < 4


def test_a_drip_that_meets_every_read_timeout_is_given_up_at_the_deadline() -> None:
    """A time-out per read never fires here; the deadline is for the whole answer."""
    with serving(raw(*(chunk("a ") for _ in range(40)), pause_s=0.1)) as server:
        model = model_at(server.url)
        heard: list[Delta] = []
        started = time.monotonic()
        with pytest.raises(UnavailableError, match="did not finish"):
            heard.extend(model.stream(ASKED, within_s=0.8))
        assert 0.6 < time.monotonic() - started < 4


def test_a_failure_before_the_first_word_is_tried_once_more() -> None:
    with serving(status(500), says("Ana signs.")) as server:
        assert text_of(list(model_at(server.url).stream(ASKED, within_s=20.0))) == "Ana signs."
        assert len(server.requests) == 2


def test_tries_are_bounded() -> None:
    with serving(status(500)) as server:
        with pytest.raises(UnavailableError):
            list(model_at(server.url).stream(ASKED, within_s=20.0))
        assert len(server.requests) == 2


def test_a_retry_after_that_fits_is_kept() -> None:
    with serving(status(429, retry_after="1"), says("Ana signs.")) as server:
        started = time.monotonic()
        assert text_of(list(model_at(server.url).stream(ASKED, within_s=30.0))) == "Ana signs."
        assert time.monotonic() - started >= 1.0


def test_a_retry_after_beyond_the_deadline_is_not_waited_for() -> None:
    with serving(status(429, retry_after="60")) as server:
        started = time.monotonic()
        with pytest.raises(UnavailableError) as caught:
            list(model_at(server.url).stream(ASKED, within_s=20.0))
        assert caught.value.retry_after == 60
        assert time.monotonic() - started < 5
        assert len(server.requests) == 1


def test_what_would_fail_again_is_not_tried_again() -> None:
    with serving(status(401)) as server:
        with pytest.raises(SettingError):
            list(model_at(server.url).stream(ASKED, within_s=20.0))
        assert len(server.requests) == 1


def test_warming_makes_the_client_in_the_background() -> None:
    model = model_at("http://127.0.0.1:1/v1")
    model.warm()
    model._make()
    assert "_client" in vars(model)


def test_a_reader_that_stops_early_leaves_nothing_running() -> None:
    with serving(says("one two three four", pause_s=0.05)) as server:
        stream = model_at(server.url).stream(ASKED, within_s=10.0)
        assert next(stream).text
        assert isinstance(stream, Iterator)
        stream.close()  # type: ignore[attr-defined]  # it is a generator


def test_without_a_key_there_is_no_model(settings: Settings) -> None:
    assert open_model(settings) is None


def test_with_a_key_the_model_of_the_settings_is_opened() -> None:
    with serving(says("Yes.")) as server:
        model = open_model(
            load_settings(openai_api_key="sk-test", openai_base_url=server.url, openai_model="m7")
        )
        assert model is not None
        assert text_of(list(model.stream(ASKED, within_s=10.0))) == "Yes."
        assert server.requests[0]["model"] == "m7"
        assert server.requests[0]["stream"] is True
