"""Modals, Home and the controls in messages: what is chosen arrives at the app as Slack would send it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from slack_sdk import WebClient

from bot.sandbox.server import SandboxServer
from tests.browser.conftest import Look, keep, say
from tests.browser.sample_blocks import showcase

pytestmark = pytest.mark.browser
Json = dict[str, Any]


def _delivered(server: SandboxServer, name: str) -> Json:
    found = [d for d in server.deliveries() if d["name"].startswith(name)]
    payload = found[-1]["request"]
    return json.loads(payload) if isinstance(payload, str) else dict(payload)


def _choose(page: Page, name: str, typed: str, wanted: str) -> None:
    box = page.get_by_role("dialog").get_by_role("combobox", name=name)
    box.click()
    box.fill(typed)
    page.get_by_role("option", name=wanted).click()


def test_every_kind_of_input_is_filled_in_and_submitted(look: Look, town: SandboxServer) -> None:
    page = look("/as/ana/C0CHURN")
    say(page, "/muster form")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Name").fill("Churn")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_text("Please complete this required field.").first).to_be_visible()
    expect(dialog.get_by_role("textbox", name="Name")).to_have_value("Churn")
    dialog.get_by_role("textbox", name="Objective").fill("Keep 2 % more customers")
    dialog.get_by_label("Stage").select_option("validate")
    _choose(page, "Sponsor", "farid", "Farid Haddad")
    _choose(page, "Team", "ana", "Ana Ruiz")
    _choose(page, "Team", "deepak", "Deepak Rao")
    _choose(page, "Models", "v7", "churn-v7")
    _choose(page, "KPI from the catalogue", "uplift", "Uplift on the holdout")
    _choose(page, "Channel", "churn", "#churn")
    dialog.get_by_label("Target date").fill("2027-06-30")
    dialog.get_by_label("Review at").fill("14:15")
    dialog.get_by_label("First report").fill("2027-03-29T09:00")
    dialog.get_by_role("textbox", name="Target (optional)").fill("2.5")
    dialog.get_by_label("Contact").fill("ana@northwind.example")
    dialog.get_by_label("Dashboard").fill("https://example.com/d")
    dialog.get_by_role("radio", name="Matrix").check()
    dialog.get_by_role("checkbox", name="Business metric").check()
    dialog.get_by_label("Notes").fill("*why* now\n- one\n- two")
    keep(page, "modal-form")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_text("Churn is saved.")).to_be_visible()
    keep(page, "modal-saved")
    values = _delivered(town, "view_submission initiative")["view"]["state"]["values"]
    assert values["stage"]["a"]["selected_option"]["value"] == "validate"
    assert values["sponsor"]["a"]["selected_user"] == "U0FARID"
    assert values["team"]["a"]["selected_users"] == ["U0ANA", "U0DEEPAK"]
    assert [o["value"] for o in values["models"]["a"]["selected_options"]] == ["churn-v7"]
    assert values["kpi"]["kpi"]["selected_option"]["value"] == "uplift"
    assert values["channel"]["a"]["selected_conversation"] == "C0CHURN"
    assert values["date"]["a"]["selected_date"] == "2027-06-30"
    assert values["time"]["a"]["selected_time"] == "14:15"
    assert (
        values["moment"]["a"]["selected_date_time"] == 1_806_303_600
    )  # 09:00 in Madrid, the day after clocks changed
    assert values["target"]["a"]["value"] == "2.5"
    assert values["structure"]["a"]["selected_option"]["value"] == "matrix"
    assert [o["value"] for o in values["evidence"]["a"]["selected_options"]] == ["business"]
    notes = values["notes"]["a"]["rich_text_value"]["elements"]
    assert notes[0]["elements"][0] == {"type": "text", "text": "why", "style": {"bold": True}}
    assert [len(e["elements"]) for e in notes if e["type"] == "rich_text_list"] == [2]


@pytest.mark.usefixtures("town")
def test_the_apps_errors_stand_at_their_fields_and_keep_what_was_typed(look: Look) -> None:
    page = look("/as/ana/C0CHURN")
    say(page, "/muster form")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Name").fill("Churn")
    dialog.get_by_role("textbox", name="Contact").fill("not an address")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.locator("[data-error=contact]")).to_have_text("Please enter a valid value.")
    expect(dialog.get_by_role("textbox", name="Contact")).to_have_value("not an address")


def test_a_modal_that_is_cancelled_tells_the_app(look: Look, town: SandboxServer) -> None:
    page = look("/as/ana/C0CHURN")
    say(page, "/muster form")
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.wait_for_timeout(100)
    assert _delivered(town, "view_closed")["is_cleared"] is False


def test_controls_in_messages_tell_the_app(look: Look, town: SandboxServer) -> None:
    client = WebClient(token=town.bot_token, base_url=town.api_url)
    for blocks in showcase():
        client.chat_postMessage(channel="C0SHOWCASE", text="showcase", blocks=blocks)
    page = look("/as/ana/C0SHOWCASE", height=1400)
    keep(page, "showcase")
    page.get_by_role("combobox", name="Period").select_option("week")
    page.get_by_role("combobox", name="Somebody").click()
    page.get_by_role("option", name="Iris Novak").click()
    page.get_by_role("checkbox", name="Retrain").check()
    page.locator(".menu-box").get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="History").click()
    page.wait_for_timeout(400)
    pressed = {
        d["name"].removeprefix("block_actions "): d["request"]["actions"][0]
        for d in town.deliveries()
        if d["name"].startswith("block_actions")
    }
    assert pressed["see"]["selected_option"]["value"] == "week"
    assert pressed["who"]["selected_user"] == "U0IRIS"
    assert [o["value"] for o in pressed["boxes"]["selected_options"]] == ["retrain"]
    assert pressed["more"]["selected_option"]["value"] == "history"


def test_a_dangerous_button_asks_first(look: Look, town: SandboxServer) -> None:
    client = WebClient(token=town.bot_token, base_url=town.api_url)
    client.chat_postMessage(channel="C0SHOWCASE", text="controls", blocks=showcase()[1])
    page = look("/as/ana/C0SHOWCASE")
    page.get_by_role("button", name="Roll back").click()
    question = page.get_by_role("dialog", name="Roll back churn v7?")
    keep(page, "confirm")
    question.get_by_role("button", name="Keep v7").click()
    expect(question).to_be_hidden()
    assert not [d for d in town.deliveries() if "rollback" in d["name"]]
    page.get_by_role("button", name="Roll back").click()
    question.get_by_role("button", name="Roll back").click()
    expect(page.locator("#messages .message").last).to_contain_text("Rolled back to churn v6.")


@pytest.mark.usefixtures("town")
def test_the_home_tab_is_published_when_it_is_opened(look: Look) -> None:
    page = look("/as/ana/@muster")
    page.get_by_role("link", name="Home", exact=True).click()
    expect(page.get_by_role("heading", name="Good morning, Ana")).to_be_visible()
    keep(page, "home")


def test_the_inspector_shows_calls_and_why_one_was_refused(look: Look, town: SandboxServer) -> None:
    page = look("/as/ana/C0CHURN")
    page.get_by_role("button", name="Inspector").click()
    client = WebClient(token=town.bot_token, base_url=town.api_url)
    with pytest.raises(Exception, match="invalid_blocks"):
        client.chat_postMessage(
            channel="C0CHURN", text="x", blocks=[{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}]
        )
    line = page.locator(".line.refused").first
    expect(line).to_contain_text("chat.postMessage")
    expect(line).to_contain_text("invalid_blocks")
    line.locator("summary").click()
    expect(line).to_contain_text("[json-pointer:/blocks/0")
    expect(line.get_by_text('"channel"')).to_be_visible()
    keep(page, "inspector")
    page.get_by_role("button", name="To the app").click()
    expect(line).to_be_hidden()
