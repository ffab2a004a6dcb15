"""What deed a question is about: who founded it, when was it sold. A verb is guessed by what stands beside it."""

import re
from functools import cache
from itertools import pairwise

from index.stopwords import FUNCTION_WORDS
from index.terms import term_texts
from search.synonyms import irregular_forms
from search.wordings import word_set

ASIDE = word_set("is are was were be been do does did has have had can could will would shall should may must")
"""Words that stand before a question's verb and tell nothing."""
_SUBJECT = re.compile(r"\W*(?:who|what)\s+(?:(?:first|also|once|ever|then)\s+)?(?P<verb>[\w-]+)", re.IGNORECASE)
_EVENT = re.compile(
    r"\W*(?:when|where|(?:in|on|at) (?:what|which) (?:year|month|century|decade|day|date|city|town|country|place))\b"
    r"(?P<rest>[^?]*)",
    re.IGNORECASE,
)
_LEAST_PARTICIPLE = 4
_BE = word_set("is are was were be been")
_PARTICIPLES = word_set(
    "born built bought sold held kept lost won made met paid sent spent taught written driven given broken chosen "
    "drawn flown grown shown spoken stolen thrown sung sunk led hit cut shut struck hung dug laid lent caught fought "
    "worn torn hidden forbidden overthrown"
)
_OF_NAME = re.compile(r"\b(?:did|does|do)\s+(?:[A-Z][\w'’-]*\s+){1,4}(?P<verb>[a-z]+)\b")
_DID = re.compile(
    r"\W*(?:who|where|when|why|how(?: (?:long|often|far))?)\s+(?:did|do|does|will)\s(?P<rest>[^?]*)", re.IGNORECASE
)
_OF_KIND = re.compile(r"\W*(?:what|which)\s+[\w-]+\s+(?P<verb>[a-z]+)\b", re.IGNORECASE)
_WHOM = re.compile(
    r"\W*who (?:is|are|was|were|has been|had been) (?:first |also |once )?(?P<verb>[a-z-]+)\b", re.IGNORECASE
)
_SUBJECTS = word_set("he she it they we you everybody nobody")
_THEIRS = r"(?<!\bhis )(?<!\bher )(?<!\btheir )(?<!\bits )(?<!['’]s )(?<!s['’] )"
_NOUNS = {
    "elect": r"\belections?\b(?! (?:as|(?-i:of [A-Z])))|\belector\w*|\bvot(?:es?|ers?|ing)\b|\bnames?\b",
    "appoint": r"\bappointments?\b(?! (?:as|(?-i:(?:of|by) [A-Z])))"
    r"|\b(?:hiring|recruit(?:ing|ment)|engagements?|names?)\b",
}
"""What shares a deed's stem, or is near it, and tells no such deed: elections are held whoever is elected."""


def verb_of(question: str) -> str | None:
    """The term of “founded” in “who founded it”, “sell” in “when did Ada Orr sell it”, “sold” in “when was it sold”."""
    found = _SUBJECT.match(question)
    if found is None or found["verb"].lower() in ASIDE:
        found = _OF_NAME.search(question)
    # “When did Ada Orr of Tolm sell it”
    is_verb = found is not None and found["verb"] not in FUNCTION_WORDS
    return _term(found["verb"] if found and is_verb else _suffered(question))


def deed_of(question: str) -> str | None:
    """The term of what was done, whatever it was done by or to: “close” in “when did the mill close”, too.

    A verb is guessed by what stands beside it, so a question's last noun may be taken for one.
    """
    return verb_of(question) or _term(_suffered(question, of_names=False) or _done(question) or _done_by_kind(question))


def done_to_whom(question: str) -> str | None:
    """The term of “elected” in “who was elected mayor of Tolm”."""
    found = _WHOM.match(question)
    return _term(found["verb"]) if found and (found["verb"].endswith("ed") or found["verb"] in _PARTICIPLES) else None


def has_nouns(deed: str) -> bool:
    """Whether nouns look like a deed, a term, and do not tell that it was done."""
    return deed in _NOUNS


def without_nouns(deed: str, text: str) -> str:
    """A text without the nouns that look like a deed, a term, and do not tell that it was done; linear."""
    found = _nouns().get(deed)
    return found.sub(" ", text) if found else text


@cache
def _nouns() -> dict[str, re.Pattern[str]]:
    """Each deed's, but for “his election” and “her appointment to”."""
    return {deed: re.compile(f"{_THEIRS}(?:{nouns})", re.IGNORECASE) for deed, nouns in _NOUNS.items()}


def _done_by_kind(question: str) -> str | None:
    """The verb of “which treaty ended the war”."""
    found = _OF_KIND.match(question)
    verb = found["verb"] if found else ""
    return verb if verb.endswith("ed") or verb in irregular_forms() else None


def _term(word: str | None) -> str | None:
    """Of “re-elected” what is done again."""
    return next(reversed(term_texts(word)), None) if word else None


def _done(question: str) -> str | None:
    """The verb of “where did the two dukes sign it”: before a small word or the end, but not behind one."""
    found = _DID.match(question)
    words = [*found["rest"].split(), ""] if found else []
    verbs = [
        word
        for before, word, behind in zip(words, words[1:], words[2:], strict=False)
        if word.islower()
        and word not in FUNCTION_WORDS
        and (before.lower() not in FUNCTION_WORDS or before in _SUBJECTS)
        and (not behind.islower() or (behind in FUNCTION_WORDS and behind != "of"))
    ]
    return verbs[-1] if verbs else None


def _suffered(question: str, of_names: bool = True) -> str | None:
    """The participle of “when was the mill of Orm sold”, “in what year was Ada Orr born”; else of “the mill”, too."""
    event = _EVENT.match(question)
    words: list[str] = event["rest"].split() if event else []
    be = next((at for at, word in enumerate(words) if word.lower() in _BE), len(words))
    is_named = not of_names
    for before, word in pairwise(words[be + 1 :]):
        is_named |= before[:1].isupper()
        # “when was this declared”: by what name it is told, is not known
        if (
            is_named
            and word.islower()
            and (
                word in _PARTICIPLES
                or (word == "found" and not of_names)
                or (word.endswith("ed") and len(word) > _LEAST_PARTICIPLE)
            )
        ):
            return word
    return None
