"""When somebody is away and who stands in: the form, and the lines on the Home tab."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.views.blocks import View, actions, button, day, field, modal, searched, section, small
from bot.views.mrkdwn import escape
from bot.views.raci_people import name_text, person_option
from bot.views.rendered import Block
from knowledge.registers.people import Absence, Person
from knowledge.registers.team import Team

FORM = "absence_form"
ADD = "absence_add"
REMOVE = "absence_remove"
PEOPLE_MENU = "register_person"
START, END, DEPUTY = "start", "end", "deputy"
MOST_SHOWN = 5


def absence_modal(today: date, team: Team, *, deputy: str = "") -> View:
    """Returns the form of an absence; `deputy` is who stood in last time."""
    menu = searched(PEOPLE_MENU, person_option(deputy, team), placeholder="Type a name")
    blocks = [
        field(START, "First day away", day(START, today)),
        field(END, "Last day away", day(END, None)),
        field(
            DEPUTY,
            "Who stands in?",
            menu,
            hint="Named to everybody who asks for you, and may confirm and decide in your place.",
            optional=True,
        ),
    ]
    return modal(FORM, "When are you away?", blocks, submit="Save")


def absence_blocks(person: Person | None, team: Team, today: date) -> list[Block]:
    """Returns the absences that are not over, each with a button to take it back."""
    coming = upcoming(person, today)
    blocks = [
        section(_line(one, team, today), button(REMOVE, "Remove", f"{one.start} {one.end}"))
        for one in coming[:MOST_SHOWN]
    ]
    if not coming:
        blocks.append(small("No absence is planned."))
    return [*blocks, actions(button(ADD, "I am away …"))]


def upcoming(person: Person | None, today: date) -> Sequence[Absence]:
    """Returns the absences of a person that are not over, soonest first."""
    absences = person.absences if person else ()
    return sorted((one for one in absences if one.end >= today), key=lambda one: one.start)


def _line(one: Absence, team: Team, today: date) -> str:
    mark = ":palm_tree: *now*" if one.start <= today else ":calendar:"
    deputy = (
        f"{name_text(team.name_of(one.deputy))} stands in" if one.deputy else ":warning: nobody stands in"
    )
    return f"{mark} {escape(_days(one))} · {deputy}"


def _days(one: Absence) -> str:
    if one.start == one.end:
        return f"{one.start.day} {one.start:%b %Y}"
    year = "" if one.start.year == one.end.year else f" {one.start.year}"
    return f"{one.start.day} {one.start:%b}{year} – {one.end.day} {one.end:%b %Y}"
