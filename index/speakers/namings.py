"""Where names stand in an article: runs of capitalised words, taken apart into titles and a name."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index.speakers.conjoined import end_of_conjoined, names_told
from index.speakers.names import Name, is_given, is_persons, parse_name
from index.speakers.spans import Spans
from index.speakers.tokens import Token
from index.speakers.words import (
    BODY_NOUNS,
    BODY_STARTS,
    FEMALE_HONORIFICS,
    GROUPS,
    HONORIFICS,
    LEGAL_FORMS,
    MALE_HONORIFICS,
    NO_PERSONS,
    NOT_NAMES,
    OFFICES,
    PARTICLES,
    ROLES,
    SUFFIXES,
    TITLES,
    word_set,
)

Gender = Literal["m", "f", ""]
_LONGEST_NAME, _LONGEST_LINKED = 5, 8
_QUANTIFIERS = word_set("the a an some many several most few other all both but and in")
_LINE = re.compile(r"[^\n]+")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_LONGEST_HEADLINE, _LEAST_LONG_WORDS = 160, 4
_SMALL_IN_HEADLINES = word_set("with from over into about after amid than that upon under onto")
_HYPHENATED = re.compile(r"(?:al|el|ul|ad|as|ar)-[A-Z]")
"""“al-Hamadi”, a surname although it begins with a small letter."""
_DATES = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
    october november december jan. feb. mar. apr. jun. jul. aug. sept. oct. nov. dec.
    """
)
_MODALS = frozenset(("will", "may"))
_ALSO_VERBS = word_set("will mark may bill grant chase rob drew sue pat hope grace faith rose joy dawn art frank don")
"""Given names that are other words at the start of a headline."""


@dataclass(frozen=True, slots=True)
class Naming:
    """One place where a name stands: `start` to `end` is the name, `run_start` takes its titles in.

    It is doubtful where a lone word may owe its capital to the sentence that it opens.
    """

    run_start: int
    start: int
    end: int
    form: str
    name: Name
    gender: Gender
    is_titled: bool
    is_body: bool
    is_doubtful: bool = False


def find_namings(words: Sequence[Token], text: str) -> Iterator[tuple[int, int, Naming]]:
    """The names of a text in order, each with the indices of its run's first word and the one after its last."""
    headlines = _headlines(text)
    runs = [run for run in _runs(words, text, names_told(words)) if not headlines.holds(words[run[0]].start)]
    namings = [naming_of(words[first:end]) for first, end in runs]
    known = _Known(words, runs, namings, text)
    for (first, end), whole in zip(runs, namings, strict=True):
        shorter = known.without_opening(words, first, end, whole)
        if shorter is not None:
            yield first + 1, end, shorter
        elif whole is not None:
            yield first, end, replace(whole, is_doubtful=True) if known.is_doubtful(whole, first, end) else whole


def find_in_headlines(words: Sequence[Token], text: str, known: frozenset[str]) -> Iterator[tuple[int, int, Naming]]:
    """The names in lines that are capitalised throughout: only surnames the article uses elsewhere (`known` keys)."""
    headlines = _headlines(text)
    i = 0
    while i < len(words):
        if not words[i].is_capitalised or not headlines.holds(words[i].start):
            i += 1
            continue
        end = i + 1
        if words[i].low not in _ALSO_VERBS and is_given(words[i].text) and _follows(words, i, text):
            end = i + 2
        naming = naming_of(words[i:end])
        if naming is not None and not naming.is_body and naming.name.key in known:
            yield i, end, naming
            i = end
        else:
            i += 1


def _follows(words: Sequence[Token], i: int, text: str) -> bool:
    following = words[i + 1 : i + 2]
    return bool(following) and following[0].is_capitalised and text[words[i].end : following[0].start] == " "


def _headlines(text: str) -> Spans:
    """The lines that capitalise nearly every longer word: there a capital says nothing of names."""
    found = []
    for line in _LINE.finditer(text):
        if line.end() - line.start() > _LONGEST_HEADLINE:
            continue
        long_words = _LONG_WORD.findall(line.group())
        capitals = all(word[0].isupper() or word in _SMALL_IN_HEADLINES for word in long_words)
        if len(long_words) >= _LEAST_LONG_WORDS and capitals:
            found.append(line.span())
    return Spans(found)


