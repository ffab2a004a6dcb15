"""Who said what: the patterns of English news, and what must hold on any text."""

import re
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.statements import STATEMENTS_VERSION, extract
from index.types import Paragraph, Statement


def paragraphs(text: str) -> list[Paragraph]:
    """One body paragraph per block between empty lines."""
    spans = [match.span() for match in re.finditer(r"[^\n]+(?:\n[^\n]+)*", text)]
    return [Paragraph(i, start, end, "body", None, None) for i, (start, end) in enumerate(spans)]


def said(text: str) -> list[tuple[str, str | None, str | None]]:
    """What was said, the mention and the name of every statement."""
    return [
        (
            " … ".join(text[a:b] for a, b in one.spans),
            text[slice(*one.mention)] if one.mention else None,
            one.name,
        )
        for one in extract(text, paragraphs(text), "en")
    ]


def only(text: str) -> Statement:
    """The one statement of a text."""
    found = extract(text, paragraphs(text), "en")
    assert len(found) == 1, said(text)
    return found[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“The bridge is safe,” Orla Venn said.", ("“The bridge is safe,”", "Orla Venn", "Orla Venn")),
        ("“The bridge is safe,” said Orla Venn.", ("“The bridge is safe,”", "Orla Venn", "Orla Venn")),
        ('Orla Venn said: "The bridge is safe."', ('"The bridge is safe."', "Orla Venn", "Orla Venn")),
        ("Orla Venn told reporters, “The bridge is safe.”", ("“The bridge is safe.”", "Orla Venn", "Orla Venn")),
        ("Orla Venn: “The bridge is quite safe.”", ("“The bridge is quite safe.”", "Orla Venn", "Orla Venn")),
        ("“Is the bridge safe?” Orla Venn asked.", ("“Is the bridge safe?”", "Orla Venn", "Orla Venn")),
        ("''The bridge is safe,'' said Orla Venn.", ("''The bridge is safe,''", "Orla Venn", "Orla Venn")),
        ("„The bridge is safe,“ said Orla Venn.", ("„The bridge is safe,“", "Orla Venn", "Orla Venn")),
        ("“The bridge is safe,” Orla Venn was quoted as saying.", ("“The bridge is safe,”", "Orla Venn", "Orla Venn")),
        ("‘The bridge is safe,’ said Orla Venn.", ("‘The bridge is safe,’", "Orla Venn", "Orla Venn")),
    ],
)
def test_direct_quotation_beside_its_cue(text: str, expected: tuple[str, str, str]) -> None:
    """A quotation with the name beside the verb is direct, whatever the order and the marks."""
    assert said(text) == [expected]
    assert only(text).kind == "direct"


def test_cue_is_the_verb() -> None:
    """The cue is the verb's span."""
    text = "“The bridge is safe,” Mayor Orla Venn later added."
    assert text[slice(*only(text).cue)] == "added"


def test_quotation_split_around_its_cue_is_one_statement() -> None:
    """What goes on after the cue, in the same sentence or the next, belongs to the statement."""
    text = "“It will stand,” Tam Reck said. “It always has.”"
    assert said(text) == [("“It will stand,” … “It always has.”", "Tam Reck", "Tam Reck")]
    text = "“It will stand,” Tam Reck said, “because it always has.”"
    assert said(text) == [("“It will stand,” … “because it always has.”", "Tam Reck", "Tam Reck")]


def test_quotation_reopened_in_the_next_paragraph_is_one_statement() -> None:
    """Only the last paragraph of a long quotation closes it; all are one statement."""
    text = "“It will stand,” Tam Reck said. “It always has.\n\n“Nobody should worry about it.”"
    assert said(text) == [
        ("“It will stand,” … “It always has. … “Nobody should worry about it.”", "Tam Reck", "Tam Reck")
    ]
    assert only(text).confidence <= 0.85


def test_paragraph_of_quotation_alone_goes_on() -> None:
    """A paragraph that is nothing but a quotation is by the sayer before it, with less confidence."""
    text = "“It will stand,” Tam Reck said.\n\n“Nobody should worry about the old bridge.”"
    first, second = extract(text, paragraphs(text), "en")
    assert first.name == second.name == "Tam Reck"
    assert second.confidence < first.confidence


def test_paragraph_introduced_by_a_colon() -> None:
    """“X continued:” gives the next paragraph its sayer."""
    text = "Tam Reck went on to say:\n\n“Nobody should worry about the old bridge.”"
    assert said(text) == [("“Nobody should worry about the old bridge.”", "Tam Reck", "Tam Reck")]


def test_mixed_takes_the_whole_clause() -> None:
    """A clause that is quoted in part is mixed; its span runs to the sentence's end."""
    text = "Orla Venn said the bridge was “not ready” for heavy traffic."
    assert said(text) == [("the bridge was “not ready” for heavy traffic", "Orla Venn", "Orla Venn")]
    assert only(text).kind == "mixed"


