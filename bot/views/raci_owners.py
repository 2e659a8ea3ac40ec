"""Who owns what: the card that answers `/raci who-owns`."""

from __future__ import annotations

from bot.views.blocks import actions, button, divider, section, small
from bot.views.mrkdwn import cut, escape
from bot.views.raci_people import name_text, standing_text
from bot.views.rendered import Block, Rendered, fitted
from knowledge.registers.owning.owners import Owned, Owners, Standing
from knowledge.registers.team import Team

WRITE = "raci_write"
EDIT = "raci_edit"
HISTORY = "raci_history"
MOST_CARDS = 8
MOST_UNOWNED = 12
LONGEST_KEY = 300
SOURCES = {"initiative": "from the register of initiatives", "model": "from the register of models"}


def owners_view(owners: Owners, team: Team, *, reader: str) -> Rendered:
    """Renders the rows that answer, A first; or the nearest. `reader` is a Slack id."""
    body: list[Block] = []
    for found in (owners.rows or owners.nearest)[:MOST_CARDS]:
        body += [*owned_blocks(found, team, reader=reader), divider()]
    words = escape(cut(owners.words, 150))
    if owners.found:
        return fitted(_said(owners.rows[0], team), body[:-1])
    said = f"No row of the register says who owns “{words}”."
    nearest = " The nearest:" if owners.nearest else " Try other words, or `/raci list`."
    return fitted(said, [section(said + nearest), *body[:-1], *_unowned(owners)])


def owned_blocks(found: Owned, team: Team, *, reader: str) -> list[Block]:
    """Returns a row: who is accountable and responsible today, how fresh that is, and whom to write to."""
    row = found.row
    lines = [f"*{name_text(row.activity)}* {escape(cut(row.about.within, LONGEST_KEY))}"]
    lines += [f"*A*  {standing_text(one, team)}" for one in found.accountable] or ["*A*  nobody"]
    lines += [f"*R*  {standing_text(one, team)}" for one in found.responsible]
    blocks = [section("\n".join(lines)), small(_facts(found))]
    pressed = [*_write_buttons(found, team, reader), *_row_buttons(found)]
    return [*blocks, actions(*pressed)] if pressed else blocks


def _facts(found: Owned) -> str:
    others = [f"{one.letter}: {name_text(one.name)}" for one in found.standings if one.letter in {"C", "I"}]
    asked = f"ask in {escape(cut(found.channel, 80))}" if found.channel else ""
    source = SOURCES.get(found.source, "")
    return " · ".join(part for part in (found.confirmed, asked, source, *others[:10]) if part) or "–"


def _write_buttons(found: Owned, team: Team, reader: str) -> list[dict[str, object]]:
    for standing in found.accountable:
        for person_id in _answering(standing):
            person = team.people.get(person_id)
            if person is not None and person.slack_user and person.slack_user != reader:
                value = f"{person.slack_user} {found.row.key}"
                return [button(WRITE, f"Message {person.name}", value)]
    return []


def _answering(standing: Standing) -> tuple[str, ...]:
    """Returns who can be written to today: the deputy before somebody who is away."""
    return (standing.deputy, *standing.people) if standing.deputy else standing.people


def _row_buttons(found: Owned) -> list[dict[str, object]]:
    if found.source != "responsibility":
        return []
    return [button(EDIT, "Change", found.row.key), button(HISTORY, "History", found.row.key)]


def _unowned(owners: Owners) -> list[Block]:
    if not owners.unowned:
        return []
    names = ", ".join(name_text(activity) for activity in owners.unowned[:MOST_UNOWNED])
    more = f" and {len(owners.unowned) - MOST_UNOWNED} more" if len(owners.unowned) > MOST_UNOWNED else ""
    return [small(f"Without an owner on {escape(cut(owners.subject, LONGEST_KEY))}: {names}{more}.")]


def _said(found: Owned, team: Team) -> str:
    names = " and ".join(standing_text(one, team) for one in found.accountable) or "nobody"
    return f"{escape(cut(found.row.key, LONGEST_KEY))}: {names}"