class _Known:
    """What the middles of sentences tell of the capitals at their starts."""

    def __init__(
        self, words: Sequence[Token], runs: Sequence[tuple[int, int]], namings: Sequence[Naming | None], text: str
    ) -> None:
        self.opening = {first for first, _ in runs if opens_sentence(words, first, text)}
        self.lower = {word.low for word in words if word.kind == "word" and word.text[0].islower()}
        self.surnames: set[str] = set()
        self.forms: set[tuple[str, str]] = set()
        for (first, _), naming in zip(runs, namings, strict=True):
            if naming is None or naming.is_body:
                continue
            if first not in self.opening:
                self.surnames.add(naming.name.key)
                self.forms.add((naming.name.given, naming.name.key))
            elif is_given(naming.form.split()[0]):
                self.surnames.add(naming.name.key)

    def without_opening(self, words: Sequence[Token], first: int, end: int, whole: Naming | None) -> Naming | None:
        """The name in a run whose first word owes its capital to its place alone: “See Volkov’s report”."""
        opening = words[first]
        is_name = (is_given(opening.text) and opening.low not in _MODALS) or opening.low in OFFICES
        is_particle = opening.low in PARTICLES or len(opening.text.rstrip(".")) < 2
        if end - first < 2 or first not in self.opening or is_name or is_particle:
            return None
        rest = naming_of(words[first + 1 : end])
        if rest is None or rest.is_body:
            return None
        if opening.low in GROUPS:
            return rest
        if whole is None or (whole.name.given, whole.name.key) in self.forms:
            return None
        is_word = opening.low in self.lower or opening.low in _MODALS
        return rest if is_word and rest.name.key in self.surnames else None

    def is_doubtful(self, naming: Naming, first: int, end: int) -> bool:
        """Whether a lone word opens a sentence and stands nowhere else with a capital."""
        is_lone = end - first == 1 and not naming.is_titled and first in self.opening
        return is_lone and naming.name.key not in self.surnames


def opens_sentence(words: Sequence[Token], i: int, text: str) -> bool:
    """Whether a word is the first of its line, sentence, quotation or bracket."""
    if i == 0 or "\n" in text[words[i - 1].end : words[i].start]:
        return True
    before = words[i - 1]
    if before.kind != "mark":
        return False
    if before.text in "”\"'’" and i > 1:
        return words[i].is_capitalised and (words[i - 2].text in ".!?" or text[before.start - 1].isspace())
    return before.text in ".!?:;“‘(—–-"


