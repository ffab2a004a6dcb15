"""Bearers of one surname: a wife, a son or a successor is never made the one with the title."""

import pytest

from index.speakers import cluster, matches
from index.speakers.resolve import resolve_names


def resolved(text: str, mention: str) -> str | None:
    """The name of the last place where a mention stands."""
    start = text.rindex(mention)
    return resolve_names(text, [(start, start + len(mention))])[0]


@pytest.mark.parametrize(
    ("bare", "full"),
    [
        ("Mr. Rudd", "Jill Rudd"),
        ("Ms. Rudd", "Peter Rudd"),
        ("President Rudd", "Jill Rudd"),
        ("Senator Rudd", "Peter Rudd"),
        ("Gov. Rudd", "Peter Rudd"),
    ],
)
def test_a_bare_surname_joins_only_who_agrees(bare: str, full: str) -> None:
    """Another gender, or a title and nothing that tells whose it is: two speakers, shown by what is known of each."""
    found = cluster({bare: 5, full: 1})
    assert sorted(one.names for one in found) == sorted([(bare,), (full,)])
    assert sorted(one.name for one in found) == sorted(["Rudd", full])
    assert len({one.key for one in found}) == 2


def test_an_unknown_given_name_contradicts_no_honorific() -> None:
    """“Mr. Rudd” is the only Rudd named in full, if nobody knows whether Yrsk is a man; not so beside “Ms. Rudd”."""
    assert [one.names for one in cluster({"Mr. Rudd": 5, "Yrsk Rudd": 1})] == [("Mr. Rudd", "Yrsk Rudd")]
    assert len(cluster({"Mr. Rudd": 5, "Ms. Rudd": 2, "Yrsk Rudd": 1})) == 3


def test_a_bare_surname_joins_who_agrees() -> None:
    """An honorific of the given name's gender joins; a surname alone, or one that pronouns tell of, does not."""
    assert len(cluster({"Mr. Rudd": 1, "Rudd": 1, "Peter Rudd": 1})) == 2
    assert len(cluster({"Mr Rudd": 1, "Peter Rudd": 1})) == 2
    found = cluster({"Mr. Rudd": 1, "Rudd": 1, "President Rudd": 1, "Peter Rudd": 1})
    assert sorted(one.names for one in found) == [("Mr. Rudd", "Peter Rudd"), ("President Rudd", "Rudd")]


def test_mr_and_ms_are_two() -> None:
    """Of two bearers whose given names nobody tells, the honorifics make two."""
    assert len(cluster({"Mr. Rudd": 1, "Ms. Rudd": 1})) == 2


@pytest.mark.parametrize(
    ("names", "clusters"),
    [
        (("Peter J. Rudd", "Peter Rudd Jr."), 2),
        (("Peter Rudd", "Peter Rudd Jr."), 2),
        (("Peter Rudd", "Peter J. Rudd Jr."), 1),
        (("Peter J. Rudd Jr.", "Peter Rudd Jr."), 1),
    ],
)
def test_a_junior_without_initial_is_the_son(names: tuple[str, ...], clusters: int) -> None:
    """“Jr.” tells the son apart, unless it only makes a name with its initial more formal."""
    assert len(cluster(dict.fromkeys(names, 1))) == clusters


@pytest.mark.parametrize("asked", ["Jill Rudd", "Ozz Rudd", "Peter Rudd Jr.", "Peter K. Rudd"])
def test_another_name_asks_for_nobody(asked: str) -> None:
    """A question for a relative is not answered with whom the library knows."""
    for names in ({"Peter J. Rudd": 3, "Mr. Rudd": 2}, {"President Rudd": 2}):
        assert not any(matches(asked, one) for one in cluster(names))


