"""What must be right about a payload's blocks taken together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from bot.sandbox.limits.rich import characters
from bot.sandbox.limits.rules import Finding

_TOTALS = (("markdown", 12_000), ("table", 10_000), ("data_table", 20_000))
_NESTED = ("child_blocks", "tasks")


def check_whole(blocks: list[dict[str, Any]], pointer: str, found: list[Finding]) -> None:
    """Adds findings about ids used twice, two places of focus, ragged tables, and sums over blocks."""
    placed = list(walk(blocks, pointer))
    _unique(
        [(str(b["block_id"]), p) for b, p in placed if b.get("block_id")],
        "block_id",
        "block_id already exists",
        found,
    )
    for block, place in placed:
        ids = [(str(e["action_id"]), place) for e in elements_of(block) if e.get("action_id")]
        _unique(ids, "action_id", "action_id already exists", found)
        _even_rows(block, place, found)
    _focus_once(placed, pointer, found)
    for kind, most in _TOTALS:
        total = sum(_length(b) for b, _ in placed if b.get("type") == kind)
        if total > most:
            message = f"{kind} blocks must have less than {most + 1} characters in all"
            found.append(Finding(pointer=pointer, message=message))


def walk(blocks: list[Any], pointer: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Yields every block with its pointer, those inside containers, carousels and plans too."""
    for index, block in enumerate(blocks):
        if not isinstance(block, dict):
            continue
        place = f"{pointer}/{index}"
        yield block, place
        for key in _NESTED:
            if isinstance(block.get(key), list):
                yield from walk(block[key], f"{place}/{key}")
        if block.get("type") == "carousel" and isinstance(block.get("elements"), list):
            yield from walk(block["elements"], f"{place}/elements")


def elements_of(block: dict[str, Any]) -> list[dict[str, Any]]:
    """Returns the elements of one block that people can act on."""
    kind = block.get("type")
    listed: list[Any] = []
    if kind in {"actions", "context_actions"}:
        listed = block.get("elements") or []
    elif kind == "section":
        listed = [block.get("accessory")]
    elif kind == "input":
        listed = [block.get("element")]
    elif kind == "card":
        listed = block.get("actions") or []
    return [e for e in listed if isinstance(e, dict) and e.get("type") != "image"]


def _unique(ids: list[tuple[str, str]], key: str, message: str, found: list[Finding]) -> None:
    counts = Counter(value for value, _ in ids)
    seen: set[str] = set()
    for value, place in ids:
        if counts[value] > 1 and value in seen:
            found.append(Finding(pointer=f"{place}/{key}", message=f"{message}: {value}"))
        seen.add(value)


def _focus_once(placed: list[tuple[dict[str, Any], str]], pointer: str, found: list[Finding]) -> None:
    focused = [e for block, _ in placed for e in elements_of(block) if e.get("focus_on_load") is True]
    if len(focused) > 1:
        found.append(Finding(pointer=pointer, message="only one element may set focus_on_load"))


def _even_rows(block: dict[str, Any], place: str, found: list[Finding]) -> None:
    rows = block.get("rows")
    if block.get("type") != "data_table" or not isinstance(rows, list):
        return
    widths = {len(row) for row in rows if isinstance(row, list)}
    if len(widths) > 1:
        found.append(Finding(pointer=f"{place}/rows", message="all rows must have the same number of cells"))


def _length(block: dict[str, Any]) -> int:
    if block.get("type") == "markdown":
        return len(str(block.get("text", "")))
    rows = block.get("rows")
    if not isinstance(rows, list):
        return 0
    return sum(characters(cell) for row in rows if isinstance(row, list) for cell in row)
