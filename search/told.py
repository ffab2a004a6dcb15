"""Whether a text tells a word in any form."""

from collections.abc import Collection

from index.spellings import shared_beginning
from search.kindred import are_kindred
from search.mending import is_slip
from search.synonyms import canonical

_LEAST_PREFIX, _LEAST_SHARE, _LEAST_WORD = 5, 0.7, 4
"""Two terms are forms of one word where so many letters, this share of the shorter one, begin both; or all of it."""
_LEAST_SLIP = 6


def is_told(term: str, held: Collection[str]) -> bool:
    """Whether some terms hold a term, or another form of it: a slip, a synonym, or what tells the same."""
    if term in held:
        return True
    meant = canonical(term)
    return any(
        canonical(other) == meant or _is_form(term, other) or _is_slip(term, other) or are_kindred(term, other)
        for other in held
    )


def _is_form(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    same = shared_beginning(one, other)
    is_whole = same == shorter >= _LEAST_WORD
    return is_whole or (same >= _LEAST_PREFIX and same >= _LEAST_SHARE * shorter)


def _is_slip(one: str, other: str) -> bool:
    return len(one) >= _LEAST_SLIP and is_slip(one, other)
