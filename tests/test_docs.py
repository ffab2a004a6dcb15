"""What the documentation says is so: examples print what is shown, commands are named, links lead somewhere."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import typer
from fastapi.testclient import TestClient

import cli
from search.settings import load_settings, unread_variables
from search.web.app import open_app
from tests import examples

ROOT = examples.ROOT
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "samples").glob("*.md")])
README = examples.README.read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
FOREIGN_FLAGS = {"--rm", "--build-arg", "--index-url", "--data-urlencode"}
"""Flags that the README shows of docker, pip and curl."""
_SHELL = re.compile(r"^```(?:sh|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _between(text: str, marker: str) -> str:
    found = re.search(rf"<!-- {marker} -->\n```sh\n(.*?)\n```\n<!-- /{marker} -->", text, re.DOTALL)
    assert found, f"README.md has no block marked {marker}"
    return found[1]


def _commands() -> Iterator[tuple[str, Any]]:
    """Every command and subcommand, as it is typed."""
    for name, command in typer.main.get_command(cli.app).commands.items():  # type: ignore[attr-defined]  # a group
        yield name, command
        for inner, subcommand in getattr(command, "commands", {}).items():
            yield f"{name} {inner}", subcommand


COMMANDS = dict(_commands())


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder in which the examples keep their library."""
    return tmp_path_factory.mktemp("docs") / "library"


@pytest.fixture(scope="module")
def printed(library: Path) -> dict[str, tuple[int, list[str]]]:
    """Run every example of the README once, indexing first."""
    return examples.run_all(examples.examples(), library)


@pytest.mark.model
@pytest.mark.parametrize("example", examples.examples(), ids=lambda example: example.command)
def test_examples_print_what_is_shown(example: examples.Example, printed: dict[str, tuple[int, list[str]]]) -> None:
    """Run for real, each example prints what the README shows; `python -m tests.examples` writes it anew."""
    _, lines = printed[example.command]
    real, shown = examples.stable(lines), examples.stable(example.shown)
    if shown[-1] == examples.CUT:
        shown.pop()
        real = real[: len(shown)]
    assert real == shown
    assert any(line.strip() for line in shown)


@pytest.mark.model
def test_examples_exit_as_the_readme_says(printed: dict[str, tuple[int, list[str]]]) -> None:
    """A refusal exits with 3, everything else that is shown with 0."""
    for command, (code, lines) in printed.items():
        assert code == (3 if lines[0].startswith("No answer") else 0), command


@pytest.mark.model
def test_http_examples_are_answered(library: Path, printed: dict[str, tuple[int, list[str]]]) -> None:
    """The README's `curl` lines work, and `ask` answers over HTTP with the words of the command line."""
    settings, _ = load_settings({"library": str(library), "sources": [str(ROOT / "samples")]})
    client = TestClient(open_app(settings), base_url="http://127.0.0.1:8765")
    lines = re.findall(r"^curl (.+)$", README, re.MULTILINE)
    answers = {urlsplit(url).path: reply for url, reply in (_curl(client, line) for line in lines)}
    assert answers["/index"].status_code == 202
    answer = answers["/ask"].json()["answer"]["text"]
    asked = [" ".join(lines) for command, (_, lines) in printed.items() if command.startswith("quoth ask")]
    assert any(said.startswith(" ".join(answer.split())) for said in asked)


def _curl(client: TestClient, line: str) -> tuple[str, Any]:
    arguments = iter(shlex.split(line))
    url, parameters, headers, data = "", {}, {}, None
    for argument in arguments:
        if argument == "-H":
            name, _, value = next(arguments).partition(": ")
            headers[name] = value
        elif argument == "-d":
            data = next(arguments)
        elif argument == "--data-urlencode":
            name, _, value = next(arguments).partition("=")
            parameters[name] = value
        elif argument != "-G":
            url = argument
    method = "GET" if data is None else "POST"
    return url, client.request(method, url, params=parameters or None, headers=headers, content=data)


@pytest.mark.model
def test_commands_of_the_how_to_work_on_the_samples(
    library: Path, printed: dict[str, tuple[int, list[str]]], tmp_path: Path
) -> None:
    """Asking and correcting as it shows, in its order: whoever tries them there meets no error."""
    section = (ROOT / "docs" / "howto.md").read_text(encoding="utf-8").partition("## Run the endpoint")[0]
    lines = "".join(_SHELL.findall(section)).splitlines()
    commands = [re.split(r" [|>] ", line)[0] for line in lines if line.startswith("quoth ")]
    asking = [line for line in commands if not line.startswith("quoth index")]
    own = tmp_path / "library"
    shutil.copytree(library, own)
    codes = {command: examples.run(command, own)[0] for command in asking}
    assert len(codes) > 10
    # Nobody in the samples says that, and a refusal is what the line is there to print.
    assert {command for command, code in codes.items() if code} == {'quoth ask "Who said the bell was stolen?" --json'}


def test_the_quick_start_is_the_first_example() -> None:
    """The line to paste ends with the very commands whose output is shown and tested."""
    line = next(line for line in README.splitlines() if line.startswith("python3 -m venv .venv &&"))
    pasted = [step.strip().replace(".venv/bin/quoth", "quoth") for step in line.split("&&")]
    shown = [example.command for example in examples.examples()]
    assert pasted[2] == "quoth index samples"
    assert pasted[2] in shown
    assert pasted[3] == shown[0]


