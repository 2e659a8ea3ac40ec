"""Ingest: only what is new is embedded, what is gone goes, what can't be read is named."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from core.db import metadata, workspaces
from core.errors import BusyError, InputError, NotFoundError, SettingError
from core.fakes import FrozenClock
from core.settings import Settings
from knowledge.documents.catalogue import Catalogue
from knowledge.documents.embeddings.embedding import Vectors
from knowledge.documents.embeddings.fakes import HashingEmbedding
from knowledge.documents.facts import NOBODY
from knowledge.documents.index.generation import installation_of
from knowledge.documents.index.store import open_chunk_store
from knowledge.documents.ingest import ingest, remove
from knowledge.documents.intake import NO_PASSAGES
from knowledge.documents.lock import LOCK_NAME, is_being_written, writing
from knowledge.documents.report import IngestReport, Progress
from knowledge.passages import Audience
from tests.knowledge.documents.library import Library, fresh_contents


def names(sources: tuple[str, ...]) -> list[str]:
    return [Path(source).name for source in sources]


def reasons(report: IngestReport) -> dict[str, str]:
    return {Path(one.source).name: one.reason for one in report.skipped}


@pytest.fixture
def filled(library: Library) -> Library:
    """Three documents, ingested."""
    library.write("release.md", "# Release review\n\nTwo people sign. Nobody signs alone.\n")
    library.write("drift.md", "# Drift\n\nThe on-call engineer answers within one hour.\n")
    library.write("deep/standup.md", "# Standup\n\n- what moved\n- what is stuck\n")
    report = library.ingest()
    assert names(report.added) == ["standup.md", "drift.md", "release.md"]
    assert report.chunks == 3
    assert not report.failed
    library.embedding.texts.clear()
    return library


def test_everything_under_a_folder_is_indexed(filled: Library) -> None:
    assert {row.document.title for row in filled.rows().values()} == {"Release review", "Drift", "Standup"}
    assert len(filled.contents()["chunks"]) == 3


def test_second_run_embeds_nothing(filled: Library) -> None:
    before = filled.contents()
    report = filled.ingest()
    assert (report.unchanged, report.added, report.changed, report.removed) == (3, (), (), ())
    assert report.embedded == 0
    assert filled.embedding.texts == []
    assert filled.contents() == before


def test_second_run_moves_no_generation(filled: Library) -> None:
    """Else each run of a nightly ingest would have every reader load everything anew."""
    with filled.engine.connect() as connection:
        before = connection.scalar(select(workspaces.c.generation))
        filled.ingest()
        assert connection.scalar(select(workspaces.c.generation)) == before


def test_changed_document_is_replaced_whole(filled: Library) -> None:
    filled.write("drift.md", "# Drift\n\nNobody answers.\n")
    report = filled.ingest()
    assert (names(report.changed), report.unchanged) == (["drift.md"], 2)
    texts = [chunk.text for chunk, _ in filled.contents()["chunks"].values()]
    assert "Nobody answers." in texts
    assert not any("on-call" in text for text in texts)


def test_changed_and_new_and_removed_files_end_as_a_fresh_index(filled: Library, tmp_path: Path) -> None:
    """Whatever happened before, the index is what the folder says now."""
    filled.write("drift.md", "# Drift\n\nAnother text.\n")
    filled.write("new.md", "# New\n\nNew text.\n")
    (filled.folder / "release.md").unlink()
    (filled.folder / "deep" / "standup.md").rename(filled.folder / "daily.md")
    report = filled.ingest()
    assert sorted(names(report.added)) == ["daily.md", "new.md"]
    assert sorted(names(report.removed)) == ["release.md", "standup.md"]
    assert filled.contents() == fresh_contents(filled.folder, tmp_path / "fresh")


def test_what_only_the_front_matter_says_is_noted_without_embedding(filled: Library) -> None:
    filled.write(
        "drift.md",
        "---\nowner: Ana\nreviewed: 2026-11-02\naudience: '#ml'\n---\n# Drift\n\n"
        "The on-call engineer answers within one hour.\n",
    )
    report = filled.ingest()
    assert (names(report.changed), report.embedded, filled.embedding.texts) == (["drift.md"], 0, [])
    document = filled.rows()["drift.md"].document
    assert (document.owner, document.reviewed) == ("Ana", date(2026, 11, 2))
    assert document.audience == frozenset({"#ml"})


def test_title_counts_so_another_title_embeds_again(filled: Library) -> None:
    filled.write(
        "drift.md", "---\ntitle: Skew\n---\n# Drift\n\nThe on-call engineer answers within one hour.\n"
    )
    assert filled.ingest().embedded > 0


def test_equal_texts_are_embedded_once(library: Library) -> None:
    for number in range(5):
        library.write(f"{number}.md", "# Same\n\nThe same sentence.\n")
    report = library.ingest()
    assert (report.chunks, report.embedded) == (5, 2)


def test_nothing_that_can_not_be_read_stops_the_rest(filled: Library) -> None:
    filled.write("empty.md", "---\ntitle: Only front matter\n---\n")
    filled.write("picture.png", "x")
    (filled.folder / "binary.md").write_bytes(b"\0\1\2\3")
    (filled.folder / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    (filled.folder / "broken.docx").write_bytes(b"PK broken")
    (filled.folder / "huge.txt").touch()
    with (filled.folder / "huge.txt").open("wb") as file:
        file.truncate(200 * 2**20)
    filled.write("new.md", "# New\n\nText.\n")
    report = filled.ingest()
    assert names(report.added) == ["new.md"]
    assert reasons(report) == {
        "picture.png": "is no kind of document that Muster reads (.png)",
        "binary.md": "is binary, not text",
        "broken.docx": "is no Word document, or a damaged one",
        "broken.pdf": "is no PDF, or a damaged one",
        "empty.md": "holds no text",
        "huge.txt": "is too large: 200 MiB, at most 20 are read",
    }
    assert report.failed
    assert {Path(one.source).name for one in report.skipped if not one.failed} == {"picture.png", "empty.md"}
    assert [Path(one.source).name for one in report.skipped if one.other] == ["picture.png"]


def test_document_of_headings_only_is_indexed_with_a_warning(library: Library) -> None:
    """It is listed and never found: better said at once than wondered at later."""
    library.write("outline.md", "# Outline\n")
    report = library.ingest()
    assert (names(report.added), report.chunks) == (["outline.md"], 0)
    assert [one.warning for one in report.warnings] == [NO_PASSAGES]


def test_document_that_became_unreadable_for_good_leaves_the_index(filled: Library) -> None:
    (filled.folder / "drift.md").write_bytes(b"\0\0\0\0")
    report = filled.ingest()
    assert names(report.removed) == ["drift.md"]
    assert reasons(report) == {"drift.md": "is binary, not text"}


def test_single_file_that_vanished_leaves_the_index(filled: Library) -> None:
    (filled.folder / "drift.md").unlink()
    assert names(filled.ingest(filled.folder / "drift.md").removed) == ["drift.md"]
    assert set(filled.rows()) == {"release.md", "standup.md"}


def test_ingest_of_a_part_leaves_the_rest_alone(filled: Library) -> None:
    (filled.folder / "drift.md").unlink()
    assert filled.ingest(filled.folder / "deep").removed == ()
    assert "drift.md" in filled.rows()


def test_ingest_of_a_parent_takes_out_what_is_gone_below(library: Library) -> None:
    library.write("a/one.md", "# One\n\nText.\n")
    library.write("a/two.md", "# Two\n\nText.\n")
    library.ingest(library.folder / "a")
    (library.folder / "a" / "two.md").unlink()
    assert names(library.ingest().removed) == ["two.md"]


def test_ingest_of_a_parent_does_not_take_away_what_a_part_may_take_out(library: Library) -> None:
    library.write("a/one.md", "# One\n\nText.\n")
    library.write("a/two.md", "# Two\n\nText.\n")
    library.ingest(library.folder / "a")
    library.ingest()
    (library.folder / "a" / "two.md").unlink()
    assert names(library.ingest(library.folder / "a").removed) == ["two.md"]


def test_folder_that_vanished_is_an_error_and_nothing_goes(filled: Library) -> None:
    shutil.rmtree(filled.folder)
    with pytest.raises(InputError, match="3 documents came from it"):
        filled.ingest()
    assert len(filled.rows()) == 3


def test_folder_that_is_empty_now_keeps_its_documents(filled: Library) -> None:
    """A disk that is not mounted looks like an empty folder."""
    shutil.rmtree(filled.folder)
    filled.folder.mkdir()
    report = filled.ingest()
    assert report.removed == ()
    assert report.failed
    assert "its 3 missing documents stay" in report.skipped[0].reason
    assert len(filled.rows()) == 3


def test_path_that_never_was_is_an_error(library: Library) -> None:
    with pytest.raises(NotFoundError, match=r"no-such-folder"):
        library.ingest("no-such-folder")


def test_same_folder_by_another_path_is_the_same_documents(
    filled: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(filled.folder)
    report = filled.ingest(".")
    assert (report.unchanged, report.embedded) == (3, 0)
    assert {row.document.source for row in filled.rows().values()} == {
        "release.md",
        "drift.md",
        "deep/standup.md",
    }


def test_warnings_name_the_document_and_do_not_keep_it_out(library: Library) -> None:
    library.write("a.md", "---\nkind: poem\n---\n# A\n\nText.\n")
    report = library.ingest()
    assert names(report.added) == ["a.md"]
    assert [(Path(one.source).name, "poem" in one.warning) for one in report.warnings] == [("a.md", True)]


def test_progress_counts_up_to_the_whole(library: Library) -> None:
    for number in range(5):
        library.write(f"{number}.md", f"# T{number}\n\nText {number}.\n")
    told: list[Progress] = []
    library.ingest(progress=told.append)
    assert [one.done for one in told] == sorted(one.done for one in told)
    assert (told[0].done, told[-1].done, told[-1].total) == (0, 5, 5)
    assert (told[0].kept, told[-1].kept) == (0, 5)


def test_progress_is_weighed_by_bytes(library: Library) -> None:
    """Counted by documents, nine notes before a book would promise an end that does not come."""
    library.write("a-book.md", "# Book\n\n" + "The book says a word. " * 4_000)
    for number in range(9):
        library.write(f"note{number}.md", f"# Note {number}\n\nShort.\n")
    library.ingest(library.folder / "a-book.md")
    told: list[Progress] = []
    library.ingest(progress=told.append)
    shares = [one.share for one in told]
    assert shares == sorted(shares)
    assert told[0].share == 0.0
    assert next(one.share for one in told if one.done == 1) > 0.9
    assert told[-1].share == pytest.approx(1.0)


def test_long_group_tells_how_far_it_is(library: Library) -> None:
    for number in range(4):
        text = "".join(f"Sentence {at} of document {number} says something long. " for at in range(500))
        library.write(f"{number}.md", f"# T{number}\n\n{text}\n")
    told: list[Progress] = []
    library.ingest(progress=told.append)
    between = {one.share for one in told if one.done < 4 and one.share > 0}
    assert len(between) > 3
    assert {one.kept for one in told if one.done < 4} == {0}


def test_what_waits_for_the_end_is_not_counted_as_kept(filled: Library) -> None:
    """An index that changes its embedding does so at the end, all at once."""
    told: list[Progress] = []
    other = HashingEmbedding(name="other", dimensions=32)
    filled.ingest(embedding=other, re_embed=True, progress=told.append)
    assert told[-1].done == 3
    assert {one.kept for one in told} == {0}


# Audience


def test_audience_of_an_ingest_is_for_documents_that_name_none(library: Library) -> None:
    library.write("plain.md", "# Plain\n\nText.\n")
    library.write("own.md", "---\naudience: '@ana'\n---\n# Own\n\nText.\n")
    library.write("wrong.md", "---\naudience: []\n---\n# Wrong\n\nText.\n")
    library.ingest(audience=["#hr"])
    assert {name: row.document.audience for name, row in library.rows().items()} == {
        "plain.md": frozenset({"#hr"}),
        "own.md": frozenset({"@ana"}),
        "wrong.md": NOBODY,
    }


def test_forgetting_to_say_the_audience_again_widens_nothing(library: Library) -> None:
    library.write("a.md", "# A\n\nText.\n")
    library.ingest(audience=["#hr"])
    library.write("b.md", "# B\n\nText.\n")
    library.ingest(library.folder.parent)
    assert {row.document.audience for row in library.rows().values()} == {frozenset({"#hr"})}


def test_everyone_takes_an_audience_back(filled: Library) -> None:
    filled.ingest(audience=["#hr"])
    assert {row.document.audience for row in filled.rows().values()} == {frozenset({"#hr"})}
    report = filled.ingest(audience=["everyone"])
    assert len(report.changed) == 3
    assert {row.document.audience for row in filled.rows().values()} == {frozenset()}
    assert filled.embedding.texts == []


@pytest.mark.parametrize("audience", [[], [""], ["  "]])
def test_audience_without_names_is_refused(library: Library, audience: list[str]) -> None:
    with pytest.raises(InputError, match="names nobody"):
        library.ingest(audience=audience)


@pytest.mark.parametrize("name", ["delivery", "#", "@ ", "#a,#b", "#two words"])
def test_audience_that_is_no_name_is_refused(library: Library, name: str) -> None:
    """Nobody goes by such a name, so the documents would be indexed and read by nobody."""
    library.write("a.md", "# A\n\nText.\n")
    with pytest.raises(InputError, match=f"'{name.strip()}' is nobody's name") as caught:
        library.ingest(audience=["@ana", name])
    assert "#channel, @group or @person" in caught.value.cure
    assert library.ingest().added
    assert {row.document.audience for row in library.rows().values()} == {frozenset()}


def test_everyone_beside_others_is_refused(library: Library) -> None:
    with pytest.raises(InputError, match="'everyone' is nobody's name") as caught:
        library.ingest(audience=["everyone", "#hr"])
    assert "everyone alone" in caught.value.cure


# Embeddings


def test_another_embedding_is_refused_with_the_cure(filled: Library) -> None:
    with pytest.raises(SettingError) as caught:
        filled.ingest(embedding=HashingEmbedding(name="other", dimensions=32))
    assert "--re-embed" in caught.value.cure
    assert len(filled.contents()["chunks"]) == 3


def test_re_embedding_hands_the_index_to_another_embedding(filled: Library) -> None:
    other = HashingEmbedding(name="other", dimensions=32)
    report = filled.ingest(embedding=other, re_embed=True)
    assert len(report.changed) == 3
    contents = filled.contents(other)
    assert len(contents["chunks"]) == len(contents["rows"]) == 3
    assert all(len(vector) == 32 * 4 for _, vector in contents["chunks"].values())
    assert filled.ingest(embedding=other).unchanged == 3
    with pytest.raises(SettingError):
        filled.ingest()


def test_re_embedding_a_part_is_refused_and_names_what_is_missing(filled: Library) -> None:
    other = HashingEmbedding(name="other", dimensions=32)
    with pytest.raises(InputError, match=str(filled.folder)):
        filled.ingest(filled.folder / "deep", embedding=other, re_embed=True)
    assert filled.ingest().unchanged == 3


def test_re_embedding_that_breaks_off_leaves_the_old_index(filled: Library) -> None:
    """Until the last document is embedded, not one of them is another embedding's."""
    before = filled.contents()

    class Breaking(HashingEmbedding):
        def embed(self, texts: Sequence[str]) -> Vectors:  # noqa: ARG002  # it breaks before
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        filled.ingest(embedding=Breaking(name="other", dimensions=32), re_embed=True)
    assert filled.ingest().unchanged == 3
    assert filled.contents() == before


