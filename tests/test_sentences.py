"""Sentences: offsets that hold for any text, and ends where a reader sees them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sentences import sentences

MARKS = st.sampled_from(
    [
        "Mr.",
        "U.S.",
        "Feb.",
        "6",
        "He",
        "said",
        "no",
        ".",
        "!",
        "?",
        "…",
        "“",
        "”",
        '"',
        "(",
        ")",
        " ",
        "\n",
        "。",
        "p.m.",
        "V.",
    ]
)


def split(text: str, language: str | None = None) -> list[str]:
    """The sentences themselves."""
    return [text[start:end] for start, end in sentences(text, language)]


def check(text: str, language: str | None = None) -> None:
    """What must hold for every text."""
    spans = sentences(text, language)
    assert all(start < end for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
    covered = {i for start, end in spans for i in range(start, end)}
    assert {i for i, sign in enumerate(text) if not sign.isspace()} <= covered


@given(st.text(max_size=400), st.sampled_from([None, "en", "de", "ja", "zz"]))
def test_spans_hold_for_any_text(text: str, language: str | None) -> None:
    """Spans are ordered, disjoint, trimmed, and cover what is not white space, for any Unicode and language."""
    check(text, language)


@given(st.lists(MARKS, max_size=60).map("".join))
def test_spans_hold_for_any_mix_of_marks(text: str) -> None:
    """The same for texts full of full stops, quotation marks and line breaks."""
    check(text)


def test_lone_surrogates_are_no_trouble() -> None:
    """Text that could not even be encoded still has sentences."""
    check("\udc00 x. 5. \ud800 Y.", "de")


@pytest.mark.parametrize(
    "expected",
    [
        ["The U.S. Senate voted.", "Mr. Orr objected."],
        ["She left for the U.S.", "He stayed."],
        ["Vladimir V. Putin met J. K. Rowling on Feb. 6 for $1.5 million.", "Nobody knew."],
        ["The No. 1 team won at 5 p.m. Friday.", "At 7 p.m. they lost."],
        ["I said no.", "Then I went."],
        ["“I agree.”", "He left."],
        ["He said: “No.", "Never again.”", "She wept."],
        ["“Why?” he asked.", "“Stop!” Mr. Orr said.", "Silence."],
        ["They waited … and waited.", "She added… nothing."],
        ["He said (quietly.)", "Then he spoke up."],
        ["“Will the tide wait for us?", "Mr. Orr asked.", "Then he left.", "Others came."],
        ["Dr. Li of Apple Inc. declined.", "Profits rose 3.5 percent in 2022.", "Sales fell."],
        ["Lt. Gen. Mark A. Orr spoke, e.g. on Monday.", "Etc."],
    ],
)
def test_english_sentences_end_where_a_reader_sees_it(expected: list[str]) -> None:
    """Abbreviations, initials, amounts and ellipses go on; closing quotation marks stay with their sentence."""
    assert split(" ".join(expected)) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", ["Er kam am 3. Mai an.", "Dann ging Dr. Müller z. B. nach Hause."]),
        ("fr", ["M. Dupont est arrivé.", "Il repart demain."]),
        ("es", ["El Sr. García llegó.", "¿Qué quería?", "Nadie lo supo."]),
    ],
)
def test_other_languages_keep_their_abbreviations(language: str, expected: list[str]) -> None:
    """What English rules don't know is left to the library that does."""
    assert split(" ".join(expected), language) == expected


def test_languages_without_spaces_are_split() -> None:
    """Full-width full stops end sentences without white space behind them."""
    assert split("これは文です。次の文です。", "ja") == ["これは文です。", "次の文です。"]


def test_line_breaks_end_headlines_but_not_wrapped_lines() -> None:
    """A short line is a sentence of its own; a line of a wrapped paragraph goes on in the next."""
    assert split("Council meets\nThe council met.") == ["Council meets", "The council met."]
    wrapped = "The council of the small town met on Monday evening, and for once\nNobody left before the end."
    assert split(wrapped) == [wrapped]
    assert split("One\n\ntwo") == ["One", "two"]


def test_long_hostile_texts_are_read() -> None:
    """Unclosed quotation marks, spaces and full stops without end are no trouble."""
    for text in ("“" * 200_000, "." * 200_000, " " * 200_000, "a. " * 50_000, "a’" * 100_000 + ".", "x \t" * 60_000):
        assert "".join(split(text)).replace(" ", "").replace("\t", "") == text.replace(" ", "").replace("\t", "")
