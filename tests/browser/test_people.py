"""Several people in one workspace: what each sees, what is unread, and the time that they share."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from bot.sandbox.server import SandboxServer
from tests.browser.conftest import Look, keep, say

pytestmark = pytest.mark.browser


def test_one_can_be_somebody_else_with_their_own_time_and_channels(look: Look) -> None:
    page = look("/as/ana/C0MLPLATFORM")
    expect(page.get_by_role("button", name="You are Ana Ruiz, Data scientist")).to_contain_text("Madrid 10:0")
    page.get_by_role("button", name="You are Ana Ruiz").click()
    keep(page, "people")
    page.get_by_role("link", name="Farid Haddad").click()
    expect(page.get_by_role("button", name="You are Farid Haddad, Executive sponsor")).to_contain_text(
        "Beirut 11:0"
    )
    expect(page.get_by_role("link", name="ml-platform, private channel")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_contain_text("general")


def test_what_others_write_arrives_at_once_and_is_marked_unread_elsewhere(look: Look) -> None:
    ana, ben = look("/as/ana/C0CHURN"), look("/as/ben/C0CHURN")
    say(ben, "The window moves to 15:00")
    arrived = ana.locator("#messages .message").last
    expect(arrived).to_contain_text("The window moves to 15:00")
    expect(ana.locator("#live")).to_have_text("Ben Carter: The window moves to 15:00")
    row = ana.get_by_role("navigation").get_by_role("link", name="general")
    say(look("/as/ben/C0GENERAL"), "@ana could you look at the slides?")
    expect(row).to_have_attribute("aria-label", "general, channel, 1 for you")
    expect(ana).to_have_title("(1) churn · Ana Ruiz · Northwind AI")
    row.click()
    expect(ana.get_by_role("separator", name="New messages")).to_be_visible()
    expect(row).to_have_attribute("aria-label", "general, channel")


def test_edits_deletions_and_reactions_reach_everybody(look: Look) -> None:
    ana, ben = look("/as/ana/C0CHURN"), look("/as/ben/C0CHURN")
    say(ana, "Uplift is *2.3* points")
    seen = ben.locator("#messages .message").last
    expect(seen.locator("strong", has_text="2.3")).to_be_visible()
    seen.hover()
    seen.get_by_role("button", name="Add a reaction").click()
    ben.get_by_role("menuitem", name="tada").click()
    reaction = ana.get_by_role("button", name="tada, 1: Ben Carter")
    reaction.click()
    expect(ben.get_by_role("button", name="tada, 2: Ben Carter, Ana Ruiz")).to_be_visible()
    own = ana.locator("#messages .message").last
    own.focus()
    own.press("e")
    field = ana.get_by_role("textbox", name="Edit the message")
    expect(field).to_have_value("Uplift is *2.3* points")
    field.fill("Uplift is *2.4* points")
    field.press("Enter")
    expect(seen).to_contain_text("Uplift is 2.4 points(edited)")
    own.hover()
    own.get_by_role("button", name="More actions").click()
    ana.get_by_role("menuitem", name="Delete").click()
    ana.get_by_role("dialog", name="Delete this message?").get_by_role("button", name="Delete").click()
    expect(ben.locator("#messages").get_by_text("Uplift is 2.4 points")).to_have_count(0)


def test_the_clock_moves_to_the_next_ritual_for_everybody(look: Look, quiet_town: SandboxServer) -> None:
    ana, chloe = look("/as/ana/C0CHURN"), look("/as/chloe/C0CHURN")
    clock = ana.get_by_role("button", name="Clock of the sandbox")
    expect(clock).to_contain_text("Mon 23 Nov")
    clock.click()
    keep(ana, "clock")
    ana.get_by_role("button", name="To the standup of #churn").click()
    expect(clock).to_contain_text("Tue 24 Nov 09:30")
    expect(clock).to_contain_text("moved 23 h")
    expect(chloe.get_by_role("button", name="Clock of the sandbox")).to_contain_text("Tue 24 Nov 03:30")
    expect(ana.get_by_role("separator", name="Yesterday")).to_be_visible()
    assert quiet_town.now().isoformat().startswith("2026-11-24T08:30")
    clock.click()
    ana.get_by_role("button", name="+1 day").click()
    expect(clock).to_contain_text("Wed 25 Nov")


def test_a_channel_from_outside_can_be_joined(look: Look) -> None:
    page = look("/as/ana/C0FRAUD")
    expect(page.locator("#composer-text")).to_have_count(0)
    page.get_by_role("button", name="Join the channel").click()
    expect(page.locator("#composer-text")).to_be_visible()
    expect(page.get_by_role("navigation").get_by_role("link", name="fraud")).to_be_visible()


def test_nobody_gets_into_what_they_may_not_see(look: Look, quiet_town: SandboxServer) -> None:
    page = look("/as/hugo/C0MLPLATFORM")
    expect(page).to_have_url(f"{quiet_town.base_url}/as/hugo/C0GENERAL")
    answer = page.request.get(f"{quiet_town.base_url}/page/hugo/main/C0MLPLATFORM")
    assert answer.status == 400
    assert "Runbooks" not in answer.text()


def test_a_direct_message_begins_from_the_jump_box(look: Look) -> None:
    page = look("/as/ana/C0CHURN")
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="Channel or person").fill("elena")
    expect(page.get_by_role("option", name="Elena Petrova")).to_be_visible()
    keep(page, "jump")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Elena Petrova")
    say(page, "Hello Elena")
    expect(page.locator("#messages .message").last).to_contain_text("Hello Elena")
    elena = look("/as/elena/C0CHURN")
    expect(
        elena.get_by_role("navigation").get_by_role("link", name="Ana Ruiz, direct message, 1 for you")
    ).to_be_visible()


def test_a_deleted_reply_leaves_the_count_below_its_thread(look: Look, quiet_town: SandboxServer) -> None:
    ben = quiet_town.person("ben")
    root = ben.say("#churn", "a question")
    reply = ben.say("#churn", "never mind", thread=root)
    page = look("/as/ana/C0CHURN")
    message = page.locator("#messages .message").last
    expect(message.get_by_role("button", name="1 reply")).to_be_visible()
    ben.delete(reply)
    expect(message.get_by_role("button", name="1 reply")).to_have_count(0)
