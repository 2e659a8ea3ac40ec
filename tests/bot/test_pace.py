from __future__ import annotations

import pytest

from bot.pace import CHANNEL_S, PER_MINUTE, Pace


class Hands:
    """A monotonic clock that is set by hand."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


def test_a_channel_takes_one_message_a_second_and_another_channel_does_not_wait() -> None:
    pace = Pace(Hands())
    waits = [pace.turn("chat.postMessage", "C1") for _ in range(3)]
    assert waits == pytest.approx([0.0, CHANNEL_S, 2 * CHANNEL_S])
    assert pace.turn("chat.postMessage", "C2") == 0.0


def test_a_method_waits_out_its_minute() -> None:
    hands = Hands()
    pace = Pace(hands)
    budget = PER_MINUTE["chat.startStream"]
    for _ in range(budget):
        assert pace.turn("chat.startStream") == 0.0
        hands.at += 1
    assert not pace.spare("chat.startStream")
    assert pace.turn("chat.startStream") == 60.0 - budget
    hands.at += 120
    assert pace.spare("chat.startStream")


def test_turns_that_wait_are_in_order_and_within_the_budget() -> None:
    """However many ask at once, no minute holds more calls than the tier allows."""
    pace = Pace(Hands())
    turns = [pace.turn("usergroups.list") for _ in range(70)]
    assert turns == sorted(turns)
    for turn in turns:
        assert sum(turn <= other < turn + 60 for other in turns) <= PER_MINUTE["usergroups.list"]


def test_a_limited_method_stays_closed_for_as_long_as_slack_says() -> None:
    hands = Hands()
    pace = Pace(hands)
    pace.closed_for("chat.update", 30)
    assert pace.turn("chat.update") == 30
    assert pace.turn("users.info") == 0.0


def test_a_limited_channel_closes_no_other() -> None:
    pace = Pace(Hands())
    pace.closed_for("chat.postMessage", 30, "C1")
    assert pace.turn("chat.postMessage", "C1") == 30
    assert pace.turn("chat.postMessage", "C2") == 0.0


def test_asking_whether_there_is_room_takes_nothing() -> None:
    pace = Pace(Hands())
    for _ in range(100):
        assert pace.spare("chat.startStream")
    assert pace.turn("chat.startStream") == 0.0
