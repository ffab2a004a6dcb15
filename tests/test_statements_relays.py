"""Who passes on what another said: reporters behind a comma, “according to”, “quoted as saying”."""

import pytest

from tests.spoken import said, statements


@pytest.mark.parametrize(
    ("text", "mention", "relay"),
    [
        ("Orla Venn said the quay would stay dry, Orr Radio reported.", "Orla Venn", "Orr Radio"),
        ("Orla Venn said the quay would stay dry, Orr Radio reported on Monday.", "Orla Venn", "Orr Radio"),
        ("“We have bread for a month,” Orla Venn said, according to Orr Radio.", "Orla Venn", "Orr Radio"),
        ("The Orr Courier quoted Orla Venn as saying that the quay was dry.", "Orla Venn", "Orr Courier"),
        ("The Orr Courier quoted a sailor as saying, “The quay is dry.”", "a sailor", "Orr Courier"),
        ("Orla Venn was quoted as saying that the quay was dry.", "Orla Venn", None),
        ("Orla Venn said the quay would stay dry, and left the room.", "Orla Venn", None),
    ],
)
def test_relayed_words_are_their_sayers(text: str, mention: str, relay: str | None) -> None:
    """The sayer is who is quoted; who stands behind them passes it on."""
    (one,) = statements(text)
    assert one.mention is not None
    assert text[slice(*one.mention)] == mention
    assert one.relayed_by == relay


def test_relay_is_no_part_of_what_was_said() -> None:
    """What is passed on ends before who passes it on."""
    text = "Orla Venn said the quay would stay dry, the Orr Courier reported on Monday."
    assert said(text) == [("the quay would stay dry", "Orla Venn")]
