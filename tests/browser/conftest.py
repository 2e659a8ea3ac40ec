"""Chromium, a workspace with a small app in it, and people who look at it."""

from __future__ import annotations

import functools
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request, expect, sync_playwright

from bot.sandbox.page.desk import Welcome
from bot.sandbox.page.mount import mount_page
from bot.sandbox.page.screens.clock import Stop
from bot.sandbox.server import SandboxServer
from tests.browser.sample_workspace import SAMPLE
from tests.browser.small_app import connected

ARTIFACTS = Path(__file__).parents[2] / "artifacts" / "browser"
REQUIRED = "browser" in os.environ.get("MUSTER_TESTS_REQUIRE", "").split(",")
STANDUP = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
QUESTION = "Who signs off a model before release?"
expect.set_options(timeout=10_000)


class ClockFrom:
    """Monday morning, and then on at the usual pace."""

    def __init__(self) -> None:
        self._begun = time.monotonic()

    def now(self) -> datetime:
        """Returns the time."""
        return datetime(2026, 11, 23, 9, 4, tzinfo=UTC) + timedelta(seconds=time.monotonic() - self._begun)


def skip_or_fail(reason: str) -> None:
    """Skips where browser tests are not required, and fails where they are."""
    if REQUIRED:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        skip_or_fail("no Chromium: apt-get install chromium, or set CHROMIUM to its path")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=["--no-sandbox"])
        yield browser
        browser.close()


def _stops() -> Sequence[Stop]:
    return [Stop(name="the standup of #churn", at=STANDUP)]


@pytest.fixture
def quiet_town() -> Iterator[SandboxServer]:
    """The workspace and its page, without an app."""
    welcome = Welcome(person="ana", place="#churn", question=QUESTION)
    extend = functools.partial(mount_page, stops=_stops, welcome=welcome)
    with SandboxServer(SAMPLE, ClockFrom(), rate_limits=False, extend=extend) as server:
        yield server


@pytest.fixture
def town(quiet_town: SandboxServer) -> Iterator[SandboxServer]:
    """The workspace, its page, and the small app connected to it."""
    handler = connected(quiet_town)
    yield quiet_town
    handler.close()  # type: ignore[no-untyped-call]  # as in slack_bolt


Look = Callable[..., Page]


def _watch(page: Page, home: str, wrong: list[str]) -> None:
    """Notes what must never happen on a page."""

    def dialog(shown: Dialog) -> None:
        wrong.append(f"a dialog ran: {shown.message}")
        shown.dismiss()

    def request(made: Request) -> None:
        if not made.url.startswith(home):
            wrong.append(f"request to {made.url}")

    def console(message: ConsoleMessage) -> None:
        # The browser driver sets a style of its own when it takes a picture.
        if "Content Security Policy" in message.text and "inline style" not in message.text:
            wrong.append(message.text)

    page.on("pageerror", lambda error: wrong.append(f"script error: {error}"))
    page.on("dialog", dialog)
    page.on("request", request)
    page.on("console", console)


@pytest.fixture
def look(chromium: Browser, quiet_town: SandboxServer) -> Iterator[Look]:
    """Opens the page as somebody; a script error or a request to another host fails the test."""
    wrong: list[str] = []
    contexts = []

    def opened(
        path: str = "/", *, width: int = 1280, height: int = 820, hints: bool = False, **options: object
    ) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)  # type: ignore[arg-type]
        contexts.append(context)
        if not hints:
            context.add_init_script("localStorage.setItem('hint', 'seen')")
        page = context.new_page()
        page.set_default_timeout(8_000)
        _watch(page, quiet_town.base_url, wrong)
        page.goto(f"{quiet_town.base_url}{path}")
        page.wait_for_selector("body[data-ready][data-live=true]")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def at_rest(page: Page) -> None:
    """Waits until what moves once has moved."""
    page.evaluate("""() => Promise.all(document.getAnimations()
        .filter(each => each.effect.getComputedTiming().iterations !== Infinity)
        .map(each => each.finished.catch(() => 0)))""")


def keep(page: Page, name: str) -> None:
    """Keeps a picture of the page among the artifacts."""
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    at_rest(page)
    page.screenshot(path=ARTIFACTS / f"{name}.png")


def say(page: Page, text: str) -> None:
    """Types into the message field and sends it."""
    field = page.locator("#composer-text")
    field.fill(text)
    field.press("End")
    field.press("Escape")
    page.locator(".main .send").click()
