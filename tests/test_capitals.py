"""A word is told for a name by how passages write it."""

import pytest

from search.capitals import has_capitals, writes_as_name


@pytest.mark.parametrize(
    ("texts", "is_name"),
    [
        (("The fees, said Ada Kowalczyk, will rise.", "Kowalczyk left the room."), True),
        (("“We shall wait,” Kowalczyk said of the fees.",), True),
        (("They asked d’Kowalczyk and the Kowalczyk-Vane brothers to wait.",), True),
        (("Mrs. Kowalczyk said that J. Kowalczyk would wait.",), True),
        (("Kowalczyk left the room. Kowalczyk came back.",), False),
        (("They spoke of it. “Kowalczyk is what we want,” they said.",), False),
        (("The Kowalczyk of the north is a kowalczyk as others are.",), False),
        (("the kowalczyk of the north",), False),
        (("Council Raises Kowalczyk Fees\nThey will rise in May.",), False),
        (("Fees rise, says Ada Kowalczyk\nCouncil Raises Harbour Fees",), True),
        ((), False),
    ],
)
def test_a_name_has_a_capital_within_a_sentence(texts: tuple[str, ...], is_name: bool) -> None:
    """Wherever it stands, and not only where any word has one: behind a full stop, a quotation mark, in a heading."""
    assert writes_as_name(texts, "kowalczyk") == is_name


def test_scripts_without_capitals_tell_no_names() -> None:
    """Nor does Georgian, whose capitals are those of titles."""
    assert [term for term in ("müller", "петров", "王小", "الشهابري", "წყალი", "7731") if has_capitals(term)] == [
        "müller",
        "петров",
    ]
    assert not writes_as_name(["昨日は王小と港へ行った"], "王小")
