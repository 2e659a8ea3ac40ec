"""The register kept right, in Slack: confirmed, imported, exported, and large."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.sandbox.person import Person
from bot.sandbox.server import SandboxServer
from knowledge.registers.registrar import Registrar
from knowledge.registers.team import Team
from tests.register_stage import ANA, BEN, CHI, ROOT, row, told
from tests.stage import Muster, wait_for


def test_one_click_confirms_a_row_and_another_all(
    muster: Muster, register: Callable[[], Team], slack: SandboxServer, chi: Person
) -> None:
    more = [row(activity, CHI) for activity in ("retrain model", "scale serving")]
    Registrar(muster.engine, slack.clock).save_all(more, ROOT)
    today = slack.clock.now().date()

    def confirmed_today() -> int:
        return sum(one.confirmed_on == today for one in register().responsibilities.values())

    chi.command("/raci confirm")
    chi.press(told(chi, "3 rows with your name"), "raci_confirm")
    left = told(chi, "2 rows with your name")
    assert confirmed_today() == 1
    chi.press(left, "raci_confirm_all")
    told(chi, "Confirmed: 2 rows")
    assert confirmed_today() == 3


@pytest.mark.usefixtures("register")
def test_nobody_confirms_for_others(ben: Person, chi: Person) -> None:
    chi.command("/raci confirm")
    told(chi, "1 row with your name")
    ben.command("/raci confirm")
    assert "monitor drift" in told(ben, "1 row with your name").words


def test_pasted_rows_are_previewed_and_then_written(register: Callable[[], Team], ana: Person) -> None:
    ana.command("/raci import")
    ana.gets_view("Import rows")
    rows = ("churn,retrain model,Chi Nguyen,ML engineer", "churn,monitor drift,Chi Nguyen,Ben Okafor")
    text = "\n".join(("subject,activity,A,R", *rows))
    assert ana.submit(text=text)["outcome"] == "updated"
    shown = ana.gets_view()
    assert "1 new, 1 changed" in str(shown["blocks"])
    assert shown["submit"]["text"] == "Write 2 rows"
    assert "churn / retrain model" not in register().responsibilities
    assert ana.submit()["outcome"] == "updated"
    assert register().responsibilities["churn / retrain model"].accountable == (CHI,)
    assert register().responsibilities["churn / monitor drift"].accountable == (CHI,)


def test_an_import_with_mistakes_writes_nothing(register: Callable[[], Team], ana: Person) -> None:
    ana.command("/raci import")
    ana.gets_view("Import rows")
    ana.submit(
        text="subject,activity,A,R\nchurn,retrain model,Nobody Known,Ben\nchurn,scale serving,,Chi Nguyen"
    )
    shown = ana.gets_view()
    assert "line 2" in str(shown["blocks"])
    assert "Nobody is accountable" in str(shown["blocks"])
    assert shown["submit"]["text"] == "Preview"
    ana.submit()
    assert len(register().responsibilities) == 3


def test_a_changed_text_is_previewed_anew_before_it_is_written(
    register: Callable[[], Team], ana: Person
) -> None:
    ana.command("/raci import")
    ana.gets_view("Import rows")
    ana.submit(text="* @ana-kovac @ben-okafor")
    assert "review changes to *" in str(ana.gets_view()["blocks"])
    ana.submit(text="docs/ @chi-nguyen")
    assert "review changes to docs/" in str(ana.gets_view()["blocks"])
    assert len(register().responsibilities) == 3


@pytest.mark.usefixtures("register")
def test_an_export_comes_as_a_file_for_who_asked(ben: Person, chi: Person) -> None:
    ben.command("/raci export churn")
    told(ben, "3 rows as CSV")
    shared = ben.sees("@muster", "Responsibilities: churn")
    text = ben.download(shared.shape["files"][0]["id"]).decode()
    assert "churn,approve release,Chi Nguyen,Ben Okafor" in text
    assert not any("Responsibilities" in message.words for message in chi.history("@muster"))


@pytest.mark.parametrize("count", [50, 500])
def test_many_rows_are_listed_as_far_as_they_fit_and_the_matrix_comes_as_a_file(
    muster: Muster, register: Callable[[], Team], ana: Person, count: int
) -> None:
    more = [row(f"do the thing number {number}", CHI, BEN, ANA) for number in range(count)]
    Registrar(muster.engine, muster.slack.clock).save_all(more, ROOT)
    assert len(register().responsibilities) == count + 3
    ana.command("/raci list churn")
    listed = told(ana, f"{count + 3} rows on churn")
    assert "did not fit here" in listed.words
    ana.press(listed, "raci_as_file")
    ana.sees("@muster", "Responsibilities: churn")
    ana.command("/raci matrix churn")
    if count == 500:
        ana.sees("@muster", "Who does what: churn")
    for words in ("gaps", "confirm", "history", "who-owns churn", "who-owns do the thing"):
        assert ana.command(f"/raci {words}")["ok"], words
    ana.open_home()
    assert wait_for(ana.home)


@pytest.mark.parametrize(
    "typed", ["/raci list", "/raci matrix", "/raci gaps", "/raci history", "/raci x", "/initiative"]
)
def test_an_empty_register_says_how_to_begin(start: Callable[..., Muster], ana: Person, typed: str) -> None:
    start()
    assert ana.command(typed)["ok"]
    assert ana.ephemerals()[-1].words


def test_the_draft_of_the_role_descriptions_is_shown_for_people_to_confirm(
    register: Callable[[], Team], ana: Person
) -> None:
    ana.command("/raci draft churn")
    shown = ana.gets_view("Import rows")
    assert "set KPI target" in str(shown["blocks"])
    assert len(register().responsibilities) == 3
