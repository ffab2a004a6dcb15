"""Whether a sentence turns what a text tells into its contrary, or who did it into who suffered it."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from index.opposites import BEING_WORDS, FOREIGN_NEGATIONS, NEGATION_WORDS
from index.stopwords import FUNCTION_WORDS
from index.terms import Term, term_texts, terms
from search.credited import said_of_oneself, sayers_of_others
from search.synonyms import canonical, irregular_forms
from search.wordings import SAYING, word_set

_CUT = re.compile(
    r"[,;:.?!…()\[\]“”\"«»]+(?=\s|\Z)|(?<=\s)[\"“«(\[]|\s[-–—]\s|[—]"
    r"|\s(?=(?:and|but|while|whereas|although|though|because|after|before|who|which|that|whom|whose|if|as|und|aber|et|"
    r"mais|y|pero|и|но)\s)"
)
"""Where clauses part."""
_SENTENCE = re.compile(r"(?<=[.?!…][”\"»)\s])\s+(?=[^\W\d_])|(?<=[.?!…;])\s+|\n+")
_DENIES = word_set(NEGATION_WORDS) | word_set(FOREIGN_NEGATIONS) | {"neither", "none"}
_AVOIDS = frozenset(
    canonical(term)
    for term in term_texts(
        "refuse refused deny denied fail failed reject rejected lack lacked lacks decline declined avoid avoided stop "
        "stopped ban banned prevent prevented missing absent few little hardly barely"
    )
)
"""Words that deny in part: whoever refused to do it did not."""
_HEDGES = word_set(
    "may might could allegedly reportedly possibly perhaps probably likely unless whether accused accuses accuse "
    "accusing alleged alleges allege suspected suspects suspect charged claimed claims claim if plans planned wants "
    "threatened threatens believe believes believed think thinks thought fear fears feared hope hopes hoped"
)
"""Words that leave open whether it is so."""
_BE = word_set(BEING_WORDS) | {"get", "got", "gets"}
_LEADS = word_set("will would shall should can could may might must did does do not to never")
_LEADING = word_set("by in on at from with after before during for since near to under over into of because")
_ARTICLES = word_set("the a an his her its their")
_PERSONS = word_set("i he she it they we you him her them this that these those one")
"""Where one of these did it, a text does not say again who it was."""
_SUBJECTS = word_set("i he she they we")
_OBJECTS = word_set("it him her them")
_OTHERS = re.compile(
    r"(?<=\s)(?:that|after|before|because|while|whereas|although|though|when|but|as)\s(?!(?:he|she|it|they|we|i)\b)",
    re.IGNORECASE,
)
"""Words behind which another may be the doer."""
_APPOSED = re.compile(r", (?:[^\W\d_][^\s,]*\s){0,3}[A-Z][^\s,]*, \Z")
_RELATIVES = word_set("who which")
_WAYS = word_set("by to from against for since until before after")
_AGAINST = {"for": "against", "against": "for"}
_THAT = re.compile(r"\s*that\s", re.IGNORECASE)
_LEADER = 40
"""So many characters before “that” hold the word that leads to it."""
_LED = 2
"""So many words behind one of these belong to what it leads to: “to two bakers”."""
_REACH = 40
"""So many words on each side of a verb tell who did it and to whom: what no mark divides may be as long as a page."""
_ENOUGH = 2
"""So many words of a clause must stand in another before it is held to tell of the same."""


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause by its terms, and whether it denies, in full or in part, or leaves open."""

    terms: frozenset[str]
    verbs: frozenset[str]
    denies: bool
    avoids: frozenset[str]
    hedges: bool


@dataclass(frozen=True, slots=True)
class _Deed:
    """A verb with what stands before and behind it in its sentence.

    `doers` is what stands before it in its clause, empty where only a pronoun tells who it was, `own` what does so
    behind a word that begins another one's (“after the port dismissed”), `named` which of these are names, `beside`
    the term right behind it, `has_pronoun` whether that is one for a thing or a person.
    `is_passive` is None where it may be either: “the budget, approved on Monday”. `sayers` are the names of
    whoever says so of another: “Lund said the firm had warned them” tells nothing that Lund did.
    """

    verb: str
    doers: frozenset[str]
    before: frozenset[str]
    behind: frozenset[str]
    is_passive: bool | None
    beside: str | None
    own: frozenset[str]
    named: frozenset[str]
    has_pronoun: bool
    sayers: frozenset[str]


def is_turned(claim: str, cited: Sequence[str]) -> bool:
    """Whether what a claim denies is told, or the other way round, or its doers are those to whom it was done.

    Takes time in proportion to the lengths of the claim and of what it cites.
    """
    told = [one for text in cited for one in _clauses(text)]
    hedges = any(one.hedges for one in _clauses(claim))
    if any(_is_denied_otherwise(one, told) or (not hedges and _is_open(one, told)) for one in _clauses(claim)):
        return True
    if any(_is_done_otherwise(one, told) for one in _clauses(claim)) or _goes_otherwise(claim, cited):
        return True
    deeds: dict[str, list[_Deed]] = {}
    for text in cited:
        for one in _deeds(text):
            deeds.setdefault(one.verb, []).append(one)
    own = (*_deeds(claim), *_deeds(said_of_oneself(claim)))
    return any(all(_is_swapped(one, other) for other in deeds[one.verb]) for one in own if one.verb in deeds)


