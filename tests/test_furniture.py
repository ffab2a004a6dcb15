"""Furniture: what is around an article is told apart from it, and article text is never marked."""

from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.furniture import blocks
from index.types import Document, Span
from tests.lookalikes import ARTICLES
from tests.shared import SHARED

NEWS = SHARED / "news"
LINES = st.sampled_from(
    ["Share", "Related articles", "A headline", "The council met on Monday.", "#a #b", "", " ", "0:00", "y" * 130]
)

GOLD = {
    "000_f14847e18536160b.txt": (26, {1, 25}),
    "001_29296690f817ae19.txt": (24, {2, 3, 5, 6}),
    "002_d48fd0e43ddd7616.txt": (38, {36, 37}),
    "003_2f5aaad47e8daf3a.txt": (20, {0, 4, 5, 6, *range(12, 20)}),
    "004_36af8d9ab3091adb.txt": (32, {1, *range(27, 32)}),
}
"""By file: how many blocks a reader sees, and the ordinals of those that are not the article."""
KNOWN_MISSES = {("003_2f5aaad47e8daf3a.txt", 6)}
"""The teaser under a related headline reads like a paragraph; unsure, it stays body."""


APPARATUS = (
    "Share", "Tweet", "Related articles", "You may also like…", "Leave a Reply", "#harbour #vote", "Updated: 0:00",
    "Most read", "Advertisement", "Back to top", "Recommended", "Comments", "Vellmar closes its old pier", "Tags",
)  # fmt: skip
SENTENCES = (
    "The council met on Monday.",
    "She rowed to the island, and nobody followed her.",
    "Register for the course by the fifth of May.",
    "Related questions were left to the harbour board.",
    "Recommended are two coats of oil.",
    "Advertisement pays for the paper.",
    "Share prices fell.",
    "Read more books, and fewer headlines.",
    "Comments are welcome at the town hall.",
    "Who will pay for the pier?",
    "Follow the coast for two miles, then turn left at the chapel.",
    "Copyright 2031 belongs to the heirs of the poet.",
    "Topics: tides, silt and the price of dredging.",
)


def document(text: str, title: str | None = None, furniture: tuple[Span, ...] = ()) -> Document:
    """A document of that text."""
    return Document(uri="file:///a.txt", sha256="0" * 64, text=text, title=title, furniture=furniture)


def marked(text: str, title: str | None = None, furniture: tuple[Span, ...] = ()) -> list[str]:
    """The texts of the blocks that are marked."""
    doc = document(text, title, furniture)
    return [text[block.start : block.end] for block in blocks(doc) if block.kind == "furniture"]


@given(st.one_of(st.text(max_size=300), st.lists(LINES, max_size=30).map("\n".join)), st.data())
def test_blocks_cover_any_text(text: str, data: st.DataObject) -> None:
    """Blocks are ordered, disjoint, trimmed, cover what is not white space, and obey the reader's spans."""
    cuts = data.draw(st.lists(st.integers(0, len(text)), max_size=6).map(sorted))
    spans = tuple((a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False) if a < b)
    found = blocks(document(text, furniture=spans))
    assert all(block.start < block.end for block in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
    assert all(text[b.start : b.end] == text[b.start : b.end].strip() for b in found)
    covered = {i for block in found for i in range(block.start, block.end)}
    assert {i for i, sign in enumerate(text) if not sign.isspace()} <= covered
    furniture = {i for block in found if block.kind == "furniture" for i in range(block.start, block.end)}
    assert {i for start, end in spans for i in range(start, end) if not text[i].isspace()} <= furniture


@pytest.mark.parametrize("name", GOLD)
def test_messy_articles_are_told_from_their_furniture(name: str) -> None:
    """In five articles as scraped, no block of the article is marked, and all furniture but the known misses is."""
    if not NEWS.is_dir():
        pytest.skip(f"{NEWS} is missing")
    text = (NEWS / name).read_text(encoding="utf-8")
    found = blocks(document(text, title=text.split("\n", 1)[0]))
    count, furniture = GOLD[name]
    assert len(found) == count
    missed = {ordinal for file, ordinal in KNOWN_MISSES if file == name}
    assert {n for n, block in enumerate(found) if block.kind == "furniture"} == furniture - missed


def test_articles_are_the_ones_that_were_judged() -> None:
    """The gold above speaks of these very files."""
    if not NEWS.is_dir():
        pytest.skip(f"{NEWS} is missing")
    digest = sha256(b"".join((NEWS / name).read_bytes() for name in GOLD)).hexdigest()
    assert digest.startswith("433c42a0f501e0ba")


@pytest.mark.parametrize(
    "line",
    [
        "Share this article",
        "You may also like…",
        "Back to top",
        "Source link",
        "Updated: 0:00",
        "Written by ADMIN",
        "#harbour #council #vote",
        "Your email address will not be published.",
        "We use cookies to improve your experience.",
        "Sign up for our daily newsletter",
        "Read more: Ferry fares to rise again",
        "Das könnte Sie auch interessieren:",
        "À lire aussi",
        "Artículos relacionados",
        "Photo 3 of 12",
        "12 Comments",
    ],
)
def test_lines_of_a_pages_apparatus_are_marked(line: str) -> None:
    """A line that is worded as nothing but a button, a form or a link list is marked."""
    assert marked(f"The council met on Monday in the old hall.\n\n{line}\n\nIt went home on Tuesday.") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell by a third on Tuesday.",
        "Related to this, the council also closed the old ferry pier.",
        "“Share this,” she said.",
        "Posted in Vellmar since 2012, the consul knew everybody.",
        "Also on U.S. soil, three bridges were closed.",
        "By continuing the talks, both sides accepted the terms of the deal.",
        "Comments by the minister angered the harbour workers.",
        "What the minister did next surprised everyone.",
        "Follow us, he told the crowd, and they did.",
        "The Harbour Question",
        "#1 in the ranking is Orr.",
    ],
)
def test_article_text_is_never_marked(line: str) -> None:
    """Sentences and subheadings that begin like furniture stay body."""
    assert marked(f"The council met on Monday in the old hall.\n\n{line}\n\nIt went home on Tuesday.") == []


