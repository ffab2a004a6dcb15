"""Long sentences, cut where their clauses end."""

from hypothesis import given
from hypothesis import strategies as st

from search.clauses import clauses

LONG = (
    "Ada rowed out, and Bo stayed; the herons, which had seen this before, left for Orm because of the noise they made."
)


def cut(text: str, longest: int) -> list[str]:
    """The clauses of a whole text."""
    return [text[start:end] for start, end in clauses(text, (0, len(text)), longest)]


def test_the_sense_ends_where_it_is_cut() -> None:
    """Semicolons before conjunctions, conjunctions before commas."""
    assert cut(LONG, 100) == [LONG]
    assert cut(LONG, 20) == [
        "Ada rowed out, and Bo stayed;",
        "the herons, which had seen this before,",
        "left for Orm because of the noise they made.",
    ]


_TEXTS = st.text(st.sampled_from("ab ,;:–”\n"), min_size=1, max_size=400).map(str.strip).filter(bool)


@given(_TEXTS, st.integers(1, 30))
def test_clauses_hold_all_words_in_order(text: str, longest: int) -> None:
    """Nothing is lost or doubled, no clause is empty or too long, and none begins or ends with a blank."""
    found = cut(text, longest)
    assert " ".join(" ".join(found).split()) == " ".join(text.split())
    assert all(one == one.strip() != "" for one in found)
    if len(text.split()) > longest:
        assert all(len(one.split()) <= max(1, longest // 2) for one in found)


def test_spans_are_those_of_the_text() -> None:
    """Offsets count from the beginning of the text, not of the span."""
    spans = clauses(f"No. {LONG}", (4, 4 + len(LONG)), 20)
    assert spans[0][0] == 4
    assert spans[-1][1] == 4 + len(LONG)


def test_a_hostile_sentence_is_cut_in_no_time() -> None:
    """A hundred thousand words, commas or blanks take one pass a halving."""
    for part in ("word ", ", ", ",and  ", "; "):
        assert all(len(one.split()) <= 30 for one in cut((part * 50_000).strip(), 60))
