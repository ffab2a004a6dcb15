"""Noun phrases read from their first word on, with their appositions: “said X”, “according to X”."""

from collections.abc import Sequence

from index.speakers.names import is_given
from index.speakers.tokens import Token
from index.speakers.words import RELATIVES, ROLES, TITLES, word_set
from index.statements.nouns import Phrase, can_say
from index.statements.words import (
    AUXILIARIES,
    BASE_FORMS,
    CUES,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    TIME_WORDS,
)

_LONGEST_NAME = 4
_LONGEST = 18
"""Tokens: the rest of a longer noun phrase is cut off, whatever stands there."""
_SINGULAR = word_set("a an this its his her")
_SPEECH = CUES - ROLES
_CLOSING = AUXILIARIES | SUBORDINATORS | PREPOSITIONS | PRONOUNS | TIME_WORDS | _SPEECH | frozenset(("recently",))


def phrase_after(row: Sequence[Token], first: int, limit: int, is_uttered: bool = False) -> Phrase | None:
    """The noun phrase that starts at `first`: “said X”, “according to X”; with its apposition if that is short."""
    if first >= limit or row[first].kind != "word":
        return None
    if row[first].low in PRONOUNS - {"who"}:
        return (first, first + 1)
    end = core_end(row, first, limit)
    if end == first or not can_say(row, (first, end), is_uttered):
        return None
    return (first, _with_apposition(row, first, end, limit))


def core_end(row: Sequence[Token], first: int, limit: int) -> int:
    """Where the noun phrase that starts at `first` ends, without what is set apart by commas."""
    i, furthest = first, min(limit, first + _LONGEST)
    while i < furthest and not _ends_before(row, i, first, limit):
        i += 1
    while i > first and (row[i - 1].low in ("and", "or", "of", "for", "at", "in") or row[i - 1].kind != "word"):
        i -= 1
    return i


def _ends_before(row: Sequence[Token], i: int, first: int, limit: int) -> bool:
    """Whether the noun phrase that starts at `first` is over before the token at `i`."""
    token, behind = row[i], row[i + 1] if i + 1 < limit else None
    if token.kind != "word":
        return token.text not in ("&", "’", "'", "-")
    if token.low in ("of", "for") or (token.low in ("and", "or") and behind is not None):
        return behind is None or behind.kind != "word" or behind.low in PRONOUNS
    if token.low in ("at", "in", "with", "from"):
        return row[i - 1].is_capitalised or behind is None or not (behind.is_capitalised or behind.low == "the")
    return i > first and _closes_phrase(token) and not _is_within_phrase(row, i, first)


def _is_within_phrase(row: Sequence[Token], i: int, first: int) -> bool:
    """“a January poll”, “the recently printed book”, “a new report”: a phrase that still lacks its noun."""
    if row[i].low in BASE_FORMS and row[first].low in _SINGULAR:
        return True
    is_modifier = row[i].low in TIME_WORDS or row[i].low.endswith("ly")
    return row[i - 1].low in DETERMINERS and (is_modifier or row[i].low in BASE_FORMS)


def _closes_phrase(token: Token) -> bool:
    low = token.low
    if token.is_capitalised and low not in TIME_WORDS | PRONOUNS:
        # “Port Ash State University”, “Per Reck”, “Will Venn”
        return False
    return low in _CLOSING or (low.endswith("ly") and token.text[0].islower())


def _with_apposition(row: Sequence[Token], first: int, end: int, limit: int) -> int:
    """“said Sergey R., a historian at X”: the apposition up to its comma or the sentence's end."""
    if end + 2 >= limit or row[end].text != ",":
        return end
    if not (row[end + 1].low in ("a", "an", "the") or row[end + 1].low in ROLES or row[end + 1].is_capitalised):
        return end
    for i in range(end + 1, min(limit, first + 19)):
        token = row[i]
        if token.kind == "quote" or token.low in AUXILIARIES or token.low in _SPEECH or token.low in ("that", "who"):
            return end
        if token.kind == "mark" and token.text not in ("’", "'", "-", "&"):
            has_role = any(row[j].low in ROLES or row[j].low in TITLES for j in range(end + 1, i))
            return i if has_role or _is_named_role(row, first, end, i) else end
    return end


def _is_named_role(row: Sequence[Token], first: int, end: int, stop: int) -> bool:
    """“said the mayor of Port Ash, Orla Venn”: the name behind a role's comma."""
    has_role = any(row[i].low in ROLES | RELATIVES and row[i].text.islower() for i in range(first, end))
    names = row[end + 1 : stop]
    if not has_role or not 0 < len(names) <= _LONGEST_NAME:
        return False
    if any(not word.is_capitalised or word.low in TIME_WORDS for word in names):
        return False
    # “the mayor of Albany, New York”: behind a place only a known given name tells a person's
    return not row[end - 1].is_capitalised or is_given(names[0].text)
