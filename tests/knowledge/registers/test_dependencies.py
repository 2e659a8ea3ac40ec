"""Rings of initiatives that wait for each other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.registers.dependencies import cycles
from knowledge.registers.initiatives import Initiative

names = st.sampled_from("abcdefg")


def graph(arrows: set[tuple[str, str]]) -> dict[str, Initiative]:
    """Initiatives with the given dependencies."""
    return {
        name: Initiative(name=name, depends_on=tuple(sorted(to for start, to in arrows if start == name)))
        for name in "abcdefg"
    }


@given(st.sets(st.tuples(names, names)))
def test_every_ring_is_real(arrows: set[tuple[str, str]]) -> None:
    for ring in cycles(graph(arrows)):
        assert set(zip(ring, (*ring[1:], ring[0]), strict=True)) <= arrows


@given(st.sets(st.tuples(names, names).filter(lambda arrow: arrow[0] < arrow[1])))
def test_arrows_in_one_direction_make_no_ring(arrows: set[tuple[str, str]]) -> None:
    assert cycles(graph(arrows)) == []


@given(st.sets(st.tuples(names, names)), st.lists(names, min_size=1, max_size=5, unique=True))
def test_a_ring_is_never_missed(arrows: set[tuple[str, str]], ring: list[str]) -> None:
    closed = set(zip(ring, [*ring[1:], ring[0]], strict=True))
    assert cycles(graph(arrows | closed))


def test_a_long_chain_needs_no_deep_stack() -> None:
    chain = {str(at): Initiative(name=str(at), depends_on=(str(at + 1),)) for at in range(20_000)}
    assert cycles(chain) == []
