"""A register for scenarios: three people of the local Slack, an initiative, a model, three rows."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.sandbox.person import Person
from bot.sandbox.seen import Seen
from knowledge.registers.initiatives import Initiative, Kpi
from knowledge.registers.models import Model
from knowledge.registers.people import Person as Member
from knowledge.registers.permissions import Editor
from knowledge.registers.responsibilities import Holder, Responsibility
from knowledge.registers.roles import Role
from knowledge.registers.team import Entry
from tests.stage import wait_for

ROOT = Editor(who="test", via="cli", admin=True)
ANA, BEN, CHI = (Holder(kind="person", name=name) for name in ("ana-kovac", "ben-okafor", "chi-nguyen"))
KPI = Kpi(name="churn rate", unit="%", direction="down", target=2.0, target_date=date(2027, 3, 31))
CHURN = Initiative(
    name="churn",
    objective="Keep subscribers",
    kpi=KPI,
    sponsor="ana-kovac",
    lead="ben-okafor",
    channel="#churn",
)


def row(activity: str, accountable: Holder, *responsible: Holder, **more: Any) -> Responsibility:
    values: dict[str, Any] = {"subject_kind": "initiative", "subject": "churn", "activity": activity}
    holders = {"accountable": (accountable,), "responsible": responsible or (accountable,)}
    return Responsibility(**(values | holders | more))


TEAM: tuple[Entry, ...] = (
    Member(id="ana-kovac", name="Ana Kovač"),
    Member(id="ben-okafor", name="Ben Okafor"),
    Member(id="chi-nguyen", name="Chi Nguyen"),
    Role(name="ML engineer"),
    CHURN,
    Model(name="scorer", initiative="churn", owner="chi-nguyen"),
    row("approve release", CHI, BEN),
    row("own data quality", CHI, confirmed_by="chi-nguyen", confirmed_on=date(2026, 11, 1)),
    row("monitor drift", BEN, CHI),
)


def told(person: Person, words: str) -> Seen:
    """Waits for something that only this person sees."""
    found: list[Seen] = wait_for(lambda: [m for m in person.ephemerals() if words in m.words])
    return found[-1]


def choose(person: Person, action: str, typed: str) -> dict[str, Any]:
    """Types into a menu of the open modal and takes the first choice."""
    options = person.suggestions("modal", action, typed)["options"]["options"]
    assert options, f"nothing is offered for {typed!r}"
    first: dict[str, Any] = options[0]
    return first
