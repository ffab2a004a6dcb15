"""Words that stand together in a question, and close together in a passage."""

from pathlib import Path

from index.library import open_library
from index.terms import term_texts
from search.proximity import closeness
from search.types import Query
from tests.small_library import article, make_engine, make_library

TEXTS = {
    "side": "The silver spoon of the baker was stolen.",
    "turned": "A spoon, silver and old, was stolen.",
    "near": "The spoon that he called silver was stolen.",
    "far": "The spoon lay on the table beside the window for many years, and it was never made of silver.",
    "one": "The spoon was stolen from a baker in the old town.",
}


def test_closer_weighs_more(tmp_path: Path) -> None:
    """Side by side in either order, then a few words apart, then in one passage, which counts nothing."""
    make_library(tmp_path / "library", [article(name, text) for name, text in TEXTS.items()])
    library = open_library(tmp_path / "library")
    with library.snapshot() as snapshot:
        rows = {name: snapshot.document(name).paragraphs[0].row for name in TEXTS}
        found = closeness(snapshot, term_texts("silver spoon"), list(rows.values()))
        assert closeness(snapshot, term_texts("spoon"), list(rows.values())) == {}
    library.close()
    weights = {name: found[row] for name, row in rows.items()}
    assert weights["side"] == weights["turned"] > weights["near"] > weights["far"] == weights["one"] == 0


def test_it_decides_between_passages_with_the_same_words(tmp_path: Path) -> None:
    """Of two passages with the question's words, the one that has them as they are asked is first."""
    documents = [
        article("apart", "The mayor of Orm, who was old, bought a mill; the miller had no bell for the tower of Tolm."),
        article(
            "joined", "The old miller of Orm, who had no mayor, bought a bell for the mill; the tower of Tolm fell."
        ),
    ]
    engine = make_engine(tmp_path / "library", documents)
    for question, first in (("old miller", "joined"), ("bell for the tower", "apart")):
        assert engine.search(Query(question)).passages[0].document.id == first
    engine.close()