def test_run_that_is_interrupted_goes_on_where_it_was(library: Library, tmp_path: Path) -> None:
    """Groups that were switched stay, the rest comes with the next run."""
    for number in range(24):
        parts = (f"## Part {part}\n\n" + f"Word{part} of {number} is said. " * 9 for part in range(40))
        library.write(f"{number:02}.md", "\n\n".join(parts))

    class Interrupted(HashingEmbedding):
        def embed(self, texts: Sequence[str]) -> Vectors:
            if len(self.texts) == 4:
                raise KeyboardInterrupt
            return super().embed(texts)

    with pytest.raises(KeyboardInterrupt):
        library.ingest(embedding=Interrupted())
    stayed = len(library.rows())
    assert 0 < stayed < 24
    report = library.ingest()
    assert (report.unchanged, len(report.added)) == (stayed, 24 - stayed)
    assert library.contents() == fresh_contents(library.folder, tmp_path / "fresh")


def test_lost_chunks_are_made_again(filled: Library) -> None:
    before = filled.contents()
    place = {"installation": installation_of(filled.engine, "default"), "embedding": "hashing"}
    with open_chunk_store(filled.settings, workspace_id="default", **place) as store:
        store.drop({})
    assert len(filled.ingest().changed) == 3
    assert filled.contents() == before


