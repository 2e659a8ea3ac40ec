"""A long channel stays quick: its newest hundred messages are drawn, older ones when they are asked for."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect

from bot.sandbox.server import SandboxServer
from bot.sandbox.workspace.records import Message
from tests.browser.conftest import Look

pytestmark = pytest.mark.browser
MANY = 2_000


@pytest.fixture
def long_channel(quiet_town: SandboxServer) -> SandboxServer:
    """#churn with 2,000 more messages in it."""
    workspace = quiet_town.sandbox.workspace
    with workspace.lock:
        for number in range(MANY):
            text = f"Message *{number}* with a <https://example.com/{number}|link> and `code`"
            workspace.messages.add(
                Message(
                    channel="C0CHURN",
                    ts=workspace.next_ts(),
                    user=("U0BEN", "U0ANA")[number // 3 % 2],
                    text=text,
                )
            )
    return quiet_town


@pytest.mark.usefixtures("long_channel")
def test_two_thousand_messages_open_within_a_second_and_go_back_in_steps(look: Look) -> None:
    page = look("/as/ana/C0GENERAL")
    started = time.perf_counter()
    page.get_by_role("link", name="churn, channel").click()
    expect(page.get_by_text("Message 1999", exact=False)).to_be_in_viewport()
    assert time.perf_counter() - started < 1.5
    assert page.locator("#messages .message").count() == 100
    box = page.locator("#messages")
    for wanted in (200, 300):
        page.get_by_role("button", name="Show earlier messages").click()
        expect(page.locator("#messages .message")).to_have_count(wanted)
    first = box.evaluate("e => e.querySelector('.message').innerText")
    assert "Message 1700" in first
    numbers = box.evaluate("e => [...e.querySelectorAll('.content strong')].map(s => +s.textContent)")
    assert numbers == sorted(numbers)


def test_new_messages_arrive_quickly_in_a_long_channel(look: Look, long_channel: SandboxServer) -> None:
    page = look("/as/ana/C0CHURN")
    ben = long_channel.person("ben")
    elapsed = []
    for number in range(20):
        started = time.perf_counter()
        ben.say("#churn", f"live {number}")
        page.wait_for_function(
            "n => document.querySelector('#messages .start > :last-child').innerText.includes(`live ${n}`)",
            arg=number,
        )
        elapsed.append(time.perf_counter() - started)
    assert sorted(elapsed)[10] < 0.25
    assert page.evaluate(
        "(b => b.scrollHeight - b.scrollTop - b.clientHeight < 2)(document.querySelector('#messages'))"
    )


def test_a_reader_further_up_is_not_torn_away(look: Look, long_channel: SandboxServer) -> None:
    page = look("/as/ana/C0CHURN")
    page.evaluate("document.querySelector('#messages').scrollTop = 300")
    before = page.evaluate("document.querySelector('#messages').scrollTop")
    long_channel.person("ben").say("#churn", "something new")
    page.get_by_text("something new").first.wait_for(state="attached")
    assert page.evaluate("document.querySelector('#messages').scrollTop") == before


def test_a_page_that_lost_the_server_catches_up(look: Look, long_channel: SandboxServer) -> None:
    page = look("/as/ana/C0CHURN")
    page.context.set_offline(True)
    long_channel.sandbox.feed.close()
    page.wait_for_selector("body[data-live=false]")
    long_channel.person("ben").say("#churn", "said while you were away")
    page.context.set_offline(False)
    expect(page.locator("#messages .message").last).to_contain_text("said while you were away")
