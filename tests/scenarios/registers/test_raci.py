"""Who owns what, in Slack: asked, changed, proposed; driven through the protocol only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.sandbox.person import Person
from bot.sandbox.server import SandboxServer
from knowledge.registers.responsibilities import Holder
from knowledge.registers.team import Team
from tests.register_stage import ANA, BEN, CHI, choose, told
from tests.stage import wait_for


@pytest.mark.usefixtures("register")
def test_who_owns_answers_only_who_asked_with_a_typo(chi: Person, ana: Person) -> None:
    ana.command("/raci who-owns data qualty on chrun")
    card = told(ana, "own data quality")
    assert f"<@{chi.id}>" in card.words
    assert "confirmed 3 weeks ago" in card.words
    assert "#churn" in card.words
    assert chi.ephemerals() == []


@pytest.mark.usefixtures("register")
def test_who_owns_shows_the_nearest_where_nothing_matches(ana: Person) -> None:
    ana.command("/raci who-owns the coffee machine")
    assert "No row of the register says who owns" in told(ana, "coffee machine").words


@pytest.mark.usefixtures("register")
def test_a_message_reaches_whoever_answers(ana: Person, chi: Person) -> None:
    ana.command("/raci data quality on churn")
    ana.press(told(ana, "own data quality"), "raci_write")
    ana.gets_view("Message Chi")
    assert ana.submit(words="Since when is it <!channel> late?")["outcome"] == "updated"
    letter = chi.sees("@muster", "Since when is it")
    assert f"<@{ana.id}>" in letter.words
    assert "<!channel>" not in letter.words


def test_the_lead_changes_a_row_and_it_answers_at_once(
    register: Callable[[], Team], ben: Person, chi: Person, ana: Person
) -> None:
    ben.command("/raci set approve release on churn")
    ben.gets_view("Change who owns it")
    someone = choose(ben, "raci_column_accountable", "ana")
    assert ben.submit(raci_column_accountable=someone, why="Chi moves on")["outcome"] == "updated"
    assert register().responsibilities["churn / approve release"].accountable == (ANA,)
    assert "Chi moves on" in ana.sees("@muster", "made you accountable").words
    chi.command("/raci who-owns release approval churn")
    assert f"<@{ana.id}>" in told(chi, "approve release").words


def test_a_new_row_is_made_with_typeahead_and_somebody_new_to_the_register(
    register: Callable[[], Team], slack: SandboxServer, ben: Person
) -> None:
    slack.post("/users", name="dora", real_name="Dora Maar")
    slack.settle()
    ben.command("/raci set churn")
    ben.gets_view("Who owns it?")
    activity = choose(ben, "raci_activity", "retrain model")
    dora = choose(ben, "raci_column_accountable", "dora")
    engineer = choose(ben, "raci_column_responsible", "ml eng")
    said = ben.submit(
        raci_activity=activity, raci_column_accountable=dora, raci_column_responsible=[engineer]
    )
    assert said["outcome"] == "updated", said
    made = register().responsibilities["churn / retrain model"]
    assert made.accountable == (Holder(kind="person", name="dora-maar"),)
    assert made.responsible == (Holder(kind="role", name="ML engineer"),)


@pytest.mark.usefixtures("register")
def test_choosing_a_row_that_is_there_fills_the_form(ben: Person) -> None:
    ben.command("/raci set churn")
    ben.gets_view("Who owns it?")
    ben.press("modal", "raci_activity", choose(ben, "raci_activity", "monitor"))
    view = ben.gets_view("Change who owns it")
    assert "Ben Okafor" in str(view["blocks"])


def test_a_broken_rule_is_told_at_its_field(
    register: Callable[[], Team], slack: SandboxServer, ben: Person
) -> None:
    """Chi is chosen, and leaves Slack before the form is sent."""
    ben.command("/raci set monitor drift on churn")
    ben.gets_view("Change who owns it")
    leaving = choose(ben, "raci_column_accountable", "chi")
    slack.patch("/users/chi", deactivated=True)
    wait_for(lambda: register().people["chi-nguyen"].left)
    slack.advance(timedelta(days=2))
    said = ben.submit(raci_column_accountable=leaving)
    assert said["outcome"] == "errors"
    ((block, words),) = said["errors"].items()
    assert block.startswith("accountable")
    assert "Chi Nguyen left" in words
    assert register().responsibilities["churn / monitor drift"].accountable == (BEN,)


def test_two_editors_of_one_row_do_not_overwrite_each_other_unseen(
    register: Callable[[], Team], ben: Person, ana: Person
) -> None:
    for person in (ben, ana):
        person.command("/raci set monitor drift on churn")
        person.gets_view("Change who owns it")
    ana.submit(raci_column_accountable=choose(ana, "raci_column_accountable", "chi"))
    said = ben.submit(raci_column_accountable=choose(ben, "raci_column_accountable", "ana"))
    assert said["outcome"] == "updated"
    assert "changed this row meanwhile" in str(ben.gets_view()["blocks"])
    assert register().responsibilities["churn / monitor drift"].accountable == (CHI,)
    ben.submit()
    assert register().responsibilities["churn / monitor drift"].accountable == (ANA,)


@pytest.mark.parametrize("verdict", ["accept", "decline"])
def test_everybody_may_propose_and_the_accountable_decides(
    register: Callable[[], Team], slack: SandboxServer, chi: Person, ben: Person, verdict: str
) -> None:
    chi.command("/raci set monitor drift on churn")
    form = chi.gets_view("Propose a change")
    assert "Only Ben Okafor" in str(form["blocks"])
    chi.submit(raci_column_accountable=choose(chi, "raci_column_accountable", "ana"), why="Ana has time")
    question = ben.sees("@muster", "proposes to change")
    assert "Ana has time" in question.words
    assert "Ben Okafor → Ana Kovač" in question.words
    ben.press(question, f"raci_{verdict}")
    if verdict == "decline":
        ben.gets_view("Decline")
        ben.submit(reason="Not before spring")
    chi.sees("@muster", "accepted" if verdict == "accept" else "Not before spring")
    done = "accepted what" if verdict == "accept" else "declined what"
    ben.sees("@muster", done)
    assert not any("raci_accept" in str(message.shape) for message in ben.history("@muster"))
    now = register().responsibilities["churn / monitor drift"].accountable
    assert now == ((ANA,) if verdict == "accept" else (BEN,))
    slack.settle()


def test_a_row_is_removed_after_a_question_and_its_history_stays(
    register: Callable[[], Team], ben: Person
) -> None:
    ben.command("/raci remove churn / monitor drift")
    ben.gets_view("Remove this row?")
    assert ben.submit(why="We buy it")["outcome"] == "updated"
    assert "churn / monitor drift" not in register().responsibilities
    ben.command("/raci history churn / monitor drift")
    assert "We buy it" in told(ben, "removed").words


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("/raci", "Who owns what"),
        ("/raci help", "/raci gaps"),
        ("/raci list", "3 rows"),
        ("/raci list churn", "approve release"),
        ("/raci list scorer", "no row"),
        ("/raci list nonsense", "I know no subject"),
        ("/raci matrix churn", "monitor drift"),
        ("/raci gaps", "gap"),
        ("/raci history", "History"),
        ("/raci who-owns", "Who owns what?"),
        ("/raci remove", "Which row?"),
        ("/raci draft", "Draft for what?"),
        ("/initiative", "churn rate"),
        ("/initiative show churn", "Keep subscribers"),
        ("/initiative show nonsense", "There is no initiative"),
        ("/initiative help", "/initiative create"),
    ],
)
@pytest.mark.usefixtures("register")
def test_the_commands_say_something_to_everything(chi: Person, typed: str, said: str) -> None:
    assert chi.command(typed) == {"ok": True, "ack_ms": pytest.approx(0, abs=3_000)}
    assert any(said in message.words for message in chi.ephemerals())
