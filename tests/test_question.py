"""What a question is taken to ask for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.question import is_name, name_forms, parse


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
        ("  What   did\nOstrel say about\tthe ferry ? ", "Ostrel", "the ferry"),
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
    ],
)
def test_plain(question: str) -> None:
    """Everything else is plain, above all what only looks like a question for speech."""
    assert parse(question).intent == "plain"


def test_loose_wordings_are_marked() -> None:
    """Advising and describing is told of people as well as said by them."""
    assert parse("What did Ostrel advise the islanders?").loosely
    assert not parse("What did Ostrel say to the islanders?").loosely


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
    """No text breaks the reading, and what is found stands in the text."""
    asked = parse(text)
    plain = " ".join(text.split())
    assert asked.text == text
    for part in (asked.speaker, asked.topic):
        assert part is None or (part and part in plain)
