"""The benchmarks of speed measure what they say, on libraries small enough to tell."""

import contextlib
import json
import re
import socket
import sys
import threading
import time
from pathlib import Path

import pytest

from benchmarks import cold, report, results, unchanged, update
from benchmarks.client import Client
from index.library import open_library
from index.settings import IndexSettings
from index.sync import sync
from index.types import ModelInfo

MODEL = update.StandIn(ModelInfo("stand-in", "0" * 16, 8, 256))


def test_the_table_says_what_was_measured_and_what_was_not(tmp_path: Path) -> None:
    """Figures stand between the marks, whatever was there; of what did not run, or says nothing of it, a word."""
    page = tmp_path / "page.md"
    page.write_text(f"Above.\n{report.BEGIN}\nold\n{report.END}\nBelow.\n", encoding="utf-8")
    row = {"files": 20_000, "runs": 1, "median_s": 1.5, "min_s": 1.5, "opened": 0}
    results.write("unchanged", [row], tmp_path)
    results.write("cold", [{"command": "another"}], tmp_path)
    report.write(tmp_path, page)
    report.write(tmp_path, page)
    text = page.read_text(encoding="utf-8")
    assert text.startswith("Above.\n")
    assert text.endswith("\nBelow.\n")
    assert "\nold\n" not in text
    assert "| 20,000 files: 1.50 s, 0 of them opened | `unchanged.py` |" in text
    assert f"| {report.NOT_RUN} | `peers.py` |" in text
    assert "| not among its figures | `cold.py` |" in text
    assert "onnxruntime" in text


