"""Marked are the places of a question's terms, whatever way they are looked for."""

from hypothesis import given
from hypothesis import strategies as st

from index.terms import _PLAIN_WORD, Place, places, terms
from search.highlight import Held, highlights

WORDS = st.one_of(
    st.text(max_size=60),
    st.sampled_from(["The ferry's", "F-16", "won't", "(Tolm),", "U.S.", "1,000", "«Orm»", "x" * 600, "\x1c", "—"]),
)


@given(st.lists(WORDS, max_size=12).map(" ".join), st.data())
def test_places_are_those_of_the_terms(text: str, data: st.DataObject) -> None:
    """`places` gives what picking from all terms would."""
    every = terms(text)
    wanted = data.draw(st.sets(st.sampled_from(sorted({term.text for term in every}) or ["none"])))
    expected = [Place(term.text, number, term.start, term.end) for number, term in enumerate(every)]
    assert places(text, wanted) == [place for place in expected if place.term in wanted]


@given(st.from_regex(_PLAIN_WORD, fullmatch=True))
def test_a_plain_word_is_analysed_as_any_other(chunk: str) -> None:
    """A character that makes a word not plain, set apart from it, changes no term of it."""
    if not any(char.isspace() for char in chunk):
        assert terms(chunk) == [term for term in terms(f"{chunk}|µ") if "μ" not in term.text]


def test_words_side_by_side_are_one_mark() -> None:
    """A name of two words is one span, and nothing is marked for no terms."""
    text = "In Tolm, the ferry company’s ferry-boats stay."
    wanted = {term.text for term in terms("ferry company boats")}
    assert [text[start:end] for start, end in highlights(text, Held(wanted))] == ["ferry company", "ferry-boats"]
    assert highlights(text, Held(())) == ()