def test_conjunction_before_a_whole_quotation_is_not_said() -> None:
    """“that” in front of a quotation is the reporter's word; with words of the clause around it, it stays."""
    text = "Orla Venn said that “we are ready to close the bridge.”"
    assert said(text) == [("“we are ready to close the bridge.”", "Orla Venn", "Orla Venn")]
    assert only(text).kind == "direct"
    text = "Orla Venn said that the bridge “is ready.”"
    assert said(text) == [("that the bridge “is ready.”", "Orla Venn", "Orla Venn")]


def test_a_word_outside_the_quotation_makes_it_mixed() -> None:
    """However long the quotation, a span with the reporter's words at its edge is not direct."""
    text = "Orla Venn said she would “" + "close the old bridge and open the new one " * 5 + "before June.”"
    assert text[slice(*only(text).spans[0])].startswith("she would “")
    assert only(text).kind == "mixed"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Orla Venn said that the bridge was safe.", ("that the bridge was safe", "Orla Venn")),
        ("Orla Venn said on Monday the bridge was safe.", ("the bridge was safe", "Orla Venn")),
        ("Orla Venn told reporters that the bridge was safe.", ("that the bridge was safe", "Orla Venn")),
        ("The bridge is safe for traffic, Orla Venn said.", ("The bridge is safe for traffic", "Orla Venn")),
        ("According to Orla Venn, the bridge is safe.", ("the bridge is safe", "Orla Venn")),
        ("The bridge is safe, according to Orla Venn.", ("The bridge is safe", "Orla Venn")),
    ],
)
def test_indirect_speech(text: str, expected: tuple[str, str]) -> None:
    """Reported clauses are indirect, without the verb and its surroundings."""
    assert said(text) == [(*expected, "Orla Venn")]
    assert only(text).kind == "indirect"


def test_subject_with_apposition_and_title() -> None:
    """The mention takes titles and appositions in, the name doesn't."""
    text = "In Port Ash, Orla T. Venn, the council’s spokeswoman, said that the bridge was safe."
    assert said(text) == [("that the bridge was safe", "Orla T. Venn, the council’s spokeswoman", "Orla T. Venn")]
    text = "“It is safe,” council spokeswoman Orla Venn said."
    assert said(text) == [("“It is safe,”", "council spokeswoman Orla Venn", "Orla Venn")]


def test_subordinate_subject_is_not_the_sayer() -> None:
    """A participle of saying belongs to the main subject, not to a name in between."""
    text = (
        "But Mr. Tam Reck noted that Port Ash “still owns the ferry,” "
        "which Lord Gant claimed to run, saying that “it is ours.”"
    )
    assert [name for _, _, name in said(text)] == ["Tam Reck", "Tam Reck"]


def test_sayer_in_a_relative_clause() -> None:
    """“President Z of Y, who said …” is Z's, not Y's; the mention is “who”."""
    text = "They met President Tam Reck of Ashland, who said in May that the bridge was safe."
    assert said(text) == [("that the bridge was safe", "who", "Tam Reck")]


def test_pronoun_means_the_last_sayer_that_agrees() -> None:
    """“he” and “she” are named when one candidate agrees."""
    text = "Mr. Tam Reck said that it was late. “We are tired,” he added."
    assert [name for _, _, name in said(text)] == ["Tam Reck", "Tam Reck"]
    text = "Mr. Tam Reck said that it was late. “We are tired,” she added."
    assert [name for _, _, name in said(text)] == ["Tam Reck", None]


def test_nobody_speaks_of_himself_by_name() -> None:
    """A pronoun whose words name the candidate is somebody else: no name is better than a wrong one."""
    text = "Mr. Tam Reck said that it was late. “Reck is always late for dinner,” he added."
    assert said(text)[1][2] is None


def test_relayed_speech_keeps_both() -> None:
    """Who passed it on stands beside who said it."""
    text = "The Ash Courier reported that Orla Venn said the bridge was safe."
    inner = [one for one in extract(text, paragraphs(text), "en") if one.name == "Orla Venn"]
    assert [one.relayed_by for one in inner] == ["Ash Courier"]


@pytest.mark.parametrize(
    "text",
    [
        "Orla Venn would not say that the bridge was safe.",
        "The “old bridge” was closed on Monday.",
        "She read “The Bridge of Ash” twice.",
        "Orla Venn was told to leave the bridge.",
        "The United States “old bridge fund” was closed.",
        "The mayor’s claim that the bridge was safe surprised many.",
    ],
)
def test_no_statement(text: str) -> None:
    """Denials, scare quotes, titles, passives, names and nouns are no statements."""
    assert said(text) == []


def test_unclosed_quotation_stops_at_its_attribution() -> None:
    """A missing closing mark doesn't swallow the sayer."""
    text = "“The tide will not wait, so why row there? Mr. Reck asked."
    assert said(text) == [("“The tide will not wait, so why row there?", "Mr. Reck", "Mr. Reck")]


