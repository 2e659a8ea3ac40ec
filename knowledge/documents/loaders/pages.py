"""Pages into one text: running heads and feet out, broken words whole, outline entries as headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_EDGE_LINES = 2
_FEWEST_PAGES = 3
_REPEATED_SHARE = 0.5
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.|seite)?\s*[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:/|of|von)\s*\d{1,4})?", re.IGNORECASE
)
_BROKEN_WORD = re.compile(r"(\w+(?:-\w+)*)[-\u00ad]\n[ \t]*([a-zà-ÿ]\w*(?:-\w+)*)")
_MANY_BLANK_LINES = re.compile(r"\n{3,}")
_BULLET = re.compile(r"^[ \t]*[•◦▪‣●○■–][ \t]+", re.MULTILINE)
_MARK = re.compile(r"^([#>]|[=-]+[ \t]*$)", re.MULTILINE)
_DEEPEST = 6


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page's text, and the (level, title) of what the outline says begins on it."""

    text: str
    headings: tuple[tuple[int, str], ...] = ()


def join_pages(pages: Sequence[Page]) -> str:
    """Returns the pages as one Markdown text."""
    lines = [[line.strip() for line in page.text.replace("\r", "\n").split("\n")] for page in pages]
    repeated = _repeated_edges(lines)
    said: set[str] = set()
    texts = []
    for page, page_lines in zip(pages, lines, strict=True):
        text = "\n".join(_without_edges(page_lines, repeated, said)).strip()
        texts.append(_with_headings(_as_markdown(text), page.headings))
    whole = mend_words("\n".join(text for text in texts if text.strip()))
    return _MANY_BLANK_LINES.sub("\n\n", whole).strip() + "\n"


def mend_words(text: str) -> str:
    """Joins words that were broken at a line's end; true hyphens stay where the text shows them elsewhere."""
    known = Counter(re.findall(r"\w+(?:-\w+)*", text.lower()))

    def joined(match: re.Match[str]) -> str:
        whole, hyphened = match[1] + match[2], f"{match[1]}-{match[2]}"
        return hyphened if known[hyphened.lower()] > known[whole.lower()] else whole

    return _BROKEN_WORD.sub(joined, text)


def _repeated_edges(pages: Sequence[list[str]]) -> frozenset[str]:
    """Returns the shapes of lines (digits as 0) that stand at the edge of most pages."""
    if len(pages) < _FEWEST_PAGES:
        return frozenset()
    counts = Counter(shape for page in pages for shape in {_shape(line) for _, line in _edges(page)})
    return frozenset(shape for shape, count in counts.items() if count > len(pages) * _REPEATED_SHARE)


def _without_edges(page: list[str], repeated: frozenset[str], said: set[str]) -> list[str]:
    """Leaves out page numbers, and running lines but for the first time that each is said."""
    gone = set()
    for at, line in _edges(page):
        shape = _shape(line)
        if _PAGE_NUMBER.fullmatch(line) or (shape in repeated and shape in said):
            gone.add(at)
        said.add(shape)
    return [line for at, line in enumerate(page) if at not in gone]


def _edges(page: list[str]) -> list[tuple[int, str]]:
    filled = [(at, line) for at, line in enumerate(page) if line]
    return filled if len(filled) <= 2 * _EDGE_LINES else filled[:_EDGE_LINES] + filled[-_EDGE_LINES:]


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", line)


def _as_markdown(text: str) -> str:
    return _BULLET.sub("- ", _MARK.sub(r"\\\1", text))


def _with_headings(text: str, headings: tuple[tuple[int, str], ...]) -> str:
    """Marks the lines that are the outline's entries; one that is not found changes nothing."""
    at = 0
    for level, title in headings:
        words = r"\s+".join(map(re.escape, title.split()))
        match = re.compile(rf"^(?:[\d.]+\s+)?{words}[ \t]*$", re.MULTILINE | re.IGNORECASE).search(text, at)
        if match is None:
            continue
        heading = f"\n{'#' * min(level, _DEEPEST)} {' '.join(match.group().split())}\n"
        text = text[: match.start()] + heading + text[match.end() :]
        at = match.start() + len(heading)
    return text
