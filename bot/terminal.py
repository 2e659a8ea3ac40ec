"""What people read in the terminal, and what programs read: an answer as text and as JSON."""

from __future__ import annotations

import textwrap
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markdown import Markdown
from rich.text import Text

from core.text import printable
from knowledge.answering.plain import WEAK, body, not_found
from knowledge.freshness import freshness

if TYPE_CHECKING:
    from knowledge.answer import Answer, Citation
    from knowledge.passages import Passage

QUOTE_WIDTH = 160


def to_json(answer: Answer) -> dict[str, Any]:
    """Returns the form that `muster ask --json` prints."""
    return {
        "question": answer.question.text,
        "answer": body(answer) if answer.found else not_found(answer),
        "found": answer.found,
        "citations": [
            {
                "source": citation.passage.source,
                "title": citation.passage.title,
                "heading": " › ".join(citation.passage.heading),
                "quote": citation.quote,
            }
            for citation in answer.citations
        ],
        "passages": [
            {
                "source": passage.source,
                "heading": " › ".join(passage.heading),
                "score": round(passage.score, 4),
            }
            for passage in answer.passages
        ],
        "mode": answer.mode,
        "elapsed_ms": round(answer.elapsed_ms, 1),
    }


def notes(answer: Answer) -> list[str]:
    """Returns what the reader should know before relying on the answer."""
    return [note for note in (WEAK if answer.weak else "", answer.notice) if note]


def transcript(answer: Answer) -> str:
    """Returns the answer as a conversation remembers it."""
    return body(answer) if answer.found else not_found(answer)


def print_answer(answer: Answer, *, now: datetime, console: Console | None = None) -> None:
    """Prints an answer for people: rendered on a terminal, plain Markdown elsewhere."""
    console = console or Console(highlight=False)
    if not answer.found:
        console.print(Text(printable(not_found(answer))), soft_wrap=True)
        return
    print_notes(console, answer)
    said = printable(body(answer))
    if console.is_terminal:
        console.print(Markdown(said, hyperlinks=False))
    else:
        console.print(Text(said), soft_wrap=True)
    console.print()
    print_sources(console, answer, now=now)


def print_notes(console: Console, answer: Answer) -> None:
    """Prints what the reader should know before relying on the answer."""
    for note in notes(answer):
        console.print(Text(printable(note), style="italic"), soft_wrap=not console.is_terminal)


def print_sources(console: Console, answer: Answer, *, now: datetime) -> None:
    """Prints the numbered sources of an answer."""
    for citation in answer.citations:
        print_source(console, citation, now=now)


def print_source(console: Console, citation: Citation, *, now: datetime) -> None:
    """Prints one numbered source: where it stands, how fresh it is, and its quote."""
    place, about = _head(citation.passage, now=now)
    quote = textwrap.shorten(printable(citation.quote), QUOTE_WIDTH, placeholder=" …")
    console.print(Text(f"[{citation.number}] {place}", style="bold"), soft_wrap=True)
    console.print(Text(f"    {about}", style="dim"), soft_wrap=True)
    console.print(Text(f"    “{quote}”", style="dim italic"), soft_wrap=True)


def print_passage(console: Console, passage: Passage, *, now: datetime) -> None:
    """Prints the whole passage behind a source."""
    place, about = _head(passage, now=now)
    console.print(Text(place, style="bold"))
    console.print(Text(about, style="dim"))
    console.print()
    console.print(Markdown(printable(passage.text), hyperlinks=False))


def _head(passage: Passage, *, now: datetime) -> tuple[str, str]:
    return printable(passage.place), printable(" · ".join(facts(passage, now=now)))


def facts(passage: Passage, *, now: datetime) -> list[str]:
    """Returns what there is to know of a passage: where it lies, who owns it, how fresh it is."""
    owner = f"owner: {passage.owner}" if passage.owner else ""
    candidates = (passage.link or passage.source, owner, freshness(passage, now.date()))
    return [fact for fact in candidates if fact]
