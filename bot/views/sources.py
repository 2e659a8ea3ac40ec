"""Where an answer comes from: its sources with owner and freshness, one line each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.views.mrkdwn import cut, escape, link
from bot.views.rendered import Block
from knowledge.answer import Citation
from knowledge.freshness import freshness
from knowledge.passages import Passage

MOST_SOURCES = 10
LONGEST_PLACE = 200
LONGEST_OWNER = 80


def sources_block(citations: Sequence[Citation], today: date) -> list[Block]:
    """Returns the context block that lists what was cited, or nothing."""
    if not citations:
        return []
    lines = [f"[{citation.number}] {source_line(citation.passage, today)}" for citation in citations]
    return [context(lines[:MOST_SOURCES])]


def source_line(passage: Passage, today: date) -> str:
    """Returns "Title › Heading · owner Ana · reviewed 3 weeks ago", linked where there is a link."""
    place = cut(passage.place, LONGEST_PLACE)
    linked = link(passage.link, place) if passage.link else escape(place)
    owner = f"owner {escape(cut(passage.owner, LONGEST_OWNER))}" if passage.owner else ""
    return " · ".join(part for part in (linked, owner, freshness(passage, today)) if part)


def context(lines: Sequence[str]) -> Block:
    """Returns small grey lines; each is mrkdwn, already escaped."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": line} for line in lines]}
