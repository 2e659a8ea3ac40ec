"""Pictures of people: their initials on their color, so that nothing is fetched from elsewhere."""

from __future__ import annotations

from html import escape

from bot.sandbox.workspace.records import User
from bot.sandbox.workspace.user_shape import color_of


def drawn_avatar(user: User) -> str:
    """Returns a square SVG picture."""
    words = user.real_name.split() or [user.name]
    initials = escape("".join(word[0] for word in words[:2]).upper())
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 72">'
        f'<rect width="72" height="72" rx="12" fill="#{color_of(user)}"/>'
        '<text x="36" y="46" font-family="sans-serif" font-size="28" fill="#fff" text-anchor="middle">'
        f"{initials}</text></svg>"
    )
