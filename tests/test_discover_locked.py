"""Folders that may not be entered or listed, as somebody meets them whom permissions hold."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from index.readers.discover import file_uri
from tests.found_files import make

_AS_ANYBODY = """
import json, sys
from index.readers.discover import discover, exists
runs = [
    [[item.uri, getattr(item, "reason", None)] for item in discover(paths)] for paths in json.loads(sys.argv[2])
]
print(json.dumps([runs, exists(sys.argv[1])]))
"""


def as_anybody(
    root: Path, folder: Path, asked: str, runs: list[list[str]]
) -> tuple[list[list[tuple[str, str | None]]], bool]:
    """What somebody whom permissions hold discovers, relative to a folder; and whether `asked` exists for them."""
    paths = json.dumps([[str(folder / path) for path in run] for run in runs])
    command = [sys.executable, "-c", _AS_ANYBODY, file_uri(str(folder / asked)), paths]
    if os.geteuid() == 0:
        drop = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]
        if shutil.which("setpriv") is None or subprocess.run([*drop, "true"], check=False).returncode:
            pytest.skip("root may read everything, and setpriv, which would change that, does not work here")
        command = [*drop, *command]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    found, there = json.loads(done.stdout)
    base = file_uri(str(folder))
    return [[(uri.removeprefix(base).strip("/"), reason) for uri, reason in items] for items in found], there


LOCKED = {
    "": "a",
    "a": "a",
    "a/*.txt": "a/*.txt",
    "a/**": "a/**",
    "*/*.txt": "a",
    "**/*.txt": "a",
    "**/*/*.txt": "a",
}
"""What is asked for, and under which name the locked folder `a` is rejected."""


@pytest.mark.parametrize("mode", [0, 0o400, 0o100])
def test_a_folder_that_may_not_be_entered_or_listed_is_rejected(root: Path, tmp_path: Path, mode: int) -> None:
    """However it is come by, it is named once with its reason, and its neighbours are read."""
    make(tmp_path, "a/one.txt", "b/two.txt")
    (tmp_path / "a").chmod(mode)
    try:
        runs, _ = as_anybody(root, tmp_path, "b", [[path, "b/two.txt"] for path in LOCKED])
    finally:
        (tmp_path / "a").chmod(0o700)
    short = [[(uri, reason and reason.split(";")[0]) for uri, reason in items] for items in runs]
    assert short == [
        [(rejected, "cannot be read: permission denied"), ("b/two.txt", None)] for rejected in LOCKED.values()
    ]


def test_a_file_below_a_locked_folder_is_not_called_missing(root: Path, tmp_path: Path) -> None:
    """Nobody can tell whether it is there, so the reason is the permission, and it counts as existing."""
    make(tmp_path, "a/one.txt", "b/two.txt")
    (tmp_path / "link.txt").symlink_to("a/one.txt")
    (tmp_path / "a").chmod(0)
    asked = ["a/one.txt", "a/no.txt", "link.txt", "b/two.txt"]
    try:
        (items,), there = as_anybody(root, tmp_path, "a/one.txt", [asked])
    finally:
        (tmp_path / "a").chmod(0o700)
    assert [uri for uri, _ in items] == asked
    assert [reason is not None and "permission denied" in reason for _, reason in items] == [True, True, True, False]
    assert there
