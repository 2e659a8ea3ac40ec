"""What keeps the register right: gaps, confirmations, history, help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from bot.register_plan import short
from bot.views.blocks import LONGEST_SECTION, actions, button, counted, section, sections, small
from bot.views.mrkdwn import cut, escape, moment
from bot.views.raci_owners import EDIT
from bot.views.raci_people import holders_text, name_text, person_text
from bot.views.rendered import Block, Rendered, fitted
from knowledge.registers.changes import Change
from knowledge.registers.owning.owners import confirmed
from knowledge.registers.responsibilities import Holder, Responsibility, Subject
from knowledge.registers.rules import Violation
from knowledge.registers.team import Team

CONFIRM = "raci_confirm"
CONFIRM_ALL = "raci_confirm_all"
MARKS = {"error": ":red_circle:", "gap": ":large_orange_circle:", "advice": ":large_blue_circle:"}
MEANINGS = {"error": "broken", "gap": "open", "advice": "worth a look"}
WITH_BUTTON = 10
MOST_GAPS = 60
MOST_ROWS = 12
LONGEST_KEY = 300
SHOWN_FIELDS = 6
INITIATIVE_EDIT = "initiative_edit"
HELP = """\
*Who owns what*
• `/raci who-owns data quality on churn`: free words, typing errors are fine
• `/raci list [subject]` and `/raci matrix [subject]`: the rows, and the matrix of people
• `/raci set [row]` and `/raci remove row`: change it; where you may not, it becomes a proposal
• `/raci confirm`: the rows that carry your name and were not confirmed for a quarter
• `/raci gaps [subject]`: what is missing or out of date, worst first
• `/raci history [row]`: who changed what, and why
• `/raci draft subject`: rows that the role descriptions propose, for you to confirm
• `/raci import` and `/raci export [subject]`: CSV, CODEOWNERS, catalog-info.yaml

A subject is an initiative, `model churn`, `dataset billing_events` or `team`. \
Leads of an initiative and admins edit; everybody may propose."""


def raci_help_view() -> Rendered:
    """Renders what `/raci` does."""
    return Rendered(text="What /raci does", blocks=(section(HELP),))


def gaps_view(found: Sequence[Violation], *, subject: Subject | None) -> Rendered:
    """Renders the rules that are broken, worst first; the first ones with a button to mend them."""
    about = escape(cut(subject.within, 200)) if subject else ""
    if not found:
        said = f":white_check_mark: No gaps{f' {about}' if about else ''}: every row keeps the rules."
        return Rendered(text=said, blocks=(section(said),))
    counts = Counter(violation.severity for violation in found)
    told = ", ".join(f"{counts[one]:,} {MEANINGS[one]}" for one in ("error", "gap", "advice") if counts[one])
    said = f"{counted(len(found), 'gap')}{f' {about}' if about else ''}: {told}"
    body = [_gap(violation) for violation in found[:WITH_BUTTON]]
    body += sections(_gap_line(violation) for violation in found[WITH_BUTTON:MOST_GAPS])
    if len(found) > MOST_GAPS:
        body.append(small(f"and {len(found) - MOST_GAPS:,} more: `/raci gaps` with a subject shows its own."))
    return fitted(said, [section(f"*{said}*"), *body])


def confirm_view(rows: Sequence[Responsibility], team: Team, today: date, *, notice: str = "") -> Rendered:
    """Renders what waits for somebody's "still right"."""
    if not rows:
        said = (
            notice or ":white_check_mark: Nothing waits for you: all your rows were confirmed this quarter."
        )
        return Rendered(text=said, blocks=(section(said),))
    said = f"{counted(len(rows), 'row')} with your name: still right?"
    head = [section(notice)] if notice else []
    return fitted(said, [*head, section(f"*{said}*"), *confirm_blocks(rows, team, today)])


def confirm_blocks(
    rows: Sequence[Responsibility], team: Team, today: date, *, most: int = MOST_ROWS
) -> list[Block]:
    """Returns a line and a button a row, and a button for all."""
    blocks: list[Block] = []
    for row in rows[:most]:
        head = f"*{escape(cut(row.key, LONGEST_KEY))}* · {confirmed(row, today)}"
        said = f"{head}\nR  {holders_text(row.responsible, team)}"
        blocks.append(section(cut(said, LONGEST_SECTION), button(CONFIRM, "Still right", row.key)))
    if len(rows) > most:
        blocks.append(small(f"and {counted(len(rows) - most, 'more row')}"))
    if len(rows) > 1:
        blocks.append(actions(button(CONFIRM_ALL, f"All {len(rows)} are right", style="primary")))
    return blocks


def history_view(changes: Sequence[Change], team: Team, *, key: str = "") -> Rendered:
    """Renders changes, newest first: when, who, what, from what to what, why."""
    about = f" of {escape(cut(key, LONGEST_KEY))}" if key else ""
    if not changes:
        said = f"There is no history{about} yet."
        return Rendered(text=said, blocks=(section(said),))
    said = f"History{about}"
    return fitted(said, [section(f"*{said}*"), *(section(_change(one, team)) for one in changes)])


def _gap(violation: Violation) -> Block:
    mend = {"responsibility": EDIT, "initiative": INITIATIVE_EDIT}.get(violation.kind)
    return section(
        _gap_line(violation), button(mend, "Mend", violation.key) if mend and violation.key else None
    )


def _gap_line(violation: Violation) -> str:
    words = violation.words.replace("`muster raci", "`/raci")
    return f"{MARKS[violation.severity]} {escape(cut(words, 500))}"


def _change(change: Change, team: Team) -> str:
    verb = "changed" if change.before and change.after else "added" if change.after else "removed"
    why = f"\n&gt; {escape(cut(' '.join(change.why.split()), 400))}" if change.why else ""
    what = f"{change.kind} *{escape(cut(change.key, LONGEST_KEY))}*"
    fields = _fields(change, team) if verb == "changed" else []
    lines = [f"{moment(change.at)} · {_who(change.who, team)} {verb} {what}", *fields]
    return "\n".join(lines) + why


def _who(who: str, team: Team) -> str:
    return person_text(who, team) if team.person(who) else name_text(who)


def _fields(change: Change, team: Team) -> list[str]:
    shown = list(change.fields.items())[:SHOWN_FIELDS]
    return [
        f"• {escape(name.replace('_', ' '))}: {_value(before, team)} → {_value(after, team)}"
        for name, (before, after) in shown
    ]


def _value(value: object, team: Team) -> str:
    if isinstance(value, list) and value and all(isinstance(one, dict) and "kind" in one for one in value):
        return holders_text([Holder(kind=one["kind"], name=one["name"]) for one in value], team)
    if isinstance(value, str) and value in team.people:
        return name_text(team.people[value].name)
    return escape(short(value))
