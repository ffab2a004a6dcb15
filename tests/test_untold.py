"""Deeds that texts tell by their own verb: who died, what ended, who resigned."""

from pathlib import Path

import pytest

from search.types import Query
from tests.small_library import article, make_engine

SIMON = "In 1973, Halvar named Piet Simon as the first head of the Fuel Office of Tolm, which Simon led for years."
DYNASTY = "The Karst dynasty (1204–1231) ruled Orm and built the harbour of Tolm in 1212."
TALKS = "The peace talks of Corvane and Karst in Orm were held on 4 March 2031 in the old town hall."


@pytest.mark.parametrize(
    ("question", "text", "is_answered"),
    [
        ("When did Piet Simon of the Fuel Office resign?", SIMON, False),
        ("When was Piet Simon head of the Fuel Office of Tolm?", SIMON, True),
        ("When did the Karst dynasty of Orm end?", DYNASTY, True),
        ("When did the peace talks of Corvane and Karst in Orm end?", TALKS, False),
        ("When were the peace talks of Corvane and Karst in Orm held?", TALKS, True),
        ("When did the peace talks of Corvane in Orm end?", f"{TALKS} They ended on 6 March.", True),
        ("Who killed Piet Simon of the Fuel Office of Tolm?", f"{SIMON} Simon died in Orm of a fever.", False),
        ("Who killed Piet Simon of the Fuel Office of Tolm?", f"{SIMON} Simon was shot by a clerk in Orm.", True),
        ("Who began the strike of Tolm?", "Ada Orr launched the strike of Tolm in May.", True),
        ("Who paid for the new bridge of Tolm?", "The new bridge of Tolm by Tom Reck was too expensive.", False),
        ("Who paid for the new bridge of Tolm?", "The new bridge of Tolm was financed by Tom Reck.", True),
        ("When was Ada Orr elected mayor of Tolm?", "Ada Orr of Tolm spoke before the election in May.", False),
        ("How often do elections of Tolm take place?", "Elections of Tolm take place every five years.", True),
        ("When was Ada Orr elected mayor of Tolm?", "Ada Orr won the vote for mayor of Tolm in May.", True),
        ("When was Ada Orr elected mayor of Tolm?", "Since her election as mayor of Tolm in May Ada Orr is ill.", True),
        ("When was Ada Orr elected mayor of Tolm?", "If elected mayor of Tolm in May, Ada Orr would end it.", False),
        ("Who was elected mayor of Tolm in May?", "Ada Orr spoke of Tolm before the election in May.", False),
        ("When was Ada Orr appointed judge of Tolm?", "Ada Orr, judge of Tolm, spoke of hiring in May.", False),
        ("When was Ada Orr appointed judge of Tolm?", "Ada Orr was named judge of Tolm in May.", True),
        ("When did Tolm lift the ban on eels?", "Tolm has a ban on eels since May.", False),
        ("When did Tolm lift the ban on eels?", "Tolm lifted the ban on eels in May.", True),
        ("When did Ada Orr become mayor of Tolm?", "Ada Orr, the mayor of Tolm, spoke on Friday.", False),
        ("When did Ada Orr become mayor of Tolm?", "Ada Orr, who took over in May, is the mayor of Tolm.", True),
    ],
)
def test_a_deed_that_texts_tell_by_its_verb_is_told(
    tmp_path: Path, question: str, text: str, is_answered: bool
) -> None:
    """A day of the same thing is not when it ended; the years of a life or a reign tell when they began and ended."""
    engine = make_engine(tmp_path / "library", [article("one", text)])
    answer = engine.ask(Query(question, mode="lexical")).answer
    engine.close()
    assert (answer is not None) is is_answered
