"""Makes the README's pictures: python docs/screenshots/make.py (needs Chromium and playwright).

It runs the demo in a folder of its own, asks as a member of the sample team, and takes the pictures.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

HERE = Path(__file__).parent
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--no-first-run", "--disable-sync"]
READY_WITHIN_MS = 30_000


@contextmanager
def demo() -> Iterator[str]:
    """Runs the demo and gives the address of its page."""
    muster = Path(sys.executable).with_name("muster")
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "MUSTER_HOME": home, "MUSTER_PORT": "0", "PYTHONUNBUFFERED": "1"}
        process = subprocess.Popen(  # noqa: S603  # our own command
            [muster, "demo", "--no-browser"], env=environment, stdout=subprocess.PIPE, text=True
        )
        try:
            yield next(_addresses(process))
        finally:
            process.terminate()
            process.wait(timeout=30)


def _addresses(process: subprocess.Popen[str]) -> Iterator[str]:
    for line in process.stdout or ():
        yield from re.findall(r"http://\S+", line)
    raise SystemExit("the demo ended before it was ready")


def ask(page: Page, question: str) -> None:
    """Asks in the open channel and waits for the answer in the thread."""
    box = page.get_by_role("textbox", name=re.compile("^Message"))
    box.fill(f"@muster {question}")
    box.press("Escape")
    box.press("Enter")
    asked = page.get_by_role("article").filter(has_text=question).last
    asked.get_by_text("1 reply").click(timeout=READY_WITHIN_MS)
    expect(page.get_by_role("button", name="Ask a person").last).to_be_visible(timeout=READY_WITHIN_MS)


def main() -> None:
    """Takes the pictures."""
    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1360, "height": 860})
        page.goto(f"{address}/as/ana/C0CHURN")
        ask(page, "how do I run a benefits map workshop?")
        page.screenshot(path=HERE / "answer.png")
        dark = browser.new_page(viewport={"width": 1360, "height": 860}, color_scheme="dark")
        dark.goto(f"{address}/as/ben/C0FRAUD")
        ask(dark, "what is the KPI of fraud?")
        dark.screenshot(path=HERE / "register-dark.png")
        browser.close()


if __name__ == "__main__":
    main()
