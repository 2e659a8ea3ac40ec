"""A question, its answer, what one says about it: as a newcomer does it, live, without a reload."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from slack_sdk import WebClient

from bot.sandbox.server import SandboxServer
from tests.browser.conftest import QUESTION, Look, keep, say

pytestmark = pytest.mark.browser


@pytest.mark.usefixtures("town")
def test_a_question_in_a_channel_is_answered_with_sources_in_its_thread(look: Look) -> None:
    page = look(hints=True)
    expect(page.get_by_text("Welcome, Ana. Try this:")).to_be_visible()
    keep(page, "welcome")
    page.get_by_role("button", name=f"Ask: “{QUESTION}”").click()
    expect(page.locator("#composer-text")).to_have_value(f"@muster {QUESTION}")
    page.get_by_role("button", name="Close the hints").click()
    page.locator("#composer-text").press("Enter")
    page.get_by_role("button", name="1 reply").click()
    thread = page.get_by_role("region", name="Thread")
    expect(thread.get_by_text("The product owner signs off a model before release")).to_be_visible()
    source = thread.get_by_role("link", name="Release playbook › Sign-off")
    expect(source).to_have_attribute("href", "https://example.com/playbooks/release")
    expect(source).to_have_attribute("rel", "noopener noreferrer nofollow")
    keep(page, "answer")


@pytest.mark.usefixtures("town")
def test_feedback_is_refused_with_an_error_at_the_field_and_then_taken(look: Look) -> None:
    page = look("/as/ana/@muster")
    page.get_by_role("button", name="Who signs off a release?").click()
    page.locator("#messages").get_by_role("button", name="1 reply").click()
    page.locator(".thread").get_by_role("button", name="Something is wrong with it").click()
    modal = page.get_by_role("dialog", name="What was wrong?")
    field = modal.get_by_role("textbox", name="What was wrong?")
    expect(field).to_be_focused()
    modal.get_by_role("button", name="Send").click()
    expect(modal.get_by_text("Please complete this required field.")).to_be_visible()
    field.fill("No")
    modal.get_by_role("button", name="Send").click()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(modal.get_by_text("A few more words, please: what should it have said?")).to_be_visible()
    expect(field).to_have_value("No")
    keep(page, "modal-error")
    field.fill("It should name the deputy")
    modal.get_by_role("button", name="Send").click()
    expect(modal).to_be_hidden()
    expect(page.locator("#messages").get_by_text("Noted: It should name the deputy")).to_be_visible()
    expect(
        page.locator(".thread").get_by_role("button", name="Something is wrong with it")
    ).to_have_attribute("aria-pressed", "true")


@pytest.mark.usefixtures("town")
def test_what_only_one_person_sees_says_so_and_others_do_not_see_it(look: Look) -> None:
    ana, ben = look("/as/ana/C0CHURN"), look("/as/ben/C0CHURN")
    say(ana, f"@muster {QUESTION}")
    for page in (ana, ben):
        page.locator("#messages").get_by_role("button", name="1 reply").click()
    ana.locator(".thread").get_by_role("button", name="This answer helped").click()
    expect(ana.locator(".thread .ephemeral")).to_contain_text("Only visible to you")
    expect(ana.locator(".thread .ephemeral")).to_contain_text("Thank you, noted.")
    keep(ana, "ephemeral")
    expect(ben.locator(".thread .message")).to_have_count(2)
    ana.get_by_role("button", name="Dismiss").click()
    expect(ana.locator(".thread .ephemeral")).to_have_count(0)


@pytest.mark.usefixtures("town")
def test_a_status_is_shown_until_the_answer_comes(look: Look) -> None:
    page = look("/as/ana/C0CHURN")
    say(page, "@muster answer slowly, please")
    expect(page.locator("#messages .status").last).to_have_text("Muster is searching the playbooks…")
    expect(page.locator("#live")).to_have_text("Muster is searching the playbooks…")
    keep(page, "status")


@pytest.mark.usefixtures("town")
def test_a_streamed_answer_grows_and_ends(look: Look) -> None:
    page = look("/as/ana/C0CHURN")
    say(page, "@muster stream it")
    page.locator("#messages").get_by_role("button", name="1 reply").click()
    answer = page.locator(".thread .message").last
    expect(answer.get_by_role("listitem")).to_have_text("both criteria are met")
    expect(answer.locator("strong", has_text="before release")).to_be_visible()
    expect(answer.locator(".growing")).to_have_count(0)


def test_words_of_a_stream_are_shown_as_they_arrive(look: Look, quiet_town: SandboxServer) -> None:
    page = look("/as/ana/C0CHURN")
    client = _client(quiet_town)
    begun = client.chat_startStream(
        channel="C0CHURN",
        thread_ts=_latest(quiet_town),
        recipient_user_id="U0ANA",
        recipient_team_id="T0NORTHWIND",
        markdown_text="The product",
    )
    page.locator("#messages").get_by_role("button", name="1 reply").click()
    growing = page.locator(".thread .growing")
    expect(growing).to_have_text("The product")
    client.chat_appendStream(channel="C0CHURN", ts=str(begun["ts"]), markdown_text=" owner decides")
    expect(growing).to_have_text("The product owner decides")
    client.chat_stopStream(channel="C0CHURN", ts=str(begun["ts"]))
    expect(growing).to_have_count(0)


def test_a_command_that_nobody_answers_is_said_to_have_failed(look: Look) -> None:
    page = look("/as/ana/C0CHURN")
    say(page, "/muster help")
    expect(page.get_by_role("alert")).to_contain_text("/muster failed because the app did not answer")
    expect(page.locator("#composer-text")).to_have_value("/muster help")


@pytest.mark.usefixtures("town")
def test_the_messages_menu_has_the_apps_shortcut(look: Look) -> None:
    page = look("/as/ana/C0CHURN")
    message = page.locator("#messages .message", has_text="Who signs it off before we release?")
    message.hover()
    message.get_by_role("button", name="More actions").click()
    keep(page, "message-menu")
    page.get_by_role("menuitem", name="Ask Muster about this").click()
    expect(message.get_by_role("button", name="1 reply")).to_be_visible()


def _client(server: SandboxServer) -> WebClient:
    return WebClient(token=server.bot_token, base_url=server.api_url)


def _latest(server: SandboxServer) -> str:
    return str(server.get("/people/ana/history", channel="C0CHURN")["messages"][-1]["ts"])
