"""Drafts from documents, and where documents and register disagree."""

from __future__ import annotations

from datetime import date

from knowledge.registers.claims import Claim, claims_of_playbook, claims_of_role
from knowledge.registers.drafting import disagreements, draft_rows
from knowledge.registers.responsibilities import Holder, Subject
from knowledge.registers.team import Team
from knowledge.starter_pack import STARTER

TODAY = date(2026, 11, 23)
NEW = Subject(kind="initiative", name="returns")
ROLE = """---
title: Data engineer
kind: role
---
# Data engineer

## Decides

A data engineer decides these activities:

- own data quality: sets the checks.
- run backfill: decides when.

## Is asked about

- respond to drift: confirms a broken load.

## First 30 days

- Week 1: meet everyone.
"""
TABLE = """# RACI

## Defaults

| Activity | Accountable | Responsible | Consulted |
| --- | --- | --- | --- |
| own data quality | AI architect | data engineer | domain expert |
| roll back model | MLOps engineer | on-call engineer | nobody: act first |

| Letter | Accountable |
| --- | --- |
| A | not a row |
"""


def test_role_descriptions_are_read_item_by_item() -> None:
    found = claims_of_role(ROLE, "roles/data-engineer.md")
    assert [(claim.activity, claim.letter, claim.role) for claim in found] == [
        ("own data quality", "A", "Data engineer"),
        ("run backfill", "A", "Data engineer"),
        ("respond to drift", "C", "Data engineer"),
    ]
    assert found[0].place == "roles/data-engineer.md › Decides"


def test_tables_of_playbooks_are_read() -> None:
    found = claims_of_playbook(TABLE, "playbooks/raci.md")
    assert [(claim.activity, claim.letter, claim.role) for claim in found] == [
        ("own data quality", "A", "AI architect"),
        ("own data quality", "R", "data engineer"),
        ("own data quality", "C", "domain expert"),
        ("roll back model", "A", "MLOps engineer"),
        ("roll back model", "R", "on-call engineer"),
    ]


def test_a_draft_names_the_person_where_one_fills_the_role(sample: Team) -> None:
    rows = draft_rows(claims_of_role(ROLE, "x"), NEW, sample, TODAY)
    assert [row.key for row in rows] == ["returns / own data quality", "returns / run backfill"]
    assert rows[0].accountable == (Holder(kind="person", name="deepak-rao"),)


def test_what_two_documents_decide_stays_open_in_the_draft(sample: Team) -> None:
    """Both stand in it, and the rules ask for a choice."""
    claims = [*claims_of_role(ROLE, "x"), *claims_of_playbook(TABLE, "y")]
    row = draft_rows(claims, NEW, sample, TODAY)[0]
    assert [holder.name for holder in row.accountable] == ["deepak-rao", "iris-novak"]


def test_rows_that_stand_are_not_drafted_again(sample: Team) -> None:
    churn = Subject(kind="initiative", name="churn")
    rows = draft_rows(claims_of_role(ROLE, "x"), churn, sample, TODAY)
    assert [row.activity for row in rows] == ["run backfill"]


def test_disagreements_name_both_sources(sample: Team) -> None:
    found = disagreements(claims_of_role(ROLE, "roles/data-engineer.md"), sample)
    assert {one.row.subject for one in found} >= {"churn", "fraud", "triage"}
    words = next(one.words for one in found if one.row.subject == "churn")
    assert words == (
        "RACI register: churn / own data quality says Iris Novak is accountable;"
        " roles/data-engineer.md › Decides says data engineer."
    )
    agreeing = Claim(activity="own data quality", letter="A", role="AI architect", source="x", heading="y")
    assert disagreements([agreeing], sample) == []


def test_every_role_description_of_the_starter_pack_is_understood() -> None:
    for path in (STARTER / "roles").glob("*.md"):
        letters = {claim.letter for claim in claims_of_role(path.read_text(encoding="utf-8"), path.name)}
        assert letters == {"A", "C"}, path.name
