"""What went wrong, in a sentence, and what to do about it."""

from __future__ import annotations

from bot.views.mrkdwn import escape
from bot.views.rendered import Rendered


def failed_view(reference: str, *, sentence: str = "", whom: str = "") -> Rendered:
    """Renders that a question could not be answered; `reference` is found in the log."""
    words = sentence or "Something went wrong while I looked for that, and it is not your doing."
    ask = f"{whom} can look it up" if whom else "Whoever runs Muster can look it up"
    return Rendered(text=escape(f"{words} Please ask again. {ask} under {reference}."))


def undelivered_view(*, place: str, reason: str, cure: str) -> Rendered:
    """Renders for an admin that something could not be said, and how to mend it."""
    return Rendered(text=escape(f"I could not post in {place}: {reason}. {cure}"))
