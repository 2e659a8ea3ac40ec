"""Text that people or the app send cannot run in the page, and the page asks nothing of another host."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from slack_sdk import WebClient

from bot.sandbox.server import SandboxServer
from tests.browser.conftest import Look, say
from tests.browser.sample_blocks import big_modal, home_view, showcase

pytestmark = pytest.mark.browser
HOSTILE = (
    "\"'><script>window.ran = 1</script><img src=x onerror='window.ran = 2'><svg onload='window.ran = 3'>"
)
TEXTS = frozenset({"text", "alt_text", "label", "caption", "title", "url", "image_url"})


def poisoned(value: Any, at: str = "") -> Any:
    """Returns blocks with hostile words in their texts, short enough for Slack's limits."""
    if isinstance(value, dict):
        return {k: poisoned(v, k) for k, v in value.items()}
    if isinstance(value, list):
        return [poisoned(item, at) for item in value]
    return (
        "<img src=x onerror=ran=1>"
        if at in TEXTS and isinstance(value, str) and "://" not in value
        else value
    )


def test_hostile_words_of_people_and_of_the_app_run_nowhere(look: Look, quiet_town: SandboxServer) -> None:
    client = WebClient(token=quiet_town.bot_token, base_url=quiet_town.api_url)
    for blocks in showcase():
        client.chat_postMessage(channel="C0CHURN", text=HOSTILE, blocks=poisoned(blocks))
    client.chat_postMessage(
        channel="C0CHURN",
        text=HOSTILE,
        attachments=[
            {"title": HOSTILE, "title_link": "javascript:window.ran=1", "text": HOSTILE, "footer": HOSTILE}
        ],
    )
    client.chat_postMessage(channel="C0CHURN", markdown_text=f"{HOSTILE} [x](javascript:window.ran=1)")
    client.views_publish(user_id="U0ANA", view=poisoned(home_view()))
    client.conversations_setTopic(channel="C0CHURN", topic=HOSTILE)
    quiet_town.person("ana").say("@muster", HOSTILE)
    client.assistant_threads_setSuggestedPrompts(
        channel_id="D0U0ANAU0MUSTER", prompts=[{"title": HOSTILE, "message": HOSTILE}], title=HOSTILE
    )
    quiet_town.patch("/users/ben", real_name=HOSTILE, title=HOSTILE)
    quiet_town.person("ben").say("#churn", HOSTILE)
    page = look("/as/ana/C0CHURN")
    say(page, HOSTILE)
    expect(page.locator("#messages .message").last).to_contain_text("<script>window.ran = 1</script>")
    page.get_by_role("button", name="Inspector").click()
    page.locator(".line summary").first.click()
    page.get_by_role("button", name="You are Ana Ruiz").click()
    page.keyboard.press("Escape")
    for path in ("@muster", "@muster?tab=home"):
        page.goto(f"{quiet_town.base_url}/as/ana/{path}")
        page.wait_for_selector("body[data-live=true]")
    assert page.evaluate("window.ran") is None
    assert page.locator("img[src='x'], script:not([src])").count() == 0


def test_a_hostile_modal_runs_nowhere(look: Look, town: SandboxServer) -> None:
    page = look("/as/ana/C0CHURN")
    say(page, "/muster form")
    view_id = page.locator(".modal-form").get_attribute("data-view")
    client = WebClient(token=town.bot_token, base_url=town.api_url)
    hostile = poisoned(big_modal()["blocks"])
    client.views_update(view_id=view_id, view=big_modal() | {"blocks": hostile})
    expect(page.locator(".modal-body")).to_contain_text("<img src=x onerror=ran=1>")
    assert page.evaluate("window.ran") is None


def test_even_markup_that_slips_through_could_not_run(chromium: Browser, quiet_town: SandboxServer) -> None:
    """The policy is the second wall: a script that did get into the page is refused by the browser."""
    page = chromium.new_page()
    answer = page.goto(f"{quiet_town.base_url}/as/ana/C0CHURN")
    assert answer is not None
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    refused = page.evaluate("""() => new Promise(done => {
        const told = event => done(event.violatedDirective);
        document.addEventListener('securitypolicyviolation', told, {once: true});
        const script = document.createElement('script');
        script.textContent = 'window.ran = 1';
        document.body.append(script);
        setTimeout(() => done('nothing refused'), 1000);
    })""")
    assert refused.startswith("script-src")
    assert page.evaluate("window.ran") is None
    page.close()


def test_files_that_a_browser_might_run_are_only_downloaded(look: Look, quiet_town: SandboxServer) -> None:
    quiet_town.person("ana").upload(
        "#churn", "picture.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='window.ran=1'/>"
    )
    quiet_town.person("ana").upload("#churn", "page.html", "<script>window.ran=1</script>")
    page = look("/as/ben/C0CHURN")
    for name in ("picture.svg", "page.html"):
        link = page.get_by_role("link", name=name)
        answer = page.request.get(f"{quiet_town.base_url}{link.get_attribute('href')}")
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_file_of_a_channel_one_is_not_in_is_not_given(look: Look, quiet_town: SandboxServer) -> None:
    said = quiet_town.person("ana").upload("#ml-platform", "runbook.txt", "secret")
    file_id = said.shape["files"][0]["id"]
    page = look("/as/hugo/C0GENERAL")
    assert page.request.get(f"{quiet_town.base_url}/page/hugo/files/{file_id}/runbook.txt").status == 404
    assert page.request.get(f"{quiet_town.base_url}/page/ana/files/{file_id}/runbook.txt").text() == "secret"
