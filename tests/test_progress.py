"""Progress: JSON lines that a parent process reads."""

import io
import json
import os
import sys
from pathlib import Path

import pytest

from index.bundle import SentFile, pack
from index.library import open_library
from index.sync import add_bundle, add_stream
from search.progress import progress_for
from tests.fake_embedder import HashingEmbedder
from tests.piles import LONG, OTHER, run


def test_json_lines_tell_how_far_reading_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In bytes, never falling, to the end, though one file holds all documents; nothing of an unknown total is told."""
    file = tmp_path / "pile.jsonl"
    lines = [json.dumps({"id": str(number), "text": f"{number}. {LONG}\n\n{number}. {OTHER}"}) for number in range(50)]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    told: list[tuple[str, int, int]] = []
    with progress_for("json") as lines_of:

        def tell(stage: str, done: int, total: int) -> None:
            told.append((stage, done, total))
            lines_of(stage, done, total)

        run(open_library(tmp_path / "library"), file, progress=tell)
    size = file.stat().st_size
    reading = [(done, total) for stage, done, total in told if stage == "reading"]
    assert reading == sorted(reading)
    assert reading[-1] == (size, size)
    assert len({done for done, _ in reading}) > 10
    assert [place for stage, *place in told if stage == "embedding"][-1] == [100, 100]
    shown = [json.loads(line)["progress"] for line in capsys.readouterr().err.splitlines()]
    assert {one["stage"] for one in shown} == {"reading"}
    assert shown[-1] == {"stage": "reading", "done": size, "total": size}


@pytest.mark.parametrize("is_bundle", [False, True])
def test_what_was_sent_is_told_like_files(tmp_path: Path, is_bundle: bool) -> None:
    """A server hands a file to its job as standard input: by its bytes, too, people see how far the job is."""
    sent, told = tmp_path / "sent", list[tuple[str, int, int]]()
    text = LONG.encode()
    files = (SentFile(f"{number}.txt", len(text) + 1, io.BytesIO(b"%d" % number + text), {}) for number in range(5))
    lines = [json.dumps({"id": str(number), "text": f"{number}. {LONG}"}).encode() + b"\n" for number in range(5)]
    sent.write_bytes(b"".join(pack(files) if is_bundle else lines))
    add_all = add_bundle if is_bundle else add_stream
    with sent.open("rb") as stream:
        library = open_library(tmp_path / "library")
        report = add_all(library, stream, HashingEmbedder(), progress=lambda *place: told.append(place))
    reading = [(done, total) for stage, done, total in told if stage == "reading"]
    size = sent.stat().st_size
    assert report.added == 5
    assert reading == sorted(reading)
    assert (len(reading), reading[-1]) == (6, (size, size))


def test_only_what_is_to_be_read_counts(tmp_path: Path) -> None:
    """The bytes of unchanged files are no part of what a run has to read; where there is nothing, nothing is told."""
    folder, told = tmp_path / "files", list[tuple[str, int, int]]()
    folder.mkdir()
    library = open_library(tmp_path / "library")
    for number in range(3):
        file = folder / f"{number}.txt"
        file.write_text(f"{number}. {LONG}", encoding="utf-8")
        os.utime(file, (1e9, 1e9))
    run(library, folder)
    late = folder / "late.txt"
    late.write_text(OTHER, encoding="utf-8")
    assert run(library, folder, progress=lambda *place: told.append(place)).unchanged == 3
    assert {place[2] for place in told if place[0] == "reading"} == {late.stat().st_size}
    os.utime(late, (1e9, 1e9))
    run(library, folder)
    told.clear()
    run(library, folder, progress=lambda *place: told.append(place))
    assert [place for place in told if place[0] == "reading"] == []


class Terminal(io.StringIO):
    """Standard error that somebody looks at."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def test_bars_show_the_stage_that_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read and embedded on one line, with the time left only there; nothing while files are watched."""
    for ends, shown in (("compacting", ["reading", "3 paragraphs", "compacting"]), ("waiting", [])):
        terminal = Terminal()
        monkeypatch.setattr(sys, "stderr", terminal)
        monkeypatch.setenv("TERM", "xterm")
        with progress_for("bar") as tell:
            for place in (("reading", 50, 100), ("embedding", 0, 4), ("embedding", 3, 4), (ends, 1, 1)):
                tell(*place)
            terminal.truncate(0)
        text = terminal.getvalue()
        assert [name for name in ("reading", "3 paragraphs", "compacting") if name in text] == shown
        assert all((":" in line) == ("compacting" in line) for line in text.splitlines())
