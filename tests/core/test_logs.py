from __future__ import annotations

import io
import logging
import shlex
from collections.abc import Iterator

import pytest

from core.logs import masked, set_up_logs


@pytest.fixture
def _root_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.parametrize(
    "secret",
    [
        "xoxb-12-34-abcDEF",
        "xoxp-1-2-3-abc",
        "xoxe.xoxp-1-abc",
        "xoxe-1-abc",
        "xapp-1-A1-2-abc",
        "sk-proj-abcdefgh1234",
    ],
)
def test_tokens_are_masked_wherever_they_stand(secret: str) -> None:
    assert secret not in masked(f"calling with token={secret}, retrying")


def test_a_password_in_an_address_is_masked_and_its_host_kept() -> None:
    line = masked("cannot connect to postgresql://muster:hunter2@db.example:5432/muster")
    assert "hunter2" not in line
    assert "db.example" in line


def test_a_response_url_is_masked() -> None:
    assert "abcDEF" not in masked("https://hooks.slack.com/commands/T1/22/abcDEF")


@pytest.mark.usefixtures("_root_as_it_was")
def test_configured_secrets_are_masked_in_messages_and_traces() -> None:
    stream = io.StringIO()
    set_up_logs("INFO", secrets=["correct horse"], stream=stream)
    error = ValueError("the secret is correct horse")
    logging.getLogger("a").error("failed with correct horse", exc_info=error)
    assert "correct horse" not in stream.getvalue()
    assert "ValueError" in stream.getvalue()


@pytest.mark.usefixtures("_root_as_it_was")
def test_an_entry_is_one_line_of_pairs() -> None:
    stream = io.StringIO()
    set_up_logs("INFO", stream=stream)
    logging.getLogger("bot.delivery").warning("tries again method=%s\nforged level=critical", "chat.update")
    (line,) = stream.getvalue().splitlines()
    assert "level=warning" in shlex.split(line)
    assert "method=chat.update" in line


@pytest.mark.usefixtures("_root_as_it_was")
def test_libraries_are_quiet_at_info() -> None:
    stream = io.StringIO()
    set_up_logs("INFO", stream=stream)
    logging.getLogger("slack_bolt.App").info("a new session")
    assert stream.getvalue() == ""
