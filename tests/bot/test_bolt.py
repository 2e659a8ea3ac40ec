"""Bolt's app is made of what it is given, whatever else the environment says."""

from __future__ import annotations

import logging
import os

import pytest
from slack_bolt import BoltRequest
from slack_sdk import WebClient

from bot.bolt import make_bolt
from bot.listeners.services import Identity

IDENTITY = Identity(team_id="T1", bot_user_id="U1", bot_id="B1")
FROM_OUTSIDE = {
    "SLACK_BOT_TOKEN": "xoxb-other",
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "other",
    "SLACK_VERIFICATION_TOKEN": "other",
}


@pytest.fixture
def _more_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in FROM_OUTSIDE.items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("_more_is_set")
def test_no_oauth_flow_begins_where_a_client_id_and_secret_are_set(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        app = make_bolt(WebClient(token="xoxb-own"), IDENTITY, signing_secret="s")
    assert app.oauth_flow is None
    assert app.installation_store is None
    assert caplog.records == []
    assert {name: os.environ.get(name) for name in FROM_OUTSIDE} == FROM_OUTSIDE


@pytest.mark.usefixtures("_more_is_set")
def test_listeners_speak_with_the_token_that_was_given() -> None:
    app = make_bolt(WebClient(token="xoxb-own"), IDENTITY, signing_secret="s")
    tokens: list[str | None] = []

    @app.event("app_mention")
    def hear(client: WebClient) -> None:
        tokens.append(client.token)

    event = {"type": "app_mention", "user": "U2", "channel": "C1", "ts": "1.2"}
    body = {"type": "event_callback", "team_id": "T1", "event": event}
    assert app.dispatch(BoltRequest(mode="socket_mode", body=body)).status == 200
    assert tokens == ["xoxb-own"]
