"""Reading rows costs what is read, however much else there is."""

from pathlib import Path

from index.library import StatementQuery
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
