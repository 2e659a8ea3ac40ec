"""Walking: a stable order, nothing outside the tree, and a reason for all that is left out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from core.errors import InputError
from knowledge.documents.sources import Found, find_sources, location_of, read_bytes


def write(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {name}\n")


def shown(found: Found) -> list[str]:
    return [source.source for source in found.sources]


def test_folders_are_walked_in_the_order_of_names(tmp_path: Path) -> None:
    write(tmp_path, "b.md", "a/z.txt", "a/b/c.html", "c.rst")
    assert [Path(name).relative_to(tmp_path).as_posix() for name in shown(find_sources([str(tmp_path)]))] == [
        "a/b/c.html",
        "a/z.txt",
        "b.md",
        "c.rst",
    ]


def test_source_is_the_path_as_given_and_identity_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "docs/a.md")
    monkeypatch.chdir(tmp_path)
    here, absolute = find_sources(["./docs/"]), find_sources([str(tmp_path / "docs" / "a.md")])
    assert shown(here) == ["docs/a.md"]
    assert [one.id for one in here.sources] == [one.id for one in absolute.sources]
    assert here.roots[0].location == location_of("docs") == str(tmp_path / "docs")


def test_hidden_and_foreign_folders_are_passed_over_without_a_word(tmp_path: Path) -> None:
    write(tmp_path, ".git/a.md", ".hidden.md", "node_modules/x/readme.md", "home/index.md", "kept.md")
    found = find_sources([str(tmp_path)], leave_out=tmp_path / "home")
    assert [Path(name).name for name in shown(found)] == ["kept.md"]
    assert found.skipped == []


def test_what_is_no_document_is_named_and_no_failure(tmp_path: Path) -> None:
    write(tmp_path, "main.py", "LICENSE", "a.md")
    skipped = find_sources([str(tmp_path)]).skipped
    assert [(Path(one.source).name, one.failed) for one in skipped] == [
        ("LICENSE", False),
        ("main.py", False),
    ]
    assert "(.py)" in skipped[1].reason
    assert all(one.other for one in skipped)


def test_file_of_another_suffix_is_text_when_named(tmp_path: Path) -> None:
    write(tmp_path, "notes.log")
    assert find_sources([str(tmp_path / "notes.log")]).sources[0].format_name == "text"


def test_links_out_of_the_tree_are_reported_and_loops_end(tmp_path: Path) -> None:
    write(tmp_path, "secret/key.md", "docs/a.md", "docs/sub/b.md")
    docs = tmp_path / "docs"
    (docs / "out.md").symlink_to(tmp_path / "secret" / "key.md")
    (docs / "outside").symlink_to(tmp_path / "secret")
    (docs / "sub" / "loop").symlink_to(docs)
    (docs / "again.md").symlink_to(docs / "a.md")
    (docs / "nothing.md").symlink_to(docs / "gone.md")
    found = find_sources([str(docs)])
    assert [Path(name).name for name in shown(found)] == ["a.md", "b.md"]
    assert {Path(one.source).name: one.reason for one in found.skipped} == {
        "nothing.md": "is a link to nothing",
        "out.md": "is a link that leads out of the folder",
        "outside": "is a link that leads out of the folder",
    }


def test_links_to_hidden_folders_of_the_tree_are_followed(tmp_path: Path) -> None:
    """As mounted by container platforms: `a.md -> ..data/a.md`, `..data -> ..2026_11_23`."""
    write(tmp_path, "..2026_11_23/a.md")
    (tmp_path / "..data").symlink_to("..2026_11_23")
    (tmp_path / "a.md").symlink_to("..data/a.md")
    assert shown(find_sources([str(tmp_path)])) == [str(tmp_path / "a.md")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list everything")
def test_folder_that_can_not_be_listed_is_reported(tmp_path: Path) -> None:
    write(tmp_path, "closed/a.md", "open/b.md")
    (tmp_path / "closed").chmod(0)
    found = find_sources([str(tmp_path)])
    (tmp_path / "closed").chmod(0o700)
    assert [one.reason for one in found.skipped] == ["the folder can't be listed (permission denied)"]
    assert not found.roots[0].complete


def test_overlapping_paths_bring_each_document_once(tmp_path: Path) -> None:
    write(tmp_path, "a/b.md")
    assert len(find_sources([str(tmp_path), str(tmp_path / "a"), str(tmp_path / "a" / "b.md")]).sources) == 1


def test_names_that_are_no_unicode_can_be_shown(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.md")).write_text("# x\n")
    found = find_sources([str(tmp_path)])
    assert shown(found)[0].encode().endswith(b"caf\\xe9.md")
    assert found.sources[0].path
    assert read_bytes(found.sources[0].path) == b"# x\n"


def test_large_files_are_not_read(tmp_path: Path) -> None:
    large = tmp_path / "large.md"
    with large.open("wb") as file:
        file.truncate(200 * 2**20)
    with pytest.raises(InputError, match="is too large: 200 MiB"):
        read_bytes(large)


def test_pipes_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    with pytest.raises(InputError, match="no regular file"):
        read_bytes(tmp_path / "pipe.md")


@pytest.mark.parametrize("given", ["ftp://example.org/a.md", "file:///etc/passwd", "https://"])
def test_only_web_addresses_are_taken(given: str) -> None:
    with pytest.raises(InputError, match=given):
        find_sources([given])


@pytest.mark.parametrize("given", ["", "  ", "\n"])
def test_blank_path_is_refused(given: str) -> None:
    """To the file system it is the current folder: nobody means that by a variable that is not set."""
    with pytest.raises(InputError, match="is blank"):
        find_sources([given])
    with pytest.raises(InputError, match="is blank"):
        location_of(given)


def test_address_is_the_same_however_it_is_written() -> None:
    assert location_of("HTTPS://Example.org:443/a#part") == location_of("https://example.org/a")