# Removing by hand, and two at once


def test_document_is_taken_out_by_path_title_or_folder(filled: Library) -> None:
    def take(name: str) -> list[str]:
        options = {"engine": filled.engine, "embedding": filled.embedding, "clock": filled.clock}
        return names(remove([name], settings=filled.settings, **options))

    assert take(str(filled.folder / "drift.md")) == ["drift.md"]
    assert take("release review") == ["release.md"]
    assert take(str(filled.folder)) == ["standup.md"]
    assert filled.contents()["chunks"] == {}
    with pytest.raises(NotFoundError, match="nowhere"):
        take("nowhere")


def test_catalogue_shows_only_what_the_audience_may_read(library: Library) -> None:
    library.write("open.md", "# Open\n\nText.\n")
    library.write("closed.md", "---\naudience: '#ml'\n---\n# Closed\n\nText.\n")
    library.ingest()
    catalogue = Catalogue(library.engine, workspace_id="default")
    assert [one.document.title for one in catalogue.documents_for()] == ["Open"]
    member = Audience(names=frozenset({"#ml"}))
    assert catalogue.get("closed", member).document.title == "Closed"
    with pytest.raises(NotFoundError):
        catalogue.get("Closed")


def test_document_is_found_by_the_end_of_its_path(library: Library) -> None:
    library.write("one/release.md", "# Release\n\nText.\n")
    library.write("one/drift.md", "# Drift\n\nText.\n")
    library.write("two/drift.md", "# Drift\n\nOther text.\n")
    library.write("two/hidden-release.md", "---\naudience: '#ml'\n---\n# Hidden\n\nText.\n")
    library.ingest()
    catalogue = Catalogue(library.engine, workspace_id="default")
    assert catalogue.get("release.md").document.title == "Release"
    assert catalogue.get("two/drift.md").document.source.endswith("two/drift.md")
    with pytest.raises(InputError, match=r"one/drift\.md, .*two/drift\.md"):
        catalogue.get("drift.md")
    for name in ("hidden-release.md", "elease.md"):
        with pytest.raises(NotFoundError):
            catalogue.get(name)


