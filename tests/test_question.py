"""What a question is taken to ask for."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.names import is_name, name_forms
from search.question import parse


@pytest.mark.parametrize(
    ("question", "speaker", "topic"),
    [
        ("What did Ostrel say about the ferry?", "Ostrel", "the ferry"),
        ("what has Marta Ostrel said on the bridge", "Marta Ostrel", "the bridge"),
        ("What did Ostrel say?", "Ostrel", None),
        ("What did Ms. Ostrel tell reporters about the ferry?", "Ms. Ostrel", "the ferry"),
        ("Has Ostrel ever said anything about the bridge?", "Ostrel", "the bridge"),
        ("Did Ostrel say that the ferry will stop?", "Ostrel", "the ferry will stop"),
        ("What is Ostrel's position on the ferry?", "Ostrel", "the ferry"),
        ("What's Ostrel’s view of bridges?", "Ostrel", "bridges"),
        ("What is the stance of Marta Ostrel on bridges?", "Marta Ostrel", "bridges"),
        ("Ostrel's position on the ferry", "Ostrel", "the ferry"),
        ("What the harbour board said about the ferry", "the harbour board", "the ferry"),
        ("What else has Ostrel been saying about the ferry?", "Ostrel", "the ferry"),
        ("Why does Ostrel think the ferry is old?", "Ostrel", "the ferry is old"),
        ("When did Ostrel say that the ferry would stop?", "Ostrel", "the ferry would stop"),
        ("Which boats did Ostrel say were old?", "Ostrel", "boats were old"),
        ("When asked about the ferry, what did Ostrel say?", "Ostrel", "the ferry"),
        ("According to Ostrel, what is wrong with the ferry?", "Ostrel", "wrong with the ferry"),
        ("Is the ferry safe, according to the harbour master?", "the harbour master", "ferry safe"),
        ("In Ostrel's view, is the ferry safe?", "Ostrel", "ferry safe"),
        ("Why is the ferry safe, in Ostrel's view?", "Ostrel", "ferry safe"),
        ("Ostrel on the ferry's position", "Ostrel", "the ferry's position"),
        ("Show me what Ostrel said about the ferry", "Ostrel", "the ferry"),
        ("Can you give me quotes by Marta Ostrel on the ferry", "Marta Ostrel", "the ferry"),
        ("List everything that Ostrel said about the ferry", "Ostrel", "the ferry"),
        ("Ostrel on the ferry", "Ostrel", "the ferry"),
        ("What was said by Ostrel about the ferry?", "Ostrel", "the ferry"),
        ("What is Ostrel quoted as saying about the ferry?", "Ostrel", "the ferry"),
        ("What did Ostrel tell Pavel Drin about the ferry?", "Ostrel", "Pavel Drin about the ferry"),
        ("What did Ostrel tell reporters?", "Ostrel", None),
        ("What did the State Department say about ferries?", "the State Department", "ferries"),
        ("What do US officials say about ferries?", "US officials", "ferries"),
        ("Did anyone in the harbour board say that the ferry is old?", "the harbour board", "the ferry is old"),
        ("Did Ostrel comment on the ferry, and what did she say?", "Ostrel", "the ferry"),
        ("How has Ostrel's position on the ferry changed?", "Ostrel", "the ferry"),
        ("What is Ostrel's view of the ferry, and did it change?", "Ostrel", "the ferry"),
        ("  What   did\nOstrel say about\tthe ferry ? ", "Ostrel", "the ferry"),
        ("Ostrel said what about the ferry?", "Ostrel", "the ferry"),
        ("Ostrel: what did she say about the ferry?", "Ostrel", "the ferry"),
        ("What's Ostrel saying about the ferry?", "Ostrel", "the ferry"),
        ("What, according to Ostrel, is wrong with the ferry?", "Ostrel", "wrong with the ferry"),
        ("What is the latest from Ostrel on the ferry?", "Ostrel", "the ferry"),
        ("What was the last thing Ostrel said about the ferry?", "Ostrel", "the ferry"),
        ("What did Ostrel last say about the ferry?", "Ostrel", "the ferry"),
        ("What words did Ostrel use about the ferry?", "Ostrel", "the ferry"),
        ("What message did Ostrel send about the ferry?", "Ostrel", "the ferry"),
        ("Is it true that Ostrel said the ferry is old?", "Ostrel", "the ferry is old"),
        ("Was it Ostrel who said the ferry is old?", "Ostrel", "the ferry is old"),
        ("Is Ostrel the one who said the ferry is old?", "Ostrel", "the ferry is old"),
        ("Did Ostrel change her mind about the ferry?", "Ostrel", "the ferry"),
        ("How has Ostrel's tone on the ferry shifted?", "Ostrel", "the ferry"),
        ("Summarise what Ostrel said about the ferry", "Ostrel", "the ferry"),
        ("Did Ostrel talk about the ferry?", "Ostrel", "the ferry"),
        ("Last week, what did Ostrel say about the ferry?", "Ostrel", "the ferry"),
        ("What did Ostrel say in May 2031 about the ferry?", "Ostrel", "the ferry"),
        ("What has Ostrel said since May?", "Ostrel", None),
        ("What did Ostrel initially say about the ferry?", "Ostrel", "the ferry"),
        ("What does the keeper who resigned think about the ferry?", "the keeper who resigned", "the ferry"),
        ("What did the council report after the ferry call say?", "the council report after the ferry call", None),
    ],
)
def test_speech_of_a_speaker(question: str, speaker: str, topic: str | None) -> None:
    """Ways to ask what somebody said give the speaker and the topic as typed."""
    asked = parse(question)
    assert (asked.intent, asked.speaker, asked.topic, asked.loosely) == ("said", speaker, topic, False)


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Who said that the ferry will stop?", "the ferry will stop"),
        ("who said “A ferry without islanders is only a boat”?", "A ferry without islanders is only a boat"),
        ("Who warned of frost?", "frost"),
        ("Who was quoted as saying the engine was old?", "the engine was old"),
        ("Who told reporters that the engine was old?", "the engine was old"),
        ("Who was it that warned of a storm?", "a storm"),
        ("Who believes the engine is old?", "the engine is old"),
        ("Whose words are “the engine is old”?", "the engine is old"),
        ("Did anyone say the engine was old?", "the engine was old"),
        ("Has anybody denied the report?", "the report"),
        ("Which person said the engine was old?", "the engine was old"),
        ("What person said the engine was old?", "the engine was old"),
        ("By whom was it said that the engine is old?", "the engine is old"),
        ("According to whom is the engine old?", "the engine old"),
        ("Who coined the phrase “a boat of lamps”?", "a boat of lamps"),
        ("Who is against the ferry?", "the ferry"),
        ("Who supports the ferry?", "the ferry"),
        ("Who said in May 2031 that the engine was old?", "the engine was old"),
    ],
)
def test_who_said(question: str, topic: str) -> None:
    """Ways to ask for the speaker give what was said."""
    asked = parse(question)
    assert (asked.intent, asked.topic) == ("who_said", topic)


@pytest.mark.parametrize(
    "question",
    [
        "How many passengers did the ferry carry?",
        "What did the United States do?",
        "What has been said about the ferry?",
        "What did they say about the ferry?",
        "When will the ferry stop?",
        "What law says that ferries must stop?",
        "ferry Tolm Verrin",
        "What did the say about it?",
        "Wer hat das gesagt?",
        "What do all member states agree is due?",
        "Which island did the united states try to buy in 1871?",
        "What town has a group who call themselves islanders?",
        "What harbour tax was called a scandal?",
        "What UN body said that the ferry is old?",
        "Under Ostrel's plan, what would the ferry be named?",
        "Is it true that the ferry is old?",
        "When did the ferry sail in May 2031?",
        "When did Ostrel give the interview to the Tolm Post?",
        "Where did Ostrel announce the new ferry?",
        "When did Ostrel speak to Mira Lund?",
        "How often has Ostrel talked with Lund since May?",
        "How long did Ostrel and Lund talk?",
        "When did Ostrel and Mira Lund talk about the ferry?",
        "How many times has Ostrel spoken with Lund since May?",
        "When did Tolm recognize Karst as an independent state?",
    ],
)
def test_plain(question: str) -> None:
    """Everything else is plain, above all what only looks like a question for speech."""
    assert parse(question).intent == "plain"


def test_loose_wordings_are_marked() -> None:
    """Advising and describing is told of people as well as said by them."""
    assert parse("What did Ostrel advise the islanders?").loosely
    assert parse("What conditions did Ostrel set for a sale?").topic == "conditions for a sale"
    assert parse("How did Ostrel respond when asked about the ferry?").loosely
    assert not parse("What did Ostrel say to the islanders?").loosely


def test_speaking_of_something_is_not_saying_it() -> None:
    """“Who mentioned the ferry” asks whose words are about it, “who said” what the words are."""
    for question in ("Who mentioned the ferry?", "Did anyone comment on the ferry?", "Who spoke about the ferry?"):
        assert parse(question).mentions
    assert not parse("Who said that the ferry is old?").mentions


def test_taking_sides_asks_only_known_speakers() -> None:
    """Whether the ferry supports bicycles is no question for what the ferry said, unless somebody is called so."""
    for question in ("Does Ostrel support the ferry?", "Is Ostrel for or against the ferry?"):
        asked = parse(question)
        assert (asked.intent, asked.speaker, asked.topic, asked.tentative) == ("said", "Ostrel", "the ferry", True)


def test_role_of_who_said_it() -> None:
    """“Which captain” asks for a captain, “who” for anybody."""
    assert parse("Which ferry captain said the engine was old?").speaker == "ferry captain"
    assert parse("Who said the engine was old?").speaker is None


def test_positions_may_change() -> None:
    """A position is asked for over time, a remark is not."""
    assert parse("What is Ostrel's position on the ferry?").over_time
    assert parse("What did Ostrel say about the ferry, and has it changed?").over_time
    assert not parse("What did Ostrel say about the ferry?").over_time


def test_occasions_are_no_topics() -> None:
    """“After the vote” is when something was said."""
    assert parse("What did Ostrel say after the vote?").is_occasion
    assert not parse("What did Ostrel say about the vote?").is_occasion


@pytest.mark.parametrize(
    ("question", "speaker", "topic"),
    [
        ("Quote Ostrel", "Ostrel", None),
        ("Quote Ostrel on the ferry", "Ostrel", "the ferry"),
        ("Please cite Marta Ostrel about bridges", "Marta Ostrel", "bridges"),
        ("Can you quote the harbour master?", "the harbour master", None),
    ],
)
def test_whoever_is_to_be_quoted_is_asked_for(question: str, speaker: str, topic: str | None) -> None:
    """“Quote X” is a question for X's words; whether X speaks at all is for the library to say."""
    asked = parse(question)
    assert (asked.intent, asked.speaker, asked.topic, asked.tentative) == ("said", speaker, topic, True)


