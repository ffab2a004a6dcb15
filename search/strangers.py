"""Whether an answer tells of somebody or somewhere else than it was asked about."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.library import Snapshot
from index.speakers.names import fold_given
from index.speakers.words import HONORIFICS, TITLES
from index.stopwords import FUNCTION_WORDS
from index.terms import term_texts
from search import circumstances
from search.answer_types import asks
from search.circumstances import told_in
from search.doers import is_of_other_doer
from search.figures import asked_count
from search.kindred import are_kindred
from search.reading import Passage, Reading, shown
from search.relevance import coverage
from search.retrieve import Probe
from search.roles import concept_of, nationals, people
from search.told import is_told
from search.types import Citation
from search.wordings import word_set

_WORD = re.compile(r"[^\W\d_][\w'’-]*|[^\w\s]|\n")
_NO_NAMES = FUNCTION_WORDS | word_set(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday easter christmas"
)
_LONGEST_SHORT = 5
"""Capitals alone, no more than these, shorten a name, which a text may give in full: “EU”, “WWII”."""
_LEAST_FORM = 5
_MOST_ASKED = 16
"""A question of more names is a page that somebody pasted, and asks about nobody of them in particular."""
_LEAST_TOLD = 0.7
"""A citation that is not the likeliest tells more than this share of the question, names aside, of what one does."""
_AROUND = 50_000
"""So many characters before and behind a citation are looked through for a name that its passage lacks."""
_DOER = re.compile(
    r"\b(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could|should|must|may|might) (?:the )?"
    r"(?P<who>[A-Z][\w'’.-]*(?: (?:[A-Z][\w'’.-]*|&)){0,5})(?<!['’]s) (?!of\b|in\b|at\b|and\b|or\b)[a-z]"
)
"""“When did Ada Orr sell …”; not “when was the mill of Orm sold”."""
_WHO_OF = re.compile(
    r"\W*who\s+(?:is|was|are|were|will be)\s+(?:the\s+)?([a-z][\w-]*)\s+(?:of|at|in|for|on)\b", re.IGNORECASE
)
_AS_FAR = re.compile(r"\W*how far\b[^?]*\b(?:from|to)\b (?P<whom>[^?]*)", re.IGNORECASE)
_DONE_TO = re.compile(
    r"\b(?:do|does|did|has|have|had) (?:the )?(?:[A-Z][\w'’.-]*\s){1,4}(?P<verb>[a-z]+) (?:the )?"
    r"(?P<whom>[A-Z][\w'’-]*(?: [A-Z][\w'’-]*){0,3})"
)
_PRONOUN = re.compile(r"\W*(?:he|she|it|they)\b", re.IGNORECASE)
_TITLES = HONORIFICS | TITLES
_YEAR = re.compile(r"\b[12][0-9]{3}\b")
_ARTICLES = word_set("the a an")
_LINKS = word_set("of in at on to from for by with against under near")
_BEFORE_NOUNS = _ARTICLES | word_set("his her its their my our your this that")
_POINTING = word_set("the it him her them this that these those both")
_NEAR_OBJECT = 4
"""“The lake of Holm” is not what was named before."""
_OWNS = re.compile(r"['’]s?\Z")

Name = tuple[str, ...]
"""A name as terms, in order."""


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of a question, and those of several parts that some passage has whole."""

    all: Sequence[Name]
    whole: Collection[Name]

    def needed(self, name: Name) -> Name:
        """The parts of a name one of which must be told: any, or the last one."""
        return name[-1:] if name in self.whole else name


def is_of_others(snapshot: Snapshot, probe: Probe, reading: Reading, cited: Sequence[Citation]) -> bool:
    """Whether what shows the kind of answer asked for stands only where none of the question's names is told.

    A name may be told in another form. Citations come likeliest first: a later one counts as being of the right one
    only where it holds something else of the question, too. Where names begin is known of English questions alone.
    """
    names = _asked(probe.text)
    if not 0 < len(names) <= _MOST_ASKED or not asks(probe.text):
        return False
    passages = {one.paragraph.id: one for one in reading.passages}
    whole = [name for name in names if len(name) > 1 and any(one.held.issuperset(name) for one in reading.passages)]
    named = frozenset(term for name in names for term in name)
    rest = {term: weight for term, weight in reading.asking.weights.items() if term not in named}
    showing = _reaching(probe.text, passages, _showing(probe.text, reading, cited))
    showing = [one for one in showing if not _is_of_other_doer(probe.text, passages.get(one.passage_id), one)]
    if not showing:
        return True
    most = max(_told_of(rest, one) for one in showing)
    return not any(
        (number == 0 or _told_of(rest, one) > _LEAST_TOLD * most)
        and _is_of(snapshot, probe.text, _Names(names, whole), passages.get(one.passage_id), one)
        for number, one in enumerate(showing)
    )


