"""A paragraph → tokens in which every quotation is one token, cut into sentences."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.speakers.tokens import ABBREVIATIONS, Token, tokens
from index.speakers.words import word_set
from index.statements.words import PLAIN, PREPOSITIONS, SAY, VOICED

_DOUBLE = re.compile(r"[\"“”„«»]|''|``|’’|‘‘")
_SINGLE = re.compile(
    r"(?<!\w)[‘'](?=\w)(?!\d\d)|(?<=[,.?!…])[’'](?!\w)|(?<=[^\Ws])’(?=[\s,.;:)]|$)|(?P<doubtful>(?<=s)’(?=[\s,.;:)]|$))"
)
_OPENING = {"‘": "'", "''": '"', "``": "“", "’’": "”", "‘‘": "“"}
_CLOSERS = {"“": "”", "„": "“”", "«": "»", "»": "«»", '"': '"”'}
_DASHES = "—–―"
_TAIL_REACH = 160
_LONGEST_SENTENCE = 160
"""In tokens, a quotation being one; what is longer is no prose and is cut, which keeps the rules linear."""
_TAIL_CUE = re.compile(r"\b(?:said|says|asked|added|told|replied|wrote|continued|explained)\b")
_TAIL_START = re.compile(r"[,?!]\s+(?=(?:[A-Z]|he\b|she\b|they\b|said\b|says\b|the\b|a\b))")

_OPENING_WORDS = word_set("he she they it we i you the a an but and this that these those in on his her their when")
_ENDING_ABBREVIATIONS = word_set("u.s. u.k. u.n. d.c. a.m. p.m. inc. corp. co. jr. sr. etc. n.y. calif. fla.")
"""What may end a sentence, unlike a title before a name, when a word follows that opens one."""
_ATTRIBUTING = word_set("asked told added wrote replied shouted exclaimed")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A span between quotation marks, marks included; not `closed` where its end is missing."""

    start: int
    end: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph's tokens, and its sentences as half-open ranges of token indices."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    sentences: tuple[tuple[int, int], ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    sign: str


def quotations(text: str, start: int, end: int) -> list[Quotation]:
    """The outermost quotations of a paragraph, in order; linear, whatever the marks.

    Double marks of any kind, straight, curly, German, French or two apostrophes; single ones of
    several words, which hold double ones or stand beside them, since apostrophes look alike.
    """
    return _outermost(_double(text, start, end), _single(text, start, end))


def _outermost(double: Sequence[Quotation], single: Sequence[Quotation]) -> list[Quotation]:
    """Both in order; of those that overlap the one that holds the other, and the double one when they cross."""
    found: list[Quotation] = []
    is_double = frozenset(double)
    for one in sorted([*double, *single], key=lambda quotation: (quotation.start, -quotation.end)):
        if not found or one.start >= found[-1].end:
            found.append(one)
        elif one.end > found[-1].end and one in is_double:
            found[-1] = one
    return found


def _double(text: str, start: int, end: int) -> list[Quotation]:
    marks = [_mark(match) for match in _DOUBLE.finditer(text, start, end)]
    found: list[Quotation] = []
    opened: _Mark | None = None
    i = 0
    while i < len(marks):
        mark = marks[i]
        if opened is None:
            opened = mark if _may_open(text, mark, start, end) else None
        elif _is_curly_pair(text, opened, marks, i):
            i += 1
        elif _closes(text, opened, mark, start, end):
            found.append(Quotation(opened.start, mark.end, True))
            opened = None
        elif _is_nested(marks, i):
            i += 1
        else:
            found.append(_unclosed(text, opened.start, mark.start))
            opened = mark if _may_open(text, mark, start, end) else None
        i += 1
    if opened is not None:
        found.append(_unclosed(text, opened.start, end))
    return found


def _mark(match: re.Match[str]) -> _Mark:
    return _Mark(match.start(), match.end(), _OPENING.get(match.group(), match.group()))


def _single(text: str, start: int, end: int) -> list[Quotation]:
    """‘…’ and '…' of several words, closed after a mark or before one; after an s only where nothing else closes."""
    found: list[Quotation] = []
    opened = doubtful = -1
    for match in _SINGLE.finditer(text, start, end):
        at = match.start()
        if at + 1 < end and (text[at + 1].isalnum() and (at == start or not text[at - 1].isalnum())):
            opened = at if opened < 0 else opened
        elif opened >= 0 and at > opened + 1 and match.group("doubtful"):
            doubtful = at
        elif opened >= 0 and at > opened + 1:
            if text.find(" ", opened, at) >= 0:
                found.append(Quotation(opened, at + 1, True))
            opened = doubtful = -1
    if doubtful > opened >= 0 and text.find(" ", opened, doubtful) >= 0:
        found.append(Quotation(opened, doubtful + 1, True))
    return found


def _may_open(text: str, mark: _Mark, start: int, end: int) -> bool:
    if mark.sign == "”" or mark.end >= end:
        return False
    if mark.sign == "»":
        # »…«, as German books have it: only where a word starts
        is_apart = mark.start == start or text[mark.start - 1].isspace() or text[mark.start - 1] in "([—–"
        return is_apart and not text[mark.end].isspace()
    return mark.sign != '"' or not text[mark.end].isspace() or mark.start == start


def _closes(text: str, opened: _Mark, mark: _Mark, start: int, end: int) -> bool:
    """Whether a mark closes: the right one, or a careless one (“…“, or a straight one) that can only close."""
    if mark.sign in _CLOSERS[opened.sign] and mark.sign != '"':
        return True
    if mark.sign == '"' and opened.sign == '"':
        return not _looks_opening(text, mark, start, end)
    is_after_word = mark.start > opened.end and not text[mark.start - 1].isspace()
    return mark.sign in '“"' and is_after_word and (mark.end >= end or not text[mark.end].isalnum())


