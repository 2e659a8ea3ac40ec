"""HTML: what a reader of the page would read, as Markdown."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import PreformattedString
from markdownify import MarkdownConverter

from core.errors import InputError
from knowledge.documents.front_matter import meta_facts
from knowledge.documents.loaders.loaded import Loaded

_UNSEEN = (
    "script,style,noscript,template,svg,iframe,object,canvas,button,select,input,nav,footer,dialog,"
    "[hidden],[aria-hidden=true],[role=navigation],[role=banner],[role=contentinfo],[role=search]"
)
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LANGUAGE = re.compile(r"^(?:language|lang|highlight(?:-source)?)-([\w+#-]+)$")
_LINKS = ("http://", "https://", "mailto:")
_MANY_BLANK_LINES = re.compile(r"\n{3,}")
_MAIN_SHARE = 0.3
"""A `<main>` or `<article>` with less of the page's text than this is not what the page is about."""


def load(content: bytes, *, charset: str = "", base: str = "") -> Loaded:
    """Returns the page's main text; its encoding is what the server, the page or its bytes say."""
    if b"\0" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError("is binary, not HTML")
    soup = BeautifulSoup(content, "lxml", from_encoding=charset or None)
    facts = meta_facts(_metas(soup))
    title = soup.title.get_text(" ", strip=True) if soup.title else ""
    return Loaded(text=markdown_of(soup, base=base), facts=facts, title=title)


def markdown_of(soup: BeautifulSoup, *, base: str = "") -> str:
    """Returns the page as Markdown: headings, lists, tables and code kept, all that is unseen left out."""
    _remove_unseen(soup)
    main = _main(soup)
    _mend_links(main, base)
    try:
        text = _Converter().convert_soup(main)
    except RecursionError:
        text = main.get_text("\n\n", strip=True)
    return _MANY_BLANK_LINES.sub("\n\n", str(text)).strip() + "\n"


class _Converter(MarkdownConverter):
    def __init__(self) -> None:
        super().__init__(
            heading_style="ATX",
            bullets="-",
            escape_asterisks=False,
            escape_underscores=False,
            table_infer_header=True,
            code_language_callback=_language,
            strip=["img", "video"],
        )


def _metas(soup: BeautifulSoup) -> dict[str, str]:
    found = soup.find_all("meta", attrs={"name": True, "content": True})
    names = {"title", "kind", "owner", "audience", "reviewed", "review_every"}
    metas = {str(tag["name"]).strip().casefold(): str(tag["content"]) for tag in found}
    return {name: text for name, text in metas.items() if name in names}


def _remove_unseen(soup: BeautifulSoup) -> None:
    for text in soup.find_all(string=lambda string: isinstance(string, PreformattedString | Comment)):
        text.extract()
    hidden = soup.find_all(style=_HIDING_STYLE)
    headers = [tag for tag in soup.find_all("header") if not tag.find_parent(["main", "article"])]
    mastheads = [tag for tag in headers if not tag.find("h1")]
    for tag in (*soup.select(_UNSEEN), *hidden, *mastheads):
        tag.extract()


def _main(soup: BeautifulSoup) -> Tag:
    body = soup.body or soup
    whole = len(body.get_text(strip=True))
    for selector in ("main, [role=main]", "article"):
        found = soup.select(selector)
        if len(found) == 1 and len(found[0].get_text(strip=True)) >= whole * _MAIN_SHARE:
            return found[0]
    return body


def _mend_links(main: Tag, base: str) -> None:
    """Keeps links that lead somewhere from anywhere; of the others the words are enough."""
    for tag in main.find_all("a"):
        address = urljoin(base, str(tag.get("href") or "")) if tag.get("href") else ""
        if (
            address.startswith(_LINKS)
            and not str(tag.get("href")).startswith("#")
            and tag.get_text(strip=True)
        ):
            tag["href"] = address
        else:
            tag.unwrap()


def _language(tag: Tag) -> str:
    """Returns the language of a `<pre>`, as its class or that of the `<code>` in it says."""
    code = tag.find("code")
    classes = [*(tag.get_attribute_list("class")), *(code.get_attribute_list("class") if code else [])]
    for name in classes:
        if name and (match := _LANGUAGE.match(str(name))):
            return match[1]
    return ""