def test_a_line_that_was_not_measured_again_stays(tmp_path: Path) -> None:
    """With what is said of its run: a run of some benchmarks forgets none of the others."""
    page = tmp_path / "page.md"
    page.write_text(f"{report.BEGIN}\n{report.END}\n", encoding="utf-8")
    row = {"files": 20_000, "runs": 1, "median_s": 1.5, "min_s": 1.5, "opened": 0}
    written = results.write("unchanged", [row], tmp_path)
    report.write(tmp_path, page)
    known = json.loads(written.read_text())
    measured = f"Measured {known['when'][:10]} at commit {known['commit']}"
    written.unlink()
    cold = [{"command": name, "median_s": 0.5, "ratio": 9.0} for name in ("quoth ask", "quoth search")]
    newer = results.write("cold", cold, tmp_path)
    newer.write_text(json.dumps(json.loads(newer.read_text()) | {"commit": "0badcafe"}))
    report.write(tmp_path, page)
    text = page.read_text(encoding="utf-8")
    assert "| 20,000 files: 1.50 s, 0 of them opened | `unchanged.py` |" in text
    assert "| 0.50 s, 1/9.0 of 4.5 s | `cold.py` |" in text
    assert re.search(f"^{measured}.* on .*: `unchanged`\\.$", text, re.MULTILINE)
    assert re.search("^Measured .* at commit 0badcafe.* on .*: `cold`\\.$", text, re.MULTILINE)
    written.write_text(json.dumps(known | {"commit": "0badcafe", "when": json.loads(newer.read_text())["when"]}))
    report.write(tmp_path, page)
    assert re.findall("^Measured .*: (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE) == ["`cold`, `unchanged`."]


def test_of_several_sizes_the_newest_run_counts(tmp_path: Path) -> None:
    """A benchmark whose file names its size is one benchmark."""
    for number, value in ((1000, 1), (20, 2)):
        results.write(f"scale_{number}", [{"value": value}], tmp_path)
    assert report.read(tmp_path)["scale"]["rows"] == [{"value": 2}]


def test_additions_are_measured(tmp_path: Path) -> None:
    """Each addition counts, and writes something."""
    paths = []
    for number in range(3):
        paths.append(tmp_path / f"{number}.txt")
        paths[-1].write_text(f"Ferry {number}\n\nThe ferry number {number} sank in the strait.\n", encoding="utf-8")
    found = update.add_one_by_one(tmp_path / "library", paths, MODEL)
    assert found["additions"] == 2
    assert found["wchar_kb"] > 0
    with open_library(tmp_path / "library").snapshot() as snapshot:
        assert snapshot.status().documents == 3
    paths.append(tmp_path / "3.txt")
    paths[-1].write_text("Bridge\n\nThe bridge over the strait was opened.\n", encoding="utf-8")
    whole = update.compact(tmp_path / "library", paths[-1], MODEL, found)
    assert whole["with_compaction_kb"] > found["wchar_kb"]


def test_a_library_of_another_version_gets_no_additions_measured(tmp_path: Path) -> None:
    """What another version derived would be derived again by the first addition, which says nothing of additions."""
    paths = [tmp_path / f"{number}.txt" for number in range(3)]
    for number, path in enumerate(paths):
        path.write_text(f"Ferry {number}\n\nThe ferry number {number} sank in the strait.\n", encoding="utf-8")
    sync(open_library(tmp_path / "library", IndexSettings(statements=False)), [str(paths[0])], MODEL)
    with pytest.raises(SystemExit, match=r"another version .* 1 documents"):
        update.add_one_by_one(tmp_path / "library", paths[1:], MODEL)


def test_what_other_settings_made_is_not_measured(tmp_path: Path) -> None:
    """All of it would be derived again before anything is added: that is said, at once, instead."""
    made_of, *paths = files = [tmp_path / f"{name}.txt" for name in ("old", "first", "second")]
    for path in files:
        path.write_text(f"Of the harbour nobody says more than {path.stem}.", encoding="utf-8")
    with contextlib.closing(open_library(tmp_path / "library", IndexSettings(statements=False))) as library:
        sync(library, [str(made_of)], MODEL)
    with pytest.raises(SystemExit, match="1 documents would be derived again"):
        update.add_one_by_one(tmp_path / "library", paths, MODEL)


def test_opened_files_are_counted(tmp_path: Path) -> None:
    """A file that has changed is opened, and no other."""
    folder = tmp_path / "notes"
    unchanged.write_files(folder, 3)
    sync(open_library(tmp_path / "library"), [str(folder)], MODEL)
    assert unchanged.opened_below(folder, tmp_path / "library", MODEL) == 0
    (folder / "folder1" / "note1.txt").write_text("Now it says something else.", encoding="utf-8")
    assert unchanged.opened_below(folder, tmp_path / "library", MODEL) == 1


def test_commands_take_turns(tmp_path: Path) -> None:
    """Of each command every round but the first counts, and medians are set against the base's."""
    log = tmp_path / "log"
    wanted = {name: ["sh", "-c", f"echo {name} >> {log}"] for name in ("one", "two")}
    times = cold.run_times(wanted, 2)
    assert log.read_text().split() == ["one", "two"] * 3
    assert {name: len(runs) for name, runs in times.items()} == {"one": 2, "two": 2}
    rows = cold.summary({"one": [(1.0, 0.5)], "two": [(7.0, 5.0)]}, "two")
    assert [(row["ratio"], row["ratio_cpu"]) for row in rows] == [(7.0, 10.0), (1.0, 1.0)]
    assert json.dumps(rows)


def test_the_code_that_lies_here_is_timed() -> None:
    """Whatever was installed, and wherever the command stands: a result names the commit of this code."""
    code = f"import cli, sys; sys.exit(0 if cli.__file__ == {str(results.ROOT / 'cli.py')!r} else cli.__file__)"
    cold.run_times({"import": [sys.executable, "-P", "-c", code]}, 0)


def test_a_connection_that_a_server_has_closed_is_opened_again() -> None:
    """A benchmark may be at something else for longer than a server keeps an idle connection."""
    served: list[bool] = []

    def serve(listening: socket.socket) -> None:
        for _ in range(2):
            connection, _ = listening.accept()
            with connection:
                assert connection.recv(1000)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            served.append(True)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve, args=(listening,), daemon=True)
        thread.start()
        client = Client(listening.getsockname()[1])
        assert client.get("/").body == b"ok"
        while not served:
            time.sleep(0.001)
        assert client.get("/").body == b"ok"
        client.close()
        thread.join(20)
    assert len(served) == 2
