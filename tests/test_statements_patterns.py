"""Who said what, pattern by pattern: every way of reporting speech that the rules know, and what is none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.statements import extract
from index.statements.findings import Pattern
from index.statements.trust import confidence_of
from tests.spoken import paragraphs, said, statements


@pytest.mark.parametrize(
    ("text", "content", "mention"),
    [
        ("“Close the old bridge,” Reck barked.", "“Close the old bridge,”", "Reck"),
        ("“Close the old bridge,” recalled Orla Venn.", "“Close the old bridge,”", "Orla Venn"),
        ("“Close the old bridge,” one boatman wrote.", "“Close the old bridge,”", "one boatman"),
        ("Said Orla Venn, “We close the bridge.”", "“We close the bridge.”", "Orla Venn"),
        ("But, said Orla Venn, “we close the bridge.”", "“we close the bridge.”", "Orla Venn"),
        ("After a pause, Reck shot back, “Close it yourself then.”", "“Close it yourself then.”", "Reck"),
        ("Reck went even further: “Close it for good now.”", "“Close it for good now.”", "Reck"),
        (
            "Reck was asked by Orla Venn, “Is the bridge safe at all?”",
            "“Is the bridge safe at all?”",
            "Orla Venn",
        ),
        ("“The bridge is safe for all.” — Orla Venn, Port Ash", "“The bridge is safe for all.”", "Orla Venn"),
        ("“The bridge is safe for all.”\n\n― Orla Venn", "“The bridge is safe for all.”", "Orla Venn"),
        ("A letter from the council obtained by the Ash Courier says, “We close it.”", "“We close it.”", None),
        ("Orla Venn issued a statement saying “the bridge is safe.”", "“the bridge is safe.”", "Orla Venn"),
        ("«The bridge is safe,» said Orla Venn.", "«The bridge is safe,»", "Orla Venn"),
        ("She calls it “old”. 'The bridge is safe,' said Orla Venn.", "'The bridge is safe,'", "Orla Venn"),
        ("Orla Venn said: 'The bridge is “quite” safe.'", "'The bridge is “quite” safe.'", "Orla Venn"),
    ],
)
def test_direct_speech(text: str, content: str, mention: str | None) -> None:
    """A quotation finds its sayer by the verb, the colon, the dash or the participle beside it."""
    found = dict(said(text))
    assert content in found
    assert mention is None or found[content] == mention


@pytest.mark.parametrize(
    ("text", "content", "mention"),
    [
        ("Orla Venn says they’ll close the bridge.", "they’ll close the bridge", "Orla Venn"),
        ("Council aides said work on the bridge takes time.", "work on the bridge takes time", "Council aides"),
        ("Critics charge that the bridge was sold.", "that the bridge was sold", "Critics"),
        ("Orla Venn asked the council to close the bridge.", "to close the bridge", "Orla Venn"),
        ("Orla Venn is urging the council to close the bridge.", "to close the bridge", "Orla Venn"),
        ("Orla Venn called for a new bridge at Port Ash.", "for a new bridge at Port Ash", "Orla Venn"),
        ("Orla Venn called on the council to close it.", "on the council to close it", "Orla Venn"),
        ("Orla Venn warned of a flood in Port Ash.", "of a flood in Port Ash", "Orla Venn"),
        ("Orla Venn, however, says that the bridge is safe.", "that the bridge is safe", "Orla Venn"),
        ("The bridge is safe, as the Ash Courier reported.", "The bridge is safe", "the Ash Courier"),
        ("As the Ash Courier reported, the bridge is safe.", "the bridge is safe", "the Ash Courier"),
        ("The bridge, Orla Venn said, is quite safe.", "The bridge … is quite safe", "Orla Venn"),
        ("The bridge is safe, according to council documents.", "The bridge is safe", "council documents"),
        ("47% say that the bridge is safe.", "that the bridge is safe", None),
        ("On Monday, Orla Venn left early, saying that the bridge was safe.", "that the bridge was safe", "Orla Venn"),
        ("He’s tired of it and says the bridge is safe.", "the bridge is safe", "He"),
    ],
)
def test_indirect_speech(text: str, content: str, mention: str | None) -> None:
    """Reported clauses and what was called, asked, urged or warned for are indirect, up to where they end."""
    found = dict(said(text))
    assert content in found
    assert mention is None or found[content] == mention
    assert all(one.kind == "indirect" for one in statements(text))


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        (
            "Orla Venn said the bridge was safe and called it a landmark of ours.",
            ["the bridge was safe", "it a landmark of ours"],
        ),
        ("Orla Venn said the bridge was safe; the ferry was sold.", ["the bridge was safe"]),
        ("Orla Venn said the bridge was safe, but he walked around it.", ["the bridge was safe"]),
        ("Orla Venn said the bridge was safe and declined to say more.", ["the bridge was safe"]),
        ("After Reck said the bridge was safe, the council sold it.", ["the bridge was safe"]),
    ],
)
def test_content_ends_where_the_reporter_goes_on(text: str, contents: list[str]) -> None:
    """The next verb of saying, a semicolon, a turn or the end of a subordinate clause ends what was said."""
    assert [content for content, _ in said(text)][: len(contents)] == contents


def test_participle_at_the_start_goes_on_with_the_sayer_before() -> None:
    """“Adding, “…”” belongs to who spoke last in the paragraph."""
    text = "“It was late,” Orla Venn said. Adding, “The bridge was closed.”"
    assert said(text)[-1] == ("“The bridge was closed.”", "Orla Venn")


def test_list_of_quotations_is_one_statement() -> None:
    """Quotations that a verb lists are all its subject's."""
    text = "Orla Venn called the bridge “an old trap,” “a sham” and “the worst of all ideas.”"
    (one,) = statements(text)
    assert text[one.start : one.end].endswith("“the worst of all ideas.”")