@pytest.mark.parametrize("question", ["Quote him", "quote", "Quote anyone"])
def test_nobody_is_quoted(question: str) -> None:
    """Without a name there is nobody to look for."""
    assert parse(question).intent == "plain"


@pytest.mark.parametrize("question", ["Ostrel on the ferry", "what's the ostrel position on ferries"])
def test_guessed_speakers_are_tentative(question: str) -> None:
    """What only looks like a speaker must be known as one."""
    assert parse(question).tentative


def test_typed_quotations_are_kept_apart() -> None:
    """Quotation marks of either kind set a quotation apart, apostrophes don't."""
    assert parse("Who said 'We don't row at night'?").quotation == "We don't row at night"
    assert parse("Who said “We row”?").quotation == "We row"
    assert parse("Who said the islanders' ferry isn't theirs?").quotation is None


def test_short_quotation_marks_do_not_hide_the_rest() -> None:
    """A single quoted word in a question is not all that was said."""
    assert parse('Who said that the ferry is "only" a boat?').topic == 'the ferry is "only" a boat'


def test_names_and_roles() -> None:
    """Roles are told from names, and names are freed of the roles before them, but of no relation."""
    assert is_name("Ostrel")
    assert is_name("the Bank of Sarn")
    assert not is_name("the governor of the Bank of Sarn")
    assert not is_name("the Sarn coach")
    assert not is_name("the guard")
    assert name_forms("fire chief Ostrel") == ("fire chief Ostrel", "Ostrel")
    assert name_forms("the wife of Ostrel") == ("the wife of Ostrel",)
    assert name_forms("the Kremlin spokesman") == ("the Kremlin spokesman",)


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    """No text breaks the reading, and what is found is made of the text's words."""
    asked = parse(text)
    assert asked.text == text
    for part in (asked.speaker, asked.topic):
        assert part is None or (part and all(word in text for word in part.split()))


def test_capitals_without_end_take_linear_time() -> None:
    """A name of many capitals is read as one name, not as every way to part it into several."""
    started = time.process_time()
    parse(f"Where did Orr and {'A' * 3900} say about ferries?")
    assert time.process_time() - started < 1
