"""Words of a question that no passage as good as the best one tells in any form, and what they mean to the question."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from index.library import Snapshot
from index.stopwords import FUNCTION_WORDS
from index.terms import term_texts, terms
from search.answer_types import name_terms_in
from search.deeds import ASIDE, verb_of
from search.figures import Counted, asked_count, counts_as, is_counted, tells_money
from search.measures import asked_measure
from search.reading import Passage, Reading
from search.relevance import coverage
from search.retrieve import Probe
from search.synonyms import LIGHT
from search.told import is_told
from search.wordings import word_set

Encode = Callable[[str], Probe]


_VAGUE = " ".join(
    (
        "kind sort type class category name title term word example synonym entity thing object item person people way "
        "manner method means part portion aspect feature attribute role reason purpose number amount total percentage "
        "percent percentile proportion share rate level rank ranking position status area region place location year "
        "date day time hour period century decade prior previous previously original originally first last former main "
        "major primary primarily notable notably important significant specific particular certain various different "
        "typical typically usual usually common commonly main most best biggest largest highest longest greatest "
        "oldest newest new old happen occur exist become call consider think believe use based able include involve "
        "approximately exactly about average somewhat really ideal critical unofficial official lone special practical "
        "possible possibly eventually ultimately today now further frequent early earliest late latest recent current "
        "minimum maximum least overall everyday subsequent topic subject body position field form structure system "
        "scale unit set group series list result effect impact consequence outcome duration relationship difference "
        "similarity definition meaning mean factor issue problem solution answer question regard scope long longer "
        "alone successful success useful necessary necessarily two three four five several",
        "begin began start started take took give gave given get got make made become became have go went come came "
        "find found know known feel felt see saw seen put let do show help try tried allow serve associate reside "
        "represent relate refer accord compare describe state stand hold held bring brought",
    )
)
"""Words that ask for a thing without telling which, or carry little; they are seldom in the text that tells."""
_PRICES = "cost costs price prices worth pay paid charge fee"
"""Words that ask for a sum of money, which tells that it is one."""
_LITTLE, _MUCH = 0.06, 0.16
"""A question without words that matter little to it is this far from it in meaning, one without those that it is about
this far: 1 less the cosine."""
_CLASS = re.compile(r"\b(?:what|which)(?P<class>(?: [\w-]+){1,4})", re.IGNORECASE)
_DATES = re.compile(r"\W*(?:when|where|how many)\b", re.IGNORECASE)
_EVENTS = (
    "die died death born birth buried open opened close closed shut founded dissolved built demolished married "
    "divorced crowned sold bought sentenced jailed arrested"
)
_FOUNDED = re.compile(r"\bfound(?:ed|er|ers|ing)\b", re.IGNORECASE)
"""The stem of what is founded is that of what is found, which only asks."""
_HOW_GREAT = re.compile(r"\bhow (?P<size>big|great|high|large|low|small)\b", re.IGNORECASE)
"""“How high is turnout”, “how big was the loss” are told in figures."""
_GOES_ON = re.compile(r"\W*(?:he|she|they|it|the \S{1,20}[ -]year[ -]old|(?:at|aged) \S{1,20}, s?he)\b", re.IGNORECASE)
_ASKS = 0.35
"""What it counts that words that only ask are lacking, beside words that are told in another form."""
_AS_MUCH = 0.5
"""Sentences that hold this share of what the best one does may show the amount."""
_BEHIND_VERB = FUNCTION_WORDS | word_set("two three four five six seven eight nine ten")
_HALF = 0.5
"""What “what is the X of …” asks for is seldom in the text that tells, but it may tell another thing."""


@dataclass(frozen=True, slots=True)
class Absence:
    """Shares of the question's words, 0 to 1, rare words weighing more, that passages tell in no form.

    `words` counts them as far as they matter to the question, which encoding it without them tells, 0 if nothing can
    be encoded; `nowhere` those that the library lacks altogether; `verb` is the share of the verb of “who founded it”:
    the rest of such a question is what is known. `is_event` is whether it asks when, where or of how many
    something happened that texts tell by its own verb, or one like it: who died, what opened.
    """

    words: float = 0.0
    nowhere: float = 0.0
    verb: float = 0.0
    is_event: bool = False


def absence(
    snapshot: Snapshot, probe: Probe, reading: Reading, passages: Sequence[Passage], encode: Encode | None
) -> Absence:
    """What of a question none of these passages tells; `encode` is asked once, and only where something is lacking."""
    held = frozenset[str]().union(*(one.held for one in passages))
    if _FOUNDED.search(probe.text) and not any(_FOUNDED.search(one.paragraph.text) for one in passages):
        held -= frozenset(term_texts("found"))
    weights, attributes = _shares(reading), _attributes(probe.text)
    lacking = {
        term: weights.get(term, 0.0) * (_HALF if term in attributes else 1.0)
        for term in _telling(probe.text, probe.terms, held)
        if not is_told(term, held)
    }
    if not lacking:
        return Absence()
    verb = verb_of(probe.text)
    matters = _matter(probe, lacking, encode) if encode else 0.0
    return Absence(
        words=matters * sum(lacking.values()),
        nowhere=sum(share for term, share in lacking.items() if not snapshot.document_frequency(term)),
        verb=weights.get(verb, 0.0) if verb in lacking else 0.0,
        is_event=_DATES.match(probe.text) is not None and not _terms(_EVENTS).isdisjoint(lacking),
    )


def retold(probe: Probe, reading: Reading, best: Passage) -> float:
    """The share of the question's words that the best passage tells in another form; those that only ask count less."""
    weights, telling = _shares(reading), set(_telling(probe.text, probe.terms, best.held))
    names = name_terms_in(probe.text)
    others = [term for term in probe.terms if term not in best.held]
    told = [term for term in others if is_told(term, best.held)]
    asking = [term for term in others if term not in telling and term not in names and term not in told]
    return sum(weights.get(term, 0.0) for term in told) + _ASKS * sum(weights.get(term, 0.0) for term in asking)


