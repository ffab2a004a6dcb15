"""Near-duplicates of stories that go on: another date or a later toll is other news, an update without one is none."""

import pytest

from tests.made_up_edits import REPORTS
from tests.test_duplicates import near

REPORT = REPORTS["council"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("by the end of next year", "by the end of this year"),
        ("by the end of next year", "by the end of the year"),
        ("by the end of next year", "until the end of next year"),
        ("said it would cut", "said it should cut"),
    ],
)
def test_small_words_that_tell_when_or_whether_make_other_news(before: str, after: str) -> None:
    """Another year, a deadline or a term, a plan or a duty."""
    report = (
        "Halvor Bank said it would cut 1,200 jobs and close 45 branches across the country by the end of next year. "
        "The lender, based in Orm, reported a loss after bad loans to builders of houses on the coast."
    )
    assert before in report
    assert not near(report, report.replace(before, after))


FLOOD = (
    "Nearly 400 people were evacuated from Tarn on Tuesday after the river Ull burst its banks, wardens said. Governor "
    "Lunde Aspern asked the army for help. At least three people were missing by nightfall, and the road stayed closed."
)


@pytest.mark.parametrize(
    "added",
    [
        " By morning eleven were missing.",
        " By morning the number of missing had risen to eleven.",
        " The number of evacuated people later rose to 900.",
    ],
)
def test_a_later_toll_is_other_news(added: str) -> None:
    """A sentence that was added gives another number of what was counted."""
    assert not near(FLOOD, FLOOD + added)


@pytest.mark.parametrize("added", [" More rain is expected on Wednesday.", " The army sent 60 soldiers from Orm."])
def test_an_update_that_counts_nothing_anew_is_a_copy(added: str) -> None:
    """What was told stands as it was."""
    assert near(FLOOD, FLOOD + added)


def test_a_word_that_is_stemmed_as_one_and_not_as_two_is_the_same() -> None:
    """“semi-final” and “semifinal”."""
    report = REPORT + " The pupils of the school of Quell have won the semi-final in the hall of Orm, it was told."
    assert near(report, report.replace("semi-final", "semifinal"))
