"""Text into sentences, as offsets: where a citation starts and stops, and where a long paragraph may be cut.

Every full stop, exclamation mark and the like is a candidate. Rules decide the sure ones; the rest is left to
sentencex, which knows the abbreviations of many languages but takes a whole quotation for one sentence, and
never finds the end of a quotation that was not closed.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

import sentencex

from index.types import Span

_PIECE = 4096
"""Code points given to sentencex at once: its time grows with the square of unclosed quotation marks."""
_WORD = 24
"""How far back the word before a full stop is looked for; no abbreviation is longer."""
_CLOSERS = "\"'’”»›)]}」』】）"
_OPENERS = "\"'‘“«‹([{„‚「『【（¿¡–—-•*· \t"
_WIDE = "。！？｡"
_CANDIDATE = re.compile(rf"[.!?…؟।{_WIDE}]+[{re.escape(_CLOSERS)}]*")
_NEWLINES = re.compile(r"\n\s*")
_BEFORE = re.compile(r"[^\W_](?:[\w.’'-]*[\w.])?\Z")
_NEXT_WORD = re.compile(r"[^\W\d_]+(?:[.’'][^\W\d_]+)*")
_ACRONYM = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}\Z")


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


_ALWAYS = _words(
    "mr mrs ms mx dr prof sen sens rep reps gov govs gen lt col maj sgt cpl pvt capt cmdr cdr adm rev hon pres",
    "supt det insp messrs mme mlle fr st mt ft vs cf ca approx e.g i.e eg ie viz al dept bzw usw z.b u.a d.h hr",
    "frl nr tel sra sres srta ud uds av",
)
"""Abbreviations after which a sentence goes on: titles, and words that need what follows."""
_NUMBERED = _words(
    "no nos fig figs vol vols p pp art arts sec ch para eq tab ver jan feb mar apr jun jul aug sep sept oct nov",
    "dec",
)
"""Abbreviations only in front of a number."""
_EITHER = _words(
    "inc corp co cos ltd llc bros jr sr esq etc ave blvd rd bldg u.s u.n u.k u.s.a u.s.s.r e.u d.c n.y l.a ph.d",
    "m.d b.a m.a ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev",
    "okla ore pa tenn tex va vt wash wis wyo est ed eds",
)
"""Abbreviations that may end a sentence: the word after tells."""
_STARTERS = _words(
    "a after all although an and another as at because before both but by despite during each even few for from",
    "he her here his how however i if in instead is it its last later many meanwhile mr mrs ms my no nor not now",
    "officials on one only our several she since so some still such that the their then there these they this",
    "those though to under until we what when where while who why with you",
)
"""Words that, capitalised, begin a sentence far more often than they belong to a name."""
_CLOCK_TAIL = _words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august",
    "september october november december et est edt ct cst cdt mt mst pdt pt pst gmt utc bst cet",
)
_SAYING = re.compile(
    r"(?:[^\W\d_][\w.’'-]{0,30}[ \t]){1,5}?(?:said|says|asked|asks|added|wrote|told|cried|replied|wondered)\b"
)


def sentences(text: str, language: str | None = None) -> list[Span]:
    """Split `text` into sentences.

    Spans are half-open code point offsets, in order, disjoint, without white space at their ends, and together
    hold every character that is not white space. Closing quotation marks and brackets stay with their sentence.
    `language` is an ISO 639-1 code; None counts as English.
    """
    spans: list[Span] = []
    start = 0
    for end in _boundaries(text, (language or "en").lower()[:2]):
        span = _trimmed(text, start, end)
        if span:
            spans.append(span)
        start = end
    return spans


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _boundaries(text: str, language: str) -> Iterator[int]:
    """Say where sentences end, ascending; the last one is the text's end."""
    start = 0
    for newline in _NEWLINES.finditer(text):
        if newline.start() > start and _ends_line(text, start, newline.start(), newline):
            yield from _in_line(text, start, newline.start(), language)
            yield newline.end()
            start = newline.end()
    yield from _in_line(text, start, len(text), language)
    yield len(text)


