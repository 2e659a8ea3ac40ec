"""Thinking told from answer, wherever the stream is cut."""

from __future__ import annotations

import pytest

from knowledge.answering.thinking import Spoken, spoken


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<think>hm</think>Ana signs.", "Ana signs."),
        ("Ana <think>or Bo?</think>signs <think></think>it.", "Ana signs it."),
        ("<think>without end", ""),
        ("the prompt opened it</think>Ana signs.", "the prompt opened itAna signs."),
        ("1 < 2 and <b> stay, and so does <thi", "1 < 2 and <b> stay, and so does <thi"),
        ("", ""),
    ],
)
def test_only_what_is_said_comes_out_however_the_stream_is_cut(text: str, said: str) -> None:
    for pace in range(1, 12):
        stream = Spoken()
        heard = [stream.feed(text[start : start + pace]) for start in range(0, len(text), pace)]
        assert "".join([*heard, stream.rest()]) == said


@pytest.mark.parametrize(
    "text", ["Who signs?", "<think>hm</think>Who signs?", "hm</think>Who signs?", "Who signs?<think>or who"]
)
def test_of_a_whole_text_only_what_follows_the_thinking_counts(text: str) -> None:
    assert spoken(text) == "Who signs?"


def test_what_can_be_no_tag_does_not_wait() -> None:
    stream = Spoken()
    assert stream.feed("Ana signs. <") == "Ana signs. "
    assert stream.feed("b") == "<b"