def _looks_opening(text: str, mark: _Mark, start: int, end: int) -> bool:
    return mark.start > start and text[mark.start - 1].isspace() and mark.end < end and text[mark.end].isalnum()


def _is_nested(marks: Sequence[_Mark], i: int) -> bool:
    """An opening mark inside an open quotation belongs to it when two closing marks follow."""
    return i + 2 < len(marks) and [mark.sign for mark in marks[i : i + 3]] == ["“", "”", "”"]


def _is_curly_pair(text: str, opened: _Mark, marks: Sequence[_Mark], i: int) -> bool:
    """Curly marks inside of straight ones: “…” is a quotation of its own there, and closes nothing."""
    if opened.sign != '"' or [mark.sign for mark in marks[i : i + 2]] != ["“", "”"] or opened.end == marks[i].start:
        return False
    return text[marks[i].start - 1].isspace() and text[marks[i].end : marks[i].end + 1].isalnum()


def _unclosed(text: str, opened: int, limit: int) -> Quotation:
    """A quotation whose closing mark is missing: up to an attribution at its end, else to the paragraph's."""
    end = limit
    while end > opened + 1 and text[end - 1].isspace():
        end -= 1
    begin = max(opened + 1, end - _TAIL_REACH)
    for match in reversed(list(_TAIL_START.finditer(text, begin, end))):
        tail = text[match.end() : end]
        if _TAIL_CUE.search(tail) and len(tail.split()) <= 8:
            return Quotation(opened, match.start() + 1, False)
    return Quotation(opened, end, False)


def unit(text: str, start: int, end: int) -> Unit:
    """The tokens and sentences of one paragraph."""
    found: list[Token] = []
    at = start
    quoted = [one for one in quotations(text, start, end) if any(c.isalnum() for c in text[one.start : one.end])]
    for quotation in quoted:
        found += tokens(text, at, quotation.start)
        found.append(_quote_token(text, quotation))
        at = quotation.end
    found += tokens(text, at, end)
    is_open = bool(quoted) and not quoted[-1].closed and quoted[-1].end >= end - 1
    return Unit(start, end, tuple(found), tuple(_sentences(found)), is_open)


def _quote_token(text: str, quotation: Quotation) -> Token:
    inner = quotation.end - (2 if quotation.closed else 1)
    while inner > quotation.start + 1 and (text[inner].isspace() or text[inner] in "’'‘\"”"):
        inner -= 1
    last = text[inner] if inner > quotation.start else ""
    return Token(quotation.start, quotation.end, last, "", "quote")


def _sentences(found: Sequence[Token]) -> Iterator[tuple[int, int]]:
    first = 0
    for i in range(len(found)):
        if i + 1 == len(found) or i - first >= _LONGEST_SENTENCE or _ends_sentence(found, first, i):
            yield first, i + 1
            first = i + 1


def _ends_sentence(found: Sequence[Token], first: int, i: int) -> bool:
    token, following = found[i], found[i + 1]
    opens = following.is_capitalised or following.kind == "quote" or following.text in "•*–—-(["
    if token.kind == "mark":
        if token.text == "." and i and "-" in found[i - 1].low and found[i - 1].low.rsplit("-")[-1] in ABBREVIATIONS:
            # “then-Sen. Venn”
            return False
        return token.text in ".?!…" and (opens or (following.kind == "word" and following.text[0].isdigit()))
    if token.kind == "word" and token.text.endswith(".") and following.low in _OPENING_WORDS and opens:
        return following.kind == "word" and token.low in _ENDING_ABBREVIATIONS
    if token.kind != "quote" or not opens or following.text in _DASHES or token.text not in (".", "?", "!", "…"):
        return False
    return following.kind != "word" or not _attribution_follows(found, i + 1, token.text, is_first=i == first)


def _attribution_follows(found: Sequence[Token], first: int, closing: str, *, is_first: bool) -> bool:
    """“Why?” Mr. Smith asked. The attribution belongs to the quotation, though it starts with a capital."""
    if found[first].low in ("he", "she", "they", "it", "we", "i", "the", "a", "but", "and"):
        return False
    for i in range(first, min(first + 6, len(found))):
        following = found[i + 1].text if i + 1 < len(found) else "."
        is_voiced = found[i].low in PLAIN | VOICED and found[i].text.islower() and i > first
        if closing != "." and is_voiced and (following in ".,:" or following in PREPOSITIONS):
            return True
        is_next = not is_first and i + 2 < len(found) and found[i + 2].kind == "quote"
        if closing == "." and following in (",", ":") and is_next:
            # He said, “I was out.” His wife said, “He was not.”
            return False
        if found[i].low in SAY or found[i].low in _ATTRIBUTING:
            return following in (".", ",", ":") or (
                closing != "." and following not in ("that", "he", "she", "it", "they")
            )
        if found[i].kind != "word":
            return False
    return False


def is_all_quoted(row: Sequence[Token]) -> bool:
    """Whether a paragraph is nothing but quotations."""
    return all(token.kind == "quote" or token.text in (".", ",") for token in row)


def is_heading(row: Sequence[Token]) -> bool:
    """‘The tide holds no grudge’: a quotation alone on its line that ends no sentence is a section's title."""
    words = [token for token in row if token.text != "#"]
    return len(words) == 1 and words[0].kind == "quote" and words[0].text.isalnum()
