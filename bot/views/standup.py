"""The standup as Slack messages: prompt, reminder, digest, the words below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from bot.views.blocks import actions, button, counted, header, section, small
from bot.views.days import long_day, short_day
from bot.views.lines import overflow, parts
from bot.views.mrkdwn import cut, escape, link, moment
from bot.views.rendered import Block, Rendered, fitted
from knowledge.records.standup_entry import StandupQuestion
from rituals.standup.said import (
    ChannelPrompt,
    Digest,
    DigestBlocker,
    EntryWithdrawn,
    EntryWords,
    Line,
    StandupPrompt,
    StandupReminder,
)

ANSWER, SKIP, SNOOZE, MORE = "standup_answer", "standup_skip", "standup_snooze", "standup_more"
LONGEST_LINE = 280
LONGEST_WORDS = 2_400
MOST_BLOCKERS = 20
MOST_NAMES = 12


def standup_value(ritual: str, day: date) -> str:
    """Returns what the standup's buttons send back; `read_standup_value` takes it apart."""
    return f"{day.isoformat()}|{ritual}"


def read_standup_value(value: str) -> tuple[str, date]:
    """Returns the ritual and the day of a button's value."""
    day, _, ritual = value.partition("|")
    return ritual, date.fromisoformat(day)


def prompt_view(prompt: StandupPrompt) -> Rendered:
    """Renders one person's questions, or what became of them."""
    if prompt.state != "asked":
        return _settled(prompt)
    value = standup_value(prompt.ritual, prompt.day)
    title = f"Your standup for {long_day(prompt.day)}"
    body: list[Block] = [header(title)]
    body += parts(_numbered(prompt.questions))
    if prompt.planned:
        body.append(section(f"*You planned:* {_short(prompt.planned)}"))
    if prompt.blockers:
        lines = [f"• {_short(one.text)} _since {short_day(one.since)}_" for one in prompt.blockers]
        body.append(section("*Still in your way?*"))
        body += parts(lines[:MOST_BLOCKERS])
    if prompt.handover:
        body.append(section("*Handed over to you:*"))
        body += parts(f"• {_line(one)}" for one in prompt.handover)
    tail: list[Block] = [
        actions(
            button(ANSWER, "Answer", value, style="primary"),
            button(SKIP, "Skip today", value),
            button(SNOOZE, "Later", value),
            overflow(
                MORE,
                [
                    ("Remind me at…", f"remind|{value}"),
                    ("My entries", f"mine|{value}"),
                    ("Leave me out from now on", f"out|{value}"),
                ],
            ),
        ),
        small(f"Or just reply here in words. {_closes(prompt.closes_at)}".strip()),
    ]
    questions = " ".join(one.text for one in prompt.questions)
    return fitted(escape(f"{title}. {questions}"), body, tail)


def channel_prompt_view(prompt: ChannelPrompt) -> Rendered:
    """Renders the questions for a whole channel."""
    title = f"Standup, {long_day(prompt.day)}"
    tail = [
        actions(button(ANSWER, "Answer", standup_value(prompt.ritual, prompt.day), style="primary")),
        small(f"Or reply in the thread. {_closes(prompt.closes_at)}".strip()),
    ]
    return fitted(escape(title), [header(title), *parts(_numbered(prompt.questions))], tail)


def reminder_view(reminder: StandupReminder) -> Rendered:
    """Renders the one reminder."""
    value = standup_value(reminder.ritual, reminder.day)
    text = f"Your standup for {long_day(reminder.day)} is still open. {_closes(reminder.closes_at)}".strip()
    row = actions(button(ANSWER, "Answer", value, style="primary"), button(SKIP, "Skip today", value))
    return Rendered(text=text, blocks=(section(text), row))


def digest_view(digest: Digest) -> Rendered:
    """Renders the digest of a day: blockers first; one line where nothing is new."""
    title = f"Standup, {long_day(digest.day)}"
    if digest.nothing_new:
        return _nothing_new(title, digest)
    body: list[Block] = [header(title)]
    if digest.summary:
        body += parts(f"• {escape(one.text)} _({_names(one.names)})_" for one in digest.summary)
    if digest.blockers:
        body.append(section(f"*In the way ({len(digest.blockers)})*"))
        body += parts(map(_blocker, digest.blockers[:MOST_BLOCKERS]))
    if digest.resolved:
        body += parts(f":white_check_mark: ~{_short(one.text)}~ resolved" for one in digest.resolved)
    for group in digest.groups:
        lines = [f"*{escape(group.initiative) or 'Other'}*", *(f"• {_line(one)}" for one in group.lines)]
        body += parts(lines)
    if digest.handover:
        body += parts(["*Hand-over*", *(f"• {_line(one)}" for one in digest.handover)])
    return fitted(_digest_text(title, digest), body, _below(digest))