@pytest.mark.parametrize("asked", ["Pete Rudd", "P. Rudd", "P. J. Rudd", "Mr. Rudd", "rudd", "President Peter Rudd"])
def test_forms_of_a_name_still_ask_for_its_bearer(asked: str) -> None:
    """Nicknames, initials, titles and the surname alone find the one whom they fit."""
    (one,) = cluster({"Peter J. Rudd": 3, "Mr. Rudd": 2})
    assert matches(asked, one)


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("President Rudd came. Mr. Rudd said no.", "Mr. Rudd", "Mr. President Rudd"),
        ("President Rudd said no.", "President Rudd", "President Rudd"),
        ("Jill Rudd spoke. President Rudd said no.", "President Rudd", "President Rudd"),
        ("Jill Rudd, the first lady, came. President Rudd said no.", "President Rudd", "President Rudd"),
        ("Peter Rudd, the president’s son, came. President Rudd said no.", "President Rudd", "President Rudd"),
        ("Jill Rudd spoke. President Rudd said he would. The president said no.", "The president", "Mr President Rudd"),
        ("Jill Rudd spoke. Mr. Rudd said no.", "Mr. Rudd", "Mr. Rudd"),
        ("Mr. Rudd won. Ivana Rudd danced. The party’s nominee said no.", "The party’s nominee", None),
        ("Ann Venn, the governor, spoke. Governor Venn said no.", "Governor Venn", "Ann Venn"),
        ("Ann Venn spoke. Governor Venn said she knew. Governor Venn said no.", "Governor Venn", "Ann Venn"),
    ],
)
def test_titles_within_an_article(text: str, mention: str, name: str | None) -> None:
    """A titled surname is the full-named bearer's where gender, role or pronouns say so, never a relative's."""
    assert resolved(text, mention) == name


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("President Glenn Ames left. The former president said no.", "The former president", None),
        (
            "President Glenn Ames met former President Tam Royer. The former president said no.",
            "The former president",
            "Tam Royer",
        ),
        (
            "Vice President Nora Felt praised President Glenn Ames. The president said no.",
            "The president",
            "Glenn Ames",
        ),
        ("Vice President Nora Felt praised Glenn Ames. The president said no.", "The president", None),
        ("Vice President Nora Felt spoke. The vice president said no.", "The vice president", "Nora Felt"),
        ("Deputy Mayor Thomas Ott spoke. The mayor said no.", "The mayor", None),
        ("President-elect Thomas Ott spoke. The president said no.", "The president", None),
        ("Mayor Thomas Ott spoke. The ex-mayor said no.", "The ex-mayor", None),
        (
            "French President Paul Royer met German President Ann Hals. Royer left. The president said no.",
            "The president",
            None,
        ),
        (
            "French President Paul Royer met German President Ann Hals. The French president said no.",
            "The French president",
            "Paul Royer",
        ),
        (
            "French President Paul Royer met Prime Minister Ann Hals. The British president said no.",
            "The British president",
            None,
        ),
        ("Mayor Thomas Ott lost. Dana Pell was sworn in as mayor. The mayor said no.", "The mayor", None),
    ],
)
def test_what_qualifies_an_office_is_part_of_it(text: str, mention: str, name: str | None) -> None:
    """A former, vice or deputy one is another; of two, or after a successor came, nobody can tell."""
    assert resolved(text, mention) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Thomas Ott came with his wife, Vesna. “It rains,” she said.", "Ms Vesna"),
        ("Osk Perl came with his wife, Vesna. “It rains,” she said.", "Ms Vesna"),
        ("Osk Perl came. “It is dry,” he said. “It rains,” she said.", None),
    ],
)
def test_she_is_nobody_called_he(text: str, name: str | None) -> None:
    """A pronoun goes to the relative named just before, and never to whom the article calls by the other one."""
    assert resolved(text, "she") == name


def test_contradicting_pronouns_are_nobodys() -> None:
    """Where the first “she” could be somebody whom a later “he” means too, both are left open."""
    text = "Osk Perl came. “It is dry,” she said. Much rain fell. Later he said no."
    she, he = text.index("she said"), text.index("he said no")
    assert resolve_names(text, [(she, she + 3), (he, he + 2)]) == [None, None]
