"""Who said what by the frame of the verb: which objects are speech, whose mention it is, where what was said ends."""

import pytest

from tests.spoken import said, statements


@pytest.mark.parametrize(
    "text",
    [
        "Orla Venn called Bran Reck in August and hopes to meet him in a few days.",
        "Orla Venn called President Reck on Friday to discuss the quay.",
        "Bran Reck called the police on Monday after the alarm went off.",
        "Orla Venn called an emergency session of the council on Friday.",
        "Orla Venn called him late on Friday to congratulate him.",
        "The judges announced the winner on Friday in Port Ash.",
        "Orla Venn dismissed her chief of staff on Monday.",
        "Bran Reck added sugar to the porridge and stirred it.",
        "The council rejected the bill by nine votes to four.",
        "Orla Venn denied him the key to the house.",
        "Orla Venn defended her title in the final in Port Ash.",
        "Orla Venn praised the firemen of the town.",
        "Orla Venn described the suspect in the dock.",
        "Orla Venn confirmed the job losses on Friday.",
        "It told the story of Port Ash fishermen, who are proud.",
        "The driver, who asked not to be named, left the quay.",
        "He denied it.",
        "Orla Venn said no.",
        "As an added benefit, the quay is now dry for everyone.",
        "The regions that officials say have been flooded are empty.",
        "What he said frightened her was the dark water.",
        "The company agreed to three pilots in the north of the country.",
        "Orla Venn agreed to a pause in the talks with the boatmen.",
        "Orla Venn has agreed to higher wages for all boatmen.",
        "Orla Venn agreed to Reck's demand for an inquiry into the flood.",
        "Orla Venn agreed to talks with the boatmen about the toll.",
        "Orla Venn agreed to arbitration by a judge from Port Ash.",
        "Orla Venn admitted to a mistake in the books of the town.",
        "Orla Venn swore to it on the book of her fathers.",
    ],
)
def test_deeds_are_no_statements(text: str) -> None:
    """To telephone, to sack, to vote down, to stir in, to accept, to say what was told before: nothing is said."""
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Orla Venn called the plan a disgrace to the whole town.", "the plan a disgrace to the whole town"),
        ("Orla Venn called Bran Reck a danger to the quay.", "Bran Reck a danger to the quay"),
        ("Orla Venn called the new toll unfair and much too high.", "the new toll unfair and much too high"),
        ("Orla Venn announced a new toll of two pounds.", "a new toll of two pounds"),
        ("Orla Venn announced the closing of the old quay.", "the closing of the old quay"),
        ("Orla Venn dismissed the idea that the quay was wet.", "the idea that the quay was wet"),
        ("Orla Venn rejected claims that the quay was wet.", "claims that the quay was wet"),
        ("Orla Venn denied any knowledge of the missing money.", "any knowledge of the missing money"),
        ("Orla Venn denies three counts of fraud.", "three counts of fraud"),
        ("Orla Venn praised the firemen for their courage.", "the firemen for their courage"),
        ("Orla Venn described the talks as frank and friendly.", "the talks as frank and friendly"),
        ("Orla Venn has stressed the importance of a dry quay.", "the importance of a dry quay"),
        ("Orla Venn advised boatmen to stay at home.", "to stay at home"),
        ("Orla Venn agreed to mend the quay by May.", "to mend the quay by May"),
        ("Orla Venn agreed to pause the works until May.", "to pause the works until May"),
        ("Orla Venn pledged to bring the boatmen home.", "to bring the boatmen home"),
        ("Orla Venn vowed to implement the plan in May.", "to implement the plan in May"),
        ("Orla Venn vowed to always mend the quay.", "to always mend the quay"),
        ("Orla Venn promised to refinance the quay by May.", "to refinance the quay by May"),
        ("Orla Venn pledged to decommission the old crane.", "to decommission the old crane"),
        ("Orla Venn agreed that the quay should be mended.", "that the quay should be mended"),
        ("Orla Venn reported the quay was wet.", "the quay was wet"),
        ("Orla Venn recommended that the quay be closed.", "that the quay be closed"),
        ("She said he lied.", "he lied"),
        ("Orla Venn said it rained.", "it rained"),
        ("It rained, Orla Venn said.", "It rained"),
    ],
)
def test_objects_and_short_clauses_that_tell_what_was_said(text: str, content: str) -> None:
    """What somebody is called, accused of, praised for; claims denied; things announced; a clause of two words."""
    assert [words for words, _ in said(text)] == [content]


