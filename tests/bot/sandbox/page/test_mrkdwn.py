"""Slack's mrkdwn: formatting, tokens, and what must not become markup."""

from __future__ import annotations

import time

import pytest

from bot.sandbox.page.markup.mrkdwn import mrkdwn
from bot.sandbox.page.markup.reader import Reader


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("*bold* _it_ ~no~", "<p><strong>bold</strong> <em>it</em> <s>no</s></p>"),
        ("*_both_*", "<p><strong><em>both</em></strong></p>"),
        ("2*3*4 and a_b_c", "<p>2*3*4 and a_b_c</p>"),
        ("* not bold *", "<p>* not bold *</p>"),
        ("`a *b* <@U0ANA>`", "<p><code>a *b* @U0ANA</code></p>"),
        ("one\ntwo", "<p>one<br>two</p>"),
        ("• a\n• b", "<ul><li>a</li><li>b</li></ul>"),
        ("&gt; said\n&gt; so", "<blockquote>said<br>so</blockquote>"),
        ("```x &lt; y\n*z*```", "<pre><code>x &lt; y\n*z*</code></pre>"),
        (":tada: :unknown_one:", "<p>🎉 :unknown_one:</p>"),
        ("a &amp;amp; b", "<p>a &amp;amp; b</p>"),
        ("<!here>", '<p><span class="mention you">@here</span></p>'),
        ("<!subteam^S0ML>", '<p><span class="mention">@ml-team</span></p>'),
        ("<#C9SECRET>", '<p><span class="mention unknown">#private-channel</span></p>'),
    ],
)
def test_formatting_is_drawn_as_slack_draws_it(written: str, drawn: str, reader: Reader) -> None:
    assert mrkdwn(written, reader) == drawn


def test_a_mention_of_the_reader_is_lit_up(reader: Reader) -> None:
    assert 'class="mention you"' in mrkdwn("<@U0ANA>", reader)
    assert 'class="mention"' in mrkdwn("<@U0BEN>", reader)


def test_names_of_people_are_escaped_in_mentions(reader: Reader) -> None:
    assert "@Ben &lt;b&gt;Carter&lt;/b&gt;" in mrkdwn("<@U0BEN>", reader)


def test_a_channel_is_a_way_there(reader: Reader) -> None:
    assert '<a class="mention" href="/as/ana/C0GENERAL" data-nav>#general</a>' in mrkdwn(
        "<#C0GENERAL>", reader
    )


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("<!date^1795435200^{date_short_pretty} at {time}|x>", "today at 13:00"),
        ("<!date^1795521600^{date_pretty}|x>", "tomorrow"),
        ("<!date^1795435200^{date_num} {time_secs}|x>", "2026-11-23 13:00:00"),
        ("<!date^1795435200^{date_long}|x>", "Monday, Nov"),
        ("<!date^nonsense^{date}|the fallback>", "the fallback"),
        ("<!date^99999999999999^{date}|the fallback>", "the fallback"),
    ],
)
def test_a_date_is_told_in_the_readers_zone(token: str, words: str, reader: Reader) -> None:
    drawn = mrkdwn(token, reader).striptags()
    assert drawn == words or (words == "Monday, Nov" and drawn == "Monday, November 23, 2026")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<x>",
        "vbscript:x",
        "file:///etc/passwd",
        "java\tscript:alert(1)",
        "//evil.example",
    ],
)
def test_only_harmless_addresses_become_links(address: str, reader: Reader) -> None:
    drawn = mrkdwn(f"<{address.replace('<', '&lt;').replace('>', '&gt;')}|click>", reader)
    assert "href" not in drawn
    assert "click" in drawn


@pytest.mark.parametrize(
    "label", ["https://good.example/login", "good.example", "www.good.example", "see good.example now"]
)
def test_a_label_that_names_another_address_shows_where_the_link_leads(label: str, reader: Reader) -> None:
    assert "(evil.example)" in mrkdwn(f"<https://evil.example/x|{label}>", reader).striptags()


def test_an_honest_label_stays_as_it_is(reader: Reader) -> None:
    assert mrkdwn("<https://good.example/x|good.example>", reader).striptags() == "good.example"


def test_formatting_marks_inside_an_address_stay_in_the_address(reader: Reader) -> None:
    drawn = mrkdwn("*<https://a.example/`x`_y_*z*|label>*", reader)
    assert '<a href="https://a.example/`x`_y_*z*"' in drawn
    assert drawn.count("<code>") == 0


def test_the_marks_that_set_things_aside_cannot_be_typed(reader: Reader) -> None:
    assert "\ue000" not in mrkdwn("\ue0000\ue001 `x`", reader)


def test_forty_thousand_hostile_characters_are_drawn_within_a_second(reader: Reader) -> None:
    for text in ("*a " * 13_000, "_" * 40_000, "<" * 40_000, "`*_~" * 10_000, "&gt;" * 10_000):
        started = time.perf_counter()
        mrkdwn(text, reader)
        assert time.perf_counter() - started < 2
