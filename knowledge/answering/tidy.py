"""How Markdown of a document becomes Markdown of an answer: unwrapped, without links that lead nowhere."""

from __future__ import annotations

import re

_IMAGE = re.compile(r"!\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
_LINK = re.compile(r"\[([^\]]+)\](?:\(\s*<?([^)\s>]*)>?[^)]*\)|\[[^\]]*\])")
_MARKER = re.compile(r"^(\s*)([-*+]|\d{1,4}[.)])\s+(\[[ xX]\]\s+)?")
_FENCE = re.compile(r"\s*(?:`{3}|~{3})")
_TASK = re.compile(r"^\[[ xX]\]\s+")


def line(text: str) -> str:
    """Returns a sentence on one line, links reduced to their labels.

    A label says what the author wrote; where it leads is shown by the source, so that no text of a
    document can send a reader somewhere under another name.
    """
    unlinked = _LINK.sub(r"\1", _IMAGE.sub(r"\1", text))
    return re.sub(
        r"^(?:>\s?)+|\s*\n\s*(?:>\s?)*|\s{2,}", lambda m: "" if m.start() == 0 else " ", unlinked
    ).strip()


def item(text: str) -> str:
    """Returns a list item with its own marker, unwrapped; nested items and code stay on lines below."""
    lines: list[str] = []
    code: list[str] = []
    for raw in text.strip("\n").split("\n"):
        fence = _FENCE.match(raw) is not None
        if code or fence:
            code.append(raw)
            if fence and len(code) > 1:
                lines.append("\n".join(code))
                code = []
        elif _MARKER.match(raw) or not lines or _FENCE.match(lines[-1]):
            lines.append(raw)
        elif raw.strip():
            lines[-1] += " " + raw.strip()
    outer = len(lines[0]) - len(lines[0].lstrip())
    whole = lines + (["\n".join(code)] if code else [])
    return "\n".join(raw if _FENCE.match(raw) else _nested(raw, outer) for raw in whole)


def _nested(raw: str, outer: int) -> str:
    marker = _MARKER.match(raw)
    if marker is None:
        return line(raw)
    indent = "  " if len(marker.group(1)) > outer else ""
    return f"{indent}{marker.group(2).replace('*', '-').replace('+', '-')} {line(raw[marker.end() :])}"


def bare(text: str) -> str:
    """Returns what an item or row says, without marker, cell borders and task box, on one line."""
    unmarked = _TASK.sub("", _MARKER.sub("", text))
    if unmarked.lstrip().startswith("|"):
        unmarked = "; ".join(cell.strip() for cell in unmarked.strip().strip("|").split("|") if cell.strip())
    return line(unmarked)
