"""An answer as a Slack message: the text with numbered citations, its sources, the buttons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.views.feedback import ask_person_block, feedback_blocks
from bot.views.mrkdwn import escape, streamed
from bot.views.rendered import Block, Rendered, fitted
from bot.views.rich_text import Element, in_lines, rich_text, section, text
from bot.views.sources import context, source_line, sources_block
from knowledge.answer import Answer, Part

NOT_FOUND = "The documents do not answer that."
WEAK = "The documents say little about this. The nearest they come:"
NEAREST = "The nearest I found:"
MOST_NEAREST = 3
ELEMENTS_A_BLOCK = 6


def answer_view(answer: Answer, *, key: str, today: date) -> Rendered:
    """Renders an answer; `key` names its question to the buttons."""
    if not answer.found:
        return not_found_view(answer, key=key, today=today)
    elements = _opening(answer)
    for part in answer.parts:
        elements += part_elements(part)
    return fitted(fallback(answer.parts), _blocks(elements), answer_tail(answer, key=key, today=today))


def answer_tail(answer: Answer, *, key: str, today: date) -> list[Block]:
    """Returns what stands below an answer: its sources and the buttons."""
    return [*sources_block(answer.citations, today), *feedback_blocks(key)]


def not_found_view(answer: Answer, *, key: str, today: date) -> Rendered:
    """Renders that nothing answers, what comes nearest, and whom to ask."""
    said = answer.notice or NOT_FOUND
    ask = f"{answer.ask} may know." if answer.ask else ""
    words = " ".join(part for part in (said, ask) if part)
    body: list[Block] = [{"type": "section", "text": {"type": "mrkdwn", "text": escape(words)}}]
    nearest = [source_line(passage, today) for passage in answer.nearest[:MOST_NEAREST]]
    if nearest:
        body.append(context([NEAREST, *nearest]))
    return fitted(escape(words), body, [ask_person_block(key)])


def part_elements(part: Part) -> list[Element]:
    """Returns one part of an answer as rich text, with its citation numbers behind it."""
    numbers = "".join(f" [{number}]" for number in part.citations)
    if part.layout in {"table", "code"}:
        return [*rich_text(part.text), section([text(numbers.strip())])]
    return rich_text(part.text, mark=(text(numbers),))


def part_markdown(part: Part) -> str:
    """Returns one part as Markdown for a stream, escaped, with its citation numbers."""
    numbers = "".join(f" [{number}]" for number in part.citations)
    return f"{streamed(part.text)}{numbers}\n\n"


def fallback(parts: Sequence[Part]) -> str:
    """Returns the answer as escaped text for notifications and screen readers."""
    return escape("\n".join(part.text for part in parts)) or NOT_FOUND


def partial_view(parts: Sequence[Part]) -> Rendered:
    """Renders what has been written so far of an answer that is still being written."""
    elements = [element for part in parts for element in part_elements(part)]
    return fitted(fallback(parts), _blocks(elements), [context(["_Still writing …_"])])


def _opening(answer: Answer) -> list[Element]:
    words = [words for words in (answer.notice, WEAK if answer.weak else "") if words]
    return [section([text(sentence, italic=True)]) for sentence in words]


def _blocks(elements: list[Element]) -> list[Block]:
    """Returns rich text as few blocks, each small enough to be left out by itself."""
    lines = in_lines(elements)
    return [
        {"type": "rich_text", "elements": lines[start : start + ELEMENTS_A_BLOCK]}
        for start in range(0, len(lines), ELEMENTS_A_BLOCK)
    ]
