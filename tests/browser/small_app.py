"""A small Bolt app for the page's tests: it answers, opens modals, suggests and publishes a Home tab."""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.sandbox.server import SandboxServer
from tests.browser.sample_blocks import (
    answer_blocks,
    big_modal,
    home_view,
    option,
    plain,
    section,
    wrong_modal,
)

Json = dict[str, Any]
SHORTEST = 5
STREAMED = (
    "The product owner ",
    "signs off a model ",
    "**before release**. [1]\n\n",
    "- both criteria are met\n",
)


def connected(server: SandboxServer) -> SocketModeHandler:
    """Returns the running app, connected by Socket Mode; close it after use."""
    client = WebClient(token=server.bot_token, base_url=server.api_url)
    app = App(client=client, signing_secret=server.signing_secret, logger=_quiet())
    _listen(app)
    handler = SocketModeHandler(app, server.app_token, web_client=client, proxy=None)
    handler.connect()  # type: ignore[no-untyped-call]  # as in slack_bolt
    return handler


def _quiet() -> logging.Logger:
    logger = logging.getLogger("small_app")
    logger.setLevel(logging.ERROR)
    return logger


def _listen(app: App) -> None:
    app.event("app_mention")(_asked)
    app.event("message")(_written)
    app.event("app_home_opened")(_home)
    app.event("app_context_changed")(lambda: None)
    app.command("/muster")(_command)
    app.action("answer_feedback")(_feedback)
    app.action("ask_a_person")(_person)
    app.action("ack")(_acknowledged)
    app.action("rollback")(_rolled_back)
    for action in ("see", "who", "more", "until", "boxes", "home_ask", "home_confirm"):
        app.action(action)(lambda ack: ack())
    app.options("kpi")(_kpis)
    app.shortcut("ask_about")(_about)
    app.shortcut("new_decision")(
        lambda ack, body, client: (ack(), client.views_open(trigger_id=body["trigger_id"], view=big_modal()))
    )
    app.view("what_was_wrong")(_wrong)
    app.view("initiative")(_initiative)
    app.view_closed("initiative")(lambda ack: ack())


def _asked(event: Json, client: WebClient) -> None:
    _answer(event, client)


def _written(event: Json, client: WebClient) -> None:
    if event.get("channel_type") == "im" and not event.get("subtype") and not event.get("bot_id"):
        _answer(event, client)


def _answer(event: Json, client: WebClient) -> None:
    thread = event.get("thread_ts") or event["ts"]
    client.assistant_threads_setStatus(
        channel_id=event["channel"], thread_ts=thread, status="is searching the playbooks…"
    )
    if "slowly" in event["text"]:
        return
    if "stream" in event["text"]:
        stream = client.chat_startStream(
            channel=event["channel"],
            thread_ts=thread,
            recipient_user_id=event["user"],
            recipient_team_id=event.get("team") or "T0NORTHWIND",
        )
        for words in STREAMED:
            client.chat_appendStream(channel=event["channel"], ts=str(stream["ts"]), markdown_text=words)
        client.chat_stopStream(channel=event["channel"], ts=str(stream["ts"]))
        return
    client.chat_postMessage(
        channel=event["channel"],
        thread_ts=thread,
        text="The product owner signs off a model before release. [1]",
        blocks=answer_blocks(event["ts"]), unfurl_links=False,
    )  # fmt: skip


def _home(event: Json, client: WebClient) -> None:
    if event["tab"] == "home":
        client.views_publish(user_id=event["user"], view=home_view())
        return
    prompts = [
        {"title": "Who signs off a release?", "message": "Who signs off a model before release?"},
        {"title": "When do we roll back?", "message": "When do we roll a model back?"},
        {"title": "Who owns data quality?", "message": "Who owns data quality on churn?"},
    ]
    client.assistant_threads_setSuggestedPrompts(
        channel_id=event["channel"], title="Try one of these", prompts=prompts
    )


def _command(ack: Any, body: Json, client: WebClient) -> None:
    if body["text"] == "form":
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=big_modal())
    elif body["text"] == "silence":
        return
    else:
        ack(text="*/muster ask* a question · */muster sources* · */muster form*")


def _feedback(ack: Any, body: Json, client: WebClient) -> None:
    ack()
    if body["actions"][0]["value"].startswith("bad:"):
        client.views_open(trigger_id=body["trigger_id"], view=wrong_modal())
    else:
        client.chat_postEphemeral(
            channel=body["channel"]["id"],
            user=body["user"]["id"],
            thread_ts=body["message"].get("thread_ts"),
            text="Thank you, noted.",
        )


def _person(ack: Any, body: Json, client: WebClient) -> None:
    ack()
    client.chat_postMessage(
        channel=body["channel"]["id"],
        thread_ts=body["message"].get("thread_ts"),
        text="<@U0BEN> may know: he owns the release playbook.",
    )


def _acknowledged(ack: Any, body: Json, client: WebClient) -> None:
    ack()
    client.chat_update(
        channel=body["channel"]["id"],
        ts=body["message"]["ts"],
        text=f"Acknowledged by <@{body['user']['id']}>",
        blocks=[],
    )


def _rolled_back(ack: Any, body: Json, client: WebClient) -> None:
    ack()
    client.chat_postMessage(channel=body["channel"]["id"], text="Rolled back to churn v6.")


def _kpis(ack: Any, payload: Json) -> None:
    known = [
        option("uplift", "Uplift on the holdout"),
        option("churn-rate", "Churn rate, monthly"),
        option("saved", "Customers kept"),
    ]
    ack(options=[k for k in known if payload["value"].lower() in k["text"]["text"].lower()])


def _about(ack: Any, body: Json, client: WebClient) -> None:
    ack()
    client.chat_postMessage(
        channel=body["channel"]["id"],
        thread_ts=body["message"]["ts"],
        text="About this: the release playbook says who decides.",
    )


def _wrong(ack: Any, body: Json, view: Json, client: WebClient) -> None:
    written = view["state"]["values"]["wrong"]["words"]["value"]
    if len(written) < SHORTEST:
        ack(response_action="errors", errors={"wrong": "A few more words, please: what should it have said?"})
        return
    ack()
    client.chat_postMessage(channel=body["user"]["id"], text=f"Noted: {written}")


def _initiative(ack: Any, view: Json) -> None:
    values = view["state"]["values"]
    if not values["sponsor"]["a"]["selected_user"]:
        ack(response_action="errors", errors={"sponsor": "An initiative needs a sponsor."})
        return
    done = {"type": "modal", "title": plain("Saved"), "close": plain("Close"),
            "blocks": [section(f"*{values['name']['a']['value']}* is saved.")]}  # fmt: skip
    ack(response_action="update", view=done)
