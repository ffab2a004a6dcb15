"""Quotations that a noun reports: “her claim that the tide is “late””, “in Reck’s words, “…””."""

from collections.abc import Sequence

from index.speakers.tokens import Token
from index.speakers.words import word_set
from index.statements.findings import Found, Pattern, claimed
from index.statements.nouns import Phrase, can_say
from index.statements.phrases import phrase_after
from index.statements.words import OPENERS, PREPOSITIONS

_NOUNS = word_set(
    """
    claim claims assertion assertions warning warnings statement comment comments remark remarks suggestion argument
    contention insistence promise pledge vow prediction response reply answer message declaration admission
    observation assurance complaint accusation charge demand motto slogan conclusion explanation announcement tweet
    post letter question boast quip advice plea description
    """
)
_WORDINGS = word_set("words view opinion telling phrase")
_POSSESSIVES = word_set("his her their my our its")
_REACH = 8
_LONGEST_SUBJECT = 8


def nominal(row: Sequence[Token], first: int, end: int, found: Sequence[Found]) -> list[Found]:
    """The statements of a sentence that hang on a noun of saying and quote something, where nothing else claims it."""
    taken = claimed(found)
    said: list[Found] = []
    for i in range(first + 1, end - 1):
        if row[i].low not in _NOUNS and row[i].low not in _WORDINGS:
            continue
        sayer = _possessor(row, i, first) or _by(row, i, end)
        content = _content(row, i, first, end) if sayer is not None else None
        if sayer is not None and content is not None and not any(j in taken for j in range(*content)):
            said.append(Found([content], (i, i + 1), sayer, Pattern.NOUN))
            taken |= set(range(*content))
    return said


def _possessor(row: Sequence[Token], noun: int, first: int) -> Phrase | None:
    """“his stern warning”, “Orla Venn’s claim”: at most one word between."""
    for last in (noun - 1, noun - 2):
        if last > first and row[last].text in "'’" and row[last - 1].low.endswith("s"):
            return (last - 1, last) if row[last - 1].is_capitalised else None
        if last < first or row[last].kind != "word":
            return None
        if row[last].low in _POSSESSIVES:
            return (last, last + 1)
        if row[last].low.endswith("'s"):
            begin = last
            while begin > first and _is_name(row[begin - 1]) and last - begin < _LONGEST_SUBJECT:
                begin -= 1
            return (begin, last + 1) if row[last].is_capitalised else None
    return None


def _is_name(token: Token) -> bool:
    return token.is_capitalised and token.low not in PREPOSITIONS | OPENERS


def _by(row: Sequence[Token], noun: int, end: int) -> Phrase | None:
    """“a claim by Reck”, “in the words of Orla Venn”."""
    joining = ("of",) if row[noun].low in _WORDINGS else ("by", "from")
    if row[noun + 1].low not in joining:
        return None
    phrase = phrase_after(row, noun + 2, end)
    return phrase if phrase is not None and can_say(row, phrase) else None


def _content(row: Sequence[Token], noun: int, first: int, end: int) -> Phrase | None:
    """What the noun stands for, up to its quotation's end; nothing without a quotation."""
    if row[noun].low in _WORDINGS:
        return _beside(row, noun, first, end)
    for i in range(noun + 1, min(end - 1, noun + _REACH)):
        if row[i].kind == "quote":
            return None
        following = row[i + 1]
        is_stated = row[i].low in (":", "was", "is") or (row[i].text == "," and row[i - 1].low in ("that", "was", "is"))
        if is_stated and following.kind == "quote":
            return (i + 1, i + 2)
        if row[i].low == "that" and following.text != ",":
            quote = next((j for j in range(i + 1, min(end, i + 3 * _REACH)) if row[j].kind == "quote"), None)
            is_one = quote is not None and not any(row[j].text in ",;:" for j in range(i + 1, quote))
            return (i + 1, quote + 1) if quote is not None and is_one else None
    return None


def _beside(row: Sequence[Token], noun: int, first: int, end: int) -> Phrase | None:
    """“in X’s words, “…”” and “…,” in X’s words.: the quotation next to the phrase."""
    begin = noun
    while begin > first and noun - begin < _LONGEST_SUBJECT and row[begin].low != "in":
        begin -= 1
    if row[begin].low != "in":
        return None
    if begin > first and row[begin - 1].kind == "quote":
        return (begin - 1, begin)
    after = next((i for i in range(noun + 1, min(end, noun + _REACH)) if row[i].text in ",:"), end)
    return (after + 1, after + 2) if after + 1 < end and row[after + 1].kind == "quote" else None
