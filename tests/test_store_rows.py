"""Reading rows costs what is read, however much else there is."""

from pathlib import Path
from typing import Any

import pytest

from index.library import StatementQuery
from index.store import opened, rows
from index.store.local import LocalLibrary
from index.store.snapshot import LocalSnapshot
from index.types import Filters
from tests.small_library import ARTICLES, FERRY, article, make_library

MANY = 60


def steps(snapshot: LocalSnapshot, query: StatementQuery) -> tuple[int, list[str]]:
    """How many steps SQLite's machine takes to find statements, in dozens, and their texts."""
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    snapshot.db.set_progress_handler(count, 12)
    found = [one.text for one in snapshot.statements(query)]
    snapshot.db.set_progress_handler(None, 12)
    return counted, found


def of_ferry(library: LocalLibrary, filters: Filters) -> tuple[int, list[str]]:
    """What the statements in the ferry's paragraphs cost, and what they are, once all speakers are known."""
    with library.snapshot() as snapshot:
        rows = tuple(paragraph.row for paragraph in snapshot.document("ferry").paragraphs)
        query = StatementQuery(filters, paragraphs=rows)
        steps(snapshot, query)
        return steps(snapshot, query)


def test_statements_of_some_paragraphs_cost_the_same_in_a_larger_library(tmp_path: Path) -> None:
    """They are looked for from the paragraphs, and not among all there are."""
    others = [article(f"other-{n}", FERRY.replace("Tolm", f"Tolm {n}"), title=f"Ferry {n}") for n in range(MANY)]
    small, large = make_library(tmp_path / "small"), make_library(tmp_path / "large", (*ARTICLES, *others))
    for filters in (Filters(), Filters(speaker="Marta Ostrel"), Filters(source="gazette")):
        (few, found), (many, same) = of_ferry(small, filters), of_ferry(large, filters)
        assert found == same != []
        assert many <= 1.5 * few


@pytest.mark.parametrize(("small", "reads"), [(1 << 14, 1), (0, 2)])
def test_a_small_library_is_kept_as_it_is_read(
    small: int, reads: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next question finds paragraphs and texts that one before has read; of a large library none stay."""
    monkeypatch.setattr(opened, "SMALL", small)
    library, read = make_library(tmp_path), list[str]()
    at_once = rows._at_once

    def counted(*arguments: Any) -> list[Any]:
        read.extend(["rows"] if arguments[4] else [])
        return at_once(*arguments)

    monkeypatch.setattr(rows, "_at_once", counted)
    for ask in (LocalSnapshot.paragraphs, LocalSnapshot.texts):
        found = []
        for _ in range(2):
            with library.snapshot() as snapshot:
                wanted = [
                    one.row
                    for one in snapshot.document("ferry" if ask is LocalSnapshot.texts else "orchard").paragraphs
                ]
                found.append(ask(snapshot, wanted))
        assert found[0] == found[1] != []
        assert len(read) == reads
        read.clear()
