"""Indexing without statements: passages are found, nobody is told to have said anything, and it can be made good."""

from pathlib import Path

import pytest

import cli
from index.library import open_library
from index.settings import IndexSettings
from index.store.local import LocalLibrary
from index.types import StatementQuery
from index.verify import verify
from search.engine import Engine
from search.opening import without_statements
from search.settings import Settings
from tests.fake_embedder import HashingEmbedder
from tests.piles import run

REPORT = (
    "The harbour council met on Tuesday after a winter of storms.\n\n"
    "“We will rebuild the sea wall before the autumn,” said Mayor Ilse Tarrow. “There is no other way.”\n"
)


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """Give a folder of one article in which somebody speaks."""
    folder = tmp_path / "pile"
    folder.mkdir()
    (folder / "wall.txt").write_text(REPORT, encoding="utf-8")
    return folder


def opened(tmp_path: Path, *, statements: bool) -> LocalLibrary:
    """Open the one library, to be indexed with or without statements."""
    return open_library(tmp_path / "library", IndexSettings(statements=statements))


def test_switched_on_later_they_are_found_in_all_documents(tmp_path: Path, pile: Path) -> None:
    """The files are unchanged and nothing is embedded again; switched off again, they go."""
    assert run(opened(tmp_path, statements=False), pile).statements == 0
    report = run(opened(tmp_path, statements=True), pile)
    assert (report.unchanged, report.embedded) == (1, 0)
    assert report.statements > 0
    with opened(tmp_path, statements=True).snapshot() as snapshot:
        assert len(snapshot.statements(StatementQuery())) == report.statements
    run(opened(tmp_path, statements=False), pile)
    with opened(tmp_path, statements=False).snapshot() as snapshot:
        assert snapshot.statements(StatementQuery()) == []
    assert verify(opened(tmp_path, statements=False), HashingEmbedder()).problems == ()


def test_a_second_run_without_them_does_nothing(tmp_path: Path, pile: Path) -> None:
    """Their absence is what was derived, and no reason to derive again."""
    run(opened(tmp_path, statements=False), pile)
    report = run(opened(tmp_path, statements=False), pile)
    assert (report.generation, report.paragraphs, report.unchanged) == (1, 0, 1)


@pytest.mark.parametrize("statements", [True, False])
def test_whoever_finds_none_is_told_that_there_are_none(tmp_path: Path, pile: Path, statements: bool) -> None:
    """And how to have them; a library that holds some needs no such note."""
    library = opened(tmp_path, statements=statements)
    run(library, pile)
    note = without_statements(Engine(library, Settings(), lambda info: HashingEmbedder()))
    assert (note is None) == statements
    assert statements or "quoth index --statements PATH" in str(note)


def test_the_command_says_so(
    tmp_path: Path, pile: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`quoth statements` of such a library: exit code 3, the hint on standard error, the list alone on the other."""
    run(opened(tmp_path, statements=False), pile)
    monkeypatch.setenv("QUOTH_LIBRARY", str(tmp_path / "library"))
    for command in ("statements", "speakers"):
        with pytest.raises(SystemExit) as ended:
            cli.main([command, "--json"])
        said = capfd.readouterr()
        assert ended.value.code == 3
        assert "--no-statements" in said.err
        assert f'"{command}":[]' in said.out
