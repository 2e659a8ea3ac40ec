"""Slack's mrkdwn, made of text from anywhere: nothing in the text can become a mention or a link."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import quote, urlsplit

SCHEMES = {"http", "https", "mailto"}
LONGEST_URL = 2_000
ELLIPSIS = "…"
BROKEN_ENTITY = re.compile(r"&[a-z]{0,3}$")
USER_ID = re.compile(r"[UW][A-Z0-9]{2,}")
CHANNEL_ID = re.compile(r"[CGD][A-Z0-9]{2,}")


def escape(text: str) -> str:
    """Returns `text` so that Slack shows it as it stands: no mention, no link, no entity."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(text: str, most: int) -> str:
    """Returns escaped `text` of at most `most` characters, never ending inside an entity."""
    if len(text) <= most:
        return text
    return BROKEN_ENTITY.sub("", text[: most - 1]).rstrip() + ELLIPSIS


def plain(text: str, most: int) -> str:
    """Returns `text` on one line for a plain_text object: of at most `most` characters, never empty."""
    line = " ".join(text.split())
    return line if 0 < len(line) <= most else (line[: most - 1] + ELLIPSIS)


def safe_url(address: str) -> str:
    """Returns an address that Slack may link, or nothing: only http, https and mailto, nothing smuggled."""
    if any(character.isspace() or ord(character) < ord(" ") for character in address):
        return ""
    encoded = quote(address, safe="%/:=&?~#+!$,;'@()*[].-_")
    try:
        parts = urlsplit(encoded)
    except ValueError:
        return ""
    # What stands before an @ looks like a host and is none.
    if parts.scheme not in SCHEMES or (
        parts.scheme != "mailto" and (not parts.netloc or "@" in parts.netloc)
    ):
        return ""
    return encoded if len(encoded) <= LONGEST_URL else ""


def link(address: str, label: str) -> str:
    """Returns a link in mrkdwn, or the label alone where the address may not be linked."""
    url = safe_url(address)
    # Slack reads the label up to the first ">", and a "|" would begin another one.
    words = escape(" ".join(label.split())).replace("|", "¦")
    return f"<{url}|{words}>" if url and words else words


def user(user_id: str) -> str:
    """Returns a mention of a person; anything but an id stays text."""
    return f"<@{user_id}>" if USER_ID.fullmatch(user_id) else escape(user_id)


def channel(channel_id: str) -> str:
    """Returns a link to a channel; anything but an id stays text."""
    return f"<#{channel_id}>" if CHANNEL_ID.fullmatch(channel_id) else escape(channel_id)


def moment(at: datetime) -> str:
    """Returns a time that each reader sees in their own time zone."""
    fallback = f"{at:%d %b %Y %H:%M} UTC"
    return f"<!date^{int(at.timestamp())}^{{date_short_pretty}} {{time}}|{fallback}>"


def streamed(markdown: str) -> str:
    """Returns Markdown for a stream: formatting stays, links show where they lead, nothing is smuggled."""
    shown = re.sub(r"!?\[([^\]]*)\]\(([^)\s]*)[^)]*\)", r"\1 (\2)", markdown)
    return escape(shown)
