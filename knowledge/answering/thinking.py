"""What a reasoning model says to itself, told from its answer while both arrive."""

from __future__ import annotations

OPENS = "<think>"
CLOSES = "</think>"


class Spoken:
    """Takes a model's text as it comes and gives back what stands outside `<think>` and `</think>`.

    Thinking that never ends is no answer. A closing tag without an opening one (some servers put the
    opening one into the prompt) is left out by itself: what stood before it is gone already.
    """

    def __init__(self) -> None:
        self._held = ""
        self._thinks = False

    def feed(self, text: str) -> str:
        """Returns what this text adds to the answer; what may be the beginning of a tag waits."""
        self._held += text
        said = ""
        while (tag := self._next_tag()) is not None:
            before, _, self._held = self._held.partition(tag)
            said += "" if self._thinks else before
            self._thinks = tag == OPENS
        keep = len(self._held) - _beginning(self._held)
        added, self._held = self._held[:keep], self._held[keep:]
        return said if self._thinks else said + added

    def rest(self) -> str:
        """Returns what waited for a tag that never came."""
        held, self._held = self._held, ""
        return "" if self._thinks else held

    def _next_tag(self) -> str | None:
        found = [(self._held.find(tag), tag) for tag in (OPENS, CLOSES) if tag in self._held]
        return min(found)[1] if found else None


def spoken(text: str) -> str:
    """Returns what a whole text says behind its thinking, with or without an opening tag."""
    return text.rpartition(CLOSES)[2].partition(OPENS)[0]


def _beginning(text: str) -> int:
    """Returns how many characters at the end may be the beginning of a tag."""
    longest = min(len(text), len(CLOSES) - 1)
    sizes = range(longest, 0, -1)
    return next(
        (size for size in sizes if (OPENS.startswith(text[-size:]) or CLOSES.startswith(text[-size:]))), 0
    )
