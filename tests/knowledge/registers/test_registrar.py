"""The gate: who may change what, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from core.errors import BusyError, InputError, NotFoundError, RefusedError
from core.fakes import FrozenClock
from knowledge.registers.models import Model
from knowledge.registers.people import Absence, Person
from knowledge.registers.permissions import Editor
from knowledge.registers.reading import Reader
from knowledge.registers.registrar import BrokenRulesError, Registrar
from knowledge.registers.responsibilities import Holder, Responsibility

KEY = "churn / own data quality"
ANA = Editor(who="ana-ruiz", via="slack")
BEN = Editor(who="ben-carter", via="slack")
IRIS = Editor(who="Iris Novak", via="slack")


def person(name: str) -> Holder:
    """A person as a holder."""
    return Holder(kind="person", name=name)


@pytest.fixture
def registrar(database: Engine, clock: FrozenClock) -> Registrar:
    """The gate to the sample team."""
    return Registrar(database, clock)


@pytest.fixture
def reader(database: Engine) -> Reader:
    """What the registers hold."""
    return Reader(database)


@pytest.fixture
def row(reader: Reader) -> Responsibility:
    """A row to change."""
    return reader.team().responsibilities[KEY]


def test_the_lead_may_edit(registrar: Registrar, reader: Reader, row: Responsibility) -> None:
    registrar.save(replace(row, responsible=(person("ana-ruiz"),)), BEN)
    assert reader.team().responsibilities[KEY].responsible == (person("ana-ruiz"),)


def test_others_may_not_and_hear_whom_to_ask(
    registrar: Registrar, reader: Reader, row: Responsibility
) -> None:
    with pytest.raises(RefusedError, match="Only Ben Carter may change churn / own data quality"):
        registrar.save(replace(row, informed=()), ANA)
    assert reader.team().responsibilities[KEY] == row


def test_a_broken_rule_is_refused_with_its_field(
    registrar: Registrar, reader: Reader, row: Responsibility
) -> None:
    with pytest.raises(BrokenRulesError) as refused:
        registrar.save(replace(row, accountable=(), responsible=()), BEN)
    assert [violation.field for violation in refused.value.violations] == ["accountable", "responsible"]
    assert reader.history(key=KEY)[0].before is None, "nothing but the first apply is recorded"


def test_naming_somebody_who_left_is_an_error_but_keeping_them_is_not(
    registrar: Registrar, reader: Reader, row: Responsibility, admin: Editor
) -> None:
    left = replace(reader.team().people["iris-novak"], left=date(2026, 11, 1))
    registrar.save(left, admin)
    kept = registrar.save(replace(row, informed=(person("ana-ruiz"),)), BEN)
    assert {violation.rule for violation in kept.remarks} == {"left"}
    with pytest.raises(BrokenRulesError, match="Iris Novak left"):
        registrar.save(replace(row, responsible=(person("iris-novak"),)), BEN)


def test_a_stale_edit_is_refused(registrar: Registrar, row: Responsibility) -> None:
    registrar.save(replace(row, consulted=()), BEN)
    with pytest.raises(BusyError, match="changed"):
        registrar.save(replace(row, informed=()), BEN, seen=row)


def test_new_holders_lose_the_old_confirmation(
    registrar: Registrar, reader: Reader, row: Responsibility
) -> None:
    registrar.save(replace(row, accountable=(person("ana-ruiz"),)), BEN)
    assert reader.team().responsibilities[KEY].confirmed_on is None


def test_the_accountable_confirms_and_others_do_not(registrar: Registrar, reader: Reader) -> None:
    registrar.confirm(KEY, IRIS)
    row = reader.team().responsibilities[KEY]
    assert (row.confirmed_by, row.confirmed_on) == ("iris-novak", date(2026, 11, 23))
    with pytest.raises(RefusedError):
        registrar.confirm(KEY, ANA)


def test_a_deputy_confirms_while_the_person_is_away(
    registrar: Registrar, clock: FrozenClock, reader: Reader
) -> None:
    """Jonas is away over Christmas, and Chloe stands in."""
    chloe = Editor(who="chloe-martin", via="slack")
    with pytest.raises(RefusedError):
        registrar.confirm("triage / monitor drift", chloe)
    clock.advance(timedelta(days=30))
    registrar.confirm("triage / monitor drift", chloe)
    assert reader.team().responsibilities["triage / monitor drift"].confirmed_by == "chloe-martin"


def test_people_set_their_own_absences_and_nobody_elses(registrar: Registrar, reader: Reader) -> None:
    absence = Absence(start=date(2026, 12, 1), end=date(2026, 12, 4), deputy="chloe-martin")
    registrar.set_absences("ana-ruiz", [absence], ANA)
    assert reader.team().people["ana-ruiz"].absences == (absence,)
    with pytest.raises(RefusedError):
        registrar.set_absences("ben-carter", [absence], ANA)


def test_people_do_not_make_themselves_admins(registrar: Registrar, reader: Reader) -> None:
    ana = reader.team().people["ana-ruiz"]
    with pytest.raises(RefusedError):
        registrar.save(replace(ana, admin=True), ANA)


def test_nobody_is_removed_who_is_still_named(registrar: Registrar, admin: Editor) -> None:
    with pytest.raises(BrokenRulesError, match="iris-novak"):
        registrar.remove("person", "iris-novak", admin)
    with pytest.raises(NotFoundError, match="zoe"):
        registrar.remove("person", "zoe", admin)


def test_a_removed_row_stays_in_the_history(registrar: Registrar, reader: Reader) -> None:
    registrar.remove("responsibility", KEY, BEN, why="split in two")
    newest = reader.history(key=KEY)[0]
    assert newest.after is None
    assert newest.before is not None
    assert newest.before["activity"] == "own data quality"


def test_many_are_saved_together_or_not_at_all(registrar: Registrar, reader: Reader, admin: Editor) -> None:
    good = Person(id="zoe", name="Zoe")
    bad = Model(name="new", initiative="nowhere")
    with pytest.raises(BrokenRulesError, match="nowhere"):
        registrar.save_all([good, bad], admin)
    assert "zoe" not in reader.team().people
    registrar.save_all([good, replace(bad, initiative="churn", owner="zoe")], admin)
    assert reader.team().models["new"].owner == "zoe", "an entry may name another of the same write"


def test_renaming_onto_another_row_is_refused(registrar: Registrar, row: Responsibility) -> None:
    with pytest.raises(InputError, match="already"):
        registrar.save(replace(row, activity="approve release"), BEN, replaces=KEY)


def test_a_form_is_checked_without_writing(registrar: Registrar, reader: Reader, row: Responsibility) -> None:
    found = registrar.check(replace(row, accountable=(person("ana-ruiz"), person("ben-carter"))))
    assert [violation.rule for violation in found] == ["two-accountable"]
    assert reader.team().responsibilities[KEY] == row


def test_saving_what_is_there_records_nothing(
    registrar: Registrar, reader: Reader, row: Responsibility
) -> None:
    before = len(reader.history(limit=1000))
    registrar.save(row, BEN)
    assert len(reader.history(limit=1000)) == before
