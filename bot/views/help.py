"""What Muster can do, and what it knows: the answers to `/muster help` and `/muster sources`."""

from __future__ import annotations

from collections.abc import Sequence

from bot.views.mrkdwn import cut, escape, link
from bot.views.rendered import Block, Rendered, fitted
from knowledge.documents.audiences import Known

MOST_LISTED = 40
LONGEST_TITLE = 150
HELP = """\
*Ask me* by mentioning me in a channel, in a direct message, or with `/muster ask`. I answer from your \
team's documents, with my sources. In a thread where I have answered, go on without a mention.

• `/muster ask who signs off a release?` answers for your eyes only
• `/muster sources` lists the documents that you may read; `/muster sources drift` those about drift
• `/raci who-owns data quality` says who is accountable; `/raci help` tells the rest
• `/initiative` shows the portfolio; `/initiative help` tells the rest
• `/muster help` is this
• In a message's menu, *Ask Muster about this* asks what the message asks"""

PLURALS = {
    "playbook": "Playbooks",
    "role": "Roles",
    "model_card": "Model cards",
    "record": "Records",
    "document": "Documents",
}


def help_view() -> Rendered:
    """Renders what Muster can do."""
    return Rendered(text="What I can do", blocks=(_section(HELP),))


def documents_view(known: Sequence[Known], *, words: str = "") -> Rendered:
    """Renders the documents that somebody may read, by kind; `words` says what they were sought by."""
    about = f" about “{escape(cut(words, 80))}”" if words else ""
    if not known:
        return Rendered(text=f"I know no document{about} that you may read.")
    head = f"{_count(len(known))}{about} that you may read:"
    return fitted(head, [_section(f"*{head}*"), *known_blocks(known)])


def known_blocks(known: Sequence[Known]) -> list[Block]:
    """Returns documents by kind, a section each."""
    blocks = []
    for kind, plural in PLURALS.items():
        mine = [each for each in known if each.kind == kind]
        if not mine:
            continue
        lines = [f"• {_line(each)}" for each in mine[:MOST_LISTED]]
        if len(mine) > MOST_LISTED:
            lines.append(f"• and {len(mine) - MOST_LISTED} more")
        blocks += _sections(f"*{plural}*", lines)
    return blocks


def _line(each: Known) -> str:
    title = cut(each.title, LONGEST_TITLE)
    shown = link(each.link, title) if each.link else escape(title)
    return f"{shown} · {escape(cut(each.owner, 60))}" if each.owner else shown


def _sections(head: str, lines: list[str]) -> list[Block]:
    """Returns lines in as many sections as their length needs."""
    blocks, text = [], head
    for line in lines:
        if len(text) + len(line) >= LONGEST_SECTION:
            blocks.append(_section(text))
            text = line
        else:
            text += f"\n{line}"
    return [*blocks, _section(text)]


LONGEST_SECTION = 2_900


def _count(number: int) -> str:
    return "1 document" if number == 1 else f"{number} documents"


def _section(text: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}