def test_unattributed_quotation_has_no_mention() -> None:
    """A quoted sentence without a sayer is kept, with no name and an empty cue."""
    one = only("“Nobody crosses the bridge at night.”")
    assert (one.mention, one.name, one.confidence) == (None, None, 0.5)
    assert one.cue[0] == one.cue[1] == one.start


def test_furniture_and_other_languages_are_left_out() -> None:
    """Only body paragraphs of English documents are looked at; no language means English."""
    text = "“The bridge is safe,” Orla Venn said."
    body = paragraphs(text)
    assert extract(text, body, "de") == []
    assert len(extract(text, body, None)) == len(extract(text, body, "en-GB")) == 1
    assert extract(text, [Paragraph(0, 0, len(text), "furniture", None, None)], "en") == []


def test_pieces_of_one_line_are_read_together() -> None:
    """A long paragraph that was split at a sentence's end is still one paragraph of print."""
    text = "“It will stand,” Tam Reck said. “It always has.”"
    middle = text.index("“It always")
    pieces = [Paragraph(0, 0, middle - 1, "body", None, None), Paragraph(1, middle, len(text), "body", None, None)]
    assert [len(one.spans) for one in extract(text, pieces, "en")] == [2]


def test_version_is_a_positive_number() -> None:
    """The version is what tells a library to derive statements again."""
    assert STATEMENTS_VERSION >= 1


MARKS = ["“", "”", '"', "''", "‘", "’", "„", ".", ",", ":", "?", "—", "😀"]
WORDS = [
    "Mr. Reck",
    "Orla Venn",
    "he",
    "who",
    "said",
    "told",
    "saying",
    "that",
    "according to",
    "a spokesman",
    "of",
    "İ",
]
PIECES = st.sampled_from([*MARKS, *WORDS, "\n", "\n\n", "the", "bridge is safe", "İ"])


def check(text: str) -> None:
    """Spans lie inside the text, in order, disjoint and not empty; statements are in order."""
    found = extract(text, paragraphs(text), "en")
    for one in found:
        assert one.spans
        assert all(0 <= a < b <= len(text) for a, b in one.spans)
        assert all(left[1] <= right[0] for left, right in pairwise(one.spans))
        assert 0 <= one.cue[0] <= one.cue[1] <= len(text)
        assert one.mention is None or text[slice(*one.mention)].strip()
        assert one.mention is not None or one.name is None
        assert 0 < one.confidence < 1
    assert found == sorted(found, key=lambda one: (one.start, one.end))
    assert found == extract(text, paragraphs(text), "en")


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map(" ".join))
@example("“ said Mr. Reck")
def test_spans_hold_on_news_like_text(text: str) -> None:
    """Whatever the order of marks, names and verbs, spans are sound."""
    check(text)


QUOTATIONS = st.sampled_from(
    [
        "“The bridge is safe,”",
        "“the bridge is safe and nobody who crosses it at night needs to fear anything at all”",
        "“Why should the bridge not be safe?”",
        '"It has been there for two hundred years."',
        "“not ready”",
    ]
)
AROUND = st.sampled_from(
    [
        "Orla Venn said",
        "Mr. Reck told reporters that",
        "he added,",
        "whose goal, she said, was",
        "according to Mr. Reck,",
        *("and", "that", "on Monday.", "the bridge was", "He called it", "saying", ",", ".", ":", "\n\n"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(AROUND, QUOTATIONS), max_size=16).map(" ".join))
@example("whose goal, Orla Venn said, was “to show a friendly face to all who come to the bridge by night.”")
def test_direct_statements_are_quotations_from_end_to_end(text: str) -> None:
    """Where every quotation is closed, each span of a direct statement starts and ends with a quotation mark."""
    for one in extract(text, paragraphs(text), "en"):
        if one.kind == "direct":
            assert all(text[start] in '“"' and text[end - 1] in '”"' for start, end in one.spans)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map(" ".join))
def test_direct_statements_open_with_a_mark(text: str) -> None:
    """Whatever the marks, closed or not, each span of a direct statement starts with one."""
    for one in extract(text, paragraphs(text), "en"):
        assert one.kind != "direct" or all(text[start] in "“\"'‘„" for start, _ in one.spans)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_spans_hold_on_any_text(text: str) -> None:
    """No text makes the extraction fail."""
    check(text)


@pytest.mark.parametrize("piece", ['"', "“a ", "Reck said ", "“A b,” he said. ", "a of "])
def test_hostile_text_ends(piece: str) -> None:
    """Many thousand repeats of one pattern are read without trouble; rules that look too far would hang here."""
    check_text = piece * (40_000 // len(piece))
    assert extract(check_text, [Paragraph(0, 0, len(check_text), "body", None, None)], "en") is not None
