"""Words that stand together in a question, and close together in a passage."""

from pathlib import Path

import pytest

from index.library import Snapshot, open_library
from index.terms import term_texts
from index.types import Filters
from search.highlight import highlights
from search.proximity import closeness, weigh
from search.retrieve import Probe, query_terms
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
        two, one = (Probe(text, tuple(term_texts(text)), None) for text in ("silver spoon", "spoon"))
        found = _closeness(snapshot, two, list(rows.values()))
        assert set(_closeness(snapshot, one, list(rows.values())).values()) == {0}
    library.close()
    weights = {name: found[row] for name, row in rows.items()}
    assert weights["side"] == weights["turned"] > weights["near"] > weights["far"] == weights["one"] == 0


def test_small_words_tell_near_passages_apart(tmp_path: Path) -> None:
    """Words that carry no meaning count where the paragraph holds them, rare ones more, and are not marked."""
    texts = {
        "both": "The harbour was shut before dawn.",
        "rare": "A harbour was shut before dawn.",
        "common": "The harbour has been shut.",
        "none": "A harbour has been shut.",
        "more": "The board of the harbour met.",
    }
    make_library(tmp_path / "library", [article(name, text, title="Before the storm") for name, text in texts.items()])
    library = open_library(tmp_path / "library")
    with library.snapshot() as snapshot:
        rows = {name: snapshot.document(name).paragraphs[0].row for name in texts}
        found = _closeness(snapshot, Probe("before the", ("harbour",), None), list(rows.values()))
    library.close()
    assert found[rows["both"]] > found[rows["rare"]] > found[rows["common"]] > found[rows["none"]] == 0
    assert highlights(texts["both"], Probe("before the harbour", ("harbour",), None).held) == ((4, 11),)


def test_a_word_that_only_the_title_holds_counts(tmp_path: Path) -> None:
    """A paragraph need not repeat whom its article is about; where it does, the index counts the word already."""
    documents = [
        article(
            "titled", "The lender repays nothing before May.\n\nOstrava repays its lenders.", title="Ostrava in debt"
        ),
        article("other", "The town repays nothing before May.", title="Sarn in debt"),
    ]
    make_library(tmp_path / "library", documents)
    library = open_library(tmp_path / "library")
    with library.snapshot() as snapshot:
        silent, named = (one.row for one in snapshot.document("titled").paragraphs)
        other = snapshot.document("other").paragraphs[0].row
        found = _closeness(snapshot, Probe("Ostrava", ("ostrava",), None), [silent, named, other])
    library.close()
    assert found[silent] > found[named] == found[other] == 0


def test_a_fragment_counts_less_than_a_sentence(tmp_path: Path) -> None:
    """The fewer characters, the less, down to some; from a long sentence on all count the same, whatever is asked."""
    sentence = (
        "The mill stood still for the whole of that winter, because nobody in the valley could pay for its repair."
    )
    texts = {"word": "Mill", "heading": "The old mill", "half": sentence[:60], "one": sentence, "two": sentence * 2}
    make_library(tmp_path / "library", [article(name, text) for name, text in (texts | {"all": sentence * 9}).items()])
    library = open_library(tmp_path / "library")
    with library.snapshot() as snapshot:
        probe = Probe("winter", ("winter",), None)
        rows = {name: snapshot.document(name).paragraphs[0].row for name in (*texts, "all")}
        read = closeness(snapshot, probe, weigh(snapshot, probe).by_term, list(rows.values()))
    library.close()
    word, heading, half, one, two, every = (read[row].short for row in rows.values())
    assert word == heading < half < one < two == every == 0


