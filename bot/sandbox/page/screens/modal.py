"""The modal that a person sees on top."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from bot.sandbox.page.markup.texts import words
from bot.sandbox.page.screens.conversation import view_blocks
from bot.sandbox.workspace.records import User
from bot.sandbox.workspace.state import Workspace


@dataclass(frozen=True, kw_only=True)
class Modal:
    """A modal, ready to be drawn. `depth` counts those on top of each other."""

    id: str
    title: str
    body: Markup
    submit: str
    close: str
    depth: int
    submit_disabled: bool


def modal(workspace: Workspace, user: User) -> Modal | None:
    """Returns the modal that this person has open, if any."""
    stack = workspace.views.stack(user.id)
    if not stack:
        return None
    view = stack[-1]
    return Modal(
        id=view.id,
        title=words(view.payload.get("title"), workspace.seed.app.real_name),
        body=view_blocks(view, workspace, user),
        submit=words(view.payload.get("submit")),
        close=words(view.payload.get("close"), "Cancel" if view.payload.get("submit") else "Close"),
        depth=len(stack),
        submit_disabled=bool(view.payload.get("submit_disabled")),
    )
