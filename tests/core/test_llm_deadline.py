from __future__ import annotations

import time
from itertools import count

import pytest

from core.llm_deadline import within


def test_a_flood_that_is_read_slowly_ends_at_the_deadline() -> None:
    """There is always something waiting, so waiting for it alone never times out."""
    read: list[int] = []

    def read_slowly() -> None:
        for number in within(0.2, count):
            read.append(number)
            time.sleep(0.01)

    with pytest.raises(TimeoutError):
        read_slowly()
    assert 0 < len(read) < 100


def test_what_ends_in_time_comes_whole() -> None:
    assert list(within(5.0, lambda: iter(range(3)))) == [0, 1, 2]
