"""Blockers as Slack messages: the card of whoever has one, and the question when all is quiet."""

from __future__ import annotations

from bot.views.blocks import actions, button, section, small
from bot.views.days import short_day
from bot.views.mrkdwn import cut, escape
from bot.views.rendered import Rendered, fitted
from rituals.standup.said import BlockerCard, BlockerQuiet

RESOLVE, CORRECT, NEWS, REOPEN = "blocker_resolve", "blocker_correct", "blocker_news", "blocker_reopen"
LONGEST_TEXT = 2_000


def card_view(card: BlockerCard) -> Rendered:
    """Renders a blocker for somebody who can do something about it."""
    text = cut(escape(card.text), LONGEST_TEXT)
    facts = f"{escape(card.reporter)}, since {short_day(card.since)}"
    about = f" · {escape(card.initiative)}" if card.initiative else ""
    if card.resolved_by:
        line = f":white_check_mark: ~{text}~"
        body = [section(line), small(f"Resolved by {escape(card.resolved_by)} · {facts}{about}")]
        return fitted(line, body, [actions(button(REOPEN, "Not resolved after all", card.id))])
    if card.corrected_to:
        line = f"~{text}~"
        now = small(f"Now with {escape(card.corrected_to)} · {facts}{about}")
        return fitted(line, [section(line), now])
    opening = "In somebody's way, and yours to clear:" if card.level == "responsible" else _climbed(card)
    body = [
        section(f":no_entry: *{opening}*\n{text}"),
        small(f"{facts}{about}\nWhy you: {escape(card.why)}"),
    ]
    row = actions(
        button(RESOLVE, "Resolved", card.id, style="primary"),
        button(NEWS, "How it stands…", card.id),
        button(CORRECT, "Not mine…", card.id),
    )
    return fitted(f"{opening} {text}", body, [row])


def quiet_view(quiet: BlockerQuiet) -> Rendered:
    """Renders a question to the owner of a blocker that nothing was heard of."""
    text = cut(escape(quiet.text), LONGEST_TEXT)
    asked = f"Any news on this? {escape(quiet.reporter)} has waited since {short_day(quiet.since)}."
    row = actions(
        button(RESOLVE, "Resolved", quiet.id, style="primary"), button(NEWS, "How it stands…", quiet.id)
    )
    heard = small(f"Last heard of on {short_day(quiet.last_news)}.")
    return fitted(f"{asked} {text}", [section(f"{asked}\n>{text}"), heard], [row])


def _climbed(card: BlockerCard) -> str:
    owner = f"; {escape(card.owner)} has it" if card.owner else ""
    return f"Still in somebody's way{owner}:"
