"""Whether a text tells the deed that a question asks about, but of somebody else: Orm gave two million, not Holm."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from index.sentences import sentences
from index.stopwords import FUNCTION_WORDS
from index.terms import term_texts
from search.roles import COUNTRIES
from search.told import is_told
from search.wordings import word_set

_DID = re.compile(
    r"\b(?:did|does|do|has|have|had) (?:the )?(?P<who>[A-Z][\w'’.-]*(?: (?:[A-Z][\w'’.-]*|&)){0,5}) (?P<verb>[a-z]+)\b"
)
_WORD = re.compile(r"[^\W\d_][\w'’-]*|[^\w\s]")
_ASIDE = word_set(
    "has have had was were is are which who that also already nearly first later never not recently so far only about "
    "more than will would to the once since ,"
)
"""What may stand between a doer and the deed."""
_LINKS = word_set("of in to from by with for on at against over under near and or than as")
"""Before a name, which then is not the doer."""
_LEAST_FORM = 5


def is_of_other_doer(question: str, text: str, held: Collection[str]) -> bool:
    """Whether an English text names another doer of a question's deed, each time, and nowhere the one asked about.

    `held` are the terms of its passage and title. A country does what its leaders do: there only another country is
    another doer, unless the passage tells nothing of the first.
    """
    asked = _DID.search(question)
    if asked is None or asked["verb"] in FUNCTION_WORDS:
        return False
    who, deed = term_texts(asked["who"]), next(iter(term_texts(asked["verb"])), "")
    others: list[Sequence[str]] = []
    for start, end in sentences(text):
        words = _WORD.findall(text[start:end])
        if _are_told(who, term_texts(text[start:end])):
            return False
        doers = list(_doers(words, deed)) if deed else []
        if not all(doers):
            return False
        others += doers
    if not who or any(_is_short_for(who, other) for other in others):
        return False
    if not _countries().isdisjoint(who) and _are_told(who, held):
        others = [other for other in others if not _countries().isdisjoint(term_texts(" ".join(other)))]
    return bool(others)


def _doers(words: Sequence[str], deed: str) -> Iterator[Sequence[str]]:
    """For each time the deed is told, the name of who did it; empty where that is none, or cannot be told."""
    for at, word in enumerate(words):
        if not word.islower() or not is_told(deed, set(term_texts(word))):
            continue
        end, passed = at, 0
        while end and (words[end - 1].lower() in _ASIDE or (passed == 0 and _is_noun(words[end - 1]))):
            passed += words[end - 1].lower() not in _ASIDE
            end -= 1
        start = end
        while start and words[start - 1][0].isupper() and words[start - 1].lower() not in FUNCTION_WORDS:
            start -= 1
        yield words[start:end] if start == 0 or words[start - 1].lower() not in _LINKS else ()


def _is_noun(word: str) -> bool:
    """Whether a word may be the “administration” of “the Orr administration”."""
    return word.islower() and word not in FUNCTION_WORDS


def _are_told(who: Collection[str], held: Collection[str]) -> bool:
    long = [one for one in held if len(one) >= _LEAST_FORM]
    return any(one in held or is_told(one, long) for one in who)


def _is_short_for(who: Sequence[str], other: Sequence[str]) -> bool:
    """Whether “UMC” is the United Methodist Church."""
    return who[0] == "".join(word[0] for word in other).lower()


@cache
def _countries() -> frozenset[str]:
    return frozenset(term_texts(COUNTRIES))
