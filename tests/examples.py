"""The README's examples: read from it, run, compared, and with `python -m tests.examples` written anew.

An example is a line `$ quoth …` in a block marked `console`; what follows is its output, cut short where a line holds
nothing but `…`.
"""

import contextlib
import io
import os
import re
import shlex
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cli

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
CUT = "…"
_MOST_LINES = 12
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_UNSTABLE = (
    (re.compile(r"(?<![0-9a-f])[0-9a-f]{12,16}(?![0-9a-f])(-\d+)?"), "#"),
    (re.compile(r"(?<![\d.])[01]\.\d{2,4}(?![\d.])"), "0.##"),
    (re.compile(r"[\d,]+ bytes"), "# bytes"),
    (re.compile(r"\d+\.\d+ m?s\b"), "# s"),
)
"""Hashes follow the place of the checkout; scores the processor; sizes and times the day."""


@dataclass(frozen=True, slots=True)
class Example:
    """A command line, and the lines that are shown as its output."""

    command: str
    shown: tuple[str, ...]


def examples() -> list[Example]:
    """Every example, in order."""
    return [example for block in _BLOCK.findall(README.read_text(encoding="utf-8")) for example in _in_block(block)]


def _in_block(block: str) -> Iterator[Example]:
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, *shown = part.rstrip("\n").split("\n")
        yield Example(command, tuple(shown))


def run(command: str, library: Path) -> tuple[int, list[str]]:
    """Exit code and lines of a `quoth` command, run in this process, as if the library were `./library`."""
    name, *arguments = shlex.split(command)
    assert name == "quoth", command
    code, out = 0, io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    before, environment = Path.cwd(), dict(os.environ)
    os.chdir(ROOT)
    # However slow the machine is, the samples are one generation.
    os.environ |= {"QUOTH_LIBRARY": str(library), "QUOTH_INDEXING_PUBLISH_SECONDS": "3600"}
    try:
        with contextlib.redirect_stdout(out):
            cli.main(arguments)
    except SystemExit as stop:
        code = int(stop.code or 0)
    finally:
        os.chdir(before)
        os.environ.clear()
        os.environ.update(environment)
    out.seek(0)
    text = out.read().replace(ROOT.as_uri(), "file:///…").replace(str(library), "library")
    return code, text.rstrip("\n").split("\n")


def stable(lines: list[str] | tuple[str, ...]) -> list[str]:
    """The lines without what differs from machine to machine."""
    text = "\n".join(line.rstrip() for line in lines)
    for pattern, same in _UNSTABLE:
        text = pattern.sub(same, text)
    return text.split("\n")


def cut(lines: list[str]) -> list[str]:
    """As much of an output as a page wants to show: an answer without its passages, a refusal without what is near.

    What is near is ordered by ids where nothing else tells it apart, and so by the place of the checkout.
    """
    end = lines.index("Passages") if "Passages" in lines else len(lines)
    if lines[0].startswith("No answer"):
        end = 1 + next(number for number, line in enumerate(lines) if line.endswith("."))
    end = min(end, _MOST_LINES)
    while end and not lines[end - 1]:
        end -= 1
    return lines if end == len(lines) else [*lines[:end], CUT]


def run_all(found: list[Example], library: Path) -> dict[str, tuple[int, list[str]]]:
    """Exit code and output by command; a page asks before it comes to indexing, so that is run first."""
    commands = sorted({one.command for one in found}, key=lambda command: not command.startswith("quoth index"))
    return {command: run(command, library) for command in commands}


def rewrite(library: Path) -> None:
    """Write into the README what its examples really print."""
    printed = run_all(examples(), library)

    def block(match: re.Match[str]) -> str:
        parts = ["\n".join([f"$ {one.command}", *cut(printed[one.command][1])]) for one in _in_block(match[1])]
        return "```console\n" + "\n".join(parts) + "\n```"

    README.write_text(_BLOCK.sub(block, README.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        rewrite(Path(folder) / "library")
