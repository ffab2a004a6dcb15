"""Terms: folding, stems, numbers, scripts, and offsets that point at the original."""

import string
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.terms import MOST_CHARACTERS, content_terms, content_texts, term_texts, terms

TEXTS = st.text(max_size=300) | st.text(
    alphabet="aAéßﬁıİŁ 'ʼ’.,0123-国ガ\u3099ไท한\u1100\u1161\u0301\u200b\u00adx", max_size=80
)
CASED = string.ascii_letters + "éèçüöäñåøłčšžœæßъыжЖДλσΣ"


def same(a: str, b: str) -> bool:
    """Whether two texts have the same terms."""
    return term_texts(a) == term_texts(b) != []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Negotiations negotiated", ["negoti", "negoti"]),
        ("Peskov's Peskov’s James'", ["peskov", "peskov", "jame"]),
        ("$75 billion", ["75", "billion"]),
        ("1,000 1000 12,345,678.90", ["1000", "1000", "12345678.9"]),
        ("3.5 3.50 3.0 1.000", ["3.5", "3.5", "3", "1.000"]),
        ("12.05.2023 1,2,3", ["12", "05", "2023", "1", "2", "3"]),
        ("75bn 2nd 1990s 1990’s F-16 F16", ["75", "bn", "2", "1990", "1990", "f", "16", "f", "16"]),
        ("U.S. U.S.'s US us U.S.A. U.S.-led", ["us", "us", "us", "us", "usa", "us", "led"]),
        ("half-way", ["half", "way"]),
        ("can't won't didn't he'll we're", ["can", "will", "did", "he", "we"]),
        ("O'Brien O’Brien Xi'an l'eau qu'il", ["obrien", "obrien", "xian", "l", "eau", "qu", "il"]),
        ("Ankara'da Konya’nın Sana'a", ["ankara", "ankarada", "konya", "konyanin", "sana", "sanaa"]),
        ("ﾂﾊﾞｻ یک يك", ["ツバ", "バサ", "يك", "يك"]),
        ("café CAFE\u0301 Łódź naïve", ["cafe", "cafe", "lodz", "naiv"]),
        ("Straße ﬁnance co\u00adoperate", ["strass", "financ", "cooper"]),
        ("Acme™ word¹ 1½ CO₂", ["acm", "word", "1", "1", "2", "co", "2"]),
        ("Kiev Kyiv KIEV’s Odessa", ["kyiv", "kyiv", "kyiv", "odesa"]),
        ("Zelensky Zelenskyy Zelenskiy Zelenski", ["zelenski"] * 4),
        ("Navalny Navalnyy Sergei Sergey Yevgeny Evgeny", ["navalni"] * 2 + ["sergey"] * 2 + ["evgeni"] * 2),
        ("Mohammed Muhammad sky ski eye", ["muhammad", "muhammad", "sky", "ski", "eye"]),
        ("東京都 国", ["東京", "京都", "国"]),
        ("한국어", ["한국", "국어"]),
        ("Путин Владимирович", ["путин", "владимирович"]),
        ("١٢٣ １２３", ["123", "123"]),
        ("snake_case a\u200bb", ["snake", "case", "a", "b"]),
        ("— … “” ' '' . , \x00", []),
        ("", []),
    ],
)
def test_terms_are_folded_stemmed_and_split(text: str, expected: list[str]) -> None:
    """What meets what: the same thing written two ways gives the same terms."""
    assert term_texts(text) == expected


def test_offsets_are_of_the_original_where_folding_changes_lengths() -> None:
    """Letters that fold to two, accents on their own and dropped signs don't shift what follows."""
    text = "Æon ﬁnance Straße’s cafe\u0301 «Łódź» U.S. $1,000."
    assert [text[term.start : term.end] for term in terms(text)] == [
        *("Æon", "ﬁnance", "Straße", "cafe\u0301", "Łódź", "U.S.", "1,000")
    ]


def test_pairs_of_characters_overlap_with_their_own_offsets() -> None:
    """Each pair of an unspaced script covers exactly its two characters, marks included."""
    text = "x 東京都 か\u3099き"
    assert [text[term.start : term.end] for term in terms(text)] == ["x", "東京", "京都", "か\u3099き"]


@pytest.mark.parametrize("text", ["が", "é", "한국", "हिन्दी", "Ελλάδας", "й"])
def test_composed_and_decomposed_text_meet(text: str) -> None:
    """How a file system or an editor normalised the text makes no difference."""
    assert same(unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text))


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_offsets_are_ordered_and_inside_and_terms_are_clean(text: str) -> None:
    """Starts never go back, spans are never empty, and a term can stand between spaces as it is."""
    found = terms(text)
    assert [term.start for term in found] == sorted(term.start for term in found)
    for term in found:
        assert 0 <= term.start < term.end <= len(text)
        assert 0 < len(term.text) <= MOST_CHARACTERS
        assert not any(char.isspace() or unicodedata.category(char) in ("Cc", "Zs", "Zl", "Zp") for char in term.text)
    assert " ".join(term.text for term in found).split() == term_texts(text)
    assert set(content_terms(text)) <= set(found)
    assert [term.text for term in content_terms(text)] == content_texts(text)


@given(st.text(alphabet=CASED + " -.,'0123456789", max_size=120))
@settings(max_examples=200, deadline=None)
def test_case_makes_no_difference(text: str) -> None:
    """A text in capitals has the same terms, in the same order."""
    assert term_texts(text.upper()) == term_texts(text)
    assert term_texts(text.lower()) == term_texts(text)


@given(st.text(alphabet=CASED.replace("Σ", "") + "0123456789國東京한국", min_size=1, max_size=40))
@settings(deadline=None)
def test_accents_make_no_difference_and_folding_twice_changes_nothing(word: str) -> None:
    """Decomposed text has the same terms; numbers and pairs of characters are their own terms."""
    assert term_texts(unicodedata.normalize("NFD", word)) == term_texts(word)
    for term in term_texts(word):
        if not term.isalpha() or not term.isascii():
            assert term_texts(term) == [term]


def test_a_long_word_is_cut_and_a_long_line_is_linear_in_memory() -> None:
    """A word beyond 64 characters is cut but keeps its whole span; no line is too long."""
    assert [(len(term.text), term.start, term.end) for term in terms("q" * 100)] == [(MOST_CHARACTERS, 0, 100)]
    for hostile in ("a." * 100_000, "a'" * 100_000, "0," * 100_000, "e" + "\u0301" * 200_000, "東" * 50_000):
        assert terms(hostile)


def test_content_terms_leave_out_what_says_nothing() -> None:
    """Function words, question words and words of saying are not what a question is about."""
    asked = content_terms("What did Peskov say about the negotiations with Ukraine?")
    assert [term.text for term in asked] == ["peskov", "negoti", "ukrain"]
    assert content_terms("Who said that? Why didn't they, and isn't it so?") == []
    assert content_terms("WHO SAID WHAT") == []


def test_content_terms_keep_abbreviations_and_names_that_look_like_function_words() -> None:
    """The WHO and the US are not who and us; May inside a sentence is a month."""
    text = "What did the WHO tell us about the US and U.S. in May? May it? Will he?"
    assert [text[term.start : term.end] for term in content_terms(text)] == ["WHO", "US", "U.S.", "May"]
    assert content_texts(text) == ["who", "us", "us", "may"]
