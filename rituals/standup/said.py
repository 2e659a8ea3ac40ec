"""What a standup says: the values that views render."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from knowledge.records.blocker import Level
from knowledge.records.standup_entry import StandupQuestion

PromptState = Literal["asked", "answered", "skipped", "snoozed"]


@dataclass(frozen=True, kw_only=True)
class OpenBlocker:
    """A blocker that somebody reported before and may tick off."""

    id: str
    text: str
    since: date


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing that somebody said; `link` leads to their own words, empty where these don't stand yet."""

    name: str
    text: str
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class StandupPrompt:
    """The questions for one person, in private; edited when they have answered or skipped.

    `handover` is what the other side of the day left for them. `note` is a sentence about what became
    of it, such as the reason for skipping.
    """

    ritual: str
    day: date
    person: str
    questions: tuple[StandupQuestion, ...]
    closes_at: datetime | None
    state: PromptState = "asked"
    note: str = ""
    planned: str = ""
    blockers: tuple[OpenBlocker, ...] = ()
    handover: tuple[Line, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ChannelPrompt:
    """The questions for everybody in the channel, with one button; it becomes the digest."""

    ritual: str
    day: date
    questions: tuple[StandupQuestion, ...]
    closes_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class StandupReminder:
    """One private word to somebody who has not answered yet."""

    ritual: str
    day: date
    person: str
    closes_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class DigestBlocker:
    """A blocker as the digest shows it; `age` counts days since `since`."""

    id: str
    text: str
    initiative: str
    reporter: str
    owner: str
    since: date
    age: int
    level: Level
    route: str = ""
    link: str = ""
    resolved: bool = False


@dataclass(frozen=True, kw_only=True)
class DigestGroup:
    """What changed on one initiative; an empty name is for what belongs to none."""

    initiative: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class SummaryLine:
    """A sentence of a model, and the names of those whose words it rests on."""

    text: str
    names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Digest:
    """What the channel reads at the close. It never says who has not answered.

    `quiet` are the names of those who said that nothing is new; `away` reads "Jonas until 3 Jan, Chloe
    stands in". `open_blockers` of long ago are among `blockers` too.
    """

    ritual: str
    day: date
    blockers: tuple[DigestBlocker, ...] = ()
    resolved: tuple[DigestBlocker, ...] = ()
    groups: tuple[DigestGroup, ...] = ()
    handover: tuple[Line, ...] = ()
    away: tuple[str, ...] = ()
    quiet: tuple[str, ...] = ()
    summary: tuple[SummaryLine, ...] = ()

    @property
    def nothing_new(self) -> bool:
        """Tells whether everybody who answered said that nothing is new, and nothing is in the way."""
        return not (self.blockers or self.resolved or self.groups or self.handover)


@dataclass(frozen=True, kw_only=True)
class EntryWords:
    """A person's own words, for the thread under the digest: pairs of question and answer."""

    ritual: str
    day: date
    name: str
    answers: tuple[tuple[str, str], ...]
    edited: bool = False


@dataclass(frozen=True, kw_only=True)
class EntryWithdrawn:
    """In the place of words that their author has deleted."""

    name: str


@dataclass(frozen=True, kw_only=True)
class BlockerCard:
    """A blocker for somebody who can do something about it; edited as it changes.

    `why` says in words how it came to them: the row of the register, and the level.
    """

    id: str
    text: str
    initiative: str
    reporter: str
    owner: str
    since: date
    level: Level
    why: str
    resolved_by: str = ""
    corrected_to: str = ""


@dataclass(frozen=True, kw_only=True)
class BlockerQuiet:
    """A private question to the owner of a blocker that nothing was heard of for a while."""

    id: str
    text: str
    reporter: str
    since: date
    last_news: date


def digest_key(ritual: str, day: date) -> str:
    """Returns the key of a day's digest, which in channel mode is the prompt's too."""
    return f"standup:{ritual}:{day}"


def prompt_key(ritual: str, day: date, person: str) -> str:
    """Returns the key of a person's prompt."""
    return f"standup:{ritual}:{day}:ask:{person}"


def words_key(ritual: str, day: date, person: str) -> str:
    """Returns the key of a person's own words in the thread."""
    return f"standup:{ritual}:{day}:words:{person}"


def card_key(blocker: str, person: str) -> str:
    """Returns the key of a blocker's card for somebody."""
    return f"blocker:{blocker}:{person}"
