"""What kind of thing a question asks for, and whether a sentence shows one: a figure, a date, a name, a reason."""

import re
from collections.abc import Collection
from typing import Literal

from index.calendar import ANY_DAY, ANY_MONTH, ANY_SHORT_MONTH
from index.stopwords import FUNCTION_WORDS
from index.terms import term_texts
from search.wordings import word_set

AnswerType = Literal["figure", "date", "name", "reason"]


_ASKING = re.compile(
    r"\b(?P<word>what|which|who|whom|whose|when|where|why|how)\b(?P<rest>(?:[ '’][\w-]+){0,6})", re.IGNORECASE
)
_MEASURED = word_set(
    """
    many much old long far tall deep high wide large big fast heavy often number percentage percent proportion share
    fraction amount sum size length height depth width distance weight speed age population temperature price cost
    """
)
_DATED = word_set("year years date dates day month months century centuries decade decades era")
_NAMED = word_set(
    """
    city country state town region continent river county island nation location province village place street
    person man woman president king queen minister author company organization organisation party university
    cities countries states towns regions rivers counties islands nations provinces places people men women companies
    team teams band actor actress singer artist emperor pope leader director founder inventor scientist philosopher
    writer poet composer architect general ruler prince princess governor mayor senator dynasty tribe language mountain
    lake ocean sea desert church school college museum airport bridge newspaper magazine nationality capital name names
    """
)
_BE = word_set("s is are was were")
_NAMES = word_set("name names capital nationality")
"""“What bridge” asks for a name; “what is the bridge” asks for anything but that, and “what is the name” for one."""
_BESIDE = word_set(
    "s is are was were be been the its his her their this that of two three total average approximate estimated "
    "current exact first last maximum minimum overall highest lowest largest smallest greatest longest main other "
    "famous former early new old real full official original notable"
)
"""Words that may stand between the asking word and what it asks for: “what was the total number of …”."""
_NUMBERS = word_set(
    """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million millions
    billion billions trillion dozen dozens half third quarter once twice both no none
    """
)
_DATE = re.compile(
    rf"\b(?:[0-9]{{1,2}} {ANY_SHORT_MONTH}|{ANY_SHORT_MONTH}\.? [0-9]{{1,4}}(?![.,][0-9])|{ANY_MONTH}|{ANY_DAY}"
    r"|yesterday|today|tomorrow|century|centuries|decades?|BC|AD|BCE|CE|[12][0-9]{3}s?|[0-9]0s)\b"
)
_WHEN = re.compile(r"\b(?:when|(?:what|which) (?:year|month|day|date))\b", re.IGNORECASE)
_HAPPENED = re.compile(
    r"\b(?P<verb>happen(?:s|ed)?|occur(?:s|red)?|beg[aiu]n|begins|start(?:s|ed)?"
    r"|(?:take|takes|took|taken|taking) place)\W*\Z",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|due to|owing to|thanks to|as a result|resulted?|caused?|reasons?|so that|so as|in order|since"
    r"|therefore|after|to [a-z]+)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")
_CAPITAL = re.compile(r"[^\W\d_][\w'’-]*")


def asks(question: str) -> bool:
    """Whether a question has one of the words by which English asks."""
    return _ASKING.search(question) is not None


def asked_type(question: str) -> AnswerType | None:
    """What kind of answer an English question wants; None where anything will do."""
    return _asked(question)[0]


def class_terms(question: str) -> frozenset[str]:
    """The terms of “country” in “which country”, of “year” in “what year”: whoever names one seldom says what it is."""
    kind, words = _asked(question)
    return frozenset(term for word in words for term in term_texts(word)) if kind in {"name", "date"} else frozenset()


def occasion_terms(question: str) -> frozenset[str]:
    """The terms of “take place” in “when did it take place”: whoever dates something seldom says that it happened."""
    found = _HAPPENED.search(question)
    if found is None or not _WHEN.search(question, 0, found.start()):
        return frozenset()
    return frozenset(term_texts(found["verb"]))


def _asked(question: str) -> tuple[AnswerType | None, Collection[str]]:
    """The kind of answer, and the words behind “what” and “which” that tell it."""
    found = list(_ASKING.finditer(question))
    if not found:
        return None, ()
    # “When the boats were sold, who bought them?”: a clause of time before the question proper asks nothing.
    asking = found[0]
    if asking["word"].lower() in {"when", "where"} and len(found) > 1:
        asking = found[1]
    word = asking["word"].lower()
    behind = asking["rest"].lower().replace("’", " ").replace("'", " ").split()
    # The one behind “how”; else the next two, and the first that has weight.
    weighty = [one for one in behind if one not in _BESIDE][:1]
    beside = {*behind[:1]} if word == "how" else {*behind[:2], *weighty}
    if word in {"how", "what", "which"}:
        named = _NAMES if _BE.intersection(behind[:1]) else _NAMED
        kinds: tuple[tuple[AnswerType, frozenset[str]], ...] = (
            ("figure", _MEASURED),
            ("date", _DATED),
            ("name", named),
        )
        return next(((kind, words & beside) for kind, words in kinds if not words.isdisjoint(beside)), (None, ()))
    if word in {"who", "whom", "whose", "where"}:
        return "name", ()
    return ("date" if word == "when" else "reason"), ()


def shows(kind: AnswerType, sentence: str, asked: Collection[str]) -> bool:
    """Whether a sentence holds something of that kind that is not among the `asked` terms of the question."""
    if kind == "figure":
        words = (one[0] for one in _WORD.finditer(sentence))
        return any((w[0].isdigit() and w not in asked) or w.lower() in _NUMBERS for w in words)
    if kind == "date":
        return any(_is_new(one[0], asked) for one in _DATE.finditer(sentence))
    if kind == "reason":
        return _REASON.search(sentence) is not None
    return any(_is_new(name, asked) and not _DATE.fullmatch(name) for name in _names(sentence))


def names_in(question: str) -> list[str]:
    """The names and numbers of a question as typed: words with a capital that is not the first word's, or a digit."""
    words = [one for one in _CAPITAL.finditer(question) if one[0][0].isupper() and one.start() > 0]
    names = [one[0] for one in words if one[0].lower() not in FUNCTION_WORDS]
    return [*names, *(one[0] for one in _WORD.finditer(question) if one[0][0].isdigit())]


def name_terms_in(question: str) -> frozenset[str]:
    """The terms of the names and numbers of a question."""
    return frozenset(term for name in names_in(question) for term in term_texts(name))


def _names(sentence: str) -> list[str]:
    """Words with a capital; that of the first word is the sentence's own where it is a function word."""
    found = [one for one in _CAPITAL.finditer(sentence) if one[0][0].isupper()]
    return [one[0] for one in found if one.start() > 1 or one[0].lower() not in FUNCTION_WORDS]


def _is_new(word: str, asked: Collection[str]) -> bool:
    return not any(term in asked for term in term_texts(word))
