"""Replies in words, sorted into the questions without losing any."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InputError
from rituals.standup.options import DEFAULT_QUESTIONS
from rituals.standup.sorting import sort_reply


def sort(text: str) -> dict[str, str]:
    return sort_reply(text, DEFAULT_QUESTIONS).answers


@pytest.mark.parametrize(
    ("text", "changed", "following", "blockers"),
    [
        (
            "Changed: backfill of May finished\nNext: retrain churn\nBlocker: no access to the ledger",
            "backfill of May finished",
            "retrain churn",
            "no access to the ledger",
        ),
        (
            "Yesterday I finished the backfill. Today I will retrain churn. I'm waiting for the ledger.",
            "Yesterday I finished the backfill.",
            "Today I will retrain churn.",
            "I'm waiting for the ledger.",
        ),
        ("1. wrote tests\n2. ship 2.4\n3. none", "wrote tests", "ship 2.4", ""),
        ("merged the fix for the loader, no blockers", "merged the fix for the loader, no blockers", "", ""),
        ("fixed the loader\nwill look at fraud\nno blockers", "fixed the loader", "will look at fraud", ""),
        (
            "Done:\n- loader fixed\n- docs written\nToday:\n- fraud\nBlocked: review is late",
            "loader fixed\ndocs written",
            "fraud",
            "review is late",
        ),
    ],
)
def test_words_go_where_they_belong(text: str, changed: str, following: str, blockers: str) -> None:
    assert sort(text) == {"changed": changed, "next": following, "blockers": blockers}


def test_a_sentence_without_a_cue_follows_the_one_before() -> None:
    found = sort("Today I will retrain churn. With the window of September.")
    assert found["next"] == "Today I will retrain churn.\nWith the window of September."


def test_what_was_only_guessed_is_not_sure() -> None:
    assert not sort_reply("the loader", DEFAULT_QUESTIONS).sure
    assert sort_reply("Changed: the loader", DEFAULT_QUESTIONS).sure


@pytest.mark.parametrize("text", ["", "   ", "👍", ":tada: :rocket:", "…"])
def test_a_reply_without_words_is_refused_with_what_helps(text: str) -> None:
    with pytest.raises(InputError) as caught:
        sort(text)
    assert "nothing new" in caught.value.cure


def test_nothing_new_is_a_proper_answer() -> None:
    assert sort("nothing new") == {"changed": "nothing new", "next": "", "blockers": ""}


def test_forty_thousand_characters_are_cut_and_said_so() -> None:
    found = sort_reply("word " * 8_000, DEFAULT_QUESTIONS)
    assert found.cut
    assert sum(map(len, found.answers.values())) <= 4_000


@given(st.text(alphabet=st.sampled_from("ab .\n-!?<>@&1:"), min_size=1, max_size=200))
def test_no_word_is_made_up_and_none_is_lost_but_list_marks(text: str) -> None:
    """Every word of the answers stands in the reply, in any text."""
    try:
        found = sort(f"fixed x {text}")
    except InputError:
        return
    said = " ".join(found.values()).split()
    assert all(word in f"fixed x {text}" for word in said)
