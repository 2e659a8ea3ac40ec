"""Images, files and videos. Only what lies on this server is fetched; what lies elsewhere is linked."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from bot.sandbox.page.markup.html import icon, tag
from bot.sandbox.page.markup.links import anchor
from bot.sandbox.page.markup.reader import Reader
from bot.sandbox.page.markup.surface import Field, Surface
from bot.sandbox.page.markup.texts import line, words

Json = dict[str, Any]


def image_block(block: Json, surface: Surface) -> Markup:
    """Returns an image with its title."""
    title = words(block.get("title"))
    return tag(
        "figure",
        tag("figcaption", title) if title else None,
        picture(block, surface.reader),
        class_="image",
    )


def image_element(field: Field) -> Markup:
    """Returns a small image beside text."""
    return tag("span", picture(field.element, field.reader), class_="thumbnail")


def picture(image: Json, reader: Reader) -> Markup:
    """Returns an image of this server, or a frame that says what would be shown and where it lies."""
    alt = str(image.get("alt_text") or "")
    source = image.get("slack_file")
    file_id = str(
        (source.get("id") or _id_in(str(source.get("url", "")))) if isinstance(source, dict) else ""
    )
    found = reader.names.file(file_id) if file_id else None
    if found is not None:
        return tag("img", src=found[0], alt=alt, loading="lazy")
    address = str(image.get("image_url") or "")
    where = anchor(address, "open it") if address else "the file is gone"
    return tag(
        "span",
        icon("picture"),
        tag("span", alt or "image"),
        tag("small", where),
        class_="image-elsewhere",
        title="Images of other hosts are not fetched here" if address else None,
    )


def video_block(block: Json, surface: Surface) -> Markup:
    """Returns a video's title and where to watch it."""
    by = [str(block.get(key)) for key in ("author_name", "provider_name") if block.get(key)]
    return tag(
        "div",
        tag("span", "▶", class_="play", aria_hidden="true"),
        tag(
            "div",
            anchor(
                str(block.get("title_url") or block.get("video_url", "")), words(block.get("title"), "Video")
            ),
            tag("small", " · ".join(by)) if by else None,
            tag("p", line(block.get("description"), surface.reader)) if block.get("description") else None,
        ),
        class_="video",
        title=str(block.get("alt_text") or "") or None,
    )


def file_block(block: Json, _: Surface) -> Markup:
    """Returns a remote file by its id; its bytes lie elsewhere."""
    return tag(
        "div",
        icon("file"),
        f"Remote file {block.get('external_id', '')}",
        class_="file",
    )


def _id_in(url: str) -> str:
    """Returns the file id in one of this server's own file addresses."""
    return next((p.rpartition("-")[2] for p in url.split("/") if p.rpartition("-")[2].startswith("F")), "")
