"""The client against llmock, a server that others wrote to break clients, with its own verdict."""

from __future__ import annotations

from typing import Any

import pytest
from langchain_core.messages import HumanMessage

from core.errors import UnavailableError
from core.llm import Delta, OpenAIModel

ASKED = [HumanMessage("who signs?")]
TEXT = "Ana signs the release and Bo signs it too."


@pytest.fixture
def server(llmock: Any) -> Any:
    """llmock's own server, for this test alone."""
    llmock.reply(TEXT, times=None)
    return llmock


def heard(server: Any, *, within_s: float = 10.0) -> list[Delta]:
    model = OpenAIModel("gpt-5-mini", key="sk-test", base_url=f"{server.url}/v1")
    return list(model.stream(ASKED, within_s=within_s))


def test_a_scripted_answer_arrives_whole(server: Any) -> None:
    deltas = heard(server)
    assert "".join(delta.text for delta in deltas) == TEXT
    assert deltas[-1].finish == "stop"


def test_a_silent_truncation_is_noticed(server: Any) -> None:
    server.truncate(after_chunks=2)
    assert heard(server)[-1].finish == "cut_off"


@pytest.mark.parametrize("fault", ["disconnect", "corrupt"])
def test_a_broken_stream_is_unavailable(server: Any, fault: str) -> None:
    getattr(server, fault)(after_chunks=2)
    with pytest.raises(UnavailableError):
        heard(server)


def test_a_stall_ends_at_the_deadline(server: Any) -> None:
    server.stall(seconds=3)
    with pytest.raises(UnavailableError, match="did not finish"):
        heard(server, within_s=1.0)


def test_rate_limits_are_waited_out_to_its_satisfaction(server: Any) -> None:
    server.rate_limit(times=1, retry_after=1)
    assert "".join(delta.text for delta in heard(server, within_s=20.0)) == TEXT
    server.assert_resilient()


def test_a_failure_that_is_not_retryable_is_not_retried(server: Any) -> None:
    server.fail(503, times=1)
    assert "".join(delta.text for delta in heard(server, within_s=20.0)) == TEXT
    server.assert_resilient()
