"""Namesakes within an article: Mr. and Mrs., the elder and the younger, Jr. and Sr."""

import pytest

from index.speakers.resolve import resolve_names


def resolved(text: str, mention: str) -> str | None:
    """The name of the last place where a mention stands."""
    start = text.rindex(mention)
    return resolve_names(text, [(start, start + len(mention))])[0]


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("Mrs. Orlow sold it. Mr. Orlow said no.", "Mr. Orlow", "Mr. Orlow"),
        ("Mr. Orlow sold it. Mrs. Orlow said no.", "Mrs. Orlow", "Ms. Orlow"),
        ("Yrsk Orlow left. Mr. Orlow sold it. Mrs. Orlow said no.", "Mrs. Orlow", "Ms. Orlow"),
        ("Yrsk Orlow left. Mrs. Orlow sold it. Mr. Orlow said no.", "Mr. Orlow", "Mr. Orlow"),
        ("Thomas Orlow left. Mrs. Orlow sold it. Mr. Orlow said no.", "Mr. Orlow", "Thomas Orlow"),
        ("Mr. Orlow sold it. Mrs. Orlow wept. Orlow said no.", "Orlow", None),
        ("Thomas Orlow left. Orlow’s father said no.", "Orlow’s father", None),
    ],
)
def test_mr_and_mrs_are_two(text: str, mention: str, name: str | None) -> None:
    """Where an article has both, each is whoever agrees, and neither is the other."""
    assert resolved(text, mention) == name


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        (
            "Thomas Orlow left. His father, Peter Orlow, came. The elder Orlow said no.",
            "The elder Orlow",
            "Peter Orlow",
        ),
        (
            "Thomas Orlow left. His father, Peter Orlow, came. The younger Orlow said no.",
            "The younger Orlow",
            "Thomas Orlow",
        ),
        ("Thomas Orlow is a nephew of Peter Orlow. The elder Orlow said no.", "The elder Orlow", "Peter Orlow"),
        ("Peter Orlow is the uncle of Thomas Orlow. The elder Orlow said no.", "The elder Orlow", "Peter Orlow"),
        ("Thomas Orlow met Peter Orlow. The elder Orlow said no.", "The elder Orlow", None),
        ("Thomas Orlow left. The elder Orlow said no.", "The elder Orlow", None),
        ("Tam Orlow Jr. left. Tam Orlow Sr. came. Orlow Jr. said no.", "Orlow Jr.", "Tam Orlow Jr."),
        ("Tam Orlow Jr. left. Tam Orlow Sr. came. Orlow Sr. said no.", "Orlow Sr.", "Tam Orlow Sr."),
        ("Tam Orlow Jr. left. Tam Orlow Sr. came. The elder Orlow said no.", "The elder Orlow", "Tam Orlow Sr."),
        ("Tam Orlow left. Tam Orlow Jr. said no. Tam Orlow Jr. wept.", "Tam Orlow Jr.", "Tam Orlow Jr."),
        ("Tam Orlow left. Tam Orlow Jr. came. Tam Orlow said no.", "Tam Orlow", "Tam Orlow"),
    ],
)
def test_generations_stay_apart(text: str, mention: str, name: str | None) -> None:
    """The elder is who the article makes one's parent, or bears Sr.; where it tells nothing, nobody."""
    assert resolved(text, mention) == name
