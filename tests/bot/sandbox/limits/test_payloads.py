"""The refusals as the app gets them, and what they say."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox.errors import SlackError
from bot.sandbox.limits.payloads import refuse_attachments, refuse_metadata
from tests.bot.sandbox.conftest import refusal

LONG: list[dict[str, Any]] = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}]


def test_invalid_blocks_say_what_and_where(web: WebClient) -> None:
    with pytest.raises(SlackApiError) as raised:
        web.chat_postMessage(channel="C0GENERAL", text="x", blocks=LONG)
    answer = raised.value.response
    line = "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert answer["error"] == "invalid_blocks"
    assert line in answer["errors"]
    assert f"[ERROR] {line}" in answer["response_metadata"]["messages"]


def test_the_validator_answers_as_slacks_own(web: WebClient) -> None:
    with pytest.raises(SlackApiError) as raised:
        web.blocks_validate(blocks=[{"type": "section", "text": {"type": "html", "text": "x"}}])
    found = raised.value.response["errors"][-1]
    assert (found["code"], found["pointer"]) == ("failed_constraint", "/0/text/type")
    assert found["constraint"] == {"type": "enum", "expected": ["mrkdwn", "plain_text"]}
    assert web.blocks_validate(message={"blocks": [{"type": "divider"}]})["ok"] is True
    assert refusal(web.blocks_validate, view={"type": "modal", "blocks": []}) == "invalid_blocks"
    assert refusal(web.blocks_validate) == "invalid_arguments"


def test_blocks_that_are_long_together_are_refused(web: WebClient) -> None:
    """Slack's own limit on a message's blocks taken together, which no page of its names."""
    many = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2900}}] * 5
    assert refusal(web.chat_postMessage, channel="C0GENERAL", text="x", blocks=many) == "msg_blocks_too_long"
    assert web.chat_postMessage(channel="C0GENERAL", text="x", blocks=many[:4])["ok"] is True


@pytest.mark.parametrize(
    ("metadata", "name"),
    [
        ("x", "invalid_metadata_format"),
        ({"event_type": "a b", "event_payload": {}}, "invalid_metadata_schema"),
        ({"event_type": "a"}, "invalid_metadata_schema"),
        ({"event_type": "a", "event_payload": {"deep": {"er": {"no": 1}}}}, "invalid_metadata_schema"),
        ({"event_type": "a", "event_payload": {"k": None}}, "invalid_metadata_schema"),
        ({"event_type": "a", "event_payload": {"k": "x" * 16_000}}, "metadata_too_large"),
    ],
)
def test_bad_metadata_is_refused(metadata: Any, name: str) -> None:
    with pytest.raises(SlackError) as raised:
        refuse_metadata(metadata)
    assert raised.value.name == name


def test_good_metadata_is_taken() -> None:
    refuse_metadata({"event_type": "a_1", "event_payload": {"k": "v", "o": {"n": 1}, "l": [{"b": True}]}})


def test_attachments_are_counted_and_their_blocks_checked() -> None:
    for attachments, name in [
        ("x", "invalid_attachments"),
        ([{}] * 101, "too_many_attachments"),
        ([{"blocks": LONG}], "invalid_attachments"),
    ]:
        with pytest.raises(SlackError) as raised:
            refuse_attachments(attachments)
        assert raised.value.name == name
    refuse_attachments([{"text": "old but gold", "color": "#36a64f"}])
