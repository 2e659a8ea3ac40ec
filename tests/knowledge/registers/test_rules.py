"""The rules of a row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from knowledge.registers.people import Absence, Person
from knowledge.registers.responsibilities import Holder, Responsibility
from knowledge.registers.rules import SEVERITIES, row_violations
from knowledge.registers.team import Team

TODAY = date(2026, 11, 23)
IDS = ("ana", "ben", "chloe", "deepak", "elena")
ROLES = ("data engineer", "legal reviewer")
ANA, BEN = (Holder(kind="person", name=name) for name in ("ana", "ben"))


def team(*people: Person) -> Team:
    """A team of five, with some replaced."""
    everybody = [Person(id=name, name=name.title(), roles=("data engineer",)) for name in IDS]
    return Team.of([*everybody, *people])


def row(**fields: object) -> Responsibility:
    """A row that keeps the rules, but for what is given."""
    good = Responsibility(
        subject_kind="team", subject="", activity="approve release", accountable=(ANA,), responsible=(BEN,)
    )
    return replace(good, **fields)  # type: ignore[arg-type]  # any field


def rules(found: Responsibility, members: Team | None = None) -> set[str]:
    """The short names of the rules broken."""
    return {violation.rule for violation in row_violations(found, members or team(), TODAY)}


holders = st.one_of(
    st.sampled_from(IDS).map(lambda name: Holder(kind="person", name=name)),
    st.sampled_from(ROLES).map(lambda name: Holder(kind="role", name=name)),
)
several = st.lists(holders, max_size=5, unique=True).map(tuple)
rows = st.builds(row, accountable=several, responsible=several, consulted=several, informed=several)


def test_a_good_row_breaks_nothing() -> None:
    assert rules(row()) == set()


def test_the_accountable_may_be_responsible() -> None:
    assert rules(row(responsible=(ANA,))) == set()


@given(rows)
def test_exactly_one_accountable_or_an_error(found: Responsibility) -> None:
    """For any row: one A is no error of that kind, none and several are, each by its own rule."""
    broken = rules(found)
    assert ("no-accountable" in broken) == (len(found.accountable) == 0)
    assert ("two-accountable" in broken) == (len(found.accountable) > 1)
    assert ("no-responsible" in broken) == (not found.responsible)
    assert ("many-consulted" in broken) == (len(found.consulted) > 3)


@given(rows)
def test_violations_come_worst_first_and_name_their_field(found: Responsibility) -> None:
    violations = row_violations(found, team(), TODAY)
    ranks = [SEVERITIES.index(violation.severity) for violation in violations]
    assert ranks == sorted(ranks)
    assert all(hasattr(found, violation.field) and violation.key == found.key for violation in violations)


@given(rows)
def test_a_role_is_flagged_if_and_only_if_nobody_fills_it(found: Responsibility) -> None:
    unfilled = any(holder == Holder(kind="role", name="legal reviewer") for _, holder in found.holders())
    assert ("empty-role" in rules(found)) == unfilled


@given(rows, st.sampled_from(IDS), st.integers(-400, 400))
def test_who_has_left_is_flagged_from_the_day_after(found: Responsibility, who: str, days: int) -> None:
    last_day = TODAY + timedelta(days=days)
    members = team(Person(id=who, name=who, roles=("data engineer",), left=last_day))
    stands = any(holder == Holder(kind="person", name=who) for _, holder in found.holders())
    assert ("left" in rules(found, members)) == (stands and last_day < TODAY)


def test_away_without_deputy_is_a_gap_for_those_who_answer_only() -> None:
    away = Person(id="ana", name="Ana", absences=(Absence(start=TODAY, end=TODAY),))
    assert rules(row(), team(away)) == {"no-deputy"}
    assert rules(row(accountable=(BEN,), consulted=(ANA,)), team(away)) == set()


def test_a_deputy_closes_the_gap_unless_away_as_well() -> None:
    away = Person(id="ana", name="Ana", absences=(Absence(start=TODAY, end=TODAY, deputy="ben"),))
    ben = Person(id="ben", name="Ben", absences=(Absence(start=TODAY, end=TODAY, deputy="elena"),))
    assert rules(row(), team(away)) == set()
    assert "deputy-away" in rules(row(), team(away, ben))


def test_unknown_people_and_subjects_are_errors() -> None:
    stranger = Holder(kind="person", name="zoe")
    assert rules(row(informed=(stranger,))) == {"unknown-person"}
    assert rules(row(subject_kind="initiative", subject="churm")) == {"unknown-subject"}


def test_somebody_twice_in_one_column_is_an_error() -> None:
    assert rules(row(consulted=(BEN, BEN))) == {"named-twice"}


def test_words_quote_the_people_and_the_row() -> None:
    (found,) = row_violations(row(accountable=(ANA, BEN)), team(), TODAY)
    assert "Ana and Ben" in found.words
    assert "team / approve release" in found.words
