"""The word that brings a person in."""

from __future__ import annotations

from bot.views.mrkdwn import cut, escape, user
from bot.views.rendered import Rendered

LONGEST_QUESTION = 500


def person_view(*, asker: str, whom: str, question: str, found: bool) -> Rendered:
    """Renders that `asker` (an id) wants `whom` (a mention, already safe) to look at a question."""
    why = "is not sure about my answer" if found else "could not find it in the documents"
    asked = cut(escape(" ".join(question.split())), LONGEST_QUESTION)
    text = f"{whom}, {user(asker)} {why}. Can you help?\n>{asked}"
    return Rendered(text=text, blocks=({"type": "section", "text": {"type": "mrkdwn", "text": text}},))


def nobody_view(ask: str) -> Rendered:
    """Renders, for the asker alone, whom to ask where Muster can't call them."""
    if ask:
        return Rendered(text=f"{escape(ask)} may know, but I don't find them in this workspace.")
    return Rendered(text="No document names an owner for this, so I don't know whom to call. Ask your lead.")


def not_yours_view(asker: str) -> Rendered:
    """Renders that calling a person in is the asker's to do."""
    return Rendered(
        text=f"Only {user(asker)}, who asked, can call a person in. Ask me yourself and you can too."
    )
