"""Slack's mrkdwn as HTML.

The text arrives escaped as Slack wants it (`&amp;`, `&lt;`, `&gt;`) with tokens in angle brackets (`<@U1>`,
`<https://a.example|label>`). Tokens are cut out first, so that nothing in them is taken for formatting.
"""

from __future__ import annotations

import re

from markupsafe import Markup

from bot.sandbox.page.markup.emoji import with_emoji
from bot.sandbox.page.markup.html import EMPTY, joined, tag
from bot.sandbox.page.markup.reader import Reader
from bot.sandbox.page.markup.tokens import token

_FENCE = re.compile(r"```\n?(.*?)\n?```", re.DOTALL)
_TOKEN = re.compile(r"<([^<>\n]+)>")
_ASIDE = re.compile(r"`(?P<code>[^`\n]+)`|<(?P<token>[^<>\n]+)>")
_LIST = re.compile(r"^\s*(?:[•◦▪‣-]|(\d{1,4})\.)\s+(.*)$")
_LONGEST = 1_500
_MARKS = (("*", "strong"), ("_", "em"), ("~", "s"))
_OPEN = r"(?<![\w{mark}]){mark}(?=[^\s{mark}])"
_CLOSE = r"(?<=[^\s{mark}]){mark}(?![\w{mark}])"
_SPANS = re.compile(
    "|".join(
        f"{_OPEN.format(mark=re.escape(mark))}(?P<{name}>[^\\n]{{1,{_LONGEST}}}?){_CLOSE.format(mark=re.escape(mark))}"
        for mark, name in _MARKS
    )
)
_KEPT = re.compile("\ue000(\\d+)\ue001")


def unescaped(text: str) -> str:
    """Returns text with Slack's three entities undone; to be escaped again where it becomes HTML."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def mrkdwn(text: str, reader: Reader, *, verbatim: bool = False) -> Markup:
    """Returns mrkdwn as HTML: paragraphs, quotes, lists and code as blocks."""
    pieces = _FENCE.split(text.replace("\ue000", "").replace("\ue001", ""))
    rendered = [
        tag("pre", tag("code", unescaped(_plain(piece))))
        if index % 2
        else _lines(piece, reader, verbatim=verbatim)
        for index, piece in enumerate(pieces)
    ]
    return joined(rendered)


def mrkdwn_line(text: str, reader: Reader) -> Markup:
    """Returns mrkdwn as one run of inline HTML, for places where no block may stand."""
    return EMPTY.join(_inline(line, reader) + Markup(" ") for line in text.splitlines()).rstrip()


def _lines(text: str, reader: Reader, *, verbatim: bool) -> Markup:
    """Gathers neighbouring lines of one kind into one block each."""
    blocks: list[tuple[str, list[Markup]]] = []
    for line in text.strip("\n").split("\n"):
        kind, words = _kind(line)
        rendered = _inline(words, reader, verbatim=verbatim)
        if blocks and blocks[-1][0] == kind:
            blocks[-1][1].append(rendered)
        else:
            blocks.append((kind, [rendered]))
    return joined(_block(kind, lines) for kind, lines in blocks)


def _kind(line: str) -> tuple[str, str]:
    if line.startswith("&gt;"):
        return "quote", line.removeprefix("&gt;").removeprefix(" ")
    item = _LIST.match(line)
    if item and not item[1]:
        return "list", item[2]
    return "words", line


def _block(kind: str, lines: list[Markup]) -> Markup:
    if kind == "list":
        return tag("ul", [tag("li", line) for line in lines])
    body = Markup("<br>").join(lines)
    if kind == "quote":
        return tag("blockquote", body)
    return tag("p", body) if body.strip() else EMPTY


def _inline(text: str, reader: Reader, *, verbatim: bool = False) -> Markup:
    """Renders one line: code and tokens are set aside, the rest is formatted, then they are put back."""
    kept: list[Markup] = []

    def keep(found: re.Match[str]) -> str:
        inner = found["token"]
        kept.append(token(inner, reader) if inner else tag("code", unescaped(_plain(found["code"]))))
        return f"\ue000{len(kept) - 1}\ue001"

    line = _ASIDE.sub(keep, text)
    formatted = joined(with_emoji(unescaped(line))) if verbatim else _spans(line)
    return Markup(_KEPT.sub(lambda m: kept[int(m[1])], formatted))  # noqa: S704 -- both parts are markup already


def _spans(text: str) -> Markup:
    """Renders bold, italic and struck words. What was set aside is only ever in text, never in a tag."""
    parts: list[Markup] = []
    end = 0
    for found in _SPANS.finditer(text):
        name = str(found.lastgroup)
        parts += [joined(with_emoji(unescaped(text[end : found.start()]))), tag(name, _spans(found[name]))]
        end = found.end()
    return joined([*parts, joined(with_emoji(unescaped(text[end:])))])


def _plain(text: str) -> str:
    """Returns the words of tokens, for code, in which links are not links."""
    return _TOKEN.sub(lambda m: m[1].rpartition("|")[2], text)
