"""What hangs below a message: files and old-style attachments."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from bot.sandbox.page.markup.blocks import blocks
from bot.sandbox.page.markup.html import EMPTY, icon, tag
from bot.sandbox.page.markup.links import anchor
from bot.sandbox.page.markup.mrkdwn import mrkdwn
from bot.sandbox.page.markup.reader import Reader
from bot.sandbox.page.markup.surface import Surface
from bot.sandbox.page.screens.viewer import reader_of
from bot.sandbox.workspace.records import File, Json, Message, User
from bot.sandbox.workspace.state import Workspace

SHOWN_IMAGES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""What a browser shows without running any of it."""

_KILO = 1024


def files(message: Message, workspace: Workspace, reader: Reader) -> Markup:
    """Returns a message's files: images shown, others by name and size."""
    return EMPTY.join(_file(workspace.files.all.get(file_id), file_id, reader) for file_id in message.files)


def _file(file: File | None, file_id: str, reader: Reader) -> Markup:
    found = reader.names.file(file_id)
    if file is None or found is None:
        return tag("div", "This file was deleted.", class_="file gone")
    address, name = found
    if file.mimetype in SHOWN_IMAGES:
        picture = tag("img", src=address, alt=file.alt_text or file.title or name, loading="lazy")
        return tag("figure", tag("figcaption", file.title or name), picture, class_="image")
    link = tag("a", file.title or name, href=address, download=name)
    return tag("div", icon("file"), link, tag("small", size(file.size)), class_="file")


def size(count: int) -> str:
    """Returns a number of bytes for people."""
    if count < _KILO:
        return f"{count} B"
    return f"{count / _KILO:.0f} KB" if count < _KILO**2 else f"{count / _KILO**2:.1f} MB"


def attachments(message: Message, workspace: Workspace, user: User) -> Markup:
    """Returns a message's attachments, each with its coloured bar."""
    reader = reader_of(workspace, user)
    values = workspace.extras.inputs.get((message.ts, user.id), {})
    surface = Surface(reader=reader, key=f"a{message.ts}", values=values)
    return EMPTY.join(_attachment(attachment, surface) for attachment in message.attachments or [])


def _attachment(attachment: Json, surface: Surface) -> Markup:
    if attachment.get("blocks"):
        return tag("div", blocks(attachment["blocks"], surface), class_="attachment")
    reader = surface.reader
    title, address = str(attachment.get("title") or ""), str(attachment.get("title_link") or "")
    parts: list[Any] = [
        mrkdwn(str(attachment["pretext"]), reader) if attachment.get("pretext") else None,
        tag("strong", anchor(address, title, plain=title) if address else title) if title else None,
        mrkdwn(str(attachment.get("text") or attachment.get("fallback") or ""), reader),
        tag("small", str(attachment["footer"])) if attachment.get("footer") else None,
    ]
    return tag("div", parts, class_="attachment rich")
