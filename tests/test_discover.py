"""From paths, folders and globs to files: order, symlinks, and reasons."""

import os
from collections import Counter
from pathlib import Path

import pytest

from index.readers.discover import SourceFile, discover, exists, file_uri
from index.types import Rejected
from tests.found_files import found, make


def test_folders_are_walked_in_order_without_hidden_and_unknown_files(tmp_path: Path) -> None:
    """Every known suffix in any case, also gzipped; hidden entries and others are passed over in silence."""
    make(tmp_path, "b.txt", "a/z.MD", "a/b.jsonl.gz", "c.odt", ".hidden.txt", ".git/x.txt", "a/.y/x.txt", ".txt", "d")
    assert found(tmp_path, ".") == ["a/b.jsonl.gz", "a/z.MD", "b.txt"]


def test_files_of_unknown_formats_are_counted_by_suffix(tmp_path: Path) -> None:
    """Whoever indexes a folder learns what was left out of it, but for what is hidden or was to be ignored."""
    make(
        tmp_path, "b.txt", "one.png", "a/two.PNG", "a/data.zip", "README", ".hidden.png", "skip/three.png", "skip/x.txt"
    )
    (tmp_path / ".quothignore").write_text("skip/\n*.zip\n")
    others: Counter[str] = Counter()
    assert len(list(discover([str(tmp_path)], others))) == 1
    assert others == {".png": 2, "no suffix": 1}


def test_a_file_carries_its_uri_size_and_time(tmp_path: Path) -> None:
    """The URI is `file://` and the absolute path; size and time are those of the file."""
    make(tmp_path, "a b.txt")
    (item,) = discover([str(tmp_path)])
    assert isinstance(item, SourceFile)
    status = (tmp_path / "a b.txt").stat()
    assert item.uri == f"file://{tmp_path}/a b.txt"
    assert (item.size, item.mtime_ns) == (status.st_size, status.st_mtime_ns)


def test_a_file_comes_once_however_often_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders, globs, relative paths and dots that lead to one file give it once."""
    make(tmp_path, "a/one.txt", "a/two.txt")
    monkeypatch.chdir(tmp_path)
    items = list(discover(["a/two.txt", "a", str(tmp_path), "a/../a/one.txt", "*/*.txt", "a"]))
    assert [item.path.name for item in items if isinstance(item, SourceFile)] == ["two.txt", "one.txt"]
    assert len(items) == 2


def test_hard_links_are_files_of_their_own(tmp_path: Path) -> None:
    """Two names without a symlink between them are two documents, as two copies would be."""
    make(tmp_path, "one.txt")
    os.link(tmp_path / "one.txt", tmp_path / "two.txt")
    assert found(tmp_path, ".") == ["one.txt", "two.txt"]


def test_named_files_of_unknown_suffix_are_rejected(tmp_path: Path) -> None:
    """Naming a file asks for it, so silence would be wrong; a hidden one that is named is read."""
    make(tmp_path, "talk.pptx", ".note.txt")
    (reason, note) = found(tmp_path, "talk.pptx", ".note.txt")
    assert reason.startswith("!unknown format (.pptx)")
    assert ".docx" in reason
    assert note == ".note.txt"


def test_missing_paths_are_rejected_in_their_place(tmp_path: Path) -> None:
    """A typing error costs no other path; the reason stands under the URI of what was asked for."""
    make(tmp_path, "a.txt", "b.txt")
    asked = ["a.txt", "c.txt", "*.md", "x/**/*.txt", "x.txt/**", "a.txt/y.txt", "n\0.txt", "b.txt"]
    items = list(discover([str(tmp_path / path) for path in asked]))
    assert [item.uri for item in items] == [file_uri(str(tmp_path / path)) for path in asked]
    reasons = [item.reason for item in items if isinstance(item, Rejected)]
    assert reasons == ["no such file or folder, and no glob that matches any; check the spelling"] * 6


@pytest.mark.parametrize("pattern", ["*.txt", "*", "**/*.txt", "*/*.txt", "**", "l1/*.txt", "."])
def test_links_that_lead_to_each_other_stop_no_glob(tmp_path: Path, pattern: str) -> None:
    """Two of them are passed over or rejected, and the files beside them are read."""
    make(tmp_path, "a.txt", "b/c.txt")
    (tmp_path / "l1").symlink_to("l2")
    (tmp_path / "l2").symlink_to("l1")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    items = found(tmp_path, pattern, "a.txt", "b")
    assert [item for item in items if not item.startswith("!")] == ["a.txt", "b/c.txt"] or pattern == "*/*.txt"
    assert {"a.txt", "b/c.txt"} <= set(items)
    assert all("loop" in item for item in items if item.startswith("!"))


def test_a_glob_of_what_came_before_is_no_mistake(tmp_path: Path) -> None:
    """Only a glob without documents is rejected, not one whose documents were named before it."""
    make(tmp_path, "a/b.txt")
    assert found(tmp_path, "a", "a*", "a/*", "a/**") == ["a/b.txt"]


def test_folders_and_globs_without_documents_are_rejected(tmp_path: Path) -> None:
    """They exist, so it is no wrong usage, but nothing came of them."""
    make(tmp_path, "a/b/c.odt")
    (tmp_path / "empty").mkdir()
    reasons = found(tmp_path, "empty", "a", "a/b/*")
    assert all(reason.endswith("or check the .quothignore") for reason in reasons)
    assert [reason.split(":")[0] for reason in reasons] == [
        "!no documents in this folder",
        "!no documents in this folder",
        "!no documents match this glob",
    ]
    (item,) = discover([str(tmp_path / "a/b/*")])
    assert item.uri == file_uri(str(tmp_path / "a/b/*"))


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.txt", ["a.txt"]),
        ("**/*.txt", ["a.txt", "x/b.txt", "x/y/c.txt"]),
        ("x/**", ["x/b.txt", "x/y/c.txt", "x/y/d.md"]),
        ("x/*/*", ["x/y/c.txt", "x/y/d.md"]),
        ("x*", ["x/b.txt", "x/y/c.txt", "x/y/d.md"]),
        ("**/y", ["x/y/c.txt", "x/y/d.md"]),
        ("x/[a-c].t?t", ["x/b.txt"]),
        (".h/*.txt", [".h/e.txt"]),
        ("**/.h/*.txt", [".h/e.txt"]),
    ],
)
def test_globs_match_as_in_bash(tmp_path: Path, pattern: str, expected: list[str]) -> None:
    """`**` crosses folders, `*` doesn't, hidden ones want to be named, matched folders are read whole."""
    make(tmp_path, "a.txt", "x/b.txt", "x/y/c.txt", "x/y/d.md", ".h/e.txt", "x/.f.txt")
    assert found(tmp_path, pattern) == expected


