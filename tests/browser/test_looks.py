"""A narrow window, the dark theme, less motion: kept as pictures, and measured where it can be."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from slack_sdk import WebClient

from bot.sandbox.server import SandboxServer
from tests.browser.conftest import QUESTION, Look, keep, say
from tests.browser.sample_blocks import showcase

pytestmark = pytest.mark.browser
NARROW = 380


def _too_wide(page: Page) -> list[str]:
    """Returns what reaches over the right edge of the window and cannot be scrolled to."""
    found: list[str] = page.evaluate("""() => [...document.querySelectorAll('body *')].filter(e => {
        const r = e.getBoundingClientRect(), s = getComputedStyle(e);
        if (!r.width || s.visibility === 'hidden' || r.right <= innerWidth + 1) return false;
        if (e.closest('.side, svg')) return false;
        for (let p = e.parentElement; p; p = p.parentElement) {
            if (['auto', 'scroll'].includes(getComputedStyle(p).overflowX)) return false;
        }
        return !e.matches('.quiet, .quiet *');
    }).map(e => e.outerHTML.slice(0, 120))""")
    return found


@pytest.mark.usefixtures("town")
def test_the_whole_way_fits_380_pixels(look: Look) -> None:
    page = look("/as/ana/C0CHURN", width=NARROW, height=760, has_touch=True)
    say(page, f"@muster {QUESTION}")
    page.locator("#messages").get_by_role("button", name="1 reply").click()
    expect(page.locator(".thread").get_by_role("button", name="Ask a person")).to_be_visible()
    keep(page, "narrow-thread")
    assert _too_wide(page) == []
    page.get_by_role("button", name="Close the thread").click()
    page.get_by_role("button", name="Conversations").click()
    expect(page.get_by_role("link", name="general, channel")).to_be_visible()
    page.wait_for_timeout(250)
    keep(page, "narrow-list")
    page.get_by_role("link", name="general, channel").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("general")
    expect(page.get_by_role("link", name="general, channel")).to_be_hidden()
    page.locator("#composer-text").fill("/muster form")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("dialog", name="New initiative")).to_be_visible()
    keep(page, "narrow-modal")
    assert _too_wide(page) == []


def test_every_block_fits_380_pixels(look: Look, quiet_town: SandboxServer) -> None:
    client = WebClient(token=quiet_town.bot_token, base_url=quiet_town.api_url)
    for blocks in showcase():
        client.chat_postMessage(channel="C0SHOWCASE", text="showcase", blocks=blocks)
    client.chat_postMessage(channel="C0SHOWCASE", text="W" * 300 + " https://example.com/" + "long-" * 60)
    page = look("/as/ana/C0SHOWCASE", width=NARROW, height=2600)
    keep(page, "narrow-showcase")
    assert _too_wide(page) == []


@pytest.mark.usefixtures("town")
def test_the_dark_theme_follows_the_system_and_can_be_changed(look: Look) -> None:
    page = look("/as/ana/C0CHURN", color_scheme="dark")
    ground = "getComputedStyle(document.querySelector('.main')).backgroundColor"
    dark = page.evaluate(ground)
    say(page, f"@muster {QUESTION}")
    page.locator("#messages").get_by_role("button", name="1 reply").click()
    expect(page.locator(".thread").get_by_role("button", name="Ask a person")).to_be_visible()
    keep(page, "dark")
    page.get_by_role("button", name="Change between light and dark").click()
    assert page.evaluate(ground) != dark
    page.reload()
    assert page.evaluate(ground) == "rgb(255, 255, 255)"


def test_less_motion_means_no_animation(look: Look, quiet_town: SandboxServer) -> None:
    client = WebClient(token=quiet_town.bot_token, base_url=quiet_town.api_url)
    said = quiet_town.person("ana").say("#churn", "@muster hello")
    client.assistant_threads_setStatus(channel_id="C0CHURN", thread_ts=said.ts, status="is thinking…")
    page = look("/as/ana/C0CHURN", reduced_motion="reduce")
    page.locator(".status").wait_for()
    durations = page.evaluate(
        """[...document.querySelectorAll('.dots i')]
            .map(each => parseFloat(getComputedStyle(each).animationDuration))"""
    )
    assert max(durations) < 0.001
