"""reStructuredText, as far as reading goes: its underlined titles become headings."""

from __future__ import annotations

import re

from knowledge.documents.front_matter import split_front_matter
from knowledge.documents.loaders.encoding import decode
from knowledge.documents.loaders.loaded import Loaded

_LINE = re.compile(r"([=\-`:.'\"~^_*+#<>])\1{2,}[ \t]*")
_DEEPEST = 6


def load(content: bytes, *, charset: str = "", base: str = "") -> Loaded:  # noqa: ARG001
    """Returns the text with Markdown's headings for its titles."""
    facts, text = split_front_matter(decode(content, charset=charset))
    return Loaded(text=with_headings(text), facts=facts)


def with_headings(text: str) -> str:
    """Writes titles as `# title`; their levels follow from the order in which their marks appear."""
    lines, levels = text.split("\n"), dict[str, int]()
    written: list[str] = []
    at = 0
    while at < len(lines):
        over, title, used = _title(lines, at)
        if used:
            level = levels.setdefault(over, len(levels) + 1)
            written.append(f"{'#' * min(level, _DEEPEST)} {title}\n")
        else:
            written.append(lines[at])
        at += used or 1
    return "\n".join(written)


def _title(lines: list[str], at: int) -> tuple[str, str, int]:
    """Returns the title's marks, the title, and how many lines it takes: 0 where there is none."""
    first, second, third = [*lines[at : at + 3], "", "", ""][:3]
    if _LINE.fullmatch(first) and second.strip() and third.strip() == first.strip():
        return first[0] * 2, second.strip(), 3
    plain = first.strip() and not first[0].isspace() and not _LINE.fullmatch(first)
    if plain and _LINE.fullmatch(second) and len(second.rstrip()) >= len(first.rstrip()):
        return second[0], first.strip(), 2
    return "", "", 0
