"""Ignore files, by the syntax of git."""

import shutil
import subprocess
from pathlib import Path

import pytest

from index.readers.ignore import is_ignored, parse_rules
from tests.found_files import found, make


def test_ignore_files_hold_for_everything_below_them(tmp_path: Path) -> None:
    """Rules of outer folders, of inner ones that overrule them, of anchored and folder patterns."""
    make(
        tmp_path,
        "a.txt",
        "draft-a.txt",
        "out/b.txt",
        "in/out/c.txt",
        "in/draft-d.txt",
        "in/keep/draft-e.txt",
        "top.md",
        "in/top.md",
    )
    (tmp_path / ".quothignore").write_text("# not yet\ndraft-*\nout/\n/top.md\n")
    (tmp_path / "in/keep/.quothignore").write_text("!draft-e.txt\n")
    assert found(tmp_path, ".") == ["a.txt", "in/keep/draft-e.txt", "in/top.md"]
    assert found(tmp_path, "in") == ["in/keep/draft-e.txt", "in/top.md"]
    assert found(tmp_path, "*.txt") == ["a.txt"]
    assert found(tmp_path, "draft-a.txt", "out") == ["draft-a.txt", "out/b.txt"]


def test_an_ignore_file_that_is_no_text_is_reported(tmp_path: Path) -> None:
    """The folder is not read as if there were no rules."""
    make(tmp_path, "a.txt")
    (tmp_path / ".quothignore").write_bytes(b"\x00\x01\x02")
    (reason,) = found(tmp_path, ".")
    assert ".quothignore cannot be read" in reason


PATTERNS = [
    "*.txt",
    "/a.txt",
    "drafts/",
    "drafts",
    "x/drafts",
    "**/drafts/*.txt",
    "deep/**/f.txt",
    "deep/**",
    "*",
    "!a.txt",
    "!drafts/",
    "*.txt\n!keep.txt",
    "/*\n!/x/",
    "log[0-9].txt",
    "log[!1].txt",
    "log[^1].txt",
    "a\\*b.txt",
    "\\#h.txt",
    "\\!b.txt",
    "#h.txt",
    "foo bar.txt",
    "foo bar.txt   ",
    "log?.txt",
    "**",
    "**/",
    "/**",
    "est/",
    "er/est",
    "logs/*\n!logs/keep.txt",
    "logs/\n!logs/keep.txt",
    "[z-a]",
    "!",
    "/",
    "a.txt/",
    "**/sub/**",
]


@pytest.mark.skipif(shutil.which("git") is None, reason="git, the judge of its own syntax, is not installed")
def test_ignore_rules_agree_with_git(tmp_path: Path) -> None:
    """Each pattern ignores exactly the paths that `git check-ignore` does."""
    files = [
        "a",
        "a.txt",
        "b.txt",
        "#h.txt",
        "!b.txt",
        "a*b.txt",
        "foo bar.txt",
        "log1.txt",
        "log2.txt",
        "drafts/a.txt",
        "drafts/sub/b.txt",
        "x/drafts/c.md",
        "x/a.txt",
        "deep/er/est/f.txt",
        "logs/log2.txt",
        "logs/keep.txt",
    ]
    make(tmp_path, *files)
    folders = {parent.as_posix() for name in files for parent in Path(name).parents} - {"."}
    paths = sorted({*files, *folders})
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    for patterns in PATTERNS:
        (tmp_path / ".gitignore").write_text(patterns + "\n")
        command = ["git", "-C", str(tmp_path), "check-ignore", "--stdin", "-z", "--no-index"]
        judged = subprocess.run(command, input="\0".join(paths), capture_output=True, text=True, check=False).stdout
        rules = parse_rules(patterns + "\n", str(tmp_path))
        ours = {
            path
            for path in paths
            if any(
                is_ignored(str(tmp_path / part), part.as_posix() in folders, rules)
                for part in [Path(path), *Path(path).parents][:-1]
            )
        }
        assert ours == set(judged.split("\0")) - {""}, patterns
