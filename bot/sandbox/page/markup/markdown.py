"""Standard Markdown as HTML, for markdown blocks and streamed words. HTML in it is shown, never run."""

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup

from bot.sandbox.page.markup.emoji import with_emoji
from bot.sandbox.page.markup.html import tag
from bot.sandbox.page.markup.links import safe_href
from bot.sandbox.page.markup.mrkdwn import unescaped
from bot.sandbox.page.markup.reader import Reader
from bot.sandbox.page.markup.tokens import token

_SLACK_TOKEN = re.compile(r"<([@#!][^<>\n]+)>")
_KEPT = re.compile("\ue000(\\d+)\ue001")


def markdown(text: str, reader: Reader) -> Markup:
    """Returns Markdown as HTML, with Slack's own tokens for people, channels and dates in it."""
    kept: list[Markup] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(token(found[1], reader))
        return f"\ue000{len(kept) - 1}\ue001"

    marked = _SLACK_TOKEN.sub(keep, text.replace("\ue000", "").replace("\ue001", ""))
    html = _markdown.render(unescaped(marked))
    return tag("div", _restored(html, kept), class_="rich")


def _restored(html: str, kept: list[Markup]) -> Markup:
    """Puts Slack's tokens back where they stand in text; in an attribute they become nothing."""
    parts = re.split(r"(<[^>]*>)", html)
    for at, part in enumerate(parts):
        in_tag = at % 2 == 1
        parts[at] = _KEPT.sub(lambda m, in_tag=in_tag: "" if in_tag else str(kept[int(m[1])]), part)
    return Markup("".join(parts))  # noqa: S704 -- markdown-it escapes text, and kept parts are markup


class _Renderer(RendererHTML):
    """Headings stand below the name of the conversation; links open beside the page; images are named."""

    def heading_open(self, tokens: Sequence[Token], at: int, *_: Any) -> str:
        """Opens a heading as a paragraph that looks like one."""
        return f'<p class="heading level-{tokens[at].tag[1:]}" role="heading" aria-level="2">'

    def heading_close(self, *_: Any) -> str:
        """Closes a heading."""
        return "</p>\n"

    def link_open(
        self, tokens: Sequence[Token], at: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """Opens a link, or what looks like none where its address could do harm."""
        address = str(tokens[at].attrs.get("href", ""))
        href = safe_href(address) or ""
        attributes = {
            "href": href,
            "target": "_blank",
            "rel": "noopener noreferrer nofollow",
            "title": address,
        }
        tokens[at].attrs = dict(attributes) if href else {}
        return str(self.renderToken(tokens, at, options, env))

    def image(self, tokens: Sequence[Token], at: int, *_: Any) -> str:
        """Names an image instead of fetching it from another host."""
        return str(tag("span", f"[{tokens[at].content or 'image'}]", class_="image-elsewhere"))

    def text(self, tokens: Sequence[Token], at: int, *_: Any) -> str:
        """Escapes words, with emoji for shortcodes."""
        return str(Markup.escape(with_emoji(tokens[at].content)))

    def table_open(self, *_: Any) -> str:
        """Opens a table in a box that scrolls by itself."""
        return '<div class="table-box" tabindex="0"><table>\n'

    def th_open(self, tokens: Sequence[Token], at: int, *_: Any) -> str:
        """Opens a head cell; how it is aligned is said by a class."""
        return f"<th{_aligned(tokens[at])}>"

    def td_open(self, tokens: Sequence[Token], at: int, *_: Any) -> str:
        """Opens a cell."""
        return f"<td{_aligned(tokens[at])}>"

    def table_close(self, *_: Any) -> str:
        """Closes a table."""
        return "</table></div>\n"


def _aligned(cell: Token) -> str:
    side = str(cell.attrs.get("style", "")).rpartition(":")[2]
    return f' class="{side}"' if side in {"left", "center", "right"} else ""


_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}, renderer_cls=_Renderer).enable(
    ["table", "strikethrough"]
)
