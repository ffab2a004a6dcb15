"""Words by which questions ask for what texts tell in others."""

import pytest

from index.terms import term_texts
from search.kindred import are_kindred


@pytest.mark.parametrize(
    ("asked", "told", "is_kindred"),
    [
        ("wrote", "author", True),
        ("leads", "head", True),
        ("owner", "belongs", True),
        ("shut", "closing", True),
        ("earn", "pays", True),
        ("Switzerland", "Swiss", True),
        ("Norway", "Swedish", False),
        ("bought", "built", False),
        ("praised", "blamed", False),
        ("closed", "opened", False),
        ("translated", "composed", False),
        ("unheard", "unseen", False),
    ],
)
def test_kindred_words(asked: str, told: str, is_kindred: bool) -> None:
    """What tells the same is kindred, either way round; what only looks or stands alike is not."""
    one, other = *term_texts(asked), *term_texts(told)
    assert are_kindred(one, other) is is_kindred
    assert are_kindred(other, one) is is_kindred