def _runs(words: Sequence[Token], text: str, told: frozenset[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    i = 0
    while i < len(words):
        if not words[i].is_capitalised:
            i += 1
            continue
        end = _run_end(words, i, text, told)
        yield i, end
        i = end


def _run_end(words: Sequence[Token], first: int, text: str, told: frozenset[tuple[str, ...]]) -> int:
    """The index after a run of capitalised words (particles between them included, and what joins two halves)."""
    i = first + 1
    while i < len(words) and i - first < 12:
        is_possessive = words[i - 1].low.endswith("'s") and words[i].low not in LEGAL_FORMS
        if is_possessive or text[words[i - 1].end : words[i].start] not in (" ", "\u00a0", "\n"):
            break
        if not words[i].is_capitalised and not _HYPHENATED.match(words[i].text):
            if words[i].text == "and" and (end := end_of_conjoined(words, first, i, told)) is not None:
                return end
            if not _may_join(words[i - 1 : i + 3]):
                break
        elif words[i].low in ("the", "in", "on", "at", "i", "and", "but"):
            break
        i += 1
    return i


def _may_join(around: Sequence[Token]) -> bool:
    """Whether a small word before a capital one is part of a name: “van”, “von der”, “Center for Tides”.

    So are two behind what names a body: “Ministry of the Interior”. `around` starts with the word before it.
    """
    if len(around) < 3:
        return False
    before, word, following = around[:3]
    if word.text == "the":
        return before.text in _LINKS and following.is_capitalised
    if word.text in _LINKS and following.text == "the" and len(around) > 3:
        of_whom = BODY_NOUNS - _FIRMS if word.text == "of" else BODY_NOUNS - _FIRMS - _OFTEN_ON
        return before.is_capitalised and before.low in of_whom and around[3].is_capitalised
    if word.low in PARTICLES and following.low in PARTICLES and len(around) > 3:
        following = around[3]
    if word.low in PARTICLES or not following.is_capitalised:
        return following.is_capitalised
    if word.low == "of":
        return before.low in TITLES or before.low in BODY_NOUNS
    return word.low in ("for", "on") and before.low in BODY_NOUNS - _OFTEN_ON and following.low not in NOT_NAMES


_FIRMS = LEGAL_FORMS | word_set("company corporation firm")
"""“Harker Ltd of the U.K.”: behind them stands where a firm is, and not its name."""
_LINKS = frozenset(("of", "for"))
"""Behind them “the” goes on with a body's name, and is not said of it."""
_OFTEN_ON = word_set("congress senate house court parliament army military police news times post kremlin pentagon")


_SURNAMES_TOO = word_set("park hall lake bay wood hill field fields west east north south gate street bridge banks")
"""Places that are surnames as well, behind a title: “Energy Minister Jin Park”."""


def naming_of(run: Sequence[Token]) -> Naming | None:
    """A run of capitalised words taken apart: leading titles, offices and adjectives, then the name."""
    while len(run) > 1 and run[-1].low in _DATES:
        run = run[:-1]
    if not run:
        return None
    last = len(run)
    core_end = last - 1 if last > 1 and run[-1].low in SUFFIXES else last
    is_linked = _is_linked(run)
    first, gender, titled = _NOBODY if is_linked else _past_titles(run, core_end)
    name = list(run[first:last])
    longest = _LONGEST_LINKED if is_linked else _LONGEST_NAME
    if not name or len(name) > longest or name[0].low in PARTICLES - _PARTICLES_IN_FRONT:
        return None
    tail = run[core_end - 1].low.removesuffix("'s")
    is_bearer = titled and len(name) == 2 and tail in _SURNAMES_TOO
    is_body = tail in BODY_NOUNS or tail in GROUPS or (_is_office_or_place(tail, name) and not is_bearer)
    is_body = is_body or is_linked or (len(name) > 1 and name[0].low in BODY_STARTS)
    if is_body:
        name = list(run)
        while len(name) > 1 and name[0].low in _QUANTIFIERS:
            del name[0]
    elif len(name) == 1 and (tail in NOT_NAMES or len(tail.rstrip(".")) == 1):
        return None
    form = " ".join(token.text for token in name)
    form = form[:-2] if form.endswith(("'s", "’s")) else form
    return Naming(run[0].start, name[0].start, run[-1].end, form, parse_name(form), gender, titled, is_body)


def _is_linked(run: Sequence[Token]) -> bool:
    """“Ministry of the Interior”, and nobody behind it: not “Ministry of the Interior Spokesman Jens Volkov”.

    So is what an “and” joins, which is joined only to a body's name.
    """
    if any(token.text == "and" for token in run):
        return True
    the = next((i for i, token in enumerate(run) if i > 1 and token.text == "the"), None)
    if the is None or run[the - 1].text not in _LINKS:
        return False
    within = run[the + 1 : -1]
    return not any(token.low in TITLES or token.low in ROLES for token in within) and not any(
        is_given(token.text) for token in within[1:]
    )


def _is_office_or_place(tail: str, name: Sequence[Token]) -> bool:
    is_one = tail in TITLES or tail in ROLES or (len(name) > 1 and tail in NO_PERSONS)
    return is_one and not (len(name) == 2 and is_persons(name[0].text))


ADJECTIVES = word_set(
    """
    the vice press foreign prime defense defence finance interior justice republican democrat democratic
    congressional presidential state acting former majority minority deputy assistant chief
    """
)
"""Titles that stand before others, and as well before what is no person: “Democratic National Convention”."""
_PARTICLES_IN_FRONT = word_set("van von de al el bin ben le la del della")


_NOBODY: tuple[int, Gender, bool] = (0, "", False)
"""Behind no title."""


def _past_titles(run: Sequence[Token], core_end: int) -> tuple[int, Gender, bool]:
    first, titled = 0, False
    gender: Gender = ""
    for i in range(core_end - 1):
        low = run[i].low
        if low in HONORIFICS or low in TITLES or low in ROLES:
            first, titled = i + 1, low not in ADJECTIVES
            gender = "m" if low in MALE_HONORIFICS else "f" if low in FEMALE_HONORIFICS else ""
        elif low.endswith(_ORIGINS) or (low in NOT_NAMES and first == i):
            first = i + 1
        elif low == "of" and first == i:
            first = min(i + 2, core_end - 1)
    first = max(first, _first_given(run, core_end))
    return first, gender, titled


_AGENTS = ("er", "or", "ist", "ian", "ies")
_ORIGINS = ("-born", "-based", "-trained", "-educated")


def _first_given(run: Sequence[Token], core_end: int) -> int:
    """Where a given name begins behind words that are none: “Maricopa County Recorder Helen Volkov”."""
    for i in range(core_end - 1):
        is_initial = len(run[i].low.rstrip(".")) < 2
        if is_initial and i and not (run[i - 1].low.endswith(_AGENTS) or run[i - 1].low in TITLES):
            # “Osgar G. Volkov”: a given name that no list knows
            return i - 1 if i > 2 else 0
        if is_given(run[i].text) or is_initial:
            return i if i > 1 or (i == 1 and run[0].low.endswith(_AGENTS)) else 0
    return 0
