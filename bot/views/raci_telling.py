"""What people are told because the register changed, or because somebody writes to them about it."""

from __future__ import annotations

from bot.views.blocks import View, field, modal, section, small, written
from bot.views.mrkdwn import cut, escape
from bot.views.raci_people import holders_text, name_text
from bot.views.rendered import Rendered
from knowledge.registers.responsibilities import Responsibility
from knowledge.registers.team import Team

LETTER = "raci_letter"
WORDS = "words"
LONGEST_LETTER = 2_000


def named_view(row: Responsibility, *, by: str, why: str, team: Team) -> Rendered:
    """Renders for somebody that they are accountable for a row from now on; `by` is mrkdwn."""
    about = escape(cut(row.about.within, 300))
    said = f"{by} made you accountable: *{name_text(row.activity)}* {about}"
    reason = f"\n&gt; {escape(cut(' '.join(why.split()), 500))}" if why else ""
    names = f"Responsible: {cut(holders_text(row.responsible, team), 500)} · `/raci history` tells more."
    return Rendered(text=said, blocks=(section(said + reason), small(names)))


def letter_modal(to: str, name: str, key: str, metadata: str) -> View:
    """Returns the form of a message about a row, to one person; `to` is mrkdwn."""
    words = written(WORDS, multiline=True, most=LONGEST_LETTER, placeholder="What would you like to know?")
    blocks = [
        section(f"To {to}, about *{escape(cut(key, 300))}*"),
        field(WORDS, "Message", words, hint="It arrives as a direct message from Muster, with your name."),
    ]
    return modal(LETTER, f"Message {name}", blocks, submit="Send", metadata=metadata)


def letter_view(words: str, *, by: str, key: str) -> Rendered:
    """Renders a message about a row from a person (mrkdwn) to another."""
    head = f"{by} writes about *{escape(cut(key, 300))}*"
    quoted = "\n".join(f"&gt; {line}" for line in escape(words).splitlines())
    hint = small(f"To answer, write to {by}.")
    return Rendered(
        text=f"{by} writes: {cut(escape(words), 500)}", blocks=(section(f"{head}\n{quoted}"), hint)
    )
