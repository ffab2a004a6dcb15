"""What documents and file names hold cannot steer the terminal that shows it."""

import sys
from pathlib import Path

import pytest

from search.controls import harmless, on_one_line
from tests.commands import Run

SLY = "The ferry \x1b[31mred\x1b[0m \x1b]0;owned\x07 sails\x9b2J \u202eback."


def test_controls_become_pictures() -> None:
    """All but line ends and tabs, and these, too, in names."""
    assert harmless(SLY) == "The ferry ␛[31mred␛[0m ␛]0;owned␇ sails�2J �back."
    assert harmless("a\tb\nc é 日本\u200f") == "a\tb\nc é 日本\u200f"
    assert on_one_line("a\nb\r\u2028c\x7f") == "a␤b␍�c␡"
    assert not any(ord(one) < 0x20 and one not in "\n\t" for one in harmless("".join(map(chr, range(0x100)))))


def test_a_terminal_is_shown_pictures_and_a_pipe_the_bytes(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The words stay verbatim for programs; people see what is there."""
    (tmp_path / "a.txt").write_text(SLY, encoding="utf-8")
    run("index", str(tmp_path / "a.txt"))
    assert "\x1b[31m" in run("search", "ferry").out
    monkeypatch.setattr(type(sys.stdout), "isatty", lambda self: True, raising=False)
    shown = run("search", "ferry").out
    assert "␛[31m" in shown
    assert "\x1b" not in shown


def test_a_files_name_is_no_line_of_ours(run: Run, tmp_path: Path) -> None:
    """A line end in it is shown as one, wherever the name is told."""
    pile = tmp_path / "pile"
    pile.mkdir()
    (pile / "a\nrejected file:b.txt").write_text("")
    (pile / "c\nd.txt").write_text("The ferry sails at nine.")
    told = run("index", str(pile)).out
    assert "a␤rejected file:b.txt: it is empty" in told
    assert "\nrejected file:b" not in told
    assert "c␤d.txt" in run("search", "ferry").out
    assert "no␤such: there is no" in run("status", "--library", str(tmp_path / "no\nsuch")).err
