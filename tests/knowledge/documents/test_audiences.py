from __future__ import annotations

import pytest
from sqlalchemy import Engine, insert

from core.db import metadata, workspaces
from core.fakes import FrozenClock
from knowledge.documents.audiences import closed_to, names_of, readable_documents, restricted_documents
from knowledge.documents.document import documents
from knowledge.passages import EVERYONE, Audience

SHELF = {"open.md": (), "ml.md": ("#ml-platform", "@ana"), "leads.md": ("#leads",)}


@pytest.fixture(autouse=True)
def _shelf(engine: Engine) -> None:
    metadata.create_all(engine)
    now = FrozenClock().now()
    row = {
        "root": ".",
        "version": "1",
        "content_hash": "1",
        "kind": "playbook",
        "owner": "Ana",
        "link": "",
        "chunks": 1,
        "ingested_at": now,
    }
    with engine.begin() as connection:
        for name in ("default", "other"):
            connection.execute(insert(workspaces).values(id=name, created_at=now))
        for source, audience in SHELF.items():
            values = row | {"id": source, "source": source, "title": source, "audience": list(audience)}
            connection.execute(insert(documents).values(workspace_id="default", **values))


def test_what_is_for_everyone_is_not_restricted(engine: Engine) -> None:
    restricted = restricted_documents(engine, "default")
    assert {each.source for each in restricted} == {"ml.md", "leads.md"}
    assert names_of(restricted) == {"#ml-platform", "@ana", "#leads"}
    assert restricted_documents(engine, "other") == ()


def test_a_restricted_document_is_closed_to_who_goes_by_none_of_its_names(engine: Engine) -> None:
    restricted = restricted_documents(engine, "default")
    assert closed_to(restricted, EVERYONE) == {"ml.md", "leads.md"}
    assert closed_to(restricted, Audience(names=frozenset({"@ana"}))) == {"leads.md"}
    assert closed_to(restricted, Audience(names=frozenset({"#ml-platform", "#leads"}))) == frozenset()


def test_a_list_of_documents_leaves_no_trace_of_hidden_ones(engine: Engine) -> None:
    assert [each.title for each in readable_documents(engine, "default", EVERYONE)] == ["open.md"]
    ana = Audience(names=frozenset({"@ana"}))
    assert [each.title for each in readable_documents(engine, "default", ana)] == ["ml.md", "open.md"]