@pytest.mark.parametrize(
    ("text", "content", "mention"),
    [
        ("The quay, said Orla Venn, “is the finest of all.”", "The quay … “is the finest of all.”", "Orla Venn"),
        ("Bran Reck, said Orla Venn, “is no fool.”", "Bran Reck … “is no fool.”", "Orla Venn"),
        (
            "Reck, said his deputy, Orla Venn, “is no fool.”",
            "Reck … “is no fool.”",
            "his deputy, Orla Venn",
        ),
        ("Orla Venn told a Congressional committee that it rained.", "that it rained", "Orla Venn"),
        ("Orla Venn told a Congressional committee on Monday the quay was wet.", "the quay was wet", "Orla Venn"),
        ("A report published in May said that the quay was wet.", "that the quay was wet", "A report"),
        ("“It is wet,” said Liberal spokesman Per Venn.", "“It is wet,”", "Liberal spokesman Per Venn"),
        ("“It is wet,” said the mayor of Ash, Jane Venn.", "“It is wet,”", "the mayor of Ash, Jane Venn"),
        ("“It is wet,” said the mayor of Ash, New Orland.", "“It is wet,”", "the mayor of Ash"),
        ("“It is wet,” an Ashline spokeswoman, Jo Venn, said.", "“It is wet,”", "an Ashline spokeswoman, Jo Venn"),
        ("“It is wet,” according to her lawyer, Tom Venn.", "“It is wet,”", "her lawyer, Tom Venn"),
        ("The person, who spoke in secret, said that it rained.", "that it rained", "The person, who spoke in secret"),
        ("Rep. Orla Venn (L-Ash) said the quay was wet.", "the quay was wet", "Rep. Orla Venn"),
        ("- Orla Venn said the quay was wet.", "the quay was wet", "Orla Venn"),
        ("The sum that was named, she said, would buy the quay.", "The sum that was named … would buy the quay", "she"),
        ("According to a May 2031 study by Orr College, it rained twice.", "it rained twice", "a May 2031 study"),
    ],
)
def test_the_mention_is_the_sayer_and_whole(text: str, content: str, mention: str) -> None:
    """The noun phrase beside the verb, with its name, without dashes, participles and what stands in brackets."""
    assert (content, mention) in said(text)


def test_two_tellers_have_each_their_own() -> None:
    """“A told … that …, and B told it that …” are two statements, whatever joins them."""
    text = "Bran Reck told the court that he slept, and Orla Venn told it that she had rowed."
    assert said(text) == [("that he slept", "Bran Reck"), ("that she had rowed", "Orla Venn")]
    text = "Bran Reck told the council the quay was dry, and Orla Venn told the court the quay was wet."
    assert said(text) == [("the quay was dry", "Bran Reck"), ("the quay was wet", "Orla Venn")]
    text = "Bran Reck called it “a very great gift”, while Orla Venn described it as a burden to all."
    assert [by for _, by in said(text)] == ["Bran Reck", "Orla Venn"]


@pytest.mark.parametrize("text", ["Her reply was on every tram.", "His campaign was over.", "The crowd rose."])
def test_no_thing_speaks_in_the_sentence_after(text: str) -> None:
    """A quotation behind a sentence about a thing is nobody's, also where somebody spoke before."""
    assert said(f"{text} “Nobody swims in my harbour.”") == [("“Nobody swims in my harbour.”", None)]
    before = "“It is wet,” Orla Venn told the crowd. The crowd chanted a song. “We shall not be moved.”"
    assert ("“We shall not be moved.”", "Orla Venn") not in said(before)