def _nearest(clause: _Clause, told: Sequence[_Clause]) -> list[_Clause]:
    """Those that hold most of a clause's terms, if any holds enough."""
    held = [len(clause.terms & one.terms) for one in told]
    most = max(held, default=0)
    enough = min(_ENOUGH, len(clause.terms))
    return [one for one, count in zip(told, held, strict=True) if count == most] if most >= max(enough, 1) else []


def _is_denied_otherwise(clause: _Clause, told: Sequence[_Clause]) -> bool:
    nearest = _nearest(clause, told)
    if clause.denies:
        return bool(nearest) and not any(one.denies or one.avoids - clause.avoids for one in nearest)
    return len(clause.terms) >= _ENOUGH and bool(nearest) and not clause.avoids and all(one.denies for one in nearest)


def _is_done_otherwise(clause: _Clause, told: Sequence[_Clause]) -> bool:
    """Whether something is told to be done that is only denied."""
    if clause.denies or clause.avoids or clause.hedges:
        return False
    return any(
        all(one.denies for one in told if verb in one.terms) and any(verb in one.terms for one in told)
        for verb in clause.verbs
    )


def _goes_otherwise(claim: str, cited: Sequence[str]) -> bool:
    """Whether a word that is only told as where it went, or by whom, is told as another end of it."""
    told: dict[str, set[str]] = {}
    for text in cited:
        for term, way in _ways(text):
            told.setdefault(term, set()).add(way)
    if any(way and term in told and way not in told[term] and "" not in told[term] for term, way in _ways(claim)):
        return True
    sides = {one for text in cited for one in _sides(text)}
    return any((verb, _AGAINST[way]) in sides and (verb, way) not in sides for verb, way in _sides(claim))


@lru_cache(maxsize=256)
def _sides(text: str) -> frozenset[tuple[str, str]]:
    """Each term that “for” or “against” follows, with that."""
    return frozenset(
        (canonical(one.text), text[other.start : other.end].lower())
        for one, other in pairwise(terms(text))
        if text[other.start : other.end].lower() in _AGAINST
    )


@lru_cache(maxsize=256)
def _ways(text: str) -> tuple[tuple[str, str], ...]:
    """Each content term with the word that tells which end of a deed it is; an empty one where none leads to it."""
    found = []
    way, left = "", 0
    for one in terms(text):
        word = text[one.start : one.end].lower()
        if word in _WAYS:
            way, left = word, _LED
        elif word not in FUNCTION_WORDS:
            found.append((canonical(one.text), way if left else ""))
            left -= left > 0
    return tuple(found)


def _is_open(clause: _Clause, told: Sequence[_Clause]) -> bool:
    nearest = _nearest(clause, told)
    return len(clause.terms) >= _ENOUGH and bool(nearest) and all(one.hedges for one in nearest)


@lru_cache(maxsize=256)
def _clauses(text: str) -> tuple[_Clause, ...]:
    cuts = [0, *(one.start() for one in _CUT.finditer(text)), len(text)]
    found: list[_Clause] = []
    for start, end in pairwise(cuts):
        one, before = _clause(text[start:end]), text[max(0, start - _LEADER) : start].lower().split()
        if before and _THAT.match(text, start):
            # “He denied that he had been drinking.”
            is_denied = not _AVOIDS.isdisjoint(map(canonical, term_texts(before[-1])))
            one = replace(one, denies=one.denies or is_denied, hedges=one.hedges or before[-1] in _HEDGES)
        found.append(one)
    return tuple(one for one in found if one.terms)


def _clause(text: str) -> _Clause:
    words = [*terms(text)]
    surfaces = [text[one.start : one.end].lower().replace("’", "'") for one in words]
    content = {canonical(one.text) for one, word in zip(words, surfaces, strict=True) if not _is_small(word)}
    denies = any(word in _DENIES or word.endswith("n't") for word in surfaces)
    # “3 May” leaves nothing open.
    hedges = any(word in _HEDGES and text[one.start].islower() for one, word in zip(words, surfaces, strict=True))
    kept = frozenset(content)
    written = [text[one.start : one.end] for one in words]
    # “The captain was aboard” is turned as well.
    verbs = frozenset(
        canonical(one.text)
        for at, one in enumerate(words)
        if _is_verb(written, at) or (at and surfaces[at - 1] in _BE and written[at].islower())
    )
    return _Clause(kept, kept & verbs, denies, kept & _AVOIDS, hedges)


def _is_small(word: str) -> bool:
    return word.replace("'", "") in FUNCTION_WORDS or word in _DENIES or word in _HEDGES


@lru_cache(maxsize=256)
def _deeds(text: str) -> tuple[_Deed, ...]:
    return tuple(one for sentence in _SENTENCE.split(text) for one in _deeds_of(sentence))