def test_blank_name_takes_nothing_out(filled: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within the folder of the documents, a blank path would be all of them."""
    monkeypatch.chdir(filled.folder)
    with pytest.raises(InputError, match="is blank"):
        filled.remove("")
    assert len(filled.rows()) == 3


def test_second_ingest_at_once_is_refused_and_names_the_reason(library: Library) -> None:
    library.write("a.md", "# A\n\nText.\n")
    holder = (
        "import sys, time; from filelock import FileLock\n"
        "with FileLock(sys.argv[1]): print('held', flush=True); time.sleep(60)"
    )
    lock = str(library.settings.home / LOCK_NAME)
    process = subprocess.Popen([sys.executable, "-c", holder, lock], stdout=subprocess.PIPE)  # noqa: S603
    assert process.stdout
    process.stdout.readline()
    assert is_being_written(library.settings.home)
    with pytest.raises(BusyError, match=r"^Nothing was changed: another process is writing"):
        library.ingest()
    process.kill()
    process.communicate()
    assert not is_being_written(library.settings.home)
    assert names(library.ingest().added) == ["a.md"]


@pytest.mark.postgresql
def test_another_machine_that_ingests_into_the_same_database_is_refused(
    engine: Engine, tmp_path: Path
) -> None:
    """Their homes differ, so only the database can tell them of each other."""
    if engine.dialect.name != "postgresql":
        pytest.skip("SQLite is on one machine only")
    with (
        writing(tmp_path / "one", engine),
        pytest.raises(BusyError, match="another machine"),
        writing(tmp_path / "two", engine),
    ):
        pass
    with writing(tmp_path / "two", engine):
        pass


def test_ingest_works_on_each_database(engine: Engine, tmp_path: Path, settings: Settings) -> None:
    metadata.create_all(engine)
    library = Library(folder=tmp_path / "docs", settings=settings, engine=engine)
    library.write("a.md", "---\nreview_every: 90 days\naudience: '#ml'\n---\n# A ✔\n\nText.\n")
    library.write("b.md", "# B\n\nText\0 with a null.\n".replace("\0", "�"))
    assert len(library.ingest().added) == 2
    library.write("a.md", "# A ✔\n\nOther text.\n")
    (library.folder / "b.md").unlink()
    report = library.ingest()
    assert (names(report.changed), names(report.removed)) == (["a.md"], ["b.md"])
    assert len(library.contents()["chunks"]) == 1


def test_workspaces_do_not_see_each_other(library: Library) -> None:
    library.write("a.md", "# A\n\nText.\n")
    library.ingest()
    ingest(
        [str(library.folder)],
        settings=library.settings,
        engine=library.engine,
        embedding=library.embedding,
        clock=FrozenClock(),
        workspace_id="T123",
    )
    for workspace_id in ("default", "T123"):
        assert len(Catalogue(library.engine, workspace_id=workspace_id).documents_for()) == 1
    assert library.ingest().unchanged == 1