def _told_of(weights: Mapping[str, float], cited: Citation) -> float:
    """Which share of these words a citation tells below its title, in any form."""
    held = frozenset(term_texts(f"{cited.document.title or ''}\n{cited.text}"))
    return coverage(weights, {term for term in weights if _are_told([term], held)})


def _showing(question: str, reading: Reading, cited: Sequence[Citation]) -> Sequence[Citation]:
    """Those that show the kind of answer that is asked for, or all: no year tells how many there are.

    Asked who did it, where or when, those that tell just that: what day a crack was found is not when it was opened.
    """
    by = circumstances.asked(question)
    telling = [one for one in cited if by and any(told_in(by, reading, at) for at in shown(reading, one))]
    if not telling and (what := _WHO_OF.match(question)):
        # “Who is the captain of the Rosk ferry?” is not answered by whose captain another is.
        telling = [one for one in cited if _are_told(term_texts(what[1]), frozenset(term_texts(one.text)))]
    if telling:
        return telling
    is_count = asked_count(question) is not None
    texts = [(one, _YEAR.sub("", one.text) if is_count else one.text) for one in cited]
    return [one for one, text in texts if reading.asking.is_shown_by(text)] or cited


def _reaching(question: str, passages: Mapping[str, Passage], cited: Sequence[Citation]) -> Sequence[Citation]:
    """Of a distance those of passages that tell its other end, too; of what one did to another, those that tell whom.

    To Holm is not as far as to Orm, and when Ada Orr visited one is not when she visited the other.
    """
    found = _AS_FAR.match(question) or _DONE_TO.search(question)
    ends = [name for run in _runs(found["whom"]) if (name := tuple(term_texts(" ".join(run))))] if found else []
    if not ends or (found is not None and found.re is _DONE_TO and found["verb"] in FUNCTION_WORDS):
        return cited
    verb = found["verb"] if found is not None and found.re is _DONE_TO else ""
    held = {one.passage_id: passages[one.passage_id].held for one in cited if one.passage_id in passages}
    return [
        one
        for one in cited
        if all(_is_end(end, held.get(one.passage_id, frozenset())) for end in ends) or _is_pointed_at(verb, one.text)
    ]


def _is_of_other_doer(question: str, passage: Passage | None, cited: Citation) -> bool:
    is_english = cited.document.language in {None, "en"}
    return is_english and is_of_other_doer(question, cited.text, passage.held if passage else ())


def _is_pointed_at(verb: str, text: str) -> bool:
    """Whether a text tells the deed of what was named before: “they besieged the fortress”, “he met her”."""
    wanted, words = term_texts(verb), _WORD.findall(text)
    return any(
        words[at].lower() in _POINTING
        and any(is_told(one, set(term_texts(words[at - 1]))) for one in wanted)
        and not any(map(_is_name, words[at + 1 : at + 1 + _NEAR_OBJECT]))
        for at in range(1, len(words))
    )


def _is_end(name: Name, held: Collection[str]) -> bool:
    """Whether a name is told; by another form only of itself, as Atlantic is none of Atlanta."""
    return not held or not set(name).isdisjoint(held) or any(are_kindred(one, other) for one in name for other in held)


def _is_of(snapshot: Snapshot, question: str, names: _Names, passage: Passage | None, cited: Citation) -> bool:
    """Whether a citation's passage tells one of the names, or its document does and it puts no other in their place."""
    of, whole = cited.document, snapshot.document(cited.document.id).text
    before = f"{of.title or ''}\n{whole[max(0, cited.start - _AROUND) : cited.start]}"
    if all(_is_namesake(name, cited.text, before) for name in names.all):
        return False
    if passage and any(passage.held.issuperset(name) for name in names.all):
        return True
    if passage and _tells(names, f"{of.title or ''}.\n{passage.paragraph.text}"):
        return True
    around = whole[max(0, cited.start - _AROUND) : cited.end + _AROUND]
    origin = term_texts(" ".join(filter(None, (of.title, of.author, of.source, of.uri))))
    if _tells(names, around) or any(_are_told(names.needed(name), origin) for name in names.all):
        return not puts_another(question, cited.text)
    # “She sells it in Holm”: who she is, nothing before it tells.
    return _PRONOUN.match(cited.text) is not None and not _runs(before)


def _are_told(wanted: Collection[str], held: Collection[str]) -> bool:
    # Few letters begin many words: “will” is not Willow.
    long = [one for one in held if len(one) >= _LEAST_FORM]
    return any(one in held for one in wanted) or any(is_told(one, long) for one in wanted)


def _is_namesake(name: Name, text: str, before: str) -> bool:
    """Whether a text tells of others of that surname alone: named with it there, or last before a surname alone."""
    theirs = [one for one in _names(text) if one[-1] == name[-1]] if len(name) > 1 else []
    full = [one for one in theirs if len(one) > 1]
    if len(full) < len(theirs):
        last = [one for one in _names(before) if one[-1] == name[-1] and len(one) > 1][-1:]
        if not last:
            return False
        full += last
    if not full or any(_is_part(part, one[:-1]) for part in name[:-1] for one in full):
        return False
    # What is a word there, too, or has an article, as in “the Treaty”, is no surname.
    words = _WORD.findall(f"{before} {text}")
    plain = [word for last, word in pairwise(["", *words]) if word.islower() or last.lower() in _ARTICLES]
    return name[-1] not in term_texts(" ".join(plain))


