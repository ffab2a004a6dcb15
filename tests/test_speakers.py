"""Names: who is meant within an article, and who is one across a library."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.speakers import Cluster, cluster, count_mentions, forms_of, matches, name_bucket, speaker_id
from index.speakers.resolve import resolve_names


def resolved(text: str, *mentions: str) -> list[str | None]:
    """The names of mentions, each looked for after the one before."""
    spans, at = [], 0
    for mention in mentions:
        at = text.index(mention, at)
        spans.append((at, at + len(mention)))
        at += len(mention)
    return resolve_names(text, spans)


def test_surname_gets_the_full_name() -> None:
    """A surname after the full name means that person; honorifics make no difference."""
    text = "Dmitri S. Volkov spoke. Volkov said so. Mr. Volkov said so."
    assert resolved(text, "Dmitri S. Volkov", "Volkov", "Mr. Volkov") == ["Dmitri S. Volkov"] * 3


def test_the_fullest_form_of_the_article_names_everybody() -> None:
    """A form with a middle initial is fuller than one without."""
    text = "Dmitry Volkov said so. Dmitri S. Volkov said so."
    assert resolved(text, "Dmitry Volkov") == ["Dmitri S. Volkov"]


def test_roles_and_titles_are_no_part_of_a_name() -> None:
    """Roles before and after a name are taken off."""
    text = "Harbour spokesman Dmitry Volkov said no. Orla Venn, a historian at Ash College, said yes."
    assert resolved(text, "Harbour spokesman Dmitry Volkov", "Orla Venn, a historian at Ash College") == [
        "Dmitry Volkov",
        "Orla Venn",
    ]
    text = "Secretary of State Antony J. Blink said no. The State Department spokesman, Ned Prior, said yes."
    assert resolved(text, "Secretary of State Antony J. Blink", "The State Department spokesman, Ned Prior") == [
        "Antony J. Blink",
        "Ned Prior",
    ]


def test_role_alone_means_its_bearer() -> None:
    """“the spokesman” is the one person introduced as such, before that place."""
    text = "Harbour spokesman Dmitry Volkov arrived. The spokesman said no. The harbour spokesman said no."
    assert resolved(text, "The spokesman", "The harbour spokesman") == ["Dmitry Volkov"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "Harbour spokesman Dmitry Volkov met police spokesman Tam Reck. The spokesman said no.",
        "Harbour spokesman Dmitry Volkov left. A spokesman for the police came. The spokesman said no.",
        "The spokesman said no.",
    ],
)
def test_role_of_several_or_of_nobody_is_nobodys(text: str) -> None:
    """Unsure is None."""
    assert resolved(text, "The spokesman") == [None]


def test_two_people_with_one_surname_stay_two() -> None:
    """A bare surname that two people bear is nobody's; full names are told apart."""
    text = "Orla Venn met Tam Venn. Venn said so. Orla Venn said no."
    assert resolve_names(text, [(24, 28)]) == [None]
    assert resolved(text, "Tam Venn", "Orla Venn") == ["Tam Venn", "Orla Venn"]


def test_honorific_tells_namesakes_apart() -> None:
    """“Mrs.” is not the man."""
    text = "Mary Venn met Thomas Venn. Mrs. Venn said so. Mr. Venn said no."
    assert resolved(text, "Mrs. Venn", "Mr. Venn") == ["Mary Venn", "Thomas Venn"]


@pytest.mark.parametrize(
    "mention", ["a source", "analysts", "they", "It", "a spokesman for Mr. Volkov", "Volkov supporters"]
)
def test_the_nameless_have_no_name(mention: str) -> None:
    """People without a name stay without one, even beside somebody's name."""
    assert resolved(f"Dmitry Volkov left. Later {mention} said so.", mention) == [None]


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("the State Department", "State Department"),
        ("White House officials", "White House officials"),
        ("the Volkov campaign", "Volkov campaign"),
    ],
)
def test_bodies_speak(mention: str, name: str) -> None:
    """Organisations and their officials are speakers."""
    assert resolved(f"Later {mention} said so.", mention) == [name]


def test_pronoun_with_two_candidates_is_nobodys() -> None:
    """The last subject is not enough when another man was named after it."""
    text = "Mr. Volkov said no. It was a poor answer to Mr. Reck. He said yes."
    assert resolved(text, "Mr. Volkov", "He") == ["Mr. Volkov", None]


@pytest.mark.parametrize(
    "names",
    [
        ("Dmitri S. Peskov", "Dmitry Peskov", "Mr. Peskov", "peskov", "Kremlin spokesman Dmitry Peskov", "Peskov’s"),
        ("Volodymyr Zelensky", "Zelenskyy", "President Zelenski", "ZELENSKYI", "Zelenskiy"),
        ("Robert F. Kennedy Jr.", "Kennedy", "Mr. Kennedy"),
        ("Secretary of State Antony J. Blinken", "Blinken"),
        ("Ursula von der Leyen", "von der Leyen"),
        ("José Muñoz", "Munoz"),
        ("the State Department", "State Department"),
        ("Xi Jinping", "Xi", "Mr. Xi"),
    ],
)
def test_forms_of_one_name_share_a_bucket(names: tuple[str, ...]) -> None:
    """Spellings, titles, initials and suffixes make no difference to the bucket."""
    assert len({name_bucket(name) for name in names}) == 1
    assert forms_of(names[0]) == name_bucket(names[0])


