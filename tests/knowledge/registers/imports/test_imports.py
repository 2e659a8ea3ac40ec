"""Rows from CSV, CODEOWNERS and Backstage."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from knowledge.registers.imports.backstage import read_backstage
from knowledge.registers.imports.codeowners import read_codeowners
from knowledge.registers.imports.rows_csv import read_csv, write_csv
from knowledge.registers.responsibilities import Holder
from knowledge.registers.team import Team
from tests.knowledge.registers.teams import teams


def test_csv_comes_back(sample: Team) -> None:
    rows = tuple(sample.responsibilities.values())
    found = read_csv(write_csv(rows, sample), sample)
    assert (found.rows, found.problems) == (rows, ())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(teams)
def test_no_cell_of_an_export_begins_a_formula(team: Team) -> None:
    """A spreadsheet runs what begins with =, +, - or @."""
    for line in write_csv(team.responsibilities.values(), team).splitlines():
        assert not any(cell.lstrip('"').startswith(("=", "+", "-", "@")) for cell in line.split(","))


def test_csv_with_short_heads_semicolons_and_problems(sample: Team) -> None:
    text = "Subject;Activity;A;R\nchurn;plan sprint;Ben;Ana\nchurn;x y;Zoe;Ana\n;;;\nchurn;;Ben;Ana\n"
    found = read_csv("\ufeff" + text, sample)
    assert [row.key for row in found.rows] == ["churn / plan sprint"]
    assert found.rows[0].responsible == (Holder(kind="person", name="ana-ruiz"),)
    assert [problem.line for problem in found.problems] == [3, 5]


def test_csv_without_the_columns_is_told_so(sample: Team) -> None:
    (problem,) = read_csv("a,b\n1,2\n", sample).problems
    assert "subject and activity" in problem.words


CODEOWNERS = """\
# who reviews what
*            @acme/data-engineers
/models/     ana.ruiz@harbour.example @Chloe  # the model code
/with\\ space  @Ben
/nobody
/docs        @stranger
[Pipelines] @Deepak
/etl
"""


def test_codeowners(sample: Team) -> None:
    found = read_codeowners(CODEOWNERS, sample)
    rows = {row.activity: row for row in found.rows}
    assert list(rows) == [
        "review changes to *",
        "review changes to /models/",
        "review changes to /with space",
        "review changes to /etl",
    ]
    assert rows["review changes to *"].accountable == (Holder(kind="role", name="data engineer"),)
    models = rows["review changes to /models/"]
    assert [holder.name for holder in models.accountable] == ["ana-ruiz"]
    assert [holder.name for holder in models.responsible] == ["ana-ruiz", "chloe-martin"]
    assert [(problem.line, problem.words.split()[0]) for problem in found.problems] == [
        (5, "/nobody"),
        (6, "'@stranger'"),
    ]


BACKSTAGE = """\
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: fraud}
spec: {type: ml-model, owner: "user:default/chloe-martin"}
---
kind: Component
metadata: {name: desk-ui}
spec: {system: churn, owner: group:default/ml-engineers}
---
kind: Resource
metadata: {name: billing_events}
spec: {type: dataset, owner: deepak}
---
kind: Component
metadata: {name: stray}
spec:
  owner: group:default/unknown-team
---
kind: User
metadata: {name: ana}
"""


def test_backstage(sample: Team) -> None:
    found = read_backstage(BACKSTAGE, sample)
    assert [(row.key, row.accountable[0].name) for row in found.rows] == [
        ("model fraud / own component fraud", "chloe-martin"),
        ("churn / own component desk-ui", "ML engineer"),
        ("dataset billing_events / own resource billing_events", "deepak-rao"),
    ]
    assert [problem.line for problem in found.problems] == [17]
