"""Sentences of the registers, worded as people ask for them, so that they can be quoted as answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_VOWELS = "aeiou"
_DOUBLED = frozenset(("begin", "cut", "get", "let", "map", "plan", "put", "run", "set", "ship", "stop"))
_CURRENCIES = frozenset(("CHF", "EUR", "GBP", "USD"))


def gerund(activity: str) -> str:
    """Returns an activity as something one is accountable for: "approve release" -> "approving release".

    To own something is said as the thing alone: accountable for data quality.
    """
    verb, _, rest = activity.partition(" ")
    if verb.lower() == "own" and rest:
        return rest
    return f"{_ing(verb)} {rest}".strip()


def _ing(verb: str) -> str:
    if verb.lower() in _DOUBLED:
        return f"{verb}{verb[-1]}ing"
    if verb.endswith("ie"):
        return f"{verb[:-2]}ying"
    if re.search(rf"[^{_VOWELS}oy]e$|[{_VOWELS}][^{_VOWELS}]e$|ue$", verb) and len(verb) > len("be"):
        return f"{verb[:-1]}ing"
    return f"{verb}ing"


def listed(names: Iterable[str]) -> str:
    """Returns names as a sentence lists them: "Ana, Ben and Chloe"."""
    *rest, last = list(names) or [""]
    return f"{', '.join(rest)} and {last}" if rest else last


def figures(values: Sequence[float | None], unit: str) -> list[str]:
    """Returns figures with their unit and equally many decimals: "2.4 %" and "2.0 %", "EUR 310,000"."""
    decimals = max((_decimals(value) for value in values if value is not None), default=0)
    return ["" if value is None else _with_unit(f"{value:,.{decimals}f}", unit) for value in values]


def _decimals(value: float) -> int:
    return len(f"{value:.6f}".rstrip("0").partition(".")[2])


def _with_unit(number: str, unit: str) -> str:
    return f"{unit} {number}" if unit in _CURRENCIES else f"{number} {unit}".strip()