@pytest.mark.parametrize("text", ARTICLES.values(), ids=ARTICLES.keys())
def test_lines_without_full_stop_below_a_pages_wordings_are_body(text: str) -> None:
    """Lists, verse, tables and entries stay body below subheadings that buttons and link lists share."""
    buttons = {"Share this article", "Leave a comment"}
    assert [line for line in marked(text) if any(sign.isalnum() for sign in line)] == [
        line for line in text.split("\n\n") if line in buttons
    ]


@given(
    st.sampled_from(list(ARTICLES.values())), st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3), st.data()
)
def test_sentences_are_body_wherever_they_stand(text: str, told: list[str], data: st.DataObject) -> None:
    """An ordinary sentence put between any two blocks of any text is not marked."""
    parts = text.split("\n\n") + data.draw(st.lists(st.sampled_from(APPARATUS), max_size=8))
    parts = data.draw(st.permutations(parts))
    for sentence in told:
        parts.insert(data.draw(st.integers(0, len(parts))), sentence)
    assert set(told).isdisjoint(marked("\n\n".join(parts)))


@given(st.lists(st.sampled_from(APPARATUS), max_size=6), st.sampled_from(list(ARTICLES.values())))
def test_a_pages_head_leaves_the_article_as_it_is(head: list[str], text: str) -> None:
    """Buttons above a headline and its article don't make furniture of the article's prose and lists."""
    page = "\n\n".join([*head, "A long headline that nobody says again", text])
    lists = [part for part in text.split("\n\n")[1:] if len(part.split()) > 4 and part != "Share this article"]
    assert set(lists).isdisjoint(marked(page))


def test_most_read_is_a_pages_amid_its_buttons() -> None:
    """Headlines below it are links where tags or buttons follow and no article, and else may be the article's."""
    links = "Vellmar closes its pier\nOrm ferry fares to rise in May"
    article = "The council met on Monday in the old hall."
    assert marked(f"{article}\n\nMost read\n{links}\n\n#pier #ferry") == ["Most read", links, "#pier #ferry"]
    assert marked(f"{article}\n\nMost read\n{links}\n\nBoth were read by thousands.") == []
    assert marked(f"{article}\n\nMost read\n{links}") == []


def test_the_line_above_the_next_paragraph_may_be_its_subheading() -> None:
    """Below a link list whose links were lost, the article's own subheading is body."""
    subheading = "Islanders ask for a longer pier"
    text = f"The council met.\n\nRelated articles\n\nVellmar closes its pier\n\n{subheading}\n\nThey met again."
    assert marked(text) == ["Related articles", "Vellmar closes its pier"]