def _names(text: str) -> list[Name]:
    return [name for run in _runs(text) if (name := tuple(term_texts(" ".join(run))))]


def _tells(names: _Names, text: str) -> bool:
    """Whether a text tells a name: all of it, or a part that is none of another, as “Mount” of “Mount Sedge” is.

    Of a name that some passage has whole, its last part must be there: “Marrick” is not the Marrick Post. Capitals with
    the letters that its words begin with shorten it.
    """
    words = _WORD.findall(text)
    plain = frozenset(term_texts(" ".join(word for word in words if word[0].islower())))
    short = {"".join(sorted(word.lower())) for word in words if word.isupper() and len(word) <= _LONGEST_SHORT}
    others = set(_names(text))
    return any(
        (_are_told(name, plain) if len(name) == 1 else not plain.isdisjoint(names.needed(name)))
        or (len(name) > 1 and "".join(sorted(term[0] for term in name)) in short)
        or any(_is_same(name, other) and (name not in names.whole or name[-1] in other) for other in others)
        for name in names.all
    )


def _is_same(name: Name, other: Name) -> bool:
    """Whether two names share a part, and one of them has no part that the other lacks; “Bob” is a part of “Robert”."""
    is_within = all(_is_part(one, name) for one in other) or all(_is_part(one, other) for one in name)
    return is_within and bool(other)


def _is_part(part: str, name: Name) -> bool:
    return _are_told([part], name) or fold_given(part) in map(fold_given, name)


def _asked(question: str) -> list[Name]:
    """The names of who did it by a question, or else all that it has, as terms.

    The first word has its capital for another reason.
    """
    done = _DOER.search(question)
    named, doers = _runs(question.strip().partition(" ")[2]), _runs(done["who"]) if done else []
    if any(word.lower() in nationals() for run in doers for word in run):
        doers = []  # “the British pilots”, whoever they were
    return [name for run in doers or named if (name := tuple(term_texts(" ".join(run))))]


def _runs(text: str) -> list[tuple[str, ...]]:
    """The different names of a text, each its words in a row; without what somebody is, where more follows."""
    found: dict[tuple[str, ...], None] = {}
    run: list[str] = []
    for word in [*_WORD.findall(text), "."]:
        if _is_name(word) and not (run and run[-1].endswith(("'s", "’s"))):
            run.append(word)
        elif run:
            own = [one for one in run if not _is_office(one)] if len(run) > 1 else []
            found[tuple(own or run)] = None
            run = [word] if _is_name(word) else []
    return list(found)


def _is_office(word: str) -> bool:
    return word.lower() in _TITLES or concept_of(word) in people() or len(word) == 1


def _is_name(word: str) -> bool:
    is_short = word.isupper() and 1 < len(word) <= _LONGEST_SHORT
    return word[0].isupper() and not is_short and word.lower() not in _NO_NAMES


def puts_another(question: str, text: str) -> bool:
    """Whether a text has another name where a question has one that it lacks: “the mill of Tolm” for that of Orm."""
    known, held = frozenset(term_texts(question)), frozenset(term_texts(text))
    asked = {(link, beside) for name, link, beside in _places(question) if not _are_told(term_texts(name), held)}
    return bool(asked) and any(
        link == other_link and is_told(beside, {other})
        for name, other_link, other in _places(text)
        if not _are_told(term_texts(name), known)
        for link, beside in asked
    )


def _places(text: str) -> Iterator[tuple[str, str, str]]:
    """Each name with what links it to the word beside it, and that word's term: “of” and “mill”, or “” and “have”."""
    words = _WORD.findall(text)
    for at, name in enumerate(words):
        if not _is_name(name):
            continue
        behind = "".join(words[at + 1 : at + 2])
        if behind.islower():
            link = "of" if _OWNS.search(name) else ""
            yield from ((name, link, term) for term in term_texts(behind))
        # “the mill of the Orms”, “the mill of Ada Orr”
        start = at
        while start > 0 and (_is_name(words[start - 1]) or words[start - 1].lower() in _ARTICLES):
            start -= 1
        if start > 1 and words[start - 1].lower() in _LINKS:
            link = words[start - 1].lower()
            yield from ((name, link, term) for beside in _led_from(words, start - 1) for term in term_texts(beside))


def _led_from(words: Sequence[str], link: int) -> Iterator[str]:
    """What a link leads from: in “drowned in his cellar in Holm” the cellar, and who drowned in it."""
    while link > 0:
        yield words[link - 1]
        link -= 3 if words[link - 2].lower() in _BEFORE_NOUNS else 2
        if link < 1 or words[link].lower() not in _LINKS:
            return
