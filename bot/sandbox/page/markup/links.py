"""Links: only harmless kinds, and none that says it leads elsewhere than it does."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from markupsafe import Markup

from bot.sandbox.page.markup.html import Child, joined, tag

_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_LOOKS_LIKE_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b", re.IGNORECASE)


def safe_href(url: str) -> str | None:
    """Returns the address if a click on it is harmless, else None."""
    cleaned = url.strip()
    if re.search(r"[\x00-\x20\x7f]", cleaned):
        return None
    try:
        parts = urlsplit(cleaned)
    except ValueError:
        return None
    if parts.scheme.lower() not in _SCHEMES:
        return None
    return cleaned if parts.netloc or parts.scheme.lower() in {"mailto", "tel"} else None


def anchor(url: str, label: Child = None, *, plain: str = "") -> Markup:
    """Returns a link that opens beside the page; `plain` is the label as text, to see whether it lies.

    An address that could do harm is shown as text. A label that looks like another address is followed by the
    host that the link leads to.
    """
    href = safe_href(url)
    shown = label or url
    if href is None:
        return tag("span", joined(shown), class_="dead-link", title="This address is not opened from here")
    link = tag("a", joined(shown), href=href, target="_blank", rel="noopener noreferrer nofollow", title=href)
    host = urlsplit(href).netloc
    if plain and host and _pretends(plain, href):
        return link + tag("span", f" ({host})", class_="true-host")
    return link


def _pretends(label: str, href: str) -> bool:
    """Says whether a label names an address that the link does not lead to."""
    if label.strip() == href:
        return False
    found = _LOOKS_LIKE_ADDRESS.search(label)
    if found is None:
        return False
    named = found[0] if "://" in found[0] else f"//{found[0]}"
    try:
        said, real = urlsplit(named).hostname, urlsplit(href).hostname
    except ValueError:
        return True
    return (said or "").removeprefix("www.") != (real or "").removeprefix("www.")
