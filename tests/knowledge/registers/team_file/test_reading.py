"""Mistakes in a team's file: each with its line, all at once."""

from __future__ import annotations

import textwrap

import pytest

from knowledge.registers.responsibilities import Holder
from knowledge.registers.team import Team
from knowledge.registers.team_file.problems import TeamFileError
from knowledge.registers.team_file.reading import read_team_file


def problems(text: str) -> list[tuple[int, str]]:
    """The lines and words of what is wrong."""
    with pytest.raises(TeamFileError) as refused:
        read_team_file(textwrap.dedent(text))
    return [(problem.line, problem.words) for problem in refused.value.problems]


def test_every_mistake_of_form_has_its_line() -> None:
    found = problems("""\
        people:
          - name: Ana
            left: 2026-02-30
            timezone: Europe/Madrid
        initiatives:
          - name: churn
            stage: launch
            kpi: {name: rate, baseline: 2.4 %}
          - objective: nothing
        """)
    assert [line for line, _ in found] == [3, 4, 7, 8, 9]
    said = " ".join(words for _, words in found)
    assert "'2026-02-30' is no day" in said
    assert "no key 'timezone'; did you mean 'time_zone'?" in said
    assert "'launch' is none of 'plan', 'build'" in said
    assert "'2.4 %' is no number" in said
    assert "name: this is needed and missing" in said


def test_unknown_people_have_their_line_and_a_hint() -> None:
    found = problems("""\
        people:
          - {name: Ana Ruiz}
        responsibilities:
          - subject: team
            activity: plan sprint
            accountable: Anna Ruiz
            responsible:
              - Ana Ruiz
              - Bob
        """)
    assert found == [
        (6, "'Anna Ruiz' is neither a person nor a role; did you mean 'Ana Ruiz'?"),
        (9, "'Bob' is neither a person nor a role."),
    ]


def test_an_ambiguous_name_lists_the_ids() -> None:
    found = problems("""\
        people:
          - {name: Ana Ruiz, aliases: [Ana]}
          - {name: Ana Silva, aliases: [Ana]}
        decisions:
          - {what: Go, on: 2026-01-01, decided_by: Ana}
        """)
    (only,) = found
    assert only[0] == 5
    assert "ana-ruiz (Ana Ruiz) or ana-silva (Ana Silva)" in only[1]


def test_an_entry_twice_names_the_first_line() -> None:
    found = problems("people:\n  - name: Ana\n  - name: Ana\n")
    assert found == [(3, "person 'ana' stands here again, first in line 2.")]


def test_a_key_twice_is_told() -> None:
    assert problems("people: []\npeople: []\n") == [(2, "the key 'people' stands twice, first in line 1.")]


@pytest.mark.parametrize("text", ["people: [", "\tx", "a: &a [*a]", "[1, 2]", "people: 7", "\x00"])
def test_what_is_no_team_is_refused_in_words(text: str) -> None:
    with pytest.raises(TeamFileError, match=r"team.yaml:[12]: "):
        read_team_file(text)


def test_yaml_traps_are_none() -> None:
    """NO is Norway, a version keeps its nought, a day is a day."""
    team = read_team_file(
        "people:\n  - {name: Nina, country: NO}\nmodels:\n"
        "  - {name: m, owner: Nina, production: [{version: 3.10, since: 2026-01-02}]}\n"
    ).team
    assert team.people["nina"].country == "NO"
    assert team.models["m"].production[0].version == "3.10"


def test_a_missing_section_is_not_managed_and_an_empty_one_is() -> None:
    assert read_team_file("people: []\n").kinds == {"person"}
    assert read_team_file("").kinds == frozenset()


def test_names_may_come_from_the_register(sample: Team) -> None:
    text = "responsibilities:\n  - {subject: churn, activity: a b, accountable: Benny, responsible: PM}\n"
    row = read_team_file(text, current=sample).team.responsibilities["churn / a b"]
    assert row.accountable == (Holder(kind="person", name="ben-carter"),)
    assert row.responsible == (Holder(kind="role", name="AI product manager"),)