def test_transcript_is_read_by_turns() -> None:
    """Names in capitals before colons, several of them, make a transcript; each paragraph is somebody's."""
    text = "VENN: Where is it now?\n\nRECK: It is sold.\n\nVENN: Who bought the bridge?\n\nRECK: I bought it."
    assert said(text) == [
        ("Where is it now?", "VENN"),
        ("It is sold.", "RECK"),
        ("Who bought the bridge?", "VENN"),
        ("I bought it.", "RECK"),
    ]
    assert {one.kind for one in statements(text)} == {"direct"}


@pytest.mark.parametrize(
    "text",
    [
        "UPDATE: The bridge is closed until May.\n\nNOTE: The ferry runs at night.",
        "Orla Venn’s song “A Bridge Over All the Water” was played.",
        "The “bridge to nowhere at all” was closed.",
        "Asked about the bridge, the council was silent.",
        "In a long letter to the council, Orla Venn pleaded for hours.",
        "Orla Venn told a joke.",
        "Nobody said anything.",
    ],
)
def test_no_statement(text: str) -> None:
    """Labels, titles, names, silences and speech whose words are not told are no statements."""
    assert said(text) == []


def test_every_pattern_has_its_measured_confidence() -> None:
    """Confidence lies between 0 and 1 for each pattern; a quotation beside its verb is sure, an unsigned one is not."""
    for pattern in Pattern:
        for is_pronoun in (False, True):
            assert 0 < confidence_of(pattern, is_pronoun=is_pronoun) < 1
    assert confidence_of(Pattern.BESIDE, is_pronoun=True) >= 0.95
    assert confidence_of(Pattern.UNATTRIBUTED, is_pronoun=False) <= 0.5


LINES = st.sampled_from(
    [
        *("VENN: It is sold now.", "RECK:", "“It is sold.", "— Orla Venn", "“It is sold.”", "said", "’", "‘It is", "‘"),
        *("us’", "'", "asked by", "Adding, “", "as X said,", "47% say", "«", "»", "Says", "He’s", "%", ":"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(LINES, st.sampled_from([" ", "\n", "\n\n"])).map("".join), max_size=24).map("".join))
def test_spans_hold_whatever_the_order_of_lines(text: str) -> None:
    """Spans lie inside body paragraphs' text, ordered and disjoint, and mentions are not empty."""
    for one in statements(text):
        places = [place for span in one.spans for place in span]
        assert places == sorted(places)
        assert 0 <= places[0] < places[-1] <= len(text)
        assert one.mention is None or text[slice(*one.mention)].strip()


@pytest.mark.parametrize(
    "piece",
    ["AAAA: b c d e\n\n", "— Orla Venn\n\n", "asked by “a b c” ", "‘a ", "us’ ", ", who said that ", "according to "],
)
def test_hostile_text_ends(piece: str) -> None:
    """Many thousand repeats of what the rules look for are read without trouble."""
    text = piece * (40_000 // len(piece))
    assert extract(text, paragraphs(text), "en") is not None
