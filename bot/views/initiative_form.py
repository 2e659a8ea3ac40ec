"""The form of an initiative, and what it says to one without objective, KPI or sponsor."""

from __future__ import annotations

from typing import get_args

from bot.views.blocks import (
    View,
    day,
    divider,
    field,
    header,
    listed,
    modal,
    number,
    option,
    searched,
    searched_many,
    section,
    small,
    written,
)
from bot.views.raci_people import name_text, person_option
from bot.views.rendered import Block
from knowledge.registers.initiatives import Health, Initiative, Kpi, Stage
from knowledge.registers.team import Team

FORM = "initiative_form"
PEOPLE_MENU = "register_person"
INITIATIVES_MENU = "register_initiatives"
DIRECTIONS = ("down", "up")
WHY_INCOMPLETE = {
    "objective": "Say in a sentence what the business gets, such as “Keep subscribers who are about to "
    "leave”. Without it nobody can tell whether the work is worth doing.",
    "kpi": "Name the one number that the business will judge it by, such as “monthly churn rate”; "
    "a model's accuracy is no KPI.",
    "target": "Say which value the KPI should reach: without a target nobody can tell success from failure.",
    "target_date": "Say by when: a target without a day can't be missed, and so can't be met.",
    "sponsor": "Name the executive who pays for it and decides when it gets difficult.",
}
HINTS = {
    "objective": "What the business gets, in a sentence: “Keep subscribers who are about to leave”.",
    "kpi": "The one number that it is judged by: “monthly churn rate”, not a model metric.",
    "sponsor": "Who pays for it and decides when it gets difficult.",
    "lead": "Who runs it; may edit it and its responsibilities.",
    "model": "What the model must reach, one a line: “recall at least 0.70”.",
    "business": "What the business must see, one a line: “fraud loss at least 15 % lower”.",
    "risks": "One a line, the biggest first.",
}
LONGEST_LIST = 2_000


def initiative_modal(one: Initiative, team: Team, *, is_new: bool, seen: str = "", notice: str = "") -> View:
    """Returns the form, filled with what there is; `seen` is the digest that it began from."""
    kpi = one.kpi or Kpi(name="", direction="down")
    blocks = [
        *([section(notice), divider()] if notice else []),
        *_name(one, is_new=is_new),
        *_purpose(one, kpi),
        *_people(one, team),
        *_standing(one),
    ]
    metadata = seen + " " + one.name if not is_new else ""
    title = "New initiative" if is_new else "Edit initiative"
    return modal(FORM, title, blocks, submit="Create" if is_new else "Save", metadata=metadata)


def created_modal(one: Initiative, *, is_new: bool, drafted: int) -> View:
    """Returns the word that it is saved, and what comes next; `drafted` are rows that roles propose."""
    verb = "created" if is_new else "saved"
    blocks: list[Block] = [section(f":white_check_mark: *{name_text(one.name)}* is {verb}.")]
    if is_new and drafted:
        blocks.append(
            section(
                f"Next: say who does what. The role descriptions propose {drafted} rows: "
                f"`/raci draft {name_text(one.name)}` shows them for you to confirm."
            )
        )
    return modal("raci_done", "Done", blocks)


def _name(one: Initiative, *, is_new: bool) -> list[Block]:
    if not is_new:
        return [header(one.name)]
    return [
        field(
            "name",
            "Name",
            written("name", one.name, most=75, placeholder="churn"),
            hint="Short: people type it.",
        )
    ]


def _purpose(one: Initiative, kpi: Kpi) -> list[Block]:
    target = str(kpi.target_date) if kpi.target_date else None
    return [
        field(
            "objective", "Objective", written("objective", one.objective, most=500), hint=HINTS["objective"]
        ),
        field("kpi", "KPI", written("kpi", kpi.name, most=150), hint=HINTS["kpi"]),
        field("unit", "Unit", written("unit", kpi.unit, most=30, placeholder="%, EUR, h …"), optional=True),
        field("direction", "Better is", listed("direction", DIRECTIONS, kpi.direction)),
        field("baseline", "Baseline", number("baseline", kpi.baseline), optional=True),
        field("target", "Target", number("target", kpi.target)),
        field("target_date", "By when", day("target_date", target)),
    ]


def _people(one: Initiative, team: Team) -> list[Block]:
    sponsor, lead = person_option(one.sponsor, team), person_option(one.lead, team)
    return [
        field("sponsor", "Sponsor", _person(sponsor), hint=HINTS["sponsor"]),
        field("lead", "Lead", _person(lead), hint=HINTS["lead"]),
    ]


def _standing(one: Initiative) -> list[Block]:
    depends = [option(name, name) for name in one.depends_on]
    risks = "\n".join(risk.what for risk in one.risks)
    lists = {
        "model": ("Acceptance: model metric", "\n".join(one.acceptance.model)),
        "business": ("Acceptance: business metric", "\n".join(one.acceptance.business)),
        "risks": ("Risks", risks),
    }
    return [
        field("stage", "Stage", listed("stage", get_args(Stage), one.stage)),
        field("health", "Health", listed("health", get_args(Health), one.health)),
        field("reason", "Why that health", written("reason", one.health_reason, most=300), optional=True),
        *(
            field(
                name,
                label,
                written(name, value, multiline=True, most=LONGEST_LIST),
                hint=HINTS[name],
                optional=True,
            )
            for name, (label, value) in lists.items()
        ),
        field("depends", "Depends on", searched_many(INITIATIVES_MENU, depends), optional=True),
        field(
            "channel",
            "Channel to ask in",
            written("channel", one.channel, placeholder="#churn"),
            optional=True,
        ),
        small(
            "Benefits map, sourcing and datasets are edited in team.yaml: `muster export`, `muster apply`."
        ),
    ]


def _person(chosen: dict[str, object] | None) -> dict[str, object]:
    return searched(PEOPLE_MENU, chosen, placeholder="Type a name")