def test_labels_are_marked_in_the_company_of_buttons() -> None:
    """What may head a part of an article is a page's where it stands among its buttons, or heads nothing."""
    article = "The council met on Monday in the old hall."
    assert marked(f"{article}\n\nFacebook\n\nShare this article\n\nPrint") == [
        "Facebook",
        "Share this article",
        "Print",
    ]
    assert marked(f"{article}\n\nComments") == ["Comments"]
    assert marked(f"{article}\n\nUpdated:\n\n0:00\n\n{article}") == ["Updated:", "0:00"]
    assert marked(f"Tweet\nPrint\n{article}\nIt voted.") == ["Tweet", "Print"]


@pytest.mark.parametrize("line", ["Most read\n\n", "A headline with five words\n\n", "Other points of interest\n\n"])
def test_hostile_lists_take_linear_time(line: str) -> None:
    """Twenty thousand headings or headlines are judged in one pass, not each against all."""
    assert len(blocks(document(f"Share\n\n{line * 20_000}"))) == 20_001


def test_a_headline_said_again_is_marked_once() -> None:
    """The first headline is body; the same line below it is not."""
    headline = "Council votes to close the ferry pier"
    assert marked(f"{headline}\n\n{headline}\n\nThe council met on Monday.", title=headline) == [headline]


def test_a_caption_said_twice_is_marked() -> None:
    """A caption and its own repetition in one line, as galleries are scraped."""
    caption = "The ferry pier at Vellmar on a quiet Monday morning in May."
    assert marked(f"The council met.\n\n{caption} {caption} (A. Orr/Press)\n\nIt voted.") == [
        f"{caption} {caption} (A. Orr/Press)"
    ]


def test_a_refrain_is_not_a_caption() -> None:
    """A short sentence that comes back later is the article's."""
    assert marked("We wait for the ferry.\n\nThe ferry came.\n\nWe wait.\n\nIt left.\n\nWe wait.") == []


def test_headlines_behind_the_end_are_marked_unless_prose_follows() -> None:
    """Lines behind a comment form are other articles' headlines, unless a paragraph shows that it was no end."""
    tail = "Leave a Reply\n\nFerry fares to rise again\n\nPier reopens after storm"
    assert marked(f"The council met on Monday.\n\n{tail}") == tail.split("\n\n")
    prose = "The council " + "then talked and talked " * 10 + "until midnight."
    assert marked(f"The council met.\n\n{tail}\n\n{prose}\n\nA subheading\n\n{prose}") == ["Leave a Reply"]


def test_lines_are_blocks_where_they_are_paragraphs() -> None:
    """Long lines are a block each; wrapped lines and tables are one block."""
    long = "The council of the town met on Monday to talk about the ferry pier, and talked until late at night. " * 2
    assert len(blocks(document(f"{long}\n{long}\n{long}"))) == 3
    assert len(blocks(document("The council met on\nMonday to talk about\nthe ferry pier."))) == 1


def test_a_button_above_the_first_line_is_cut_off() -> None:
    """Furniture on a line of its own directly at a paragraph is marked without it."""
    assert marked("Share\nThe council met on Monday.\nIt voted.\nTweet") == ["Share", "Tweet"]


def test_sentences_that_begin_like_a_button_are_body() -> None:
    """What somebody says, or what was, is article text, however a form would begin; so is a refrain."""
    lines = (
        "Register to vote early, the mayor told residents in her emails.",
        "Find us at the pier every morning, the fishermen told visitors.",
        "Copyright 2031 was the year the law changed, said Judge Orrin.",
        "Have a tip jar ready, the guide advises newcomers.",
        "We will not go home tonight.",
        "We will not go home tonight.",
    )
    found = blocks(Document(uri="file:///a", sha256="0", text="Title of it\n\n" + "\n\n".join(lines)))
    assert [block.kind for block in found] == ["body"] * 7


def test_markdown_links_are_judged_by_their_words() -> None:
    """A page's button stays one where Markdown says where it leads; a sentence with a link stays a sentence."""
    article = "The pier will close, [the harbour board](https://board.example/pier) said on Monday."
    buttons = ("[Subscribe to our newsletter](https://news.example/sub)", "[Share](https://news.example/share?a=1)")
    assert marked("\n\n".join([article, *buttons])) == list(buttons)
    lists = "* [Kordal says pier timbers finished](https://a.example)\n* [A second source](https://b.example)"
    assert marked(f"{article}\n\n{lists}") == []