def test_different_names_have_different_buckets() -> None:
    """A body is not its last word, and surnames stay apart."""
    assert len({name_bucket(n) for n in ("Tam Reck", "Tam Rick", "State Department", "Justice Department")}) == 4


def test_cluster_joins_spellings_and_honorifics() -> None:
    """One person in a bucket takes an honorific in, not a surname alone; the name is the most frequent full form."""
    bare, one = cluster({"Dmitri S. Peskov": 1, "Dmitry Peskov": 4, "Peskov": 9, "Mr. Peskov": 2, "D. Peskov": 1})
    assert (one.name, bare.name) == ("Dmitry Peskov", "Peskov")
    assert one.names == ("D. Peskov", "Dmitri S. Peskov", "Dmitry Peskov", "Mr. Peskov")
    assert all(matches("Peskov", found) for found in (bare, one))


def test_cluster_keeps_namesakes_apart() -> None:
    """Two given names are two people, and the bare surname is neither's."""
    found = cluster({"Hillary Clinton": 3, "Bill Clinton": 2, "William J. Clinton": 1, "Clinton": 9})
    assert sorted(one.names for one in found) == [
        ("Bill Clinton", "William J. Clinton"),
        ("Clinton",),
        ("Hillary Clinton",),
    ]
    assert len({speaker_id("clinton", one) for one in found}) == 3


def test_cluster_parts_by_middle_initial_and_suffix() -> None:
    """Contradicting initials or suffixes are different people."""
    assert len(cluster({"George W. Bush": 1, "George H. W. Bush": 1})) == 2
    assert len(cluster({"Robert F. Kennedy Sr.": 1, "Robert F. Kennedy Jr.": 1})) == 2


def test_speaker_id_stays_while_a_cluster_grows() -> None:
    """New forms and counts don't change who it is."""
    (small,) = cluster({"Dmitry Peskov": 1})
    (large,) = cluster({"Dmitri S. Peskov": 5, "Dmitry Peskov": 1, "Mr. Peskov": 3})
    assert speaker_id("peskov", small) == speaker_id("peskov", large)
    assert len(speaker_id("peskov", small)) == 14
    assert speaker_id("peskov", Cluster("Dmitry Peskov", ("Dmitry Peskov",))) == speaker_id("peskov", small)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("peskov", True),
        ("Mr. Peskov", True),
        ("Dmitri S. Peskov", True),
        ("D. Peskov", True),
        ("Ivan Peskov", False),
        ("Putin", False),
        ("", False),
    ],
)
def test_matches_any_known_form(query: str, found: bool) -> None:
    """A user may type any form; another given name is another person."""
    (one,) = cluster({"Dmitry Peskov": 2, "Mr. Peskov": 1})
    assert matches(query, one) is found
    assert matches(query, Cluster(one.name, one.names)) is found


def test_capitals_of_a_sentence_make_no_mention() -> None:
    """“He” and “he” are counted together, and shown as worded more often; names keep their capitals."""
    assert count_mentions(["He", "he", "The mayor", "He", "Venn", "the mayor", "the mayor"]) == (
        ("He", 3),
        ("the mayor", 3),
        ("Venn", 1),
    )


def test_full_name_finds_the_only_bare_surname_of_its_gender() -> None:
    """Where the library knows a surname alone, a full name means it if an honorific agrees, and it is nobody else's."""
    (one,) = cluster({"Mr. Peskov": 1, "Peskov": 2})
    assert matches("Dmitry Peskov", one)
    assert not matches("Orla Peskov", one)
    assert not matches("Ozz Peskov", one)
    (unknown,) = cluster({"President Peskov": 1})
    assert not matches("Dmitry Peskov", unknown)
    bare = next(c for c in cluster({"Ann Lee": 1, "Bob Lee": 1, "Ms. Lee": 1}) if c.names == ("Ms. Lee",))
    assert not matches("Ann Lee", bare)


NAMES = st.sampled_from(
    [
        "Reck",
        "Mr. Reck",
        "Tam Reck",
        "T. Reck",
        "Thomas Reck",
        "Tom Reck",
        "Tam J. Reck",
        "Tam K. Reck",
        "Tam Reck Jr.",
        "Ann Reck",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(NAMES, st.integers(1, 9), min_size=1), st.randoms(use_true_random=False))
def test_clusters_part_the_names_in_any_order(names: dict[str, int], rng: random.Random) -> None:
    """Every name is in one cluster, ids differ, and the order of the input makes no difference."""
    found = cluster(names)
    assert sorted(name for one in found for name in one.names) == sorted(names)
    assert len({speaker_id("reck", one) for one in found}) == len(found)
    items = list(names.items())
    rng.shuffle(items)
    assert cluster(dict(items)) == found


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_any_text_has_a_bucket(name: str) -> None:
    """No name makes the functions fail; a cluster of one name is found by it."""
    bucket = name_bucket(name)
    (one,) = cluster({name: 1})
    assert isinstance(one, Cluster)
    assert matches(name, one) is bool(bucket)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200), st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), max_size=6))
def test_any_mention_resolves_without_failing(text: str, pairs: list[tuple[int, int]]) -> None:
    """Whatever the spans, there is one answer for each."""
    spans = [(min(a, b), max(a, b)) for a, b in pairs]
    assert len(resolve_names(text, spans)) == len(spans)