def words_view(words: EntryWords) -> Rendered:
    """Renders a person's own words, for the thread."""
    edited = " _(edited)_" if words.edited else ""
    body = [section(f"*{escape(cut(words.name, 100))}*{edited}")]
    for question, answer in words.answers:
        asked = f"_{escape(cut(question, LONGEST_LINE))}_"
        body.append(section(f"{asked}\n{cut(escape(answer), LONGEST_WORDS)}"))
    return fitted(escape(f"{words.name}: {' '.join(answer for _, answer in words.answers)}"), body)


def withdrawn_view(words: EntryWithdrawn) -> Rendered:
    """Renders that somebody took their words back."""
    text = f"_{escape(cut(words.name, 100))} has deleted this entry._"
    return Rendered(text=text, blocks=(small(text),))


def _settled(prompt: StandupPrompt) -> Rendered:
    value = standup_value(prompt.ritual, prompt.day)
    day = long_day(prompt.day)
    if prompt.state == "answered":
        text = f"Thanks, your standup for {day} is in."
        row = actions(button(ANSWER, "Change it", value), overflow(MORE, [("My entries", f"mine|{value}")]))
    elif prompt.state == "skipped":
        text = f"You skip {day}: {_short(prompt.note)}"
        row = actions(button(ANSWER, "Answer after all", value))
    else:
        text = f"I'll ask you again {moment(datetime.fromisoformat(prompt.note))}."
        row = actions(button(ANSWER, "Answer now", value, style="primary"))
    return Rendered(text=text, blocks=(section(text), row))


def _nothing_new(title: str, digest: Digest) -> Rendered:
    who = f" {_names(digest.quiet)} answered." if digest.quiet else ""
    text = f"*{escape(title)}:* nothing new.{who}"
    return fitted(text, [section(text)], [small(_away(digest))] if digest.away else [])


def _below(digest: Digest) -> list[Block]:
    quiet = f"Nothing new: {_names(digest.quiet)}" if digest.quiet else ""
    lines = [line for line in (_away(digest), quiet) if line]
    return [small("\n".join(lines))] if lines else []


def _away(digest: Digest) -> str:
    return f"Away: {escape(cut('; '.join(digest.away), 800))}" if digest.away else ""


def _blocker(one: DigestBlocker) -> str:
    days = {0: "today", 1: "since yesterday"}.get(one.age, f"{one.age} days, since {short_day(one.since)}")
    owner = f"*{escape(one.owner)}* has it" if one.owner else "*nobody has it yet*"
    climbed = "" if one.level == "responsible" else f", climbed to the {one.level}"
    where = f" {link(one.link, '↳')}" if one.link else ""
    return f":no_entry: {_short(one.text)}{where}\n      {days} · {owner}{climbed} · {escape(one.reporter)}"


def _line(one: Line) -> str:
    who = link(one.link, one.name) if one.link else escape(one.name)
    return f"{_short(one.text)} — {who}"


def _digest_text(title: str, digest: Digest) -> str:
    changed = sum(len(group.lines) for group in digest.groups)
    return escape(f"{title}: {counted(len(digest.blockers), 'blocker')}, {counted(changed, 'change')}")


def _numbered(questions: Sequence[StandupQuestion]) -> Iterator[str]:
    for number, one in enumerate(questions, start=1):
        yield f"{number}. {_short(one.text)}"


def _names(names: Sequence[str]) -> str:
    shown = ", ".join(escape(cut(name, 60)) for name in names[:MOST_NAMES])
    more = len(names) - MOST_NAMES
    return f"{shown} and {more} more" if more > 0 else shown


def _short(text: str) -> str:
    return cut(escape(" ".join(text.split())), LONGEST_LINE)


def _closes(at: datetime | None) -> str:
    return f"The window closes {moment(at)}." if at else ""
