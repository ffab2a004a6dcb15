"""Pronouns: whom “he” and “she” mean within an article, and when nobody can tell."""

from typing import SupportsIndex

import pytest

from index.speakers.resolve import resolve_names


def resolved(text: str, mention: str, at: int = -1) -> str | None:
    """The name of the last place, or of the one after `at` characters, where a mention stands."""
    start = text.rindex(mention) if at < 0 else text.index(mention, at)
    return resolve_names(text, [(start, start + len(mention))])[0]


@pytest.mark.parametrize(
    ("text", "pronoun", "name"),
    [
        ("Dmitri S. Volkov spoke in Hesmora. He said no.", "He", "Dmitri S. Volkov"),
        ("Orla Venn met Tam Reck. She said no.", "She", "Orla Venn"),
        ("Thomas Venn met Tam Reck at noon. He said no.", "He", "Thomas Venn"),
        ("Though Thomas Venn has lost, he said no.", "he", "Thomas Venn"),
        ("“We can wait,” Thomas Venn said. “The tide is high,” he added.", "he", "Thomas Venn"),
        ("Thomas Venn had no training. He read much. He asked for help. He told us so.", "He", "Thomas Venn"),
        ("Ms. Orlow spoke. Asked by Mrs. Lund of the Post, she said no.", "she", "Ms. Orlow"),
        ("Ms. Orlow spoke. Mrs. Lund hesitated. “It hurts,” she said.", "she", "Ms. Lund"),
        ("Speaking on Radio Orr, Thomas Venn rose. He said no.", "He", "Thomas Venn"),
        ("Behind Ann Lund stood Thomas Venn, a baker. “It hurts,” he said.", "he", "Thomas Venn"),
        ("His chief of staff, Thomas Venn, laughed. “It hurts,” he said.", "he", "Thomas Venn"),
        ("Osk Perling, 41, has a boat. “It leaks,” he said.", "he", "Osk Perling"),
        ("Osk Perling left the room. “It leaks,” he said.", "he", "Osk Perling"),
        ("Osk Perling and his wife, Ann, left. “It leaks,” he said.", "he", "Osk Perling"),
        ("Ann Lund is a friend of Thomas Venn. “She is kind,” he said.", "he", "Thomas Venn"),
        ("Thomas Venn fell ill. He rose again. “It hurts,” he said.", "he", "Thomas Venn"),
        (
            "After Thomas Venn’s victories, Tam Reck’s went unseen. Ann Lund’s were. “It hurts,” she said.",
            "she",
            "Ann Lund",
        ),
    ],
)
def test_the_one_spoken_of_last_and_most(text: str, pronoun: str, name: str) -> None:
    """The subject before goes first, a chain of pronouns keeps it, and the gender has to agree."""
    assert resolved(text, pronoun) == name


@pytest.mark.parametrize(
    ("text", "pronoun"),
    [
        ("He said no.", "He"),
        ("Orla Venn arrived. He said no.", "He"),
        ("Thomas Venn and Peter Reck arrived. He said no.", "He"),
        ("Thomas Venn arrived. A fisherman shouted. He said no.", "He"),
        ("Mr. Volkov said no to Mr. Reck. An answer came from Mr. Lund. He said yes.", "He"),
        ("Osk Perl praised Thomas Reck. He said no.", "He"),
        ("Thomas Reck came first. Osk Perl came last. He said no.", "He"),
        ("Osk Perl and Thomas Reck came. He said no.", "He"),
        ("Two guests, Thomas Venn and Peter Reck, came. He said no.", "He"),
        ("Thomas Venn asked Peter Reck about the dam. He said no.", "He"),
        ("Silver Creek flooded in May. He said no.", "He"),
    ],
)
def test_nobody_where_two_or_none_agree(text: str, pronoun: str) -> None:
    """Unsure is None: nobody, nobody of that gender, two side by side, or somebody without a name in between."""
    assert resolved(text, pronoun) is None


