"""The portfolio at a glance, and one initiative in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.views.blocks import actions, button, counted, section, sections, small
from bot.views.mrkdwn import cut, escape
from bot.views.raci_people import name_text
from bot.views.rendered import Block, Rendered, fitted
from knowledge.registers.answers.sentences import figures
from knowledge.registers.initiatives import Health, Initiative, Risk
from knowledge.registers.team import Team

SHOW = "initiative_show"
EDIT = "initiative_edit"
CREATE = "initiative_create"
MATRIX = "initiative_matrix"
MARKS: dict[Health, str] = {
    "off track": ":red_circle:",
    "at risk": ":large_yellow_circle:",
    "not started": ":white_circle:",
    "paused": ":hourglass:",
    "on track": ":large_green_circle:",
    "complete": ":white_check_mark:",
}
"""Worst first."""
HELP = """\
• `/initiative list`: the portfolio at a glance, worst health first
• `/initiative show churn`: everything about one
• `/initiative create` and `/initiative edit churn`: with an objective, one KPI and a sponsor"""


def initiative_help_view() -> Rendered:
    """Renders what `/initiative` does."""
    return Rendered(text="What /initiative does", blocks=(section(HELP),))


def portfolio_view(initiatives: Sequence[Initiative], team: Team) -> Rendered:
    """Renders every initiative: health, KPI, lead and sponsor, biggest risk, what it waits for."""
    create = actions(button(CREATE, "New initiative"))
    if not initiatives:
        said = "There are no initiatives yet. Each needs an objective, one KPI and a sponsor."
        return Rendered(text=said, blocks=(section(said), create))
    said = f"{counted(len(initiatives), 'initiative')}: {health_counts(initiatives)}"
    body = [initiative_block(one, team) for one in worst_first(initiatives)]
    return fitted(said, [section(f"*{said}*"), *body], [create])


def worst_first(initiatives: Sequence[Initiative]) -> list[Initiative]:
    """Returns initiatives in the order of their need."""
    order = list(MARKS)
    return sorted(initiatives, key=lambda one: (order.index(one.health), not one.incomplete, one.name))


def health_counts(initiatives: Sequence[Initiative]) -> str:
    """Returns "1 at risk, 2 on track"."""
    counts = {health: sum(one.health == health for one in initiatives) for health in MARKS}
    return ", ".join(f"{number:,} {health}" for health, number in counts.items() if number)


def initiative_block(one: Initiative, team: Team) -> Block:
    """Returns an initiative in a few lines, with a button to see it all."""
    lines = [
        f"{MARKS[one.health]} *{name_text(one.name)}* · {one.stage} · *{one.health}*{_reason(one)}",
        kpi_text(one),
        f"Lead {_who(one.lead, team)} · sponsor {_who(one.sponsor, team)}",
        *_incomplete(one),
        *_risk(one),
        *_waits(one),
    ]
    return section("\n".join(lines), button(SHOW, "Show", one.name))


def initiative_view(one: Initiative, team: Team) -> Rendered:
    """Renders everything that the registers know of an initiative."""
    head = f"{MARKS[one.health]} *{name_text(one.name)}* · {one.stage} · *{one.health}*{_reason(one)}"
    body: list[Block] = [section(head), *(small(line) for line in _incomplete(one))]
    body += sections(f"*{label}*  {cut(words, 800)}" for label, words in _fields(one, team) if words)
    tail = actions(button(EDIT, "Edit", one.name), button(MATRIX, "Who does what", one.name))
    return fitted(f"{name_text(one.name)}: {one.health}", body, [tail])


def _fields(one: Initiative, team: Team) -> Iterator[tuple[str, str]]:
    """Yields every field with its label, in mrkdwn; empty ones too."""
    yield "Objective", escape(one.objective)
    yield "KPI", kpi_text(one)
    yield "Sponsor", _who(one.sponsor, team)
    yield "Lead", _who(one.lead, team)
    yield "Accepted by model metric", escape("; ".join(one.acceptance.model))
    yield "Accepted by business metric", escape("; ".join(one.acceptance.business))
    yield "Guardrails", escape("; ".join(one.acceptance.guardrails))
    yield "Risks", escape("; ".join(_watched(risk, team) for risk in one.risks))
    yield "Depends on", escape(", ".join((*one.depends_on, *one.needs)))
    for name in ("inputs", "activities", "outputs", "outcomes"):
        yield f"Benefits: {name}", escape("; ".join(getattr(one.benefits, name)))
    yield "Team structure", one.structure or ""
    if one.sourcing is not None:
        parts = (one.sourcing.kind, one.sourcing.partner, one.sourcing.overlap)
        yield "Sourcing", escape(", ".join(part for part in parts if part))
    yield "Datasets", escape(", ".join(one.datasets))
    yield "Ask in", escape(one.channel)


def _watched(risk: Risk, team: Team) -> str:
    return f"{risk.what} ({team.name_of(risk.owner)} watches it)" if risk.owner else risk.what


def kpi_text(one: Initiative) -> str:
    """Returns "monthly churn rate: 2.4 % → 2.0 % by 31 Mar 2027"."""
    if one.kpi is None:
        return "no KPI"
    start, end = figures([one.kpi.baseline, one.kpi.target], one.kpi.unit)
    by = f" by {one.kpi.target_date.day} {one.kpi.target_date:%b %Y}" if one.kpi.target_date else ""
    way = f"{start or '?'} → {end}" if end else "no target"
    return f"{name_text(one.kpi.name)}: {escape(cut(way, 80))}{by}"


def _incomplete(one: Initiative) -> Iterator[str]:
    if one.incomplete:
        yield f":warning: incomplete: it has {', '.join(one.incomplete)}"


def _risk(one: Initiative) -> Iterator[str]:
    if one.risks:
        more = f" (and {len(one.risks) - 1} more)" if len(one.risks) > 1 else ""
        yield f"Risk: {escape(cut(one.risks[0].what, 200))}{more}"


def _waits(one: Initiative) -> Iterator[str]:
    others = [*one.depends_on, *one.needs]
    if others:
        yield f"Depends on {escape(cut(', '.join(others), 200))}"


def _reason(one: Initiative) -> str:
    return f": {escape(cut(one.health_reason, 200))}" if one.health_reason else ""


def _who(person: str, team: Team) -> str:
    return name_text(team.name_of(person)) if person else "nobody"
