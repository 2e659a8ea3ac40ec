from __future__ import annotations

from knowledge.answering.evidence import FOUND, NEAREST, SURE, weigh
from knowledge.fakes import passage


def test_the_surest_passage_decides() -> None:
    evidence = weigh([passage("a", confidence=FOUND - 0.1), passage("b", confidence=SURE)])
    assert (evidence.found, evidence.weak) == (True, False)
    assert [p.text for p in evidence.passages] == ["b"]


def test_between_the_thresholds_it_is_weak() -> None:
    assert weigh([passage("a", confidence=FOUND)]).weak
    assert weigh([passage("a", confidence=FOUND)]).found


def test_the_nearest_are_documents_not_passages() -> None:
    found = [passage(text, title=title, confidence=0.0) for title in "abcde" for text in ("one", "two")]
    nearest = weigh(found).nearest
    assert [p.title for p in nearest] == ["a", "b", "c"]
    assert all(p.text == "one" for p in nearest)
    assert len(nearest) == NEAREST


def test_nobody_is_named_where_nobody_owns() -> None:
    assert weigh([passage("a", owner="")]).ask == ""
    assert weigh([]).found is False