def _deeds_of(sentence: str) -> Iterator[_Deed]:
    found = terms(sentence)
    surfaces = [sentence[one.start : one.end] for one in found]
    lower = [one.lower() for one in surfaces]
    content = [(at, _meant(one)) for at, one in enumerate(found) if lower[at] not in FUNCTION_WORDS]
    cuts = [0, *(one.end() for one in _CUT.finditer(sentence))]
    others = [one.end() for one in _OTHERS.finditer(sentence)]
    for number, (at, verb) in enumerate(content):
        if not _is_verb(surfaces, at):
            continue
        near = content[max(0, number - _REACH) : number]
        before = frozenset(term for place, term in near)
        behind = frozenset(term for place, term in content[number + 1 : number + 1 + _REACH])
        is_passive = None if _is_aside(sentence, found, at) else not _BE.isdisjoint(lower[max(0, at - 3) : at])
        beside = content[number + 1][1] if number + 1 < len(content) and content[number + 1][0] == at + 1 else None
        is_name = at + 1 < len(surfaces) and surfaces[at + 1][:1].isupper()
        start = cuts[bisect_right(cuts, found[at].start) - 1]
        is_told_of = _PERSONS.isdisjoint(lower[max(0, at - 3) : at]) and lower[at] not in SAYING
        if not _RELATIVES.isdisjoint(lower[max(0, at - 3) : at]):
            start = 0  # “the quay, which was damaged”
        doers = frozenset(term for place, term in near if found[place].start >= start and is_told_of)
        if not doers and is_told_of and _SUBJECTS.isdisjoint(lower[max(0, at - _REACH) : at]):
            doers = before  # “Her deputy, Jan Moll, voted against it and left”
        begun = bisect_right(others, found[at].start)
        is_own = begun > 0 and lower[at] not in SAYING
        own = frozenset(term for place, term in near if is_own and found[place].start >= others[begun - 1])
        named = frozenset(term for place, term in near if place and surfaces[place][0].isupper())
        has_pronoun = at + 1 < len(lower) and lower[at + 1] in _OBJECTS
        sayers = sayers_of_others(sentence, found, at)
        yield _Deed(
            verb, doers, before, behind, is_passive, None if is_name else beside, own, named, has_pronoun, sayers
        )


def _is_aside(sentence: str, found: Sequence[Term], at: int) -> bool:
    """Whether a participle follows a comma and leads on: “the quay, damaged in a storm”."""
    before = sentence[max(0, found[at].start - 4) : found[at].start].rstrip()
    if _APPOSED.search(sentence[: found[at].start]):
        return False  # “Her deputy, Per Ode, arrived on Wednesday”
    behind = sentence[found[at + 1].start : found[at + 1].end].lower() if at + 1 < len(found) else ""
    return (not before or before.endswith((",", "–", "—"))) and behind in _LEADING


def _meant(term: Term) -> str:
    return canonical(term.text)


def _is_verb(surfaces: Sequence[str], at: int) -> bool:
    word = surfaces[at]
    before = surfaces[at - 1].lower() if at else ""
    if before in _ARTICLES:
        return False  # “the damaged quay”
    led = before in _LEADS
    behind = surfaces[at + 1] if at + 1 < len(surfaces) else ""
    # “She runs the yard”, and no plural.
    led = led or (word.endswith("s") and behind in _ARTICLES) or word == "belongs"
    # “who chairs Venn Steel”, “Orr chairs Venn Steel”
    is_led = before in _RELATIVES or (surfaces[at - 1 : at] and surfaces[at - 1][0].isupper())
    led = led or bool(is_led and word.endswith("s") and behind[:1].isupper())
    return word.islower() and (word.endswith("ed") or word in irregular_forms() or led)


def _are_others(one: _Deed, other: _Deed) -> bool:
    """Whether two deeds have doers of one kind, both named or none, and have none in common."""
    mine, theirs = one.own or one.doers, other.own
    is_like = bool(one.named & mine) == bool(other.named & theirs)
    return bool(mine) and bool(theirs) and is_like and mine.isdisjoint(theirs)


def _is_sayers(one: _Deed, other: _Deed) -> bool:
    """Whether a deed is given to who only said that another did it."""
    return bool(one.named) and not one.sayers and one.before <= other.sayers


def _is_swapped(one: _Deed, other: _Deed) -> bool:
    """Whether who did it in the one suffered it in the other."""
    crossed = one.before & other.behind - {other.beside}
    is_same = bool(one.before & other.before)
    if None in (one.is_passive, other.is_passive):
        return False
    told = other.before if one.is_passive == other.is_passive else other.behind
    if one.is_passive and other.has_pronoun:
        return False  # “signed it”
    if one.doers and other.doers and one.doers.isdisjoint(told):
        return True
    if one.is_passive == other.is_passive and (_are_others(one, other) or _is_sayers(one, other)):
        return True
    if one.is_passive == other.is_passive:
        return bool(crossed) and not is_same and bool(other.before)
    is_held = bool(one.before & other.before and one.behind & other.behind)
    return is_held and not crossed and not one.behind & other.before