def test_what_all_of_them_hold_tells_no_passage_apart(tmp_path: Path) -> None:
    """The same word in each leaves BM25 as it is; where one holds another, that counts more, and theirs less."""
    texts = {"one": "A tram for Orm.", "two": "The tram of Orm.", "rest": "A bell for Orm.", "none": "A mill."}
    make_library(tmp_path / "library", [article(name, text) for name, text in texts.items()])
    library = open_library(tmp_path / "library")
    with library.snapshot() as snapshot:
        probe = Probe("tram bell", ("tram", "bell"), None)
        rows = {name: snapshot.document(name).paragraphs[0].row for name in texts}
        weights = weigh(snapshot, probe).by_term
        read = closeness(snapshot, probe, weights, list(rows.values()))
        same = closeness(snapshot, Probe("tram", ("tram",), None), weights, list(rows.values()))
    library.close()
    assert read[rows["rest"]].apart > 1 > read[rows["one"]].apart == pytest.approx(read[rows["two"]].apart)
    assert [one.apart for one in same.values()] == pytest.approx([1.0] * 4)
    assert read[rows["none"]].apart == 1


def test_reading_tells_bm25_nearly_as_the_index_does(tmp_path: Path) -> None:
    """Whoever the index did not rank is ranked by what is read as it would have been, within a third; 0 holds none."""
    rest = " The boats of the harbour lay still all of that winter, and so did the mill behind the church." * 5
    texts = {"none": f"It froze.{rest}", "one": f"The tram froze.{rest}", "both": f"The bell of the tram froze.{rest}"}
    texts |= {f"other{number}": f"{number} ducks froze.{rest}" for number in range(9)}
    make_library(tmp_path / "library", [article(name, text) for name, text in texts.items()])
    library = open_library(tmp_path / "library")
    with library.snapshot() as snapshot:
        probe = Probe("tram bell", ("tram", "bell"), None)
        rows = {name: snapshot.document(name).paragraphs[0].row for name in texts}
        read = closeness(snapshot, probe, weigh(snapshot, probe).by_term, list(rows.values()))
        indexed = {hit.row: hit.score for hit in snapshot.lexical(probe.terms, 9, Filters())}
    library.close()
    assert read[rows["none"]].bm25 == 0
    for name in ("one", "both"):
        assert read[rows[name]].bm25 == pytest.approx(indexed[rows[name]], rel=1 / 3)


def test_what_no_passage_holds_cannot_be_attained(tmp_path: Path) -> None:
    """A passage with all words that the library knows reaches what they weigh together; a slip adds nothing to it."""
    make_library(tmp_path / "library", [article(name, text) for name, text in TEXTS.items()])
    library = open_library(tmp_path / "library")
    with library.snapshot() as snapshot:
        known = weigh(snapshot, Probe("", ("silver", "spoon"), None)).attainable
        assert known > weigh(snapshot, Probe("", ("spoon",), None)).attainable > 0
        assert weigh(snapshot, Probe("", ("silver", "spoon", "spooon"), None)).attainable == known
    library.close()


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


def test_an_introduction_in_full_is_no_more_than_the_surname(tmp_path: Path) -> None:
    """Another article's introduction of a person doesn't outweigh her own article, which calls her by the surname.

    Not in a short question, of which a name is the most, nor where no capital tells a name.
    """
    texts = {
        "own": "Orsted has moved to the hill.",
        "other": "Lena Orsted has moved to the valley.",
    }
    make_library(tmp_path / "library", [article(name, text) for name, text in texts.items()])
    library = open_library(tmp_path / "library")
    with library.snapshot() as snapshot:
        rows = {name: snapshot.document(name).paragraphs[0].row for name in texts}
        rest = "sold seven boats, blue barges and green rafts before winter storms closed Merk harbour"
        sentence, *others = (
            _closeness(snapshot, Probe(text, query_terms(text), None), list(rows.values()))
            for text in (f"Lena Orsted {rest}", "Lena Orsted", f"lena orsted {rest}")
        )
    library.close()
    assert sentence[rows["own"]] > sentence[rows["other"]] == 0
    assert all(one[rows["other"]] > one[rows["own"]] == 0 for one in others)


def _closeness(snapshot: Snapshot, probe: Probe, rows: list[int]) -> dict[int, float]:
    found = closeness(snapshot, probe, weigh(snapshot, probe).by_term, rows)
    return {row: read.words for row, read in found.items()}