@pytest.mark.parametrize(
    "dateline",
    ["PORT ASH, Nov. 3 —", "PORT ASH (Orrwire) -", "ASH —", "PORT ASH, Orland, June 4 (OW) —", "Ash, 3 May (OW) –"],
)
def test_dateline_is_not_said(dateline: str) -> None:
    """Place, date and agency stay outside of what was said."""
    assert said(f"{dateline} The quay is wet, Orla Venn said.") == [("The quay is wet", "Orla Venn")]


def test_capitals_before_a_dash_may_be_the_subject() -> None:
    """A body in capitals that goes on behind two dashes is no dateline."""
    assert said("OWRA — the harbour union — said the quay was wet.")[0][1] == "OWRA — the harbour union"


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Orla Venn said she would run, had called him and was waiting.", "she would run"),
        ("Orla Venn, who said she would run, criticized Reck.", "she would run"),
        ("Orla Venn said that she would think about it, and gave him soup.", "that she would think about it"),
        ("Orla Venn said on Monday the quay was wet, Castrin Radio reported.", "the quay was wet"),
        ("Orla Venn said that before the flood, requests were made.", "that before the flood, requests were made"),
        ("Reck argued that then-Sen. Orla Venn was wet.", "that then-Sen. Orla Venn was wet"),
    ],
)
def test_what_was_said_ends_with_its_clause(text: str, content: str) -> None:
    """The reporter's next verb, and who passes it on, are not said; an abbreviation ends nothing."""
    assert said(text)[0][0] == content


@pytest.mark.parametrize(
    "quotation", ["»The quay is wet,«", "«The quay is wet»,", "« The quay is wet »,", "»The quay is wet,»"]
)
def test_angle_marks_whichever_way_they_point(quotation: str) -> None:
    """French, German and Swedish books turn them differently."""
    (one,) = statements(f"{quotation} said Orla Venn.")
    assert (one.kind, one.name) == ("direct", "Orla Venn")


def test_full_stop_inside_belongs_to_the_sayer_before() -> None:
    """“…,” A said, “….” B said, “….”: each has their own."""
    text = "‘I was out,’ Tam Reck said, ‘and it rained.’ Orla Venn said, ‘He was here.’"
    assert said(text) == [("‘I was out,’ … ‘and it rained.’", "Tam Reck"), ("‘He was here.’", "Orla Venn")]


def test_short_names_before_colons() -> None:
    """`Luna: “…”` is Luna's in an interview, or where the text names her in full; a label says nothing."""
    interview = "Luna: “I never liked the quay.”\n\nReck: “But you built it.”\n\nLuna: “I did not build it.”"
    assert [by for _, by in said(interview)] == ["Luna", "Reck", "Luna"]
    named = "Mira Luna spoke in May.\n\nLuna: “I never liked the quay.”"
    (one,) = statements(named)
    assert one.name == "Mira Luna"
    assert said("Motto: “We never rest at all.”\n\nNote: “The quay is closed now.”") == []


def test_turns_on_lines_of_one_block() -> None:
    """A transcript without empty lines between its turns is read turn by turn, however long the lines."""
    long = "the quay is wet and cold and will be shut until the tide comes back"
    text = f"VENN: I say that {long}.\nRECK: You say so.\nVENN: I do say that {long}.\nRECK: We heard you."
    assert [by for _, by in said(text)] == ["VENN", "RECK", "VENN", "RECK"]


def test_sources_that_follow_one_another_are_not_relayed() -> None:
    """Only who speaks inside of what another reports is passed on."""
    apart = "Orrwire reported the quay was wet. A source said the toll would rise."
    assert [one.relayed_by for one in statements(apart)] == [None, None]
    joined = "Orrwire reported that the quay was wet, and a source said that the toll would rise."
    assert [one.relayed_by for one in statements(joined)] == [None, None]
    tight = "Orrwire reported that the quay was wet and a source said that the toll would rise."
    assert [one.relayed_by for one in statements(tight)] == [None, None]
    inside = "Orrwire reported that a source told it that the quay was wet."
    assert [one.relayed_by for one in statements(inside)] == [None, "Orrwire"]
