"""axe-core finds nothing serious, in each state of the page and in both themes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from slack_sdk import WebClient

from bot.sandbox.server import SandboxServer
from tests.browser.conftest import QUESTION, Look, at_rest, say, skip_or_fail
from tests.browser.sample_blocks import showcase

pytestmark = pytest.mark.browser
AXE = Path(__file__).parent / "node" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture
def axe() -> str:
    """The source of axe-core."""
    if not AXE.exists():
        skip_or_fail("no axe-core: npm install --no-package-lock in tests/browser/node")
    return AXE.read_text(encoding="utf-8")


def findings(page: Page, axe: str) -> list[Any]:
    """Returns what axe finds, from moderate upwards, as readable lines."""
    at_rest(page)
    page.evaluate(axe)
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{found['impact']} {found['id']}: {node['html'][:160]} {node['failureSummary'][:300]}"
        for found in result["violations"]
        if found["impact"] in {"moderate", "serious", "critical"}
        for node in found["nodes"][:3]
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.usefixtures("town")
def test_conversation_thread_and_menus(look: Look, axe: str, theme: str) -> None:
    page = look("/as/ana/C0CHURN", color_scheme=theme, hints=True)
    say(page, f"@muster {QUESTION}")
    page.locator("#messages").get_by_role("button", name="1 reply").click()
    page.locator(".thread").get_by_role("button", name="This answer helped").click()
    expect(page.locator(".thread .ephemeral")).to_be_visible()
    assert findings(page, axe) == []
    page.locator("#composer-text").fill("@")
    expect(page.get_by_role("option", name="Muster")).to_be_visible()
    assert findings(page, axe) == []
    page.get_by_role("button", name="You are Ana Ruiz").click()
    assert findings(page, axe) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Clock of the sandbox").click()
    assert findings(page, axe) == []
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.get_by_role("option").first.wait_for()
    assert findings(page, axe) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_block(look: Look, quiet_town: SandboxServer, axe: str, theme: str) -> None:
    client = WebClient(token=quiet_town.bot_token, base_url=quiet_town.api_url)
    for blocks in showcase():
        client.chat_postMessage(channel="C0SHOWCASE", text="showcase", blocks=blocks)
    assert findings(look("/as/ana/C0SHOWCASE", color_scheme=theme), axe) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_modal_home_and_inspector(look: Look, town: SandboxServer, axe: str, theme: str) -> None:
    page = look("/as/ana/C0CHURN", color_scheme=theme)
    say(page, "/muster form")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_text("Please complete this required field.").first).to_be_visible()
    assert findings(page, axe) == []
    dialog.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Inspector").click()
    page.locator(".line summary").first.click()
    page.locator(".payloads pre").first.wait_for()
    assert findings(page, axe) == []
    page.goto(f"{town.base_url}/as/ana/@muster")
    page.get_by_role("link", name="Home", exact=True).click()
    expect(page.get_by_role("heading", name="Good morning, Ana")).to_be_visible()
    assert findings(page, axe) == []


def test_a_narrow_window(look: Look, axe: str) -> None:
    page = look("/as/ana/C0CHURN", width=380, height=760)
    assert findings(page, axe) == []
    page.get_by_role("button", name="Conversations").click()
    page.wait_for_timeout(250)
    assert findings(page, axe) == []
