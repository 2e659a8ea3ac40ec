from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views.mrkdwn import channel, cut, escape, link, plain, safe_url, streamed, user

HOSTILE = (
    "<!channel>",
    "<!here|here>",
    "<@U123ABC>",
    "<#C123ABC|general>",
    "<!subteam^S123>",
    "<https://evil.example|https://good.example>",
    "&lt;!channel&gt;",
    "a > b < c & d",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_text_opens_no_token(text: str) -> None:
    assert "<" not in escape(text)
    assert ">" not in escape(text)


@given(st.text(), st.integers(min_value=1, max_value=50))
def test_a_cut_never_ends_inside_an_entity_nor_is_too_long(text: str, most: int) -> None:
    shortened = cut(escape(text), most)
    assert len(shortened) <= most
    assert not re.search(r"&(?!(amp|lt|gt);)", shortened)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "slack://channel?id=C1",
        "file:///etc/passwd",
        "https://good.example@evil.example/",
        "https://",
        "//evil.example",
        "https://a.example/ x",
        "https://a.example/\nx",
        "docs/handbook.md",
        "",
    ],
)
def test_what_is_no_plain_web_address_is_not_linked(address: str) -> None:
    assert safe_url(address) == ""
    assert link(address, "the rule") == "the rule"


@pytest.mark.parametrize(
    "address", ["https://a.example|y><!channel>", "https://a.example/<@U1>", "https://a.example/a>b|c"]
)
def test_nothing_is_smuggled_through_an_address(address: str) -> None:
    made = link(address, "the rule")
    assert re.fullmatch(r"<https://a\.example[^<>|]*\|the rule>", made)


@pytest.mark.parametrize("label", ["x><!channel>", "x|y", "<@U123>", "a\nb"])
def test_nothing_is_smuggled_through_a_label(label: str) -> None:
    made = link("https://a.example/", label)
    assert re.fullmatch(r"<https://a\.example/\|[^<>|\n]*>", made)


def test_an_ordinary_address_stays_as_it_is() -> None:
    address = "https://docs.example/a/b.md?x=1&y=2#who-signs"
    assert link(address, "Who signs") == f"<{address}|Who signs>"


@pytest.mark.parametrize("name", ["!channel", "U1>x", "", "u123", "U12|x"])
def test_only_an_id_becomes_a_mention(name: str) -> None:
    assert "<" not in user(name)
    assert "<" not in channel(name)
    assert user("U0ANA") == "<@U0ANA>"
    assert channel("C0GENERAL") == "<#C0GENERAL>"


@pytest.mark.parametrize("text", ["", "   ", "a\nb", "x" * 200])
def test_plain_text_is_one_line_and_never_empty(text: str) -> None:
    assert 0 < len(plain(text, 75)) <= 75
    assert "\n" not in plain(text, 75)


@pytest.mark.parametrize(
    "text", [*HOSTILE, "[x](https://a.example|y><!channel>)", "![i](https://t.example/p.png)"]
)
def test_a_stream_carries_no_token_and_no_link_in_disguise(text: str) -> None:
    shown = streamed(text)
    assert "<" not in shown
    assert not re.search(r"\]\(", shown)


def test_a_stream_shows_where_a_link_leads() -> None:
    assert streamed("see [the rule](https://a.example/rule)") == "see the rule (https://a.example/rule)"
