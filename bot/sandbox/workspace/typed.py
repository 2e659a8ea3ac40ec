"""What people type, as Slack's own client sends it: escaped, with mentions and links made into tokens."""

from __future__ import annotations

import re

from bot.sandbox.workspace.records import Json
from bot.sandbox.workspace.state import Workspace

_PIECES = re.compile(
    r"(?P<token><@[UW][A-Z0-9]+>|<#C[A-Z0-9]+(?:\|[^<>|]*)?>|<!subteam\^S[A-Z0-9]+>)"
    r"|(?P<url>https?://[^\s<>]+[^\s<>.,;:!?)\]'\"])"
    r"|(?<![\w@])@(?P<at>[\w.-]*\w)"
    r"|(?<![\w#])#(?P<hash>[\w-]+)"
)
_TOKENS = re.compile(r"<([@#!])?([^<>|]*)(?:\|([^<>]*))?>")
_BROADCASTS = frozenset({"here", "channel", "everyone"})


def escape(text: str) -> str:
    """Escapes the three characters that are markup to Slack."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """Undoes `escape`."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def encode(text: str, workspace: Workspace) -> str:
    """Returns what a person typed as it is sent.

    `@ana`, `@ml-team`, `@here`, `#general` and links become tokens where they name something; tokens of
    people, channels and groups (`<@U0ANA>`) may be typed as they are; everything else is escaped, so that a
    typed `<!channel>` notifies nobody.
    """
    parts, end = [], 0
    for match in _PIECES.finditer(text):
        token = _token(match, workspace)
        if token is not None:
            parts += [escape(text[end : match.start()]), token]
            end = match.end()
    return "".join([*parts, escape(text[end:])])


def _token(match: re.Match[str], workspace: Workspace) -> str | None:
    if match["token"]:
        return match["token"]
    if match["url"]:
        return f"<{match['url'].replace('&', '&amp;').replace('|', '%7C')}>"
    if match["hash"]:
        channel = workspace.conversations.named(match["hash"])
        return f"<#{channel.id}|{channel.name}>" if channel else None
    handle = match["at"]
    if handle in _BROADCASTS:
        return f"<!{handle}>"
    user = workspace.directory.by_handle(handle)
    if user is not None:
        return f"<@{user.id}>"
    group = next((g for g in workspace.directory.groups.values() if g.handle == handle), None)
    return f"<!subteam^{group.id}>" if group else None


def rich_text(encoded: str) -> list[Json]:
    """Returns the rich text block that Slack's client sends beside the text."""
    elements: list[Json] = []
    end = 0
    for match in _TOKENS.finditer(encoded):
        if match.start() > end:
            elements.append({"type": "text", "text": unescape(encoded[end : match.start()])})
        elements.append(_element(match[1] or "", match[2], match[3] or ""))
        end = match.end()
    if end < len(encoded):
        elements.append({"type": "text", "text": unescape(encoded[end:])})
    section = {"type": "rich_text_section", "elements": elements}
    return [{"type": "rich_text", "block_id": "typed", "elements": [section]}]


def _element(mark: str, value: str, label: str) -> Json:
    if mark == "@":
        return {"type": "user", "user_id": value}
    if mark == "#":
        return {"type": "channel", "channel_id": value}
    if mark == "!" and value.startswith("subteam^"):
        return {"type": "usergroup", "usergroup_id": value.removeprefix("subteam^")}
    if mark == "!":
        return {"type": "broadcast", "range": value}
    link = {"type": "link", "url": unescape(value)}
    return link | ({"text": unescape(label)} if label else {})
