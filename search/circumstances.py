"""Whether a text tells who did something, where or when: what a question asks for that only some words can tell."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from index.calendar import ANY_DAY, ANY_MONTH, ANY_SHORT_MONTH
from index.datelines import body_start
from index.stopwords import FUNCTION_WORDS
from index.terms import term_texts
from search.deeds import deed_of
from search.reading import Reading
from search.told import is_told
from search.wordings import word_set

Circumstance = Literal["who", "where", "when"]

_ASKED = re.compile(
    r"\W*(?P<word>who|where|when)(?P<rest>\s(?![^?]*\b(?:what|which|who|whom|how|why|can(?! *\?)|does)\b)[^?]*)",
    re.IGNORECASE,
)
_KNOWN = re.compile(r"\s(?:is|was|are|were|am)\s(?P<name>[A-Z][\w’'-]*\s*)+\??\s*\Z")
"""“Who is Ada Orr?” is answered by what she is."""
_GOES_ON = re.compile(r"\W*(?:he|she|it|they|this|that|these|those)\b", re.IGNORECASE)
_IT = re.compile(r"\W*(?:he|she|it|they)\s", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][\w’'-]*")


# Made when first needed, as those below: few questions ask so, and a cold start should not pay for it.
@cache
def _dated() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{ANY_MONTH}|{ANY_SHORT_MONTH}|{ANY_DAY}|BC|AD|BCE|CE)\b")


_BESIDE = (
    "river|stream|sea|lake|ocean|coast|shore|beach|harbou?r|port|road|roadside|street|motorway|railway|fence|wall|gate"
    "|door|window|fireplace|bridge|canal"
)
"""What something may be found by, and that does nothing."""


@cache
def _doer() -> re.Pattern[str]:
    return re.compile(
        r"\bby (?:(?:an?|the|his|her|its|their|our|my|one|two|three|four|five|six|several|some|many|most|all|both"
        r"|another)"
        r" (?!end\b|time\b|way\b|age\b|year\b|votes?\b|percent\b|metres?\b|beginning\b|middle\b"
        rf"|(?:[a-z]+ )?(?:{_BESIDE})\b)|(?!{_dated().pattern})[A-Z])(?![0-9])"
        r"|\bby (?!(?:then|now|far|about|more|less|day|night|an?|the|his|her|its|their|our|my|[a-z]+ing)\b)[a-z]+"
    )


_WORK = re.compile(r"\b(?:works?|hands?|efforts?|teams?|help|invention|research) of (?:the )?[A-Z]")
"""Who did it where it was done: “by two brothers”, “by thieves”; not “by the end” or “by selling it”."""


@cache
def _person() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:[a-z]{2,}(?:ists?|ians?|m[ae]n|wom[ae]n|folk|smiths?|wrights?|keepers?|ants?|ees)"
        r"|[a-z]{3,}(?:[^aeiou]ers?|[ct]ors?|eers?))\b"
    )


_PEOPLE = word_set(
    "people person king queen prince princess duke brother brothers sister sisters mother father son sons daughter "
    "daughters wife husband child children boy boys girl girls family families friend friends police army navy court "
    "judge judges company firm group team club union party parties council board committee government parliament state "
    "church bank university school staff crew troops pupils students guests monks nuns priest priests pope bishop "
    "bishops chief chiefs boss guard guards thief thieves nobody everyone everybody anyone somebody someone nobles "
    "kings gods god aunt uncle cousin cousins couple pair parents crowd residents clerk clerks slaves tribe tribes "
    "aristocrats citizens individuals males females adults owners"
)
_NO_PERSONS = word_set(
    "after under over other others number numbers river rivers water winter summer weather matter letter letters order "
    "orders offer centre center chapter quarter corner dinner paper papers power tower towers later never ever further "
    "together rather either neither whether another however danger anger finger timber lumber member september october "
    "november december factor factors sector doctor actor important instant distant constant significant relevant "
    "elegant plant plants giant infant restaurant grant grants want wants amphibians civilians"
) - word_set("doctor actor factors member civilians")
_BETWEEN = word_set("who that has had have also once first still now long always often never then will would")
"""They may stand between whoever did something and what they did."""
_PREPOSITIONS = (
    "in at on near to from off outside inside beside behind above below under along across around over through into "
    "onto between among within north south east west towards toward beneath throughout via next opposite where "
    "beyond up down"
)


_OFFICES = "".join(f"(?<!{one} )" for one in ("general", "governor", "king", "queen", "president", "mayor", "duke"))
"""Whoever is king of Karst was not there for that."""


@cache
def _place() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{_PREPOSITIONS.replace(' ', '|')}|{_OFFICES}of(?=\s(?:the )?[A-Z]))\s+"
        r"(?=(?P<what>[^\s.;:?!]+(?:[ ,]+[^\s.,;:?!]+){0,3}))"
    )


@cache
def _by() -> re.Pattern[str]:
    return re.compile(rf"\bby (?:(?:an?|the|its|his|her|their) )?(?:[a-z]+ )?(?:{_BESIDE})\b", re.IGNORECASE)


_IN = re.compile(r"\b(?:in|near) (?:the )?\Z", re.IGNORECASE)
_REACH = 12
_SAYING = "said told reported added wrote announced"


@cache
def _said_behind() -> re.Pattern[str]:
    """Who says it, behind what is said."""
    return re.compile(
        r"(?<=[,”])\s+(?:said [^,;.:“”]{1,60}(?:, (?:who|which|an?|the|head|chief)\b[^.;:“”]{1,60})?"
        r"|[^,;.:“”]{1,60} (?:said|added|reported|wrote|announced))(?: [^,;.:“”]{1,30})?(?=[.,]?\s*(?:\Z|“))"
    )


@cache
def _said_when() -> re.Pattern[str]:
    """When it is said, which is not when it was done."""
    return re.compile(
        r"\b(?P<said>(?:said|says|told(?: \w+){1,3}|reported|announced)) (?:(?:late|early|on|in|last|this) ){0,2}"
        rf"(?:{ANY_DAY}(?: (?:morning|evening|night|afternoon))?|yesterday|today"
        rf"|{ANY_MONTH}(?: [0-9]{{1,2}})?(?:,? [0-9]{{4}})?)(?![\w])"
    )


_OF_OBJECT = re.compile(r"\W*who(?:m\b| (?:did|do|does|is|are|was|were|has|have|had)\b)", re.IGNORECASE)


@cache
def _suffered() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:is|are|was|were|be|been|being|got|get|gets) (?:(?:not|never|also|later|first|soon|once|then|[a-z]+ly) )"
        r"{0,2}(?P<deed>[a-z]+)\b"
    )


@cache
def _participle() -> re.Pattern[str]:
    """Forms that tell what was done to something unless “has” stands before them."""
    return re.compile(
        r"(?<!\bhas )(?<!\bhave )(?<!\bhad )\b(?:stolen|written|driven|given|broken|chosen|drawn|grown"
        r"|shown|spoken|thrown|torn|worn|hidden|forbidden|overthrown|taken|eaten|beaten|known|seen|forgotten)\b"
    )


_TIMES = word_set(
    "day days week weeks month months year years century centuries decade decades hour hours minute minutes time times "
    "morning evening afternoon night noon midnight spring summer autumn winter fall age moment beginning end monday "
    "tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december order fact general particular addition part way total"
)
_NO_PLACE = re.compile(
    r"(?:the |a |an |late |early |mid-?)*(?:[0-9][\w,.:’']*|[0-9]*(?:st|nd|rd|th))(?:\s|\Z)", re.IGNORECASE
)
_THERE = re.compile(
    r"\b(?:there|here|home|abroad|worldwide|everywhere|nowhere|overseas|indoors|outdoors|locally)\b", re.IGNORECASE
)


@cache
def _when() -> re.Pattern[str]:
    return re.compile(
        r"[0-9]{3,4}|\b[0-9]{1,2}(?:st|nd|rd|th)\b|[0-9][.:][0-9]{2}\b|\b(?:[ap]\.?m\.?|o['’]clock)"
        r"|\b(?:after|before|during|when|while|until|till|since|ago|once|following|upon|as soon as|whenever|by the time"
        r"|yesterday|today|tomorrow|tonight|now|currently|soon|immediately|recently|later|earlier|early|late|then|always"
        r"|never|every|each|daily|annually|weekly|spring|summer|autumn|winter|fall|morning|evening|afternoon|night|noon"
        r"|midnight|dawn|dusk|day|days|week|weeks|weekend|month|months|year|years|decades?|century|centuries|hours?|minutes?"
        r"|easter|christmas|next|last|previous|at birth|birthday"
        r"|(?:in|at|of|by|from|within|through|throughout|this|that|same|first|whole) (?:[\w'’-]+ ){0,3}"
        r"(?:era|age|period|season|times?|war|reign))\b",
        re.IGNORECASE,
    )


@cache
def _for_how_long() -> re.Pattern[str]:
    """How long something lasted is not when it was."""
    return re.compile(
        r"\bfor (?:(?:about|almost|nearly|over|only|just|more than|at least|another) )?(?:[a-z-]+|[0-9.,]+)"
        r" (?:second|minute|hour|day|week|month|year|decade)s\b(?! ago\b)",
        re.IGNORECASE,
    )


@dataclass(frozen=True, slots=True)
class Asks:
    """Who, where or when something was done: the question's verb for that, if it is found, and all its terms.

    `is_of_doer` is whether whoever did it is asked for, not to whom it was done: “who did she beat?”.
    """

    circumstance: Circumstance
    verb: str | None
    known: frozenset[str]
    is_of_doer: bool

    def is_told_by(self, text: str, before: str = "") -> bool | None:
        """Whether a text that tells of the deed tells the circumstance; None where it tells of no such deed.

        What goes on with “this” or “she” is read with the sentence before it.
        """
        told = text[body_start(text) :]
        if self.verb is None or not is_told(self.verb, term_texts(told)):
            return None
        told = without_sayers(told, self.verb)
        goes_on = _GOES_ON.match(told) is not None
        is_own = not goes_on or _is_suffered_by_it(told, self.verb)
        if self.is_of_doer and is_own and _is_suffered(told, self.verb):
            return _is_suffered_by_doer(told, self.verb) or _WORK.search(told) is not None
        if self.circumstance == "who" and _is_done_by(told, self.verb, self.known):
            return True
        return tells(self.circumstance, f"{before} {told}" if goes_on else told, self.known)


def without_sayers(text: str, verb: str | None = None) -> str:
    """A text without who says it and when, “, Omar Reyes said” and “on Tuesday”, but where that is the deed asked for.

    “Said Ada Orr, who led the survey” tells who led it.
    """
    if verb is not None and is_told(verb, term_texts(_SAYING)):
        return text
    found = _said_behind().search(text)
    is_aside = found is not None and not (verb is not None and is_told(verb, term_texts(found[0])))
    text = text[: found.start()] + text[found.end() :] if found and is_aside else text
    return _said_when().sub(r"\g<said>", text)


@lru_cache(maxsize=64)
def asked(question: str) -> Asks | None:
    """Who, where or when an English question asks; None for others. Kept, as several parts of answering ask it."""
    circumstance = asked_circumstance(question)
    if circumstance is None:
        return None
    is_of_doer = circumstance == "who" and not _OF_OBJECT.match(question)
    return Asks(circumstance, deed_of(question), frozenset(term_texts(question)), is_of_doer)


def told_in(asks: Asks, reading: Reading, number: int) -> bool | None:
    """What `is_told_by` says of a sentence that was read, behind the one before it."""
    return asks.is_told_by(reading.sentences[number].text, reading.before(number))


def asked_circumstance(question: str) -> Circumstance | None:
    """Whether an English question asks who, where or when; None for others, and for who somebody named is."""
    found = _ASKED.match(question)
    if found is None:
        return None
    word = found["word"].lower()
    if word == "who":
        return None if _KNOWN.match(found["rest"]) else "who"
    return "where" if word == "where" else "when"


def tells(asked: Circumstance, text: str, known: Collection[str]) -> bool:
    """Whether a text tells who, where or when, besides the `known` terms of the question; linear."""
    if asked == "when":
        text = _for_how_long().sub(" ", text)
        return _dated().search(text) is not None or _when().search(text) is not None
    if asked == "where":
        is_beside = _THERE.search(text) is not None or _by().search(text) is not None
        return is_beside or any(_is_place(one["what"], known) for one in _place().finditer(text))
    return _named(text, known) or _doer().search(text) is not None or _tells_person(text, known)


def _is_done_by(text: str, verb: str, known: Collection[str]) -> bool:
    """Whether somebody stands before the deed, whatever they are called: “a hermit feeds them”; linear."""
    doer, before = "", ""
    for one in _NAME.finditer(text):
        word = one[0].lower()
        if doer and is_told(verb, term_texts(word)):
            return doer not in FUNCTION_WORDS and doer not in _TIMES and _is_new(doer, known)
        # “A hermit of Cray who has long fed them”; “the swans were fed” tells nobody.
        if before != "of" and word != "of" and word not in _BETWEEN and not word.endswith("ly"):
            doer = word
        before = word
    return False


def _is_suffered(text: str, verb: str) -> bool:
    """Whether a text tells of a deed only as done to something: “it was stolen in 1987”."""
    suffered = _sufferings(text)
    deeds = [one.start() for one in _NAME.finditer(text) if is_told(verb, term_texts(one[0]))]
    return bool(deeds) and all(start in suffered for start in deeds)


def _is_suffered_by_doer(text: str, verb: str) -> bool:
    """Whether it tells by whom: “it was stolen in 1987 and has been returned by a dentist” does not."""
    suffered = _sufferings(text)
    deeds = [start for start, end in suffered.items() if is_told(verb, term_texts(text[start:end]))]
    others = [start for start in suffered if start not in deeds]
    ends = {start: min((other for other in others if other > start), default=len(text)) for start in deeds}
    return any(_doer().search(text, start if others else 0, end) for start, end in ends.items())


def _sufferings(text: str) -> dict[int, int]:
    """The words that tell what was done to something, where each begins → where it ends."""
    suffered = {one.start("deed"): one.end("deed") for one in _suffered().finditer(text)}
    return suffered | {one.start(): one.end() for one in _participle().finditer(text)}


def _is_suffered_by_it(text: str, verb: str) -> bool:
    """Whether a text begins with “it was built”: what the sentence before names was done to, and did nothing."""
    begins = _IT.match(text)
    found = _suffered().match(text, begins.end()) if begins else None
    return found is not None and is_told(verb, term_texts(found["deed"]))


def _tells_person(text: str, known: Collection[str]) -> bool:
    words = {one[0].lower() for one in _NAME.finditer(text)}
    persons = {one[0] for one in _person().finditer(text)} - _NO_PERSONS | (words & _PEOPLE)
    return any(_is_new(word, known) for word in persons)


def _is_place(what: str, known: Collection[str]) -> bool:
    """Whether what stands behind a preposition may be a place: no year and no day, and not what the question has."""
    if _NO_PLACE.match(what) or _dated().match(what):
        return False
    words = [word.strip("“”\"'()") for word in what.partition(",")[0].split()]
    weighty = [word for word in words if word and word.lower() not in FUNCTION_WORDS]
    return bool(weighty) and weighty[0].lower() not in _TIMES and any(_is_new(word, known) for word in weighty[:2])


def _named(text: str, known: Collection[str]) -> bool:
    """Whether a text has a name that is none of the question's, a month or a day, nor where it was: “in Slade”."""
    place: re.Match[str] | None = None
    for one in _NAME.finditer(text):
        if not one[0][0].isupper() or (one.start() <= 1 and one[0].lower() in FUNCTION_WORDS):
            continue
        if _IN.search(text, max(0, one.start() - _REACH), one.start()) or _follows_place(text, place, one):
            place = one
        elif not _dated().fullmatch(one[0]) and _is_new(one[0], known):
            return True
    return False


def _follows_place(text: str, before: re.Match[str] | None, one: re.Match[str]) -> bool:
    """Whether a word goes on with a name that stands behind “in”: Street in “in Slade Street”."""
    return before is not None and text[before.end() : one.start()] == " "


def _is_new(word: str, known: Collection[str]) -> bool:
    return not any(term in known for term in term_texts(word))
