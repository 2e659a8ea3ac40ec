"""Front matter: optional, forgiving, and never a way to widen an audience by mistake."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from knowledge.documents.facts import NOBODY, Facts
from knowledge.documents.front_matter import meta_facts, split_front_matter


def facts_of(written: str) -> Facts:
    return split_front_matter(f"---\n{written}\n---\n# Text\n").facts


def test_every_field_is_read() -> None:
    facts, text = split_front_matter(
        '---\ntitle: "Release: review"\nkind: Model card\nowner: Delivery lead\n'
        'audience: ["#ml", "@leads"]\nreviewed: 2026-11-02\nreview_every: 90 days\n---\n# Body\n'
    )
    assert facts == Facts(
        title="Release: review",
        kind="model_card",
        owner="Delivery lead",
        audience=frozenset({"#ml", "@leads"}),
        reviewed=date(2026, 11, 2),
        review_every=timedelta(days=90),
    )
    assert text.strip() == "# Body"


@pytest.mark.parametrize(
    ("written", "days"),
    [("90 days", 90), ("90", 90), ("3 months", 91), ("1 year", 365), ("2 weeks", 14), ("quarterly", 91)],
)
def test_spans_are_written_as_people_write_them(written: str, days: int) -> None:
    assert facts_of(f"review_every: {written}").review_every == timedelta(days=days)


@pytest.mark.parametrize(
    "text",
    ["No front matter.\n", "---\n\nText between rules.\n\n---\n\nMore.\n", "--- not a rule\n", "", "---"],
)
def test_text_without_front_matter_comes_back_whole(text: str) -> None:
    assert split_front_matter(text) == (Facts(), text)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("kind: poem", "line 2: kind is 'poem'"),
        ("title: T\nreviewed: 02.11.2026", "line 3: reviewed is '02.11.2026'"),
        ("reviewed: 2026-13-40", "reviewed is '2026-13-40'"),
        ("review_every: now and then", "review_every is 'now and then'"),
        ("review_every: 99999 years", "review_every is"),
        ("title: {a: b}", "line 2: title is"),
        ("title: [&a [*a]]", "title is"),
    ],
)
def test_malformed_values_are_left_out_with_a_warning_that_names_line_and_value(
    written: str, said: str
) -> None:
    facts = facts_of(written)
    assert len(facts.warnings) == 1
    assert said in facts.warnings[0]
    assert facts.audience is None


@pytest.mark.parametrize(
    "written",
    [
        "audience:",
        "audience: ''",
        "audience: []",
        "audience: [[a], b]",
        "audience: {team: ml}",
        "audience: # who may read this",
        "audience: '#ml'\naudience: everyone",
        "Audience: ",
        "title: [broken\naudience: '#ml'",
        "base: &base\n  audience: '#ml'\n<<: *base",
        "audience: &a ['#ml', *a]",
        "{audience: ['#ml'], title: [broken",
        "\taudience: '#ml'",
    ],
)
def test_malformed_audience_is_read_by_nobody_and_says_so(written: str) -> None:
    facts = facts_of(written)
    assert facts.audience == NOBODY
    assert any("nobody may read" in warning for warning in facts.warnings)


def test_audience_in_a_front_matter_that_is_never_closed_is_read_by_nobody() -> None:
    facts, text = split_front_matter("---\ntitle: T\naudience: '#ml'\n\n# Secret\n")
    assert facts.audience == NOBODY
    assert "Secret" in text


def test_bare_names_are_read_as_people_mean_them() -> None:
    """YAML takes `@leads` for an error and `#ml` for a comment."""
    assert facts_of("audience: #ml-platform").audience == frozenset({"#ml-platform"})
    assert facts_of("audience: @leads\nowner: @ana").audience == frozenset({"@leads"})
    assert facts_of("audience: [#ml, @leads]").audience == frozenset({"#ml", "@leads"})
    assert facts_of("audience:\n  - #ml\n  - @leads").audience == frozenset({"#ml", "@leads"})
    assert facts_of("audience: '#ml, @leads'").audience == frozenset({"#ml", "@leads"})


def test_everyone_must_be_said_alone() -> None:
    assert facts_of("audience: Everyone").audience == frozenset()
    assert facts_of("audience: [everyone, '#ml']").audience == frozenset({"everyone", "#ml"})


def test_names_without_a_sign_are_kept_with_a_warning() -> None:
    facts = facts_of("audience: leads")
    assert facts.audience == frozenset({"leads"})
    assert "write #channel" in facts.warnings[0]


def test_broken_yaml_still_gives_what_can_be_read() -> None:
    facts = facts_of("title: Good title\nowner: [never closed\nreviewed: 2026-11-02")
    assert (facts.title, facts.reviewed) == ("Good title", date(2026, 11, 2))
    assert "the front matter can't be read" in facts.warnings[0]
    assert facts.audience is None


def test_windows_line_ends_and_leading_blank_lines_do_not_hide_it() -> None:
    assert split_front_matter("\n\n---\naudience: '#ml'\n---\ntext").facts.audience == frozenset({"#ml"})


def test_meta_elements_say_the_same() -> None:
    facts = meta_facts({"Audience": "#ml, @leads", "kind": "playbook", "reviewed": "soon"})
    assert (facts.audience, facts.kind) == (frozenset({"#ml", "@leads"}), "playbook")
    assert "<meta name=reviewed>" in facts.warnings[0]
