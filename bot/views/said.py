"""Which view renders which value; what has none is rendered by the default view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.views.blockers import card_view, quiet_view
from bot.views.default import default_view
from bot.views.rendered import Rendered
from bot.views.ritual_digest import gaps_view, missed_view, reviews_view
from bot.views.standup import (
    channel_prompt_view,
    digest_view,
    prompt_view,
    reminder_view,
    withdrawn_view,
    words_view,
)
from rituals.knowledge_gaps import GapDigest
from rituals.review_reminders import ReviewReminder
from rituals.standup.said import (
    BlockerCard,
    BlockerQuiet,
    ChannelPrompt,
    Digest,
    EntryWithdrawn,
    EntryWords,
    StandupPrompt,
    StandupReminder,
)
from rituals.waking import Missed

VIEWS: Mapping[type, Callable[[Any], Rendered]] = {
    StandupPrompt: prompt_view,
    ChannelPrompt: channel_prompt_view,
    StandupReminder: reminder_view,
    Digest: digest_view,
    EntryWords: words_view,
    EntryWithdrawn: withdrawn_view,
    BlockerCard: card_view,
    BlockerQuiet: quiet_view,
    GapDigest: gaps_view,
    ReviewReminder: reviews_view,
    Missed: missed_view,
}


def render(content: object) -> Rendered:
    """Renders what a ritual says."""
    return VIEWS.get(type(content), default_view)(content)