def test_ci_runs_the_readmes_test_command() -> None:
    """There is one line to paste between the markers, and `.ci/run` takes it from there."""
    command = _between(README, "test-command")
    assert len(command.splitlines()) == 1
    assert command.endswith("-m pytest")
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "<!-- test-command -->" in script
    subprocess.run(["bash", "-n", str(ROOT / ".ci" / "run")], check=True)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    """The README names every command and subcommand, each of which says what it does in `--help`."""
    first, *rest = command.split()
    wanted = rf"`(?:quoth )?{first} {rest[0]}\b" if rest else rf"`(?:quoth )?{first}\b"
    assert re.search(wanted, README)
    assert COMMANDS[command].help


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_takes_library_json_and_settings(command: str) -> None:
    """Whoever knows one command knows how to name the library, ask for JSON, and give a file of settings, to all."""
    taken = {option for parameter in COMMANDS[command].params for option in parameter.opts}
    assert {"--library", "--json", "--config"} <= taken


def test_help_lists_every_command() -> None:
    """`python cli.py --help`, run as a program, names what the README is checked for."""
    ran = subprocess.run([sys.executable, "cli.py", "--help"], cwd=ROOT, capture_output=True, text=True, check=True)
    listed = set(re.findall(r"^  ([a-z]+) ", ran.stdout, re.MULTILINE))
    assert {name.split()[0] for name in COMMANDS} <= listed


def test_every_flag_in_the_readme_exists() -> None:
    """No flag is shown that no command has."""
    known = {option for command in COMMANDS.values() for parameter in command.params for option in parameter.opts}
    group = typer.main.get_command(cli.app)
    known |= {option for parameter in group.params for option in parameter.opts}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README)) - FOREIGN_FLAGS <= known


def _shown_commands() -> Iterator[str]:
    """Every line of every page that runs a command of ours, as far as a pipe or a redirection."""
    for page in PAGES:
        for block in _SHELL.findall(page.read_text(encoding="utf-8")):
            yield from re.findall(r"^(?:\$ )?(quoth [^|>#\n]+)", block, re.MULTILINE)


@pytest.mark.parametrize("line", sorted(set(_shown_commands())))
def test_commands_that_are_shown_can_be_typed(line: str) -> None:
    """The command line takes them: command, arguments, flags and values."""
    command = typer.main.get_command(cli.app)
    name, rest, context = "quoth", shlex.split(line)[1:], None
    while True:
        context = command.make_context(name, rest, parent=context)
        rest = [*context._protected_args, *context.args]
        if not rest:
            return
        name, command, rest = command.resolve_command(context, rest)  # type: ignore[attr-defined]  # a group


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_variable_that_is_shown_exists(page: Path) -> None:
    """No page names a variable that nothing reads."""
    shown = re.findall(r"QUOTH_[A-Z_]*[A-Z]\b", page.read_text(encoding="utf-8"))
    assert unread_variables(dict.fromkeys(shown, "")) == []


def _links(page: Path) -> Iterator[tuple[Path, str]]:
    """The files that a page links to, and the heading in them, empty for the whole."""
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if not urlsplit(target).scheme:
            path, _, heading = target.partition("#")
            yield (page.parent / path).resolve() if path else page, heading


def _headings(page: Path) -> set[str]:
    """A page's headings as addresses name them: small letters, hyphens for blanks, no other signs."""
    prose = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    lines = re.findall(r"^#+ (.+)$", prose, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", line.lower()).replace(" ", "-") for line in lines}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """A link to a file names one that exists, and a link to a heading one that is there."""
    for path, heading in _links(page):
        assert path.exists(), path
        assert not heading or heading in _headings(path), f"{path}#{heading}"


def test_every_page_is_reached_from_the_readme() -> None:
    """What no link leads to, nobody reads."""
    reached = [examples.README]
    for page in reached:
        reached += {path for path, _ in _links(page) if path.suffix == ".md"} - set(reached)
    assert sorted({*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")} - set(reached)) == []


def test_the_architecture_names_what_exists() -> None:
    """Every file of code that the page names is there."""
    for name in sorted({found.lstrip("/") for found in re.findall(r"[a-z_/]+\.py", ARCHITECTURE)}):
        places = (ROOT / name, ROOT / "index" / name, ROOT / "search" / name)
        assert any(place.exists() for place in places), name


def test_the_architecture_names_every_module() -> None:
    """Each module and folder at the top of `index/` and `search/` has its place on the page."""
    named = set(re.findall(r"[a-z_]+(?:\.py|/)", ARCHITECTURE))
    modules = {
        path.name + ("/" if path.is_dir() else "")
        for half in ("index", "search")
        for path in (ROOT / half).iterdir()
        if (path.suffix == ".py" and path.name != "__init__.py") or (path / "__init__.py").exists()
    }
    assert modules - named == set()


def test_samples_are_counted_right() -> None:
    """The samples' page tells how many questions there are."""
    questions = [json.loads(line) for line in (ROOT / "samples" / "questions.jsonl").read_text().splitlines()]
    assert f"{len(questions)} questions" in (ROOT / "samples" / "README.md").read_text(encoding="utf-8")


def test_the_readme_is_short() -> None:
    """A first visitor reads it to the end."""
    assert len(README.splitlines()) <= 170