def amounts(reading: Reading) -> list[int]:
    """The sentences, by their numbers, that may give the amount or the number of things that a question asks for.

    They show one of its kind, and hold much of the question, or are of a passage that does. An age stands beside one
    of the question's names, often the surname alone, or goes on about who was named before: “she is fifty”. Words that
    only ask, as “old” does, tell of nothing that has an age.
    """
    showing = [number for number, one in enumerate(reading.sentences) if one.shows_type]
    measure = reading.asking.measure
    if measure is not None and measure.of is not None:
        showing = [number for number in showing if _is_of(reading, measure.of, number)]
    if measure is None:
        most = max(one.covered for one in reading.passages)
        passages = reading.passages
        return [at for at in showing if passages[reading.sentences[at].passage].covered >= _AS_MUCH * most]
    if measure.names:
        named = _of_named(reading, measure.names)
        return [number for number in showing if number in named]
    # “How much will it save” is told by what saves, “what does it cost” by any sum.
    only_ask = measure.asking & _terms(f"{_PRICES} money") if "money" in measure.kinds else measure.asking
    rest = {term: weight for term, weight in reading.asking.weights.items() if term not in only_ask}
    own = [coverage(rest, one.terms | reading.passages[one.passage].above) for one in reading.sentences]
    # “The wall is new. It is two metres high.”
    pairs = zip(own, pairwise(reading.sentences), strict=False)
    goes_on = [0.0, *(share if one.passage == other.passage else 0.0 for share, (one, other) in pairs)]
    held = [max(pair) for pair in zip(own, goes_on, strict=True)]
    behind = _told_behind_names(reading, rest)
    return [number for number in showing if held[number] >= _AS_MUCH * max(held) or number in behind]


def _told_behind_names(reading: Reading, weights: Mapping[str, float]) -> set[int]:
    """The sentences that hold much of a question but its names, behind these: “M-Plex is new”, and “a dose costs 4”."""
    names = reading.asking.names
    rest = {term: weight for term, weight in weights.items() if term not in names}
    if not rest or not names:
        return set()
    own = [coverage(rest, one.terms | reading.passages[one.passage].above) for one in reading.sentences]
    return {
        number
        for number, one in enumerate(reading.sentences)
        if own[number] > 0 and own[number] >= _AS_MUCH * max(own) and names <= _told_until(reading, one.passage)
    }


