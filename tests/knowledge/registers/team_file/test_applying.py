"""`muster apply`: twice changes nothing, drift stays, mistakes change nothing."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine

from core.errors import RefusedError
from core.fakes import FrozenClock
from knowledge.registers.permissions import Editor
from knowledge.registers.reading import Reader
from knowledge.registers.registrar import Registrar
from knowledge.registers.responsibilities import Holder
from knowledge.registers.team import Team
from knowledge.registers.team_file.applying import TeamFile
from knowledge.registers.team_file.problems import TeamFileError
from knowledge.registers.team_file.writing import write_team_file

KEY = "churn / own data quality"
BEN = Editor(who="ben-carter", via="slack")


@pytest.fixture
def file(database: Engine, clock: FrozenClock) -> TeamFile:
    """The sample team, applied once."""
    return TeamFile(database, clock)


@pytest.fixture
def reader(database: Engine) -> Reader:
    """What the registers hold."""
    return Reader(database)


def test_applying_twice_changes_nothing(
    file: TeamFile, reader: Reader, sample_text: str, admin: Editor
) -> None:
    before = reader.history(limit=1000)
    again = file.apply(sample_text, admin)
    assert again.is_empty
    assert again.drift == ()
    assert reader.history(limit=1000) == before


def test_the_export_applied_changes_nothing(file: TeamFile, reader: Reader) -> None:
    assert file.plan(write_team_file(reader.team())).is_empty


def test_the_file_changes_what_it_says(
    file: TeamFile, reader: Reader, sample_text: str, admin: Editor
) -> None:
    text = sample_text.replace("health: on track", "health: off track")
    text = text.replace("version: 3.2.3,", "version: 3.2.4,")
    plan = file.apply(text, admin)
    assert [edit.entry.key for edit in plan.changed] == ["churn", "churn"]
    assert reader.team().initiatives["churn"].health == "off track"
    assert reader.history(kind="initiative", key="churn")[0].via == "yaml"


def test_what_goes_from_the_file_goes(
    file: TeamFile, reader: Reader, sample_text: str, admin: Editor
) -> None:
    text = sample_text[: sample_text.index("rituals:")] + "rituals: []\n"
    assert len(file.apply(text, admin).gone) == 4
    assert reader.team().rituals == {}


def test_an_edit_in_slack_is_drift_and_stays(
    file: TeamFile, database: Engine, clock: FrozenClock, reader: Reader, sample_text: str, admin: Editor
) -> None:
    row = reader.team().responsibilities[KEY]
    ana = (Holder(kind="person", name="ana-ruiz"),)
    Registrar(database, clock).save(replace(row, responsible=ana), BEN)
    kept = file.apply(sample_text, admin)
    assert [(drift.key, drift.field) for drift in kept.drift] == [(KEY, "responsible")]
    assert kept.is_empty
    assert reader.team().responsibilities[KEY].responsible == ana
    forced = file.apply(sample_text, admin, force=True)
    assert [edit.entry.key for edit in forced.changed] == [KEY]
    assert reader.team().responsibilities[KEY].responsible == row.responsible
    assert file.apply(sample_text, admin).drift == ()


def test_drift_in_one_field_does_not_hold_up_another(
    file: TeamFile, database: Engine, clock: FrozenClock, reader: Reader, sample_text: str, admin: Editor
) -> None:
    churn = reader.team().initiatives["churn"]
    Registrar(database, clock).save(replace(churn, health="at risk"), BEN)
    file.apply(sample_text.replace("stage: measure\n    health", "stage: deploy\n    health"), admin)
    after = reader.team().initiatives["churn"]
    assert (after.health, after.stage) == ("at risk", "deploy")


def test_rows_added_and_removed_in_slack_are_drift(
    file: TeamFile, database: Engine, clock: FrozenClock, reader: Reader, sample_text: str, admin: Editor
) -> None:
    registrar, row = Registrar(database, clock), reader.team().responsibilities[KEY]
    registrar.save(replace(row, activity="mask personal fields"), BEN)
    registrar.remove("responsibility", KEY, BEN)
    kept = file.apply(sample_text, admin)
    assert kept.is_empty
    assert {(drift.key, drift.ours is None) for drift in kept.drift} == {
        (KEY, True),
        ("churn / mask personal fields", False),
    }
    file.apply(sample_text, admin, force=True)
    assert set(reader.team().responsibilities) >= {KEY}
    assert "churn / mask personal fields" not in reader.team().responsibilities


def test_a_confirmation_in_slack_is_no_drift(
    file: TeamFile, database: Engine, clock: FrozenClock, reader: Reader, sample_text: str, admin: Editor
) -> None:
    Registrar(database, clock).confirm(KEY, Editor(who="iris-novak", via="slack"))
    again = file.apply(sample_text, admin)
    assert again.is_empty
    assert again.drift == ()
    assert reader.team().responsibilities[KEY].confirmed_on == date(2026, 11, 23)


def test_a_row_changed_by_the_file_loses_its_confirmation_once(
    file: TeamFile, reader: Reader, sample_text: str, admin: Editor
) -> None:
    text = sample_text.replace("responsible: Deepak Rao", "responsible: Ana Ruiz", 1)
    file.apply(text, admin)
    assert reader.team().responsibilities[KEY].confirmed_on is None
    assert file.apply(text, admin).is_empty


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "accountable: Iris Novak",
            "accountable: [Iris Novak, Ana Ruiz]",
            "has 2 accountable: Iris",
        ),
        ("needs: [billing events]", "depends_on: [fraud]", "fraud → churn"),
        (
            "time_zone: Europe/Madrid",
            "time_zone: Europe/Sevilla",
            "'Europe/Sevilla' of Ana Ruiz",
        ),
        ("subject: triage", "subject: triaje", "'triaje', which is not in the register|is about triaje"),
        ("end: 2027-01-03", "end: 2026-01-03", "before it begins"),
    ],
)
def test_a_broken_rule_has_its_line_and_nothing_is_applied(
    file: TeamFile, reader: Reader, sample_text: str, admin: Editor, old: str, new: str, words: str
) -> None:
    """Two A's, a ring of initiatives, a bad time zone, an unknown subject, an absence that ends too soon."""
    before = reader.team()
    text = sample_text.replace("health: on track", "health: off track").replace(old, new, 1)
    text = text.replace("needs: [payments ledger]", "depends_on: [churn]")
    with pytest.raises(TeamFileError, match=words) as refused:
        file.apply(text, admin)
    assert all(problem.line > 1 for problem in refused.value.problems)
    assert reader.team() == before


def test_a_dry_run_writes_nothing(file: TeamFile, reader: Reader, sample_text: str) -> None:
    before = reader.team()
    assert not file.plan(sample_text.replace("on track", "off track")).is_empty
    assert reader.team() is before


def test_only_admins_apply(file: TeamFile, sample_text: str) -> None:
    with pytest.raises(RefusedError, match="admin"):
        file.apply(sample_text, Editor(who="ana-ruiz", via="slack"))


def test_ten_thousand_rows_take_seconds(
    empty: Engine, clock: FrozenClock, sample: Team, admin: Editor
) -> None:
    row = sample.responsibilities[KEY]
    many = Team.of([*sample.entries(), *(replace(row, activity=f"check part {at}") for at in range(10_000))])
    text, file = write_team_file(many), TeamFile(empty, clock)
    begun = time.monotonic()
    assert len(file.apply(text, admin).added) > 10_000
    assert file.apply(text, admin).is_empty
    assert time.monotonic() - begun < 30
    with pytest.raises(TeamFileError, match="10003 mistakes"):
        file.apply(text.replace("responsible: [Deepak Rao]", "responsible: [Nobody]"), admin)
