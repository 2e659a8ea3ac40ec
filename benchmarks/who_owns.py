"""Who owns what: top-1 and top-3 accuracy over 300 phrasings and 2,000 rows, and the time they take.

    python -m benchmarks.who_owns [--misses]

Top 1: the first row is one that is meant. Top 3: the first three hold a row that is meant, and of ambiguous
questions every one (up to three). Goal: 0.95 and 0.99, p95 under 50 ms warm.
"""

from __future__ import annotations

import statistics
import sys
import time

from benchmarks.who_owns_phrasings import Phrasing, phrasings
from benchmarks.who_owns_register import TODAY, register
from knowledge.registers.owning.lexicon import Lexicon
from knowledge.registers.owning.who_owns import find_owners


def main() -> None:
    team = register()
    begun = time.perf_counter()
    lexicon = Lexicon(team=team)
    find_owners("warm up", lexicon, TODAY)
    built = time.perf_counter() - begun
    results = [(phrasing, *_ask(phrasing, lexicon)) for phrasing in phrasings(team)]
    times = sorted(ms for *_, ms in results)
    count = f"{len(team.responsibilities)} rows, {len(results)} phrasings"
    print(f"{count}; word lists built in {built * 1000:.0f} ms")
    print("| phrasings | n | top 1 | top 3 |\n| --- | --- | --- | --- |")
    for held_out in (False, True):
        part = [result for result in results if result[0].held_out == held_out]
        _line("held out" if held_out else "tuned on", part)
        for sort in sorted({result[0].sort for result in part}):
            _line(f"· {sort}", [result for result in part if result[0].sort == sort])
    _line("all", results)
    p95 = times[int(len(times) * 0.95)]
    print(f"p50 {statistics.median(times):.2f} ms, p95 {p95:.2f} ms, longest {times[-1]:.2f} ms")
    if "--misses" in sys.argv:
        _misses(results, lexicon)


def _ask(phrasing: Phrasing, lexicon: Lexicon) -> tuple[bool, bool, float]:
    begun = time.perf_counter()
    owners = find_owners(phrasing.text, lexicon, TODAY)
    elapsed = (time.perf_counter() - begun) * 1000
    keys = [found.row.key for found in owners.rows]
    needed = min(3, len(phrasing.gold)) if phrasing.sort == "ambiguous" else 1
    return keys[:1] != [] and keys[0] in phrasing.gold, len(phrasing.gold & set(keys[:3])) >= needed, elapsed


def _line(name: str, results: list[tuple[Phrasing, bool, bool, float]]) -> None:
    first = sum(result[1] for result in results) / len(results)
    third = sum(result[2] for result in results) / len(results)
    print(f"| {name} | {len(results)} | {first:.3f} | {third:.3f} |")


def _misses(results: list[tuple[Phrasing, bool, bool, float]], lexicon: Lexicon) -> None:
    for phrasing, first, third, _ in results:
        if not (first and third) and not phrasing.held_out:
            owners = find_owners(phrasing.text, lexicon, TODAY)
            got = [f"{found.row.key} {found.score:.2f}" for found in owners.rows or owners.nearest][:3]
            print(f"\n{phrasing.sort}: {phrasing.text}\n  wanted {sorted(phrasing.gold)[:3]}\n  got {got}")


if __name__ == "__main__":
    main()
