"""What is said and to whom: values without a word of Slack's.

A ritual says `Message(key, to, content)`; how it looks and how it gets there is not its business.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Channel:
    """A channel, by name (`#ml-platform`) or by id."""

    name: str


@dataclass(frozen=True, kw_only=True)
class Person:
    """A person in private, by name (`@ana`) or by id."""

    name: str


@dataclass(frozen=True, kw_only=True)
class Thread:
    """The thread under a message: a channel's id and the message's ts."""

    channel: str
    ts: str


@dataclass(frozen=True, kw_only=True)
class Under:
    """The thread under what was said before with `key`."""

    key: str


@dataclass(frozen=True, kw_only=True)
class Whisper:
    """A channel where only `person` sees it; in a thread where `thread` is not empty.

    It leaves no trace that could be looked up, so it is said at most once.
    """

    channel: str
    person: str
    thread: str = ""


Address = Channel | Person | Thread | Under | Whisper


@dataclass(frozen=True, kw_only=True)
class Message:
    """One thing to say.

    `key` names the thing, not the wording: the same key with other content edits what was said
    before; the same key and content says nothing. It is readable by everyone in the workspace, so
    nothing private belongs in it. `content` is a frozen value that a view renders.
    """

    key: str
    to: Address
    content: object
