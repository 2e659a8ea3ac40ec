"""The whole way by keyboard alone: no click, no hover."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Look, keep

pytestmark = pytest.mark.browser


def _type(page: Page, text: str) -> None:
    page.keyboard.type(text, delay=5)


@pytest.mark.usefixtures("town")
def test_ask_read_rate_and_explain_by_keyboard_alone(look: Look) -> None:
    page = look("/as/ana/C0CHURN")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the message field")).to_be_focused()
    page.keyboard.press("Enter")
    _type(page, "@mus")
    expect(page.get_by_role("option", name="Muster")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator("#composer-text")).to_have_value("@muster ")
    _type(page, "first line")
    page.keyboard.press("Shift+Enter")
    _type(page, "second line")
    page.keyboard.press("Enter")
    asked = page.locator("#messages .message").last
    expect(asked).to_contain_text("second line")
    expect(asked.get_by_role("button", name="1 reply")).to_be_visible()
    page.keyboard.press("ArrowUp")
    expect(asked).to_be_focused()
    page.keyboard.press("r")
    expect(page.get_by_role("textbox", name="Reply as Ana Ruiz")).to_be_focused()
    page.keyboard.press("ArrowUp")
    _press_until(page, "Tab", "This answer helped")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="What was wrong?")
    expect(dialog).to_be_visible()
    _type(page, "It should name the deputy")
    page.keyboard.press("Control+Enter")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name="Something is wrong with it")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("region", name="Thread")).to_have_count(0)


def _press_until(page: Page, key: str, name: str) -> None:
    for _ in range(25):
        page.keyboard.press(key)
        if (
            page.evaluate(
                "(e => e.getAttribute('aria-label') ?? e.textContent.trim())(document.activeElement)"
            )
            == name
        ):
            return
    raise AssertionError(f"{name!r} was not reached by {key}")


@pytest.mark.usefixtures("town")
def test_the_focus_stays_inside_a_modal_and_comes_back_after_it(look: Look) -> None:
    page = look("/as/ana/C0CHURN")
    page.locator("#composer-text").focus()
    _type(page, "/muster form")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="New initiative")
    expect(dialog.get_by_role("textbox", name="Name")).to_be_focused()
    for _ in range(40):
        page.keyboard.press("Tab")
        inside = page.evaluate(
            "(e => e === document.body || e.closest('#modal') !== null)(document.activeElement)"
        )
        assert inside
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator("#composer-text")).to_be_focused()


def test_places_and_panes_are_reached_by_keys(look: Look) -> None:
    page = look("/as/ana/C0CHURN")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.get_by_role("heading", level=1)).to_contain_text("general")
    page.keyboard.press("Control+i")
    expect(page.get_by_role("region", name="Inspector")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("region", name="Inspector")).to_have_count(0)
    page.keyboard.press("Alt+ArrowUp")
    expect(page.get_by_role("heading", level=1)).to_contain_text("churn")


def test_where_the_focus_is_can_be_seen(look: Look) -> None:
    page = look("/as/ana/C0CHURN")
    seen = []
    for _ in range(14):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate("""() => { const e = document.activeElement; const s = getComputedStyle(e);
            const field = e.closest('.composer');
            const around = field ? getComputedStyle(field).boxShadow : 'none';
            return e === document.body || s.outlineStyle !== 'none' || around !== 'none'; }""")
        )
    assert all(seen)
    keep(page, "focus")