def test_who_has_spoken_in_a_relative_clause_is_a_rival() -> None:
    """After “X lives with Y, who said”, he is either."""
    text = "Thomas Venn lives with Peter Reck, a pilot who said yes. He said no."
    who, he = text.index("who"), text.index("He")
    assert resolve_names(text, [(who, who + 3), (he, he + 2)]) == ["Peter Reck", None]


def test_the_nameless_are_somebody() -> None:
    """After “a guard said”, he is the guard, whom nobody knows."""
    text = "Thomas Venn arrived. “Reck is late,” a guard said. “It is dark,” he added."
    guard, he = text.index("a guard"), text.index("he added")
    assert resolve_names(text, [(guard, guard + 7), (he, he + 2)]) == [None, None]


def test_gender_follows_from_the_article() -> None:
    """A given name that no list knows gets its gender from the article's own pronouns, roles and honorifics."""
    told = "Yrsk Velt sold his boat. Later Mary Lund bought it. Velt said so. “It leaks,” {} said."
    assert resolved(told.format("he"), "he") == "Yrsk Velt"
    assert resolved("Congresswoman Yrsk Velt met Peter Lund. She said no.", "She") == "Yrsk Velt"
    assert resolved("Yrsk Velt met Peter Lund. Ms. Velt left. She said no.", "She") == "Yrsk Velt"


def test_nobody_speaks_of_themselves_by_name() -> None:
    """Whose name is in what was said is not its sayer."""
    text = "Thomas Venn praised Peter Reck. “Venn is kind,” he said."
    start = text.index("he said")
    assert resolve_names(text, [(start, start + 2)], [[(32, 47)]]) == [None]


def test_quotations_hold_no_antecedents() -> None:
    """Somebody named within a quotation doesn't come into question for a pronoun outside."""
    text = "“Ask Peter Reck about it,” Thomas Venn said. “Or ask Peter Reck’s brother,” he added."
    assert resolved(text, "he") == "Thomas Venn"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The vote was a gain for Thomas Venn, who said no.", "Thomas Venn"),
        ("It was backed by Sen. Mary Venn of Ash, the oldest member of the Tide Committee, who said no.", "Mary Venn"),
        ("It was called a bluff by White House officials who said no.", "White House officials"),
        ("It was called a bluff by Thomas Venn’s lawyer, who said no.", None),
        ("It was called a bluff by Ann Venn and Thomas Reck, who said no.", None),
        ("Thomas Venn has left. A guard who said no stayed.", None),
    ],
)
def test_relatives_mean_what_stands_before(text: str, name: str | None) -> None:
    """“who” is the person or body right before it, past the words for what they are; never one of several."""
    assert resolved(text, "who") == name


def test_places_and_bodies_are_no_persons() -> None:
    """“He” is no city and no convention, however often it was spoken of."""
    assert resolved("Ashmouth has lost its ferry. Ashmouth wants one. He said no.", "He") is None
    assert (
        resolved("The Democratic National Convention opened. The National Convention ends. He said no.", "He") is None
    )


class Counted(str):
    """A text that counts how many characters are copied out of it."""

    copied = 0

    def __getitem__(self, place: SupportsIndex | slice) -> str:
        """The slice, counted."""
        found = super().__getitem__(place)
        self.copied += len(found)
        return found


def test_long_open_quotation_is_read_once() -> None:
    """What is looked at in a quotation that is never closed grows with its length, not with its square."""
    copied = []
    for times in (200, 400):
        text = Counted("Orla Venn spoke. “" + "He swam on. It rained. " * times)
        assert resolve_names(text, [(0, 9)]) == ["Orla Venn"]
        copied.append(text.copied)
    assert copied[1] < 2.5 * copied[0]


def test_owner_of_a_claim_is_named() -> None:
    """“His claim” is his who was spoken of; whose “their claim” is stays open."""
    text = (
        "Thomas Reck rose at noon. His claim that the quay was “late for good” met with laughter. Their claim did not."
    )
    his, their = text.index("His"), text.index("Their")
    assert resolve_names(text, [(his, his + 3), (their, their + 5)]) == ["Thomas Reck", None]
