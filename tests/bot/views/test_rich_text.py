from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.limits.payloads import block_findings
from bot.views.rich_text import in_lines, rich_text, text


def words(elements: list[dict[str, Any]]) -> str:
    return "".join(
        element.get("text", "") if "elements" not in element else words(element["elements"])
        for element in elements
    )


def kinds(value: Any) -> set[str]:
    if isinstance(value, list):
        return set().union(*map(kinds, value)) if value else set()
    if isinstance(value, dict):
        return {value["type"]} | kinds(value.get("elements", []))
    return set()


def test_formatting_is_kept() -> None:
    (section,) = rich_text("**bold** and *it* and `code`")
    assert [(each["text"], each.get("style")) for each in section["elements"]] == [
        ("bold", {"bold": True}),
        (" and ", None),
        ("it", {"italic": True}),
        (" and ", None),
        ("code", {"code": True}),
    ]


def test_a_list_stays_a_list_with_its_levels() -> None:
    elements = rich_text("1. one\n2. two\n   - deep\n3. three")
    assert [(e["style"], e["indent"], e.get("offset", 0), len(e["elements"])) for e in elements] == [
        ("ordered", 0, 0, 2),
        ("bullet", 1, 0, 1),
        ("ordered", 0, 2, 1),
    ]


def test_a_table_keeps_its_columns_under_each_other() -> None:
    (table,) = rich_text("| Role | Signs |\n|---|---|\n| Model owner | yes |\n| Sponsor | no |")
    lines = words([table]).splitlines()
    assert lines == ["Role         Signs", "───────────  ─────", "Model owner  yes", "Sponsor      no"]


def test_code_is_kept_as_it_stands() -> None:
    (code,) = rich_text("```\nif a < b:\n    go()\n```")
    assert code["type"] == "rich_text_preformatted"
    assert words([code]) == "if a < b:\n    go()"


def test_a_link_shows_where_it_leads() -> None:
    """Whatever a link says, the address stands behind it in sight, and only that can be clicked."""
    (section,) = rich_text("[https://good.example](https://evil.example/x)")
    assert section["elements"] == [
        text("https://good.example"),
        text(" ("),
        {"type": "link", "url": "https://evil.example/x", "text": "https://evil.example/x"},
        text(")"),
    ]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "slack://x", "https://a@b.example"])
def test_an_unsafe_link_is_words(address: str) -> None:
    assert kinds(rich_text(f"[click]({address})")) <= {"rich_text_section", "text"}


def test_citations_stand_behind_the_last_words() -> None:
    for markdown in ("One sentence.", "- one\n- two", "> a quote", "```\ncode\n```"):
        elements = rich_text(markdown, mark=(text(" [1]"),))
        assert words(elements).endswith(" [1]")


def test_paragraphs_are_on_lines_of_their_own() -> None:
    assert words(in_lines(rich_text("One.\n\nTwo."))) == "One.\nTwo."


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab<>@!#&|*_`~[](){}-1. \n\t://https|U1C1channel"), max_size=200))
def test_any_text_becomes_text_that_slack_takes(markdown: str) -> None:
    """Only typed text and visible links come out: no mention, no emoji, no broadcast, and nothing refused."""
    elements = in_lines(rich_text(markdown))
    assert kinds(elements) <= {
        "rich_text_section",
        "rich_text_list",
        "rich_text_preformatted",
        "rich_text_quote",
        "text",
        "link",
    }
    if elements:
        assert block_findings([{"type": "rich_text", "elements": elements}]) == [], json.dumps(elements)
