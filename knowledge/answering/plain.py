"""An answer as plain text with the marks of Markdown, for terminals, files and programs."""

from __future__ import annotations

from knowledge.answer import Answer, Part

NOT_FOUND = "The documents do not answer that."
WEAK = "The evidence is thin; check the sources before you rely on it."


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


def not_found(answer: Answer) -> str:
    """Returns what is said where nothing was found: that, the nearest documents, and whom to ask."""
    lines = [answer.notice or NOT_FOUND]
    if answer.nearest:
        places = "; ".join(f"{passage.place} ({passage.source})" for passage in answer.nearest)
        lines.append(f"Nearest: {places}.")
    if answer.ask:
        lines.append(f"You could ask: {answer.ask}.")
    return "\n".join(lines)
