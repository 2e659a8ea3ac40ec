"""What stands between angle brackets in mrkdwn: people, channels, groups, broadcasts, dates, links."""

from __future__ import annotations

from markupsafe import Markup

from bot.sandbox.page.markup.dates import formatted
from bot.sandbox.page.markup.emoji import with_emoji
from bot.sandbox.page.markup.html import tag
from bot.sandbox.page.markup.links import anchor
from bot.sandbox.page.markup.reader import Reader

_BROADCASTS = frozenset({"here", "channel", "everyone"})
_DATE_PARTS = 3


def token(inner: str, reader: Reader) -> Markup:
    """Returns one token as HTML; `inner` is what stands between its angle brackets."""
    body, _, label = inner.partition("|")
    if body.startswith("@"):
        return mention(body[1:], reader)
    if body.startswith("#"):
        return channel_link(body[1:], reader)
    if body.startswith("!"):
        return _special(body[1:], label, reader)
    words = _text(label)
    return anchor(_text(body), with_emoji(words) or None, plain=words)


def mention(user_id: str, reader: Reader) -> Markup:
    """Returns a person's name, lit up where it is the reader's own."""
    name = reader.names.user(user_id)
    if name is None:
        return tag("span", f"@{user_id}", class_="mention unknown")
    yours = " you" if user_id == reader.user else ""
    return tag("span", f"@{name}", class_=f"mention{yours}", data_person=user_id)


def channel_link(channel_id: str, reader: Reader) -> Markup:
    """Returns a channel's name as a way there, or that it is private."""
    name = reader.names.channel(channel_id)
    if name is None:
        return tag("span", "#private-channel", class_="mention unknown")
    return tag("a", f"#{name}", class_="mention", href=reader.href(channel_id), data_nav=True)


def group_mention(group_id: str, reader: Reader) -> Markup:
    """Returns a user group's handle."""
    return tag("span", f"@{reader.names.group(group_id) or group_id}", class_="mention")


def broadcast(name: str) -> Markup:
    """Returns `@here`, `@channel` or `@everyone`, lit up."""
    return tag("span", f"@{name}", class_="mention you")


def date_words(timestamp: str, template: str, url: str, fallback: str, reader: Reader) -> Markup:
    """Returns a date in the reader's zone, or its fallback where it cannot be read."""
    try:
        words = formatted(int(timestamp), template, reader)
    except ValueError:
        words = None
    shown = words or fallback or template
    return anchor(url, shown) if url else tag("time", shown, title=fallback or None)


def _special(body: str, label: str, reader: Reader) -> Markup:
    if body.startswith("date^"):
        parts = body.split("^")
        if len(parts) < _DATE_PARTS:
            return tag("span", _text(label or body))
        url = _text(parts[3]) if len(parts) > _DATE_PARTS else ""
        return date_words(parts[1], _text(parts[2]), url, _text(label), reader)
    if body.startswith("subteam^"):
        return group_mention(body.removeprefix("subteam^"), reader)
    if body in _BROADCASTS:
        return broadcast(body)
    return tag("span", _text(label or f"<!{body}>"))


def _text(words: str) -> str:
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