def _told_until(reading: Reading, passage: int) -> frozenset[str]:
    """What the passages that were read of a document tell, up to one of them."""
    last = reading.passages[passage].paragraph
    parts = (one for one in reading.passages if one.paragraph.document.id == last.document.id)
    return frozenset[str]().union(*(one.held for one in parts if one.paragraph.start <= last.start))


def _is_of(reading: Reading, thing: str, number: int) -> bool:
    """Whether a sentence tells of a thing, or goes on after what does: “the loan is new; it is ten million”."""
    one = reading.sentences[number]
    passage = reading.passages[one.passage]
    if is_told(thing, {*one.terms, *passage.above, *term_texts(reading.before(number))}):
        return True
    return _GOES_ON.match(one.text) is not None and is_told(thing, passage.held)


def _of_named(reading: Reading, names: Collection[str]) -> set[int]:
    """The sentences with one of the names, and those that go on about who was named before."""
    found: set[int] = set()
    named = {number for number, one in enumerate(reading.passages) if not one.above.isdisjoint(names)}
    for number, one in enumerate(reading.sentences):
        if not one.terms.isdisjoint(names):
            named.add(one.passage)
            found.add(number)
        elif one.passage in named and _GOES_ON.match(one.text):
            found.add(number)
    return found


def _telling(question: str, asked_terms: Iterable[str], held: Collection[str]) -> list[str]:
    """The words that tell what is asked about: no names, which are weighed by themselves, and none that only ask."""
    asked, measure, vague = asked_count(question), asked_measure(question), LIGHT | _terms(_VAGUE)
    only_ask = name_terms_in(question) | _classes(question)
    only_ask |= measure.asking if measure else frozenset()
    only_ask |= frozenset(term_texts(found["size"])) if (found := _HOW_GREAT.search(question)) else frozenset()
    founded = frozenset(term_texts(found[0])) if (found := _FOUNDED.search(question)) else frozenset[str]()
    return [
        term
        for term in asked_terms
        if not (
            (term in vague and term not in founded)
            or term.isdigit()
            or term in only_ask
            or _tells_amount(asked, term, held)
        )
    ]


@cache
def _terms(words: str) -> frozenset[str]:
    """Of a list of words; made when first needed, as most questions for what somebody said need none."""
    return frozenset(term_texts(words))


def _classes(question: str) -> set[str]:
    """The terms of “document” in “what document formed it”, of “German ruler” in “what German ruler was”."""
    found = _CLASS.search(question)
    words = found["class"].lower().split() if found else []
    until = next((at for at, word in enumerate(words) if word in ASIDE), None)
    if until is None:
        # “What derailed the train” has a verb there.
        until = int(not words[1:] or words[1] == "of" or words[1] not in _BEHIND_VERB)
    return {term for word in words[:until] for term in term_texts(word)}


def _attributes(question: str) -> set[str]:
    """The terms behind “what is the …”."""
    found = _CLASS.search(question)
    words = found["class"].lower().split() if found else []
    return {term for word in words[1:] for term in term_texts(word)} if words and words[0] in ASIDE else set()


def _tells_amount(asked: Counted | None, term: str, held: Collection[str]) -> bool:
    """Whether a passage tells what a term asks for in its own way: a price by a sum, how many there are by a figure."""
    if asked is None:
        return False
    if asked.is_much:
        return term in _terms(_PRICES) and tells_money(held)
    return asked.is_stock and counts_as(asked, term) and any(is_counted(asked, one) for one in held)


def _matter(probe: Probe, lacking: Collection[str], encode: Encode) -> float:
    """How much words matter to a question, 0 to 1: how far it is from itself without them."""
    parts, at = [], 0
    for term in terms(probe.text):
        if term.text in lacking:
            parts.append(probe.text[at : term.start])
            at = term.end
    without = " ".join("".join([*parts, probe.text[at:]]).split())
    vector = encode(without).vector if without else None
    if vector is None or probe.vector is None:
        return 1.0
    away = 1.0 - float(vector @ probe.vector)
    return min(1.0, max(0.0, (away - _LITTLE) / (_MUCH - _LITTLE)))


def _shares(reading: Reading) -> Mapping[str, float]:
    weights = reading.asking.weights
    total = sum(weights.values()) or 1.0
    return {term: weight / total for term, weight in weights.items()}