def _ends_line(text: str, start: int, end: int, newline: re.Match[str]) -> bool:
    """Whether this line break parts sentences: not inside a hard-wrapped paragraph."""
    if newline.group().count("\n") > 1 or newline.end() >= len(text):
        return True
    if text[newline.end()].islower():
        return False
    line = end - max(start, text.rfind("\n", start, end) + 1)
    return text[newline.end()] in "•*-–—·" or not 40 <= line <= 100


def _in_line(text: str, start: int, end: int, language: str) -> Iterator[int]:
    """Find the ends of sentences strictly inside `text[start:end]`."""
    opinion = _Opinion(text, start, end, language)
    for match in _CANDIDATE.finditer(text, start, end):
        stop = match.end()
        if stop >= end:
            return
        verdict = _verdict(text, start, match, end, language)
        if verdict or (verdict is None and opinion.splits_at(stop)):
            yield stop


class _Opinion:
    """What sentencex says, asked only when needed, a bounded piece of text at a time."""

    def __init__(self, text: str, start: int, end: int, language: str) -> None:
        self._text, self._end, self._language = text, end, language
        self._piece = (start, start)
        self._starts: list[int] = []

    def splits_at(self, position: int) -> bool:
        """Whether sentencex starts a sentence right after `position` and the white space there."""
        if position >= self._piece[1]:
            self._ask(position)
        after = position
        while after < self._piece[1] and self._text[after].isspace():
            after += 1
        index = bisect_left(self._starts, position)
        return after >= self._piece[1] or (index < len(self._starts) and self._starts[index] <= after)

    def _ask(self, position: int) -> None:
        start = max(self._piece[1], position - _PIECE // 4)
        stop = min(self._end, position + _PIECE)
        # A lone surrogate would raise in the extension; a question mark keeps the offsets.
        piece = self._text[start:stop].encode("utf-8", "replace").decode()
        found = sentencex.get_sentence_boundaries(self._language, piece)
        self._piece = (start, stop)
        self._starts = [start + int(sentence["start_index"]) for sentence in found]


def _verdict(text: str, start: int, match: re.Match[str], end: int, language: str) -> bool | None:
    """Say whether a sentence ends with `match`; None when the rules don't know."""
    stop, mark = match.end(), match.group()
    following = stop
    while following < end and following < stop + 16 and text[following] in _OPENERS + "\n":
        following += 1
    after = text[following] if following < end else ""
    if any(sign in mark for sign in _WIDE):
        return after not in tuple(",、，と")
    if not text[stop].isspace():
        return mark[-1] in "”»" and after.isupper() and following == stop
    if after.islower() or after in tuple(".!?…"):
        return False
    if mark[0] in "!?؟।":
        return mark[-1] not in "\"'’”»" or not _SAYING.match(text, stop + 1, min(end, stop + 120))
    return _after_stop(text, start, match, following, language)


def _after_stop(text: str, start: int, match: re.Match[str], following: int, language: str) -> bool | None:
    """Judge one or more full stops, the next word or sign being at `following`."""
    mark, after = match.group(), text[following : following + 1]
    if "…" in mark or ".." in mark:
        return match.start() > start and not text[match.start() - 1].isspace() and after.isupper()
    word = _BEFORE.search(text, max(start, match.start() - _WORD), match.start())
    if word is None:
        return None if match.start() == start or text[match.start() - 1].isspace() else True
    next_word = _NEXT_WORD.match(text, following, following + 32)
    verdict = _after_abbreviation(word.group(), next_word.group().lower() if next_word else "", after)
    if mark != "." and word.group().lower() not in _ALWAYS:
        return True
    if verdict is None and word.group().isdigit() and word.start() == start:
        return False  # the number of a list's item
    return True if verdict is None and language == "en" else verdict


def _after_abbreviation(word: str, next_word: str, after: str) -> bool | None:
    """Judge a full stop behind `word` by the next word, in small letters, or sign; None when it is no abbreviation."""
    lower = word.lower()
    if lower in _ALWAYS or (len(word) == 1 and word.isupper() and word != "I"):
        return False
    if lower in _NUMBERED:
        return not after.isdigit()
    if lower in ("a.m", "p.m"):
        return next_word not in _CLOCK_TAIL
    if lower in _EITHER or _ACRONYM.search(word):
        return next_word in _STARTERS or not (after.isalnum() or after == "(")
    return None
