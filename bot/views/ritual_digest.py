"""The small rituals as Slack messages: knowledge gaps, overdue reviews, what was missed."""

from __future__ import annotations

from bot.views.blocks import header, section, small
from bot.views.days import short_day
from bot.views.lines import parts
from bot.views.mrkdwn import cut, escape, link, moment
from bot.views.rendered import Rendered, fitted
from knowledge.records.gaps import Gap
from rituals.knowledge_gaps import GapDigest
from rituals.review_reminders import Overdue, ReviewReminder
from rituals.waking import Missed

LONGEST_QUESTION = 300


def gaps_view(digest: GapDigest) -> Rendered:
    """Renders the questions that somebody's documents did not answer."""
    title = "Questions your documents did not answer"
    if digest.unowned:
        title = "Questions that no document is near"
    lines = (_gap(gap) for gap in digest.gaps)
    more = f"{digest.more} more; " if digest.more else ""
    tail = [small(f"{more}since {short_day(digest.since)}. A paragraph in the right place answers each.")]
    return fitted(
        escape(f"{title}: {len(digest.gaps) + digest.more}"),
        [header(title), *parts(lines)],
        tail,
    )


def reviews_view(reminder: ReviewReminder) -> Rendered:
    """Renders the documents whose review is overdue."""
    count = len(reminder.documents) + reminder.more
    title = "A document of yours is due for review" if count == 1 else f"{count} documents are due for review"
    lines = (_overdue(one) for one in reminder.documents)
    tail = [small(f"And {reminder.more} more.")] if reminder.more else []
    tail.append(small("Look through each, set its `reviewed:` day, and ingest it again."))
    return fitted(escape(title), [header(title), *parts(lines)], tail)


def missed_view(missed: Missed) -> Rendered:
    """Renders what fell due while nobody was there."""
    text = f"I was not running when *{escape(missed.ritual)}* was due, and it is too late to catch up:"
    lines = [
        f"• {escape(phase)}, due {moment(due)}" + (f", for {people} people" if people else "")
        for phase, due, people in missed.slots
    ]
    return fitted(text, [section(text), *parts(lines)])


def _gap(gap: Gap) -> str:
    times = "" if gap.count == 1 else f" · asked {gap.count} times"
    near = f" · near {escape(cut(gap.nearest[0], 100))}" if gap.nearest else ""
    kind = " · voted down" if gap.kind == "downvoted" else ""
    return f"• {cut(escape(' '.join(gap.question.split())), LONGEST_QUESTION)}{times}{kind}{near}"


def _overdue(one: Overdue) -> str:
    title = cut(one.title, 200)
    shown = link(one.link, title) if one.link else escape(title)
    return f"• {shown} · due since {short_day(one.due)} {one.due.year}"
