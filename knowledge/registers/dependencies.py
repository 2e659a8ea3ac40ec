"""Which initiatives wait for each other in a ring, and so for ever."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge.registers.initiatives import Initiative


def cycles(initiatives: Mapping[str, Initiative]) -> list[tuple[str, ...]]:
    """Returns rings of initiatives that wait for each other, each begun at its least name.

    At least one for each knot of initiatives, not every way round it.
    """
    found: set[tuple[str, ...]] = set()
    done: set[str] = set()
    for start in initiatives:
        _walk(start, initiatives, done, found)
    return sorted(found)


def _walk(
    start: str, initiatives: Mapping[str, Initiative], done: set[str], found: set[tuple[str, ...]]
) -> None:
    """Goes depth first without recursion: a chain may be longer than Python's stack."""
    path: dict[str, None] = {}
    stack: list[tuple[str, bool]] = [(start, False)]
    while stack:
        name, leaving = stack.pop()
        if leaving:
            del path[name]
            done.add(name)
        elif name in path:
            found.add(_ring(name, list(path)))
        elif name in initiatives and name not in done:
            path[name] = None
            stack.append((name, True))
            stack += [(other, False) for other in initiatives[name].depends_on]


def _ring(name: str, path: list[str]) -> tuple[str, ...]:
    ring = path[path.index(name) :]
    least = ring.index(min(ring))
    return (*ring[least:], *ring[:least])
