"""The Home tab of somebody in the register, absences with a deputy, and the portfolio."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.sandbox.person import Person
from bot.sandbox.server import SandboxServer
from knowledge.registers.team import Team
from tests.register_stage import choose, told
from tests.stage import wait_for

NEW = {
    "name": "fraud",
    "objective": "Stop subscription fraud",
    "kpi": "fraud loss a month",
    "target": "180000",
    "target_date": "2027-06-30",
}


def home(person: Person, words: str) -> str:
    """Waits until somebody's Home tab says something; returns all of it."""
    return str(wait_for(lambda: words in (blocks := str((person.home() or {}).get("blocks"))) and blocks))


@pytest.mark.usefixtures("register")
def test_the_home_tab_shows_what_is_mine_and_what_waits(chi: Person, ben: Person) -> None:
    chi.open_home()
    shown = home(chi, "You are accountable for")
    assert "approve release, own data quality" in shown
    assert "You are responsible for" in shown
    assert "1 row with your name: still right?" in shown
    ben.open_home()
    assert "Your initiatives" in home(ben, "churn rate")


def test_a_confirmation_on_the_home_tab_is_gone_from_it(register: Callable[[], Team], chi: Person) -> None:
    chi.open_home()
    home(chi, "still right?")
    chi.press("home", "raci_confirm")
    wait_for(lambda: register().responsibilities["churn / approve release"].confirmed_on)
    wait_for(lambda: "still right?" not in str(chi.home()))


@pytest.mark.usefixtures("register")
def test_a_proposal_is_accepted_on_the_home_tab(chi: Person, ben: Person) -> None:
    chi.command("/raci set monitor drift on churn")
    chi.gets_view("Propose a change")
    chi.submit(raci_column_accountable=choose(chi, "raci_column_accountable", "ana"))
    ben.open_home()
    assert "Waiting for you" in home(ben, "proposes to change")
    ben.press("home", "raci_accept")
    chi.sees("@muster", "accepted what")
    wait_for(lambda: "proposes to change" not in str(ben.home()))


def test_an_absence_with_a_deputy_is_set_shown_and_taken_back(
    register: Callable[[], Team], slack: SandboxServer, chi: Person, ana: Person, ben: Person
) -> None:
    chi.open_home()
    home(chi, "No absence is planned")
    chi.press("home", "absence_add")
    chi.gets_view("When are you away?")
    today = slack.clock.now().date()
    end = today + timedelta(days=10)
    assert chi.submit(start=str(today), end=str(today - timedelta(days=1)))["outcome"] == "errors"
    deputy = choose(chi, "register_person", "ben")
    assert chi.submit(start=str(today), end=str(end), deputy=deputy)["outcome"] == "closed"
    assert "Ben Okafor stands in" in home(chi, "stands in")
    ana.command("/raci who-owns data quality on churn")
    card = told(ana, "away until")
    assert f"<@{ben.id}> stands in" in card.words
    assert "Message Ben Okafor" in card.words
    chi.press("home", "absence_remove")
    wait_for(lambda: not register().people["chi-nguyen"].absences)
    assert "No absence is planned" in home(chi, "No absence is planned")


def test_an_initiative_is_created_with_objective_kpi_and_sponsor(
    register: Callable[[], Team], ana: Person, chi: Person
) -> None:
    ana.command("/initiative create")
    ana.gets_view("New initiative")
    sponsor = choose(ana, "register_person", "ben")
    people = {"sponsor": sponsor, "lead": sponsor}
    assert ana.submit(**NEW, lead=sponsor)["outcome"] == "invalid"
    refused = ana.submit(**(NEW | {"objective": "  "}), **people)
    assert "what the business gets" in refused["errors"]["objective"]
    assert "fraud" not in register().initiatives
    assert ana.submit(**NEW, **people)["outcome"] == "updated"
    made = register().initiatives["fraud"]
    assert (made.sponsor, made.incomplete) == ("ben-okafor", ())
    chi.command("/initiative")
    assert "fraud loss a month" in told(chi, "2 initiatives").words


def test_only_the_lead_and_admins_edit_an_initiative(
    register: Callable[[], Team], ben: Person, chi: Person
) -> None:
    chi.command("/initiative edit churn")
    assert "Only Ben Okafor" in told(chi, "may change churn").words
    ben.command("/initiative edit churn")
    ben.gets_view("Edit initiative")
    assert ben.submit(health="at risk", reason="the load is late")["outcome"] == "updated"
    assert register().initiatives["churn"].health == "at risk"
    chi.command("/initiative show churn")
    assert "the load is late" in told(chi, "at risk").words


def test_whoever_leaves_slack_leaves_the_register_and_becomes_a_gap(
    register: Callable[[], Team], slack: SandboxServer, ana: Person
) -> None:
    slack.patch("/users/chi", deactivated=True)
    wait_for(lambda: register().people["chi-nguyen"].left)
    slack.advance(timedelta(days=2))
    ana.command("/raci gaps")
    assert "Chi Nguyen left on" in told(ana, "still accountable").words
