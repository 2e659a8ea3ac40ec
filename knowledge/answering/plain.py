"""An answer as plain Markdown, for terminals, files and tests."""

from __future__ import annotations

from knowledge.answer import Answer, Part
from knowledge.passages import Passage

WEAK = "The evidence is thin; check the sources before you rely on it."


def to_markdown(answer: Answer) -> str:
    """Returns the answer with its marks `[n]`, its notices and its sources."""
    if not answer.found:
        return _not_found(answer)
    notes = [note for note in (WEAK if answer.weak else "", answer.notice) if note]
    sources = [f"{c.number}. {_source(c.passage)}" for c in answer.citations]
    return "\n\n".join([*(f"_{note}_" for note in notes), body(answer), "Sources:\n" + "\n".join(sources)])


def marked(part: Part) -> str:
    """Returns a part with its marks: behind a sentence or a list's lead-in, below a table or code."""
    marks = "".join(f"[{number}]" for number in part.citations)
    if part.layout == "sentence":
        return f"{part.text} {marks}"
    lead, gap, rest = part.text.partition("\n\n")
    if gap:
        return f"{lead} {marks}\n\n{rest}"
    return f"{part.text} {marks}" if part.layout == "list" else f"{part.text}\n\n{marks}"


def body(answer: Answer) -> str:
    """Returns the parts with their marks, sentences run together, the rest set apart."""
    text = ""
    for before, part in zip((None, *answer.parts), answer.parts, strict=False):
        running = before is not None and before.layout == part.layout == "sentence"
        text += (" " if running else "\n\n" if text else "") + marked(part)
    return text


def _not_found(answer: Answer) -> str:
    lines = ["The documents do not answer this."]
    if answer.nearest:
        lines.append("Nearest documents:\n" + "\n".join(f"- {_source(p)}" for p in answer.nearest))
    if answer.ask:
        lines.append(f"You could ask: {answer.ask}.")
    return "\n\n".join(lines)


def _source(passage: Passage) -> str:
    reviewed = f", reviewed {passage.reviewed}" if passage.reviewed else ""
    return f"{passage.place} ({passage.link or passage.source}{reviewed})"
