"""Answers to what somebody said, and who said it: true names, dates in order, refusals in numbers."""

from collections.abc import Iterator

import pytest

from search.engine import Engine
from search.types import AskResult, Query, StatementView
from tests.small_library import article, make_engine

SPRING = """\
The bridge

“The bridge must never be sold,” Edda Varn, the mayor of Tolm, said on Monday.

“The council loves the bridge,” said Pim Oster, a spokesman for the Tolm Council.

Tolm Council officials said the bridge was safe.
"""
SUMMER = """\
The bridge in summer

“The bridge may be sold to a friend,” Edda Varn said.

Ms. Varn also praised the cherries. “Cherries are the better lamps,” she said.
"""
AUTUMN = """\
The bridge in autumn

“The bridge is sold, and I am sorry for the pigeons,” Edda Varn told reporters.
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A mayor who changes her mind, and a council with a spokesman."""
    documents = [
        article("autumn", AUTUMN, title="Autumn", published="2031-10-01"),
        article("spring", SPRING, title="Spring", published="2031-04-01"),
        article("summer", SUMMER, title="Summer", published="2031-07-01"),
    ]
    engine = make_engine(tmp_path_factory.mktemp("speech") / "library", documents)
    yield engine
    engine.close()


def _ask(engine: Engine, question: str) -> AskResult:
    return engine.ask(Query(question))


@pytest.mark.parametrize(
    "question",
    [
        "What is Varn's position on the bridge, and did it change?",
        "How has Edda Varn's view of the bridge changed?",
        "Where does Varn stand on the bridge?",
    ],
)
def test_a_position_is_told_in_order_of_dates(engine: Engine, question: str) -> None:
    """The first and the last word on it are both cited, oldest first, and the list spans the time."""
    asked = _ask(engine, question)
    assert asked.answer
    cited = [citation.document.published or "" for citation in asked.answer.citations]
    assert cited == sorted(cited)
    assert (cited[0], cited[-1]) == ("2031-04-01", "2031-10-01")
    dates = [one.document.published or "" for one in asked.statements if "bridge" in one.text]
    assert dates == sorted(dates)


def test_a_body_is_answered_by_itself_and_then_by_its_spokesman(engine: Engine) -> None:
    """The spokesman is shown under his own name, behind what the body said itself, and the mayor not at all."""
    asked = _ask(engine, "What did the Tolm Council say about the bridge?")
    assert asked.answer
    assert "safe" in asked.statements[0].text
    names = [one.speaker.name for one in asked.statements if one.speaker]
    assert "Pim Oster" in names
    assert "Edda Varn" not in names


@pytest.mark.parametrize(
    ("question", "exact"),
    [
        ("Who said “Cherries are the better lamps”?", True),
        ("Who said 'Cherries are the better lamps'?", True),
        ("Who said “Cherries are the best lamps”?", False),
        ("Who said that cherries are the better lamps?", None),
        ("Did Varn say “the bridge must never be sold”?", True),
    ],
)
def test_a_typed_quotation_is_told_from_the_source(engine: Engine, question: str, exact: bool | None) -> None:
    """The real words are shown whatever was typed, and a flag says whether they are the same."""
    asked = _ask(engine, question)
    assert asked.answer
    assert asked.answer.exact is exact
    wanted = "The bridge must never be sold" if "Varn" in question else "Cherries are the better lamps"
    assert wanted in asked.answer.text


def test_role_narrows_who_said_it(engine: Engine) -> None:
    """“Which spokesman” is answered by a spokesman."""
    asked = _ask(engine, "Which spokesman said the council loves the bridge?")
    assert asked.statements
    assert asked.statements[0].speaker
    assert asked.statements[0].speaker.name == "Pim Oster"


def test_refusal_names_who_did_speak_of_it(engine: Engine) -> None:
    """Somebody else's words are named as theirs, behind the numbers, and never as the answer."""
    asked = _ask(engine, "What did Pim Oster say about cherries as lamps?")
    assert asked.answer is None
    assert asked.refusal
    assert asked.refusal.statements_by_speaker == 1
    assert asked.refusal.documents_mentioning == 1
    assert "Edda Varn" in asked.refusal.reason
    assert isinstance(asked.refusal.nearest[0], StatementView)


def test_unknown_two_part_questions_are_searches(engine: Engine) -> None:
    """“X on Y” is a question about X only where the library knows a speaker of that name."""
    known = _ask(engine, "Varn on cherries")
    assert known.answer
    assert known.answer.kind == "statements"
    other = _ask(engine, "pigeons on cherries")
    assert other.answer is None or other.answer.kind == "extract"


def test_a_time_in_a_question_is_a_filter(engine: Engine) -> None:
    """What was said in a month is what the documents of that month have, and nothing else."""
    asked = _ask(engine, "What did Varn say about the bridge in July 2031?")
    assert asked.answer
    assert {one.document.published for one in asked.statements} == {"2031-07-01"}
    asked = _ask(engine, "What has Varn said about the bridge since May 2031?")
    assert {one.document.published for one in asked.statements} == {"2031-07-01", "2031-10-01"}
    asked = _ask(engine, "What did Varn say in April?")
    assert {one.document.published for one in asked.statements} == {"2031-04-01"}


@pytest.mark.parametrize("time", ["in 1999", "last week", "before April 2031"])
def test_nothing_of_that_time_is_refused_with_its_reason(engine: Engine, time: str) -> None:
    """Nothing is lost silently: the reason tells how the time was read, and what there is of others."""
    asked = _ask(engine, f"What did Varn say {time}?")
    assert asked.answer is None
    assert asked.refusal
    assert asked.refusal.statements_by_speaker >= 3
    assert f"None of these is of “{time}”" in asked.refusal.reason
    assert "2031-04-01 to 2031-10-01" in asked.refusal.reason
    assert asked.refusal.nearest


def test_who_said_it_at_another_time(engine: Engine) -> None:
    """The words of spring were said by nobody in autumn."""
    assert _ask(engine, "Who said in April 2031 that the bridge must never be sold?").answer
    other = _ask(engine, "Who said in October 2031 that the bridge must never be sold?")
    assert other.refusal
    assert "in October 2031" in other.refusal.reason


def test_a_slip_in_a_name_or_a_topic_is_mended(engine: Engine) -> None:
    """The one person so spelled is meant, and the answer shows the real name; the one word so spelled as well."""
    asked = _ask(engine, "What did Ostar say about the bridge?")
    assert asked.answer
    assert "Pim Oster" in asked.answer.text
    assert _ask(engine, "What did Varn say about the pigeans?").answer
    refused = _ask(engine, "What did Ostar say about pigeons?").refusal
    assert refused
    assert "Ostar (read as Pim Oster)" in refused.reason


def test_several_speakers_are_answered_by_each(engine: Engine) -> None:
    """“X and Y” is answered by both; one who is unknown leaves the other."""
    asked = _ask(engine, "What did Varn and Pim Oster say about the bridge?")
    assert {one.speaker.name for one in asked.statements if one.speaker} == {"Edda Varn", "Pim Oster"}


def test_who_spoke_of_it(engine: Engine) -> None:
    """Who mentioned something is answered by words about it; nobody mentioned what is in no statement."""
    asked = _ask(engine, "Who mentioned the pigeons?")
    assert asked.answer
    assert "Edda Varn" in asked.answer.text
    assert _ask(engine, "Did anyone mention herrings?").refusal
