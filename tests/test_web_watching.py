"""`quoth serve --watch`: files are taken up while the service runs, and nobody watches for a server that is gone."""

import logging
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from search.settings import Settings
from search.types import Progress
from search.web import watching as watching_module
from search.web.child_lines import Told, how_it_ended, read_line
from search.web.job_process import child_environment
from search.web.logs import JsonFormatter
from search.web.watching import Watching
from tests.test_web_server import ROOT, serving, until

FERRY = "Mara Ostrel, the harbour master of Sele, said on Friday that “the ferry will sail again in May.”\n"


@pytest.mark.model
def test_files_are_taken_up_while_it_serves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new file, a changed one and one that is gone show in the library without anybody's request."""
    folder = tmp_path / "news"
    folder.mkdir()
    monkeypatch.setenv("QUOTH_WATCH", os.path.relpath(folder, ROOT))
    with serving(tmp_path / "library") as client:

        def texts() -> list[str]:
            documents = client.get("/documents")
            if documents.status_code != 200:  # there is no library yet
                return []
            shown = (client.get(f"/documents/{one['id']}") for one in documents.json()["documents"])
            # It may go between the list and the look at it.
            return [one.json()["text"] if one.status_code == 200 else "gone" for one in shown]

        (folder / "ferry.txt").write_text(FERRY, encoding="utf-8")
        until(lambda: texts() == [FERRY])
        (folder / "ferry.txt").write_text(FERRY.replace("May", "June"), encoding="utf-8")
        until(lambda: texts() == [FERRY.replace("May", "June")])
        (folder / "ferry.txt").unlink()
        until(lambda: texts() == [])


@pytest.mark.model
def test_who_watches_ends_with_whoever_asked_for_it(tmp_path: Path) -> None:
    """A server that is killed closes its end of the pipe, and that is the end of watching."""
    settings = Settings(library=str(tmp_path / "library"))
    process = subprocess.Popen(
        [sys.executable, "-m", "cli", "index", "--watch", "--while-stdin-open", "--json", "--", str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        cwd=ROOT,
        env=child_environment(settings),
    )
    assert process.stdin
    process.stdin.close()
    assert process.wait(600) == 0


@pytest.mark.model
def test_it_begins_again_when_it_has_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A process that fails is told of, and there is another one after a while; closing leaves none."""
    monkeypatch.setattr(watching_module, "AGAIN_SECONDS", 0.0)
    settings = Settings(library=str(tmp_path / "library"), watch=(str(tmp_path),))
    failing = Watching(settings, (sys.executable, "-c", "print('{}'); raise OSError('never told')"))

    def told() -> bool:
        failing.tend()
        return "exit code 1 (File" in caplog.text

    until(told)
    assert "in <module>; OSError) and begins again" in caplog.text
    assert "never told" not in caplog.text
    failing.close(threading.Event())
    waiting = Watching(settings, (sys.executable, "-c", "import sys; sys.stdin.read()"))
    waiting.tend()
    process = waiting._process
    assert process
    waiting.close(threading.Event())
    assert process.returncode is not None


def test_why_it_ended_is_told_without_a_word_of_a_document() -> None:
    """Of an exception where it was raised and its type; of other lines those that only the interpreter writes."""
    raised = [
        "a library says: never told",
        "Traceback (most recent call last):",
        '  File "/opt/quoth/index/readers/csv.py", line 7, in read',
        "    raise ValueError(text)",
        "    ^^^^^^^",
        "ValueError: never told",
        "else never told",
    ]
    assert how_it_ended(raised) == 'File "/opt/quoth/index/readers/csv.py", line 7, in read; ValueError'
    assert how_it_ended(["never told", "Fatal Python error: Aborted"]) == "Fatal Python error: Aborted"
    assert how_it_ended(["never told"]) == ""
    assert how_it_ended([]) == ""


def test_a_childs_lines_are_told_apart(caplog: pytest.LogCaptureFixture) -> None:
    """Progress, our own warnings, which are logged, and all else; a line that looks like ours and isn't is dropped."""
    log = logging.getLogger("quoth.test")
    told = read_line(b'{"progress": {"stage": "waiting", "done": 1, "total": 1}}\n', log)
    assert told == Told("waiting", Progress(1, 1))
    warning = logging.LogRecord("index.watch", logging.WARNING, "", 0, "%s is gone", ("/news",), None)
    assert read_line(JsonFormatter().format(warning).encode() + b"\n", log) is None
    assert caplog.record_tuples == [("quoth.test", logging.WARNING, "/news is gone")]
    assert read_line(b"anything else\n", log) == "anything else"
    for odd in (b'{"progress": 3}', b'{"progress": {"done": "x"}}', b'{"timestamp"', b"\n", b'{"progress"\xff'):
        assert read_line(odd, log) is None


def test_nothing_is_watched_unless_asked(tmp_path: Path) -> None:
    """Without paths no process is started."""
    idle = Watching(Settings(library=str(tmp_path)))
    idle.tend()
    assert idle._process is None
    idle.close(threading.Event())
