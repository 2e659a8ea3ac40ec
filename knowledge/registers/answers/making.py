"""How a passage of a register is made: sentences with their spans, one source each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from knowledge.passages import Passage, Span


def passage(
    *,
    source: str,
    sentences: Sequence[str],
    confidence: float,
    as_list: bool = False,
    lead: str = "",
    owner: str = "",
    reviewed: date | None = None,
    review_due: date | None = None,
) -> Passage:
    """Returns sentences as a passage; as a list, `lead` introduces it and each sentence is an item.

    `score` is the confidence: registers find little, and what they find they know.
    """
    text, spans = (_items if as_list else _prose)([one for one in sentences if one], lead)
    return Passage(
        id=f"register:{source}",
        source=source,
        title=source,
        text=text,
        kind="register",
        owner=owner,
        reviewed=reviewed,
        review_due=review_due,
        score=confidence,
        confidence=confidence,
        sentences=spans,
    )


def _prose(sentences: Sequence[str], lead: str) -> tuple[str, tuple[Span, ...]]:
    return _joined([lead, *sentences] if lead else list(sentences), between=" ")


def _items(sentences: Sequence[str], lead: str) -> tuple[str, tuple[Span, ...]]:
    text, spans = _joined([f"- {one}" for one in sentences], between="\n")
    if not lead:
        return text, spans
    shift = len(lead) + 2
    moved = (Span(start=span.start + shift, end=span.end + shift) for span in spans)
    return f"{lead}\n\n{text}", (Span(start=0, end=len(lead)), *moved)


def _joined(parts: Sequence[str], *, between: str) -> tuple[str, tuple[Span, ...]]:
    spans, at = [], 0
    for part in parts:
        spans.append(Span(start=at, end=at + len(part)))
        at += len(part) + len(between)
    return between.join(parts), tuple(spans)