def test_a_name_that_looks_like_a_glob_is_a_name_first(tmp_path: Path) -> None:
    """Brackets in file names are common; the file itself wins."""
    make(tmp_path, "a[1].txt", "a1.txt")
    assert found(tmp_path, "a[1].txt") == ["a[1].txt"]


def test_symlinks_are_followed_once_and_real_places_win(tmp_path: Path) -> None:
    """A linked folder or file outside is read; one that is read anyway is known by its own place."""
    pile, other = tmp_path / "pile", tmp_path / "other"
    make(pile, "z/one.txt")
    make(other, "two.txt", "three.txt")
    (pile / "a").symlink_to("z")
    (pile / "link.txt").symlink_to(other / "three.txt")
    (pile / "more").symlink_to(other)
    assert found(pile, ".") == ["z/one.txt", "link.txt", "more/two.txt"]


def test_symlink_loops_are_reported_once_each(tmp_path: Path) -> None:
    """A link to a folder above it, and one to itself, are rejected; everything else is read."""
    make(tmp_path, "a/one.txt")
    (tmp_path / "a/back").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to("self")
    (tmp_path / "gone.txt").symlink_to("nowhere")
    items = list(discover([str(tmp_path)]))
    assert [item.path.name for item in items if isinstance(item, SourceFile)] == ["one.txt"]
    reasons = {item.uri: item.reason for item in items if isinstance(item, Rejected)}
    assert set(reasons) == {file_uri(str(tmp_path / name)) for name in ("a/back", "self", "gone.txt")}
    assert "leads back" in reasons[file_uri(str(tmp_path / "a/back"))]
    assert "loop" in reasons[file_uri(str(tmp_path / "self"))]
    assert "dangling" in reasons[file_uri(str(tmp_path / "gone.txt"))]


def test_a_loop_through_a_sibling_ends(tmp_path: Path) -> None:
    """Two folders that link to each other are each read once."""
    make(tmp_path, "a/one.txt", "b/two.txt")
    (tmp_path / "a/x").symlink_to("../b")
    (tmp_path / "b/y").symlink_to("../a")
    items = found(tmp_path, "a")
    assert items[:2] == ["a/one.txt", "a/x/two.txt"]
    assert [item[:20] for item in items[2:]] == ["!a symlink that lead"]


def test_what_is_no_file_is_rejected_when_named_and_skipped_in_folders(tmp_path: Path) -> None:
    """A pipe would block for ever."""
    make(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    assert found(tmp_path, ".") == ["a.txt"]
    (reason,) = found(tmp_path, "pipe.txt")
    assert reason.startswith("!not a file")


def test_only_what_is_surely_gone_does_not_exist(tmp_path: Path) -> None:
    """A file and a folder are there, and so is what leads in a circle; nothing, and below a file, is not."""
    make(tmp_path, "a.txt")
    (tmp_path / "self").symlink_to("self")
    (tmp_path / "dangling").symlink_to("nowhere")
    there = {name: exists(file_uri(str(tmp_path / name))) for name in ("a.txt", "self", "b.txt", "a.txt/c", "dangling")}
    assert there == {"a.txt": True, "self": True, "b.txt": False, "a.txt/c": False, "dangling": False}
    assert exists(file_uri(str(tmp_path)))


def test_names_that_are_no_utf8_are_rejected(tmp_path: Path) -> None:
    """Such a name could be stored nowhere; its report shows the bytes escaped."""
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("words")
    except OSError:
        pytest.skip("this file system refuses such names")
    (item,) = discover([str(tmp_path)])
    assert isinstance(item, Rejected)
    assert item.uri.endswith("/caf\\xe9.txt")
    assert "UTF-8" in item.reason
