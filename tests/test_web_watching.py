"""`quoth serve --watch`: files are taken up while the service runs, and nobody watches for a server that is gone."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from search.settings import Settings
from search.web import watching as watching_module
from search.web.job_process import child_environment
from search.web.watching import Watching
from tests.test_web_server import ROOT, serving

FERRY = "Mara Ostrel, the harbour master of Sele, said on Friday that “the ferry will sail again in May.”\n"


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds; a minute is for machines under load."""
    for _ in range(600):
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError("it never came")


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
            return [client.get(f"/documents/{one['id']}").json()["text"] for one in documents.json()["documents"]]

        (folder / "ferry.txt").write_text(FERRY, encoding="utf-8")
        until(lambda: texts() == [FERRY])
        (folder / "ferry.txt").write_text(FERRY.replace("May", "June"), encoding="utf-8")
        until(lambda: texts() == [FERRY.replace("May", "June")])
        (folder / "ferry.txt").unlink()
        until(lambda: texts() == [])


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
    assert process.wait(60) == 0


def test_it_begins_again_when_it_has_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A process that fails is told of, and there is another one after a while; closing leaves none."""
    monkeypatch.setattr(watching_module, "AGAIN_SECONDS", 0.0)
    settings = Settings(library=str(tmp_path / "library"), watch=(str(tmp_path),))
    failing = Watching(settings, (sys.executable, "-c", "import sys; print('{}'); sys.exit(9)"))

    def told() -> bool:
        failing.tend()
        return "exit code 9" in caplog.text

    until(told)
    failing.close()
    waiting = Watching(settings, (sys.executable, "-c", "import sys; sys.stdin.read()"))
    waiting.tend()
    process = waiting._process
    assert process
    waiting.close()
    assert process.returncode is not None


def test_nothing_is_watched_unless_asked(tmp_path: Path) -> None:
    """Without paths no process is started."""
    idle = Watching(Settings(library=str(tmp_path)))
    idle.tend()
    assert idle._process is None
    idle.close()
