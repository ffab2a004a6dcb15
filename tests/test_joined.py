"""Words that one writes as one and another as two meet."""

from pathlib import Path

import pytest

from search.joined import as_one, joined
from search.types import Query
from tests.small_library import article, make_engine


@pytest.mark.parametrize(
    ("question", "text", "is_told"),
    [
        ("When was QuarryWorks founded?", "Quarry Works was founded in 1911.", True),
        ("When was Quarry Works founded?", "QuarryWorks was founded in 1911.", True),
        ("Who owns the boatyard?", "The boat yard is Ada's.", True),
        ("Who owns Nord-Lys?", "Nordlys is Ada's.", True),
        ("When was Quarry Works founded?", "Quarry men founded other works.", False),
        ("When was QuarryWorks founded?", "Quarry. Works of art.", False),
    ],
)
def test_words_are_one_or_two(question: str, text: str, is_told: bool) -> None:
    """Two words side by side are the one that they make, and the other way round."""
    assert bool(joined(question).told_by(text)) is is_told


def test_two_words_as_one_term() -> None:
    """Each pair of words of a question as the library may have it in one."""
    assert "quarrywork" in as_one("When was Quarry Works founded?")


@pytest.mark.parametrize("question", ["When was QuarryWorks founded?", "When was Quarry Works founded?"])
@pytest.mark.parametrize("name", ["QuarryWorks", "Quarry Works"])
def test_a_name_is_found_however_it_is_joined(tmp_path: Path, question: str, name: str) -> None:
    """The firm that is meant answers, and another of the same second word does not."""
    told = article("told", f"{name} was founded in 1911 by Ida Rahm.")
    other = article("other", "Mill Works was founded in 1890.")
    engine = make_engine(tmp_path / "library", [told, other])
    answer = engine.ask(Query(question)).answer
    engine.close()
    assert answer
    assert "1911" in answer.citations[0].text
