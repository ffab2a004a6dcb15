"""What “to” leads up to behind a verb: something to do (“agreed to wait”) or a thing (“agreed to a pause”)."""

from collections.abc import Sequence

from index.speakers.tokens import Token
from index.speakers.words import word_set
from index.statements.words import DETERMINERS, PREPOSITIONS, PRONOUNS, SUBORDINATORS

_NOMINAL = (
    DETERMINERS
    | PREPOSITIONS
    | PRONOUNS
    | SUBORDINATORS
    | word_set("me him them us something anything everything nothing each such what whatever")
)
_QUALIFYING = word_set(
    """
    more less fewer further new additional extra greater higher lower longer shorter larger smaller stricter tougher
    stronger wider weaker immediate regular limited private public joint peace interim early late big small large
    """
)
"""Adjectives and the like that are no verbs."""
_NOUN_ENDS = (
    ("tion", "sion", "ment", "ance", "ence", "ing", "ity"),
    word_set(
        """
        mention question function station auction caution position petition ration section sanction condition partition
        transition commission decommission envision provision apportion reposition implement document comment experiment
        supplement complement compliment lament torment cement augment ferment segment fragment balance rebalance
        advance finance refinance enhance glance dance distance fence influence commence reference sentence silence
        experience evidence bring sing ring swing fling cling sting spring string wring pity always
        """
    ),
)
"""Endings of nouns, and the verbs (and what may stand before one) that have them."""
_SINGULAR_ENDS = ("ss", "us", "is", "as")


def is_infinitive(row: Sequence[Token], to: int, end: int) -> bool:
    """Whether the “to” at `to` has a verb behind it; where a word may be either, it is one."""
    if to + 1 >= end or row[to + 1].kind != "word":
        return False
    token = row[to + 1]
    low = token.low
    if low in _NOMINAL | _QUALIFYING or low[0].isdigit() or token.is_capitalised or low.endswith(("'s", "s'")):
        return False
    ends, verbs = _NOUN_ENDS
    is_plural = low.endswith("s") and not low.endswith(_SINGULAR_ENDS)
    return low in verbs or not (is_plural or low.endswith(ends))
