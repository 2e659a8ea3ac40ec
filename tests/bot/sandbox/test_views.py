"""views.*: modals and Home tabs, opened by real triggers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.sandbox.driver import SandboxRefusedError
from bot.sandbox.person import Person
from bot.sandbox.server import SandboxServer
from tests.bot.sandbox.conftest import refusal


def modal(title: str = "Standup", *, name: str = "note", **more: Any) -> dict[str, Any]:
    """A modal with one input."""
    return {
        "type": "modal",
        "callback_id": "standup",
        "title": {"type": "plain_text", "text": title},
        "submit": {"type": "plain_text", "text": "Send"},
        "blocks": [
            {
                "type": "input",
                "block_id": name,
                "label": {"type": "plain_text", "text": "What next?"},
                "element": {"type": "plain_text_input", "action_id": "text", "initial_value": "as before"},
            }
        ],
    } | more


HOME = {"type": "home", "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "Hello"}}]}


@pytest.fixture
def triggers(app: App) -> list[str]:
    """The triggers of `/muster` as they come."""
    found: list[str] = []

    @app.command("/muster")
    def keep(ack: Ack, command: dict[str, Any]) -> None:
        ack()
        found.append(command["trigger_id"])

    return found


def fresh(ana: Person, triggers: list[str]) -> str:
    ana.command("/muster")
    return triggers[-1]


def test_a_trigger_opens_one_modal_within_three_seconds(
    web: WebClient, sandbox: SandboxServer, ana: Person, triggers: list[str]
) -> None:
    trigger = fresh(ana, triggers)
    opened = web.views_open(trigger_id=trigger, view=modal())["view"]
    assert opened["state"]["values"]["note"]["text"]["value"] == "as before"
    shown = ana.view()
    assert shown is not None
    assert (shown["id"], shown["root_view_id"]) == (opened["id"], opened["id"])
    assert refusal(web.views_open, trigger_id=trigger, view=modal()) == "exchanged_trigger_id"
    late = fresh(ana, triggers)
    sandbox.advance(timedelta(seconds=4))
    assert refusal(web.views_open, trigger_id=late, view=modal()) == "expired_trigger_id"
    assert refusal(web.views_open, trigger_id="nonsense", view=modal()) == "invalid_trigger_id"


def test_a_bad_view_is_refused_and_leaves_the_trigger(
    web: WebClient, ana: Person, triggers: list[str]
) -> None:
    trigger = fresh(ana, triggers)
    bad = modal("A title of more than 24 characters")
    assert refusal(web.views_open, trigger_id=trigger, view=bad) == "invalid_arguments"
    assert web.views_open(trigger_id=trigger, view=modal())["ok"] is True


def test_updates_keep_what_was_entered_and_respect_the_hash(
    web: WebClient, ana: Person, triggers: list[str]
) -> None:
    view = web.views_open(trigger_id=fresh(ana, triggers), view=modal(external_id="x"))["view"]
    assert ana.submit(note="")["outcome"] == "invalid"
    updated = web.views_update(external_id="x", view=modal("Again", external_id="x"), hash=view["hash"])
    assert updated["view"]["title"]["text"] == "Again"
    assert updated["view"]["state"]["values"]["note"]["text"]["value"] == ""
    assert refusal(web.views_update, view_id=view["id"], view=modal(), hash=view["hash"]) == "hash_conflict"
    assert refusal(web.views_update, view_id="V0NONE", view=modal()) == "not_found"
    again = refusal(web.views_open, trigger_id=fresh(ana, triggers), view=modal(external_id="x"))
    assert again == "duplicate_external_id"


def test_three_modals_are_the_most(app: App, web: WebClient, ana: Person, triggers: list[str]) -> None:
    """Pushing needs a trigger made inside a modal: a submission's."""
    refusals: list[str] = []

    @app.view("standup")
    def push(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        if len(refusals) or body["view"]["title"]["text"] != "third":
            name = "second" if body["view"]["title"]["text"] == "first" else "third"
            ack(response_action="push", view=modal(name))
            return
        refusals.append(refusal(client.views_push, trigger_id=body["trigger_id"], view=modal("fourth")))
        ack(response_action="clear")

    web.views_open(trigger_id=fresh(ana, triggers), view=modal("first"))
    assert ana.submit()["outcome"] == "pushed"
    third = ana.submit()["view"]
    assert third["previous_view_id"]
    assert ana.submit()["outcome"] == "cleared"
    assert refusals == ["push_limit_reached"]
    assert ana.view() is None


def test_home_tabs_belong_to_a_person_and_outlive_each_other(web: WebClient, ana: Person, bo: Person) -> None:
    first = web.views_publish(user_id="U0ANA", view=HOME)["view"]
    second = web.views_publish(user_id="U0ANA", view=HOME, hash=first["hash"])["view"]
    assert second["id"] == first["id"]
    assert refusal(web.views_publish, user_id="U0ANA", view=HOME, hash=first["hash"]) == "hash_conflict"
    assert refusal(web.views_publish, user_id="U0NOBODY", view=HOME) == "user_not_found"
    assert refusal(web.views_publish, user_id="U0ANA", view=modal()) == "invalid_arguments"
    home = ana.home()
    assert home is not None
    assert home["blocks"][0]["text"]["text"] == "Hello"
    assert bo.home() is None


def test_submission_answers_do_what_they_say(
    app: App, web: WebClient, ana: Person, triggers: list[str]
) -> None:
    answers: list[dict[str, Any]] = []

    @app.view("standup")
    def answer(ack: Ack) -> None:
        ack(**answers.pop(0))

    web.views_open(trigger_id=fresh(ana, triggers), view=modal())
    answers += [
        {"response_action": "errors", "errors": {"note": "Say more."}},
        {"response_action": "errors", "errors": {"elsewhere": "?"}},
        {"response_action": "update", "view": modal("Second")},
        {"response_action": "update", "view": modal("x" * 25)},
        {},
    ]
    assert ana.submit(note="a")["errors"] == {"note": "Say more."}
    shown = ana.view()
    assert shown is not None
    assert shown["errors"] == {"note": "Say more."}
    assert ana.submit()["reason"] == "invalid_error_block_ids"
    assert ana.submit()["outcome"] == "updated"
    assert ana.submit()["reason"] == "invalid_arguments"
    assert ana.submit(**{"What next?": "ship it"})["outcome"] == "closed"
    with pytest.raises(SandboxRefusedError, match="no_open_view"):
        ana.submit()


def test_the_client_itself_refuses_incomplete_forms(web: WebClient, ana: Person, triggers: list[str]) -> None:
    """Nothing is sent to the app: it registered no listener for this view."""
    number = {"type": "number_input", "action_id": "n", "is_decimal_allowed": False, "max_value": "9"}
    email = {"type": "email_text_input", "action_id": "e"}
    label = {"type": "plain_text", "text": "L"}
    blocks = [
        {"type": "input", "block_id": "n", "label": label, "element": number},
        {"type": "input", "block_id": "e", "label": label, "element": email, "optional": True},
    ]
    web.views_open(trigger_id=fresh(ana, triggers), view=modal(blocks=blocks))
    assert set(ana.submit()["errors"]) == {"n"}
    assert set(ana.submit(n="ten", e="nobody")["errors"]) == {"n", "e"}
    assert set(ana.submit(n=10, e="a@b.example")["errors"]) == {"n"}
    with pytest.raises(SandboxRefusedError, match="no_such_input"):
        ana.submit(elsewhere="x")


def test_closing_is_told_where_the_view_asks_for_it(
    app: App, web: WebClient, ana: Person, triggers: list[str]
) -> None:
    closed: list[bool] = []

    @app.view_closed("standup")
    def note(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        closed.append(body["is_cleared"])

    web.views_open(trigger_id=fresh(ana, triggers), view=modal(notify_on_close=True))
    assert ana.close()["closed"] == 1
    web.views_open(trigger_id=fresh(ana, triggers), view=modal(notify_on_close=True, clear_on_close=True))
    ana.close()
    web.views_open(trigger_id=fresh(ana, triggers), view=modal())
    ana.close()
    assert closed == [False, True]
