"""How fresh a document is, in words."""

from __future__ import annotations

from datetime import date

from knowledge.passages import Passage

DAYS_A_WEEK = 7
DAYS_A_MONTH = 30.44
WEEKS_UP_TO = 9
MONTHS_UP_TO = 24


def freshness(passage: Passage, today: date) -> str:
    """Returns "reviewed 3 weeks ago", "review overdue since 3 May 2026", or nothing.

    A document that was never reviewed says nothing of it: silence is no claim of freshness.
    """
    if passage.review_due is not None and passage.review_due < today:
        due = passage.review_due
        return f"review overdue since {due.day} {due:%b %Y}"
    if passage.reviewed is None:
        return ""
    return f"reviewed {ago(passage.reviewed, today)}"


def ago(day: date, today: date) -> str:
    """Returns how long ago a day was, in the unit that people would use."""
    days = (today - day).days
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    if days < 2 * DAYS_A_WEEK:
        return f"{days} days ago"
    if days < WEEKS_UP_TO * DAYS_A_WEEK:
        return f"{days // DAYS_A_WEEK} weeks ago"
    months = round(days / DAYS_A_MONTH)
    if months < MONTHS_UP_TO:
        return f"{months} months ago"
    return f"{days // 365} years ago"
