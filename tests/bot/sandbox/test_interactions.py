"""Commands, buttons, menus, shortcuts and response URLs, with a real Bolt app behind signed HTTP."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import httpx
import pytest
from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.sandbox.driver import SandboxRefusedError
from bot.sandbox.person import Person
from bot.sandbox.server import SandboxServer


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def option(value: str) -> dict[str, Any]:
    return {"text": plain(value.title()), "value": value}


FORM: list[dict[str, Any]] = [
    {
        "type": "actions",
        "block_id": "form",
        "elements": [
            {"type": "button", "action_id": "go", "text": plain("Go"), "value": "42"},
            {"type": "static_select", "action_id": "mood", "options": [option("good"), option("bad")]},
            {"type": "multi_users_select", "action_id": "who"},
            {"type": "datepicker", "action_id": "when", "initial_date": "2026-11-23"},
            {"type": "external_select", "action_id": "doc"},
        ],
    },
    {
        "type": "context_actions",
        "block_id": "feedback",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "thumb",
                "positive_button": {"text": plain("Good"), "value": "up"},
                "negative_button": {"text": plain("Bad"), "value": "down"},
            }
        ],
    },
]


@pytest.fixture
def bodies(app: App) -> list[dict[str, Any]]:
    """What the app's action listeners get, as it comes."""
    got: list[dict[str, Any]] = []

    def keep(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        got.append(body)

    for action in ("go", "mood", "who", "when", "doc", "thumb"):
        app.action(action)(keep)
    return got


def test_each_kind_of_element_says_what_was_chosen(
    web: WebClient, ana: Person, bodies: list[dict[str, Any]]
) -> None:
    web.chat_postMessage(channel="C0GENERAL", text="form", blocks=FORM)
    form = ana.history("#general")[-1]
    ana.press(form, "go")
    ana.press(form, "mood", "bad")
    ana.press(form, "who", ["ana", "@bo"])
    ana.press(form, "when", "2026-12-01")
    ana.press(form, "thumb", "negative")
    actions = [body["actions"][0] for body in bodies]
    assert actions[0]["value"] == "42"
    assert actions[1]["selected_option"]["text"]["text"] == "Bad"
    assert actions[2]["selected_users"] == ["U0ANA", "U0BO"]
    assert actions[3]["selected_date"] == "2026-12-01"
    assert (actions[4]["type"], actions[4]["value"]) == ("feedback_buttons", "down")
    state = bodies[-1]["state"]["values"]["form"]
    assert state["mood"]["selected_option"]["value"] == "bad"
    assert state["when"]["selected_date"] == "2026-12-01"
    assert bodies[0]["message"]["ts"] == form.ts
    assert bodies[0]["container"]["channel_id"] == "C0GENERAL"


def test_what_is_not_there_cannot_be_pressed(
    web: WebClient, ana: Person, bodies: list[dict[str, Any]]
) -> None:
    web.chat_postMessage(channel="C0GENERAL", text="form", blocks=FORM)
    form = ana.history("#general")[-1]
    with pytest.raises(SandboxRefusedError, match="no_such_action"):
        ana.press(form, "nothing")
    with pytest.raises(SandboxRefusedError, match="no_such_option"):
        ana.press(form, "mood", "ugly")
    assert bodies == []


def test_external_menus_ask_the_app(app: App, web: WebClient, ana: Person) -> None:
    @app.options("doc")
    def offer(ack: Ack, payload: dict[str, Any]) -> None:
        ack(options=[option(payload["value"])])

    web.chat_postMessage(channel="C0GENERAL", text="form", blocks=FORM)
    answer = ana.suggestions(ana.history("#general")[-1], "doc", "rollback")
    assert answer["options"]["options"][0]["value"] == "rollback"


def test_a_command_answers_in_its_acknowledgement_and_later(app: App, ana: Person, bo: Person) -> None:
    @app.command("/muster")
    def answer(ack: Ack, respond: Respond, command: dict[str, Any]) -> None:
        ack(f"looking for {command['text']}")
        respond("for all", response_type="in_channel")

    report = ana.command("/muster drift")
    assert report["ok"] is True
    ana.sees("#general", "for all")
    assert [m.text for m in ana.ephemerals("#general")] == ["looking for drift"]
    bo.sees("#general", "for all")
    with pytest.raises(SandboxRefusedError, match="unknown_command"):
        ana.command("/other")


def test_nobody_listening_is_told_to_the_person(ana: Person) -> None:
    """Without an app at all the command fails as Slack says it."""
    assert ana.command("/muster help")["shown"] == "dispatch_failed"


def test_response_urls_replace_delete_and_wear_out(app: App, web: WebClient, ana: Person) -> None:
    urls: list[str] = []

    @app.action("go")
    def keep(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        urls.append(body["response_url"])

    web.chat_postEphemeral(channel="C0GENERAL", user="U0ANA", text="pick", blocks=FORM)
    ana.press(ana.ephemerals()[-1], "go")
    post = httpx.post
    assert post(urls[0], json={"replace_original": True, "text": "picked"}).text == "ok"
    assert [m.text for m in ana.ephemerals()] == ["picked"]
    assert post(urls[0], json={"text": "more"}).text == "ok"
    assert [m.text for m in ana.ephemerals()] == ["picked", "more"]
    refused = post(urls[0], json={"blocks": [{"type": "sektion"}]})
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_blocks")
    assert post(urls[0], json={"delete_original": True}).text == "ok"
    assert [m.text for m in ana.ephemerals()] == ["more"]
    assert post(urls[0], json={"text": "fifth"}).text == "ok"
    assert post(urls[0], json={"text": "sixth"}).json() == {"ok": False, "error": "used_url"}


def test_response_urls_end_after_half_an_hour(
    app: App, sandbox: SandboxServer, web: WebClient, ana: Person
) -> None:
    urls: list[str] = []

    @app.action("go")
    def keep(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        urls.append(body["response_url"])

    web.chat_postMessage(channel="C0GENERAL", text="form", blocks=FORM)
    ana.press(ana.history("#general")[-1], "go")
    sandbox.advance(timedelta(minutes=31))
    assert httpx.post(urls[0], json={"text": "late"}).json()["error"] == "expired_url"


def test_shortcuts_bring_the_message_and_a_trigger(app: App, ana: Person) -> None:
    @app.shortcut("ask_about")
    def show(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        words = body["message"]["text"] if body["type"] == "message_action" else "anything"
        title = {"type": "plain_text", "text": words[:24]}
        client.views_open(trigger_id=body["trigger_id"], view={"type": "modal", "title": title, "blocks": []})

    ana.shortcut("ask_about", ana.say("#general", "why drift?"))
    ana.gets_view("why drift?")
    ana.shortcut("ask_about")
    ana.gets_view("anything")


def test_a_slow_app_is_seen_to_be_slow(app: App, sandbox: SandboxServer, ana: Person) -> None:

    @app.command("/muster")
    def slow(ack: Ack) -> None:
        time.sleep(1.3)
        ack()

    report = ana.command("/muster")
    assert (report["ok"], report["shown"]) == (False, "operation_timeout")
    assert [d["outcome"] for d in sandbox.deliveries("/muster")] == ["http_timeout"]


def test_buttons_on_the_home_tab_carry_the_view(
    web: WebClient, ana: Person, bodies: list[dict[str, Any]]
) -> None:
    web.views_publish(user_id="U0ANA", view={"type": "home", "blocks": FORM[:1]})
    ana.press("home", "go")
    assert bodies[0]["view"]["type"] == "home"
    assert "response_url" not in bodies[0]
