"""How the standup goes, small enough for the Home tab: a line of bars and four figures."""

from __future__ import annotations

from collections.abc import Iterable

from bot.views.blocks import counted, section, small
from bot.views.rendered import Block
from knowledge.records.standup_stats import StandupStats

BARS = "▁▂▃▄▅▆▇█"
MOST_DAYS = 20


def stats_blocks(stats: StandupStats) -> list[Block]:
    """Returns the figures of a span, nothing where there was no standup."""
    if not stats.days:
        return []
    shown = stats.days[-MOST_DAYS:]
    span = f"{shown[0].day:%d %b} – {shown[-1].day:%d %b}"
    facts = [
        f"{stats.share:.0%} answered",
        f"{stats.minutes:.0f} min to answer" if stats.minutes is not None else "",
        counted(stats.open_blockers, "open blocker"),
        f"{stats.long_open} for more than 5 days" if stats.long_open else "",
        f"closed after {stats.age_closed:.0f} days" if stats.age_closed is not None else "",
    ]
    line = " · ".join(fact for fact in facts if fact)
    return [section(f"*Standup*  `{bars(day.share for day in shown)}`\n{line}"), small(span)]


def bars(shares: Iterable[float]) -> str:
    """Returns shares, 0 to 1, as a line of bars."""
    return "".join(BARS[round(min(max(share, 0.0), 1.0) * (len(BARS) - 1))] for share in shares)
