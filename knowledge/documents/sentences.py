"""Sentences: where each stands in a piece of Markdown.

A span is a sentence of a paragraph, a list item, a table row or a line of code; between spans there
is only white space and marks. Line by line and by regular expressions, for it runs over everything
that is ingested.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Spans = tuple[tuple[int, int], ...]

LONG_ITEM = 300
"""A list item with more characters than this is cut into its sentences."""

_FENCE = re.compile(r"(`{3,}|~{3,})")
_QUOTE = re.compile(r"[ \t]*(?:>[ \t]?)+")
_HEADING = re.compile(r"[ \t]{0,3}#{1,6}(?:[ \t]+|$)")
_CLOSING_MARKS = re.compile(r"[ \t]+#+[ \t]*$")
_ITEM = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)+(?:\[[ xX]\][ \t]+)?")
_ONLY_MARKS = re.compile(r"[\s|:=*_+~`>#-]*")
_DELIMITER_ROW = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_END = re.compile(
    r"""
      (?<![.!?…])[.!?…]++ ["'”’»)\]*_`]*+ (?=\s)  # an end, whatever closes after it, white space
    | [。！？]++ [」』”’）]*+                          # an end that needs no white space
    """,
    re.VERBOSE,
)
_NEXT = re.compile(r"\s*")
_LAST_WORD = re.compile(r"[\w.&'’-]*$")
_NEVER_LAST = frozenset(
    "e.g i.e eg ie cf vs viz approx ca dr mr mrs ms prof st jr sr gen rep sen gov hon no nos fig figs eq eqs"  # noqa: SIM905  # reads better
    " sec ch vol ed eds pp p al resp incl excl max min avg jan feb mar apr jun jul aug sep sept oct nov dec"
    " z.b d.h bzw vgl nr u.a a.k.a w.r.t".split()
)
_WORDS_TOO = frozenset(
    {"no", "sec", "ed", "p", "max", "min", "mar", "sep", "ms", "st", "ch", "al", "gen", "rep"}
)
"""Abbreviations that are words as well: they go on only before a number or in the middle of a name."""
_WINDOW = 40


def sentence_spans(text: str) -> Spans:
    """Returns the spans of the text's sentences, in order; each begins and ends with visible text."""
    return tuple(span for start, end, whole in _runs(text) for span in _cut(text, start, end, whole=whole))


def _runs(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yields (start, end, whole): stretches to be cut into sentences, or to be one each if whole."""
    lines = _Lines(text)
    open_run: tuple[int, int, bool] | None = None
    for start, end, kind in lines:
        if kind == "more" and open_run is not None:
            open_run = (open_run[0], end, open_run[2])
            continue
        if open_run is not None:
            yield open_run
            open_run = None
        if kind in {"item", "more"}:
            open_run = (start, end, kind == "item")
        elif kind == "whole":
            yield start, end, True
    if open_run is not None:
        yield open_run


class _Lines:
    """The text's lines with what each is.

    `item` opens a list item, `more` goes on with what is open or opens a paragraph, `whole` is a
    sentence of its own, `gap` holds only marks.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._fence = ""

    def __iter__(self) -> Iterator[tuple[int, int, str]]:
        start, table = 0, False
        lines = self._text.split("\n")
        for number, line in enumerate(lines):
            below = lines[number + 1] if number + 1 < len(lines) else ""
            table = "|" in line and (table or _begins_table(line, below))
            left, kind = self._kind(line, table=table)
            yield start + left, start + len(line.rstrip()), kind
            start += len(line) + 1

    def _kind(self, line: str, *, table: bool) -> tuple[int, str]:
        quote = _QUOTE.match(line)
        left = quote.end() if quote else 0
        inside = line[left:]
        fence = _FENCE.match(inside.lstrip())
        if self._fence:
            return self._code(left, inside, fence)
        if fence and "`" not in inside.lstrip()[len(fence[1]) :]:
            self._fence = fence[1]
            return left, "gap"
        if _ONLY_MARKS.fullmatch(inside):
            return left, "gap"
        return _prose(left, inside, table=table)

    def _code(self, left: int, inside: str, fence: re.Match[str] | None) -> tuple[int, str]:
        if fence and fence[1].startswith(self._fence) and not inside.strip().strip(fence[1][0]):
            self._fence = ""
            return left, "gap"
        return left + _indent(inside), "whole" if inside.strip() else "gap"


def _prose(left: int, inside: str, *, table: bool) -> tuple[int, str]:
    if table:
        return left + _indent(inside), "whole"
    if heading := _HEADING.match(inside):
        return left + heading.end(), "whole"
    if item := _ITEM.match(inside):
        return left + item.end(), "item"
    return left + _indent(inside), "more"


def _begins_table(line: str, below: str) -> bool:
    return "-" in below and "|" in below and _DELIMITER_ROW.fullmatch(below) is not None and "|" in line


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _cut(text: str, start: int, end: int, *, whole: bool) -> Iterator[tuple[int, int]]:
    start, end = _trimmed(text, start, end)
    if start >= end:
        return
    if whole and end - start <= LONG_ITEM:
        yield start, end
        return
    begin = start
    for match in _END.finditer(text, start, end):
        if _is_end(text, begin, match, end):
            yield begin, match.end()
            begin = _trimmed(text, match.end(), end)[0]
    if begin < end:
        yield begin, end


def _is_end(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    """Tells a full stop from the point of an abbreviation, by the word before and what comes after."""
    following = _NEXT.match(text, match.end(), end)
    after = text[following.end()] if following and following.end() < end else ""
    if not after or match[0][0] in "!?。！？":
        return True
    word_match = _LAST_WORD.search(text, max(begin, match.start() - _WINDOW), match.start())
    word = (word_match[0] if word_match else "").lstrip("'’-").lower()
    if word in _WORDS_TOO:
        return not (after.isdigit() or (word in {"st", "gen", "rep"} and after.isupper()))
    if word in _NEVER_LAST or (len(word) == 1 and word.isalpha() and word != "i"):
        return False
    return not after.islower()


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
