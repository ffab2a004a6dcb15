"""Who said what where no verb of saying stands beside the quotation: nouns, colons, subjects before, turns."""

import pytest

from tests.spoken import said, statements


@pytest.mark.parametrize(
    ("text", "content", "mention"),
    [
        ("Voters liked Reck’s claim that the quay is “late for good.”", "the quay is “late for good.”", "Reck"),
        ("She rose after his remark that, “the quay is lost to us.”", "“the quay is lost to us.”", "his"),
        ("The quay is, in Orla Venn’s words, “a very long wait.”", "“a very long wait.”", "Orla Venn"),
        ("In the words of Orla Venn, “we wait for the tide.”", "“we wait for the tide.”", "Orla Venn"),
        ("Venn’s response was: “Is the quay not open yet?”", "“Is the quay not open yet?”", "Venn"),
    ],
)
def test_nouns_of_saying_report_quotations(text: str, content: str, mention: str) -> None:
    """A claim, a remark, somebody's words: their owner said what is quoted."""
    assert (content, mention) in said(text)


@pytest.mark.parametrize(
    ("text", "content", "mention"),
    [
        ("Orla Venn called them on it:\n\n“The quay is not open.”", "“The quay is not open.”", "Orla Venn"),
        ("The quay is late - Orla Venn: “It was never on time.”", "“It was never on time.”", "Orla Venn"),
        ("After Reck blamed the ferry, Orla Venn shot back, “Swim then.”", "“Swim then.”", "Orla Venn"),
        ("It was late, as Orla Venn put it, “by a tide or two.”", "“by a tide or two.”", "Orla Venn"),
        ("Orla Venn could only add: “The quay is not open.”", "“The quay is not open.”", "Orla Venn"),
        ("Orla Venn left, going on to say “the quay is shut.”", "“the quay is shut.”", "Orla Venn"),
    ],
)
def test_what_leads_up_to_a_quotation(text: str, content: str, mention: str) -> None:
    """A colon, “as X put it” and verbs that need others give the quotation behind them to their subject."""
    assert (content, mention) in said(text)


@pytest.mark.parametrize(
    ("text", "content", "mention"),
    [
        ("“The quay is shut,” a voice over says.", "“The quay is shut,”", "a voice over"),
        ("“Is the quay shut?” Venn muses. “It is.”", "“Is the quay shut?” … “It is.”", "Venn"),
        ("“The quay is shut,” the two write.", "“The quay is shut,”", "the two"),
        (
            "“The quay is shut,” the town clerk and Liberal candidate said on Friday.",
            "“The quay is shut,”",
            "the town clerk and Liberal candidate",
        ),
        (
            "“The quay is shut and will be shut for years” the harbour’s chief engineer Orla Venn replied.",
            "“The quay is shut and will be shut for years”",
            "the harbour’s chief engineer Orla Venn",
        ),
        ("The quay “was open” in May, said Ash State University professor Orla Venn.", None, "Ash State"),
    ],
)
def test_sayers_behind_a_quotation(text: str, content: str | None, mention: str) -> None:
    """All between a quotation and its verb is the sayer; a capital “State” is no verb."""
    found = said(text)
    assert any(content in (None, words) and (by or "").startswith(mention) for words, by in found), found


def test_subject_of_the_sentence_before_speaks_less_surely() -> None:
    """A quotation after a sentence without a verb of saying is its subject's, at a lower confidence."""
    text = "Orla Venn looked at the empty quay. “I would not swim in that.”"
    (one,) = statements(text)
    assert one.mention is not None
    assert text[slice(*one.mention)] == "Orla Venn"
    assert one.confidence <= 0.75


def test_another_sayer_ends_what_was_said() -> None:
    """“… and X says he is “…”” and “who claim …, X said, “…”” are X's."""
    two = "Bran Reck accuses the council of “leading from behind” and Orla Venn says it is “losing the whole quay.”"
    assert said(two)[-1][1] == "Orla Venn"
    relative = "As for those who claim to know the tide, Orla Venn said, “I think they never saw it rise.”"
    assert ("“I think they never saw it rise.”", "Orla Venn") in said(relative)


def test_participle_after_with_has_its_own_subject() -> None:
    """“with X warning of “…””: X warns, not the sentence's subject."""
    text = "The council met on Friday, with Orla Venn calling the quay “a hole in the harbour.”"
    assert said(text) == [("“a hole in the harbour.”", "Orla Venn")]


def test_clause_before_the_subject_has_another() -> None:
    """“When Reck asked …, Venn looked up and said “…””: Venn did."""
    text = "When Bran Reck left the hall on Monday, Orla Venn looked up and said, “He will be back.”"
    assert ("“He will be back.”", "Orla Venn") in said(text)


@pytest.mark.parametrize("heading", ["‘The quay holds no grudge’", "## “The quay holds no grudge”"])
def test_heading_is_no_statement(heading: str) -> None:
    """A quotation alone on its line that ends no sentence is a section's title."""
    text = f"“The quay is shut,” Orla Venn said.\n\n{heading}\n\nIt rained."
    assert said(text) == [("“The quay is shut,”", "Orla Venn")]


def test_introduced_quotation_goes_on_over_paragraphs() -> None:
    """Each reopened paragraph after “X said:” is X's, the last one too."""
    text = "Orla Venn stated:\n\n“The quay is shut.\n\n“It stays shut.\n\n“It will be sold.”"
    assert said(text) == [("“The quay is shut. … “It stays shut. … “It will be sold.”", "Orla Venn")]


def test_curly_marks_inside_of_straight_ones_close_nothing() -> None:
    """A straight quotation goes on behind curly marks in it."""
    text = 'Orla Venn said: "The law on “equal tides for all” is a joke. It was one in May."'
    assert said(text) == [(text[16:], "Orla Venn")]


def test_years_with_an_apostrophe_open_no_quotation() -> None:
    """’08 is a year."""
    text = "Orla Venn moved here in ‘08 with us. “That is what the tide’s for,” she said."
    assert ("“That is what the tide’s for,”", "she") in said(text)


def test_transcript_with_names_in_ordinary_letters() -> None:
    """Full names before colons that come back make a transcript; labels and names that don't come back make none."""
    text = (
        "Jane Venn: Where is it now?\n\nPeter Reck: It was sold.\n\nJane Venn: Who bought it?\n\nPeter Reck: I did so."
    )
    assert [by for _, by in said(text)] == ["Jane Venn", "Peter Reck", "Jane Venn", "Peter Reck"]
    quoted = "\n\n".join(f'"{line}' for line in text.replace("Jane ", "").replace("Peter ", "").split("\n\n"))
    assert [by for _, by in said(quoted)] == ["Venn", "Reck", "Venn", "Reck"]
    labels = (
        "Opening Hours: It is open now.\n\nPort Ash: It is sold.\n\nOpening Hours: It is shut.\n\nPort Ash: It is wet."
    )
    assert said(labels) == []
