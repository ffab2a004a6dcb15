"""When an answer holds an accepted string."""

import pytest

from index.types import Ref
from search.accepted import is_hit
from search.types import Answer, Citation

REF = Ref("d", "file:///d", None, None, None, None, "en")


def _answer(text: str, markers: int = 2) -> Answer:
    cited = (Citation(number, "", 0, 0, None, REF, "d#0") for number in range(1, markers + 1))
    return Answer(text, "extract", 0.9, tuple(cited))


@pytest.mark.parametrize(
    ("text", "accepted", "hit"),
    [
        ("It carried 41,000 passengers. [1]", "41,000", True),
        ("It carried 41,000 passengers. [1]", "41", False),
        ("It carried 41,000 passengers. [1]", "000", False),
        ("It carried 41,000 passengers. [1]", "1", False),
        ("It carried passengers [1] and cars. [2]", "passengers and cars", True),
        ("The note [3] in the text stays.", "3", True),
        ("It rose 4.5 percent.", "4", False),
        ("It rose 4.5 percent.", "5", False),
        ("There were 4. Nobody came.", "4", True),
        ("There were 14, and 4.", "4", True),
        ("The Germans won.", "german", False),
        ("The  GERMANS\nwon.", "germans won", True),
        ("“We don’t know”, she said.", "don't know", True),
        ("It lasted from 1939–1945.", "1939-1945", True),
        ("東京都に住む人", "東京", True),
        ("Straße", "STRASSE", True),
        ("Nothing of the kind.", "anything", False),
    ],
)
def test_an_accepted_string_stands_as_words_in_what_is_shown(text: str, accepted: str, hit: bool) -> None:
    """Whole words and numbers, without the markers, in any case, spacing and style of quotation marks."""
    assert is_hit(_answer(text), [accepted]) is hit
    assert is_hit(_answer(text), ["never in it", accepted]) is hit


def test_nothing_accepted_is_no_hit() -> None:
    """Without an accepted string there is nothing to hold."""
    assert not is_hit(_answer("Anything."), [])
