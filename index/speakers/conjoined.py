"""Names of bodies with an “and” in them: one name where an acronym or the words on both sides bear that out."""

import re
from collections.abc import Sequence

from index.speakers.names import is_given
from index.speakers.tokens import Token
from index.speakers.words import BODY_NOUNS, GROUPS, LEGAL_FORMS, ROLES, TITLES, word_set

_MOST_BEHIND = 6
"""How many words of a name may stand behind its “and”."""
_SMALL = word_set("and of for the in on to")
_ACRONYM = re.compile(r"[A-Z]{3,8}")
_NO_HEADS = LEGAL_FORMS | word_set(
    "co. company corporation firm bank union party police army navy force news times post court house congress senate"
)
"""Bodies that are seldom for two things: “Harker Corp and Swiss Bank”, “the United States and Soviet Union”."""
_HEADS = BODY_NOUNS - _NO_HEADS
_LINKS = word_set("of for on")
_BEHIND_HEADS = LEGAL_FORMS | {"f.a."}
_OF_PERSONS = TITLES | ROLES | LEGAL_FORMS | GROUPS
_CONCERNS = word_set(
    """
    food foods feed grain grains drug drugs tobacco alcohol agriculture fisheries fishery forestry forests
    wildlife parks water environment climate energy power mines minerals oil gas petroleum trade trades commerce
    industry industries business consumer consumers exchange exchanges securities futures savings loan loans
    finance banking budget planning tax taxes revenue customs tariffs pensions insurance welfare labor labour
    work works jobs health medicine medicines hospitals housing homes families family children youth women
    veterans sports sport culture arts education schools science sciences research space technology radio
    communications telecommunications post posts telegraph transport roads rail railways aviation ports shipping
    maritime defense defence security safety standards justice prisons borders refugees immigration rights
    equality ethics privacy relations affairs ways means control product products conduct human social economic
    industrial commercial technical scientific cultural natural rural urban public national international
    domestic foreign regional local markets prices crime land lands resources services co-operation cooperation
    radio-television meat livestock dairy sugar coffee cocoa rubber farm farms equipment management development
    employment procurement tourism reform export exports import imports credit investment enterprise enterprises
    fuel fuels electricity disease diseases emergency disaster disasters licensing lending
    """
)
"""What bodies see to, and words for which part of it."""
_ENDINGS = ("ation", "ations", "ction", "ctions", "ition", "itions", "ention", "onautics", "tistics", "ments")


def names_told(words: Sequence[Token]) -> frozenset[tuple[str, ...]]:
    """The names with an “and” that the text itself spells out before their acronym: “… (OSCE)”; in small letters."""
    told = set()
    for i in range(3, len(words) - 1):
        if words[i - 1].text == "(" and words[i + 1].text == ")" and _ACRONYM.fullmatch(words[i].text):
            name = _spelled_out(words[: i - 1], words[i].low)
            if name and "and" in name:
                told.add(name)
    return frozenset(told)


def _spelled_out(before: Sequence[Token], acronym: str) -> tuple[str, ...]:
    """The last words whose capitals are the letters of an acronym, small words between them; none where they differ."""
    left, first = len(acronym), len(before)
    while left and first:
        word = before[first - 1]
        if word.is_capitalised and word.low[0] == acronym[left - 1]:
            left -= 1
        elif word.text not in _SMALL or first == len(before):
            return ()
        first -= 1
    return () if left else tuple(word.low for word in before[first:])


def end_of_conjoined(words: Sequence[Token], first: int, i: int, told: frozenset[tuple[str, ...]]) -> int | None:
    """Where a name ends that began at `first` and goes on behind the “and” at `i`; None where it doesn't."""
    return _end_of_told(words, first, i, told) or _end_at_head(words, first, i) or _end_of_linked(words, first, i)


def _end_of_told(words: Sequence[Token], first: int, i: int, told: frozenset[tuple[str, ...]]) -> int | None:
    for name in sorted(told):
        place = name.index("and")
        start = i - place
        if start >= first and tuple(word.low.removesuffix("'s") for word in words[start : start + len(name)]) == name:
            return start + len(name)
    return None


def _end_at_head(words: Sequence[Token], first: int, i: int) -> int | None:
    """“Food and Drug Administration”: what a body sees to on both sides, and the noun that says what it is."""
    if not _is_concern(words[i - 1]) or not all(_may_stand_before(word) for word in words[first:i]):
        return None
    # “Coffee, Sugar and Cocoa Exchange” begins before its comma.
    if first > 1 and words[first - 1].text == "," and _is_concern(words[first - 2]):
        return None
    end = i + 1
    while end < len(words) and end - i <= _MOST_BEHIND and _is_concern(words[end]) and not _is_head(words, end, i + 2):
        end += 1
    if end == i + 1 or end == len(words) or not _is_head(words, end, i + 2):
        return None
    end += 1
    while end < len(words) and words[end].low in _BEHIND_HEADS:
        end += 1
    return end


def _end_of_linked(words: Sequence[Token], first: int, i: int) -> int | None:
    """“Ministry of Trade and Industry”: the noun in front, and what the body sees to on both sides of the “and”."""
    links = [j for j in range(first + 1, i - 1) if words[j].text in _LINKS]
    if not links or words[links[0] - 1].low not in _HEADS:
        return None
    within = [word for word in words[links[-1] + 1 : i] if word.text != "the"]
    if not within or not all(map(_is_concern, within)):
        return None
    end = i + 1
    while end < len(words) and end - i <= _MOST_BEHIND and _is_concern(words[end]):
        end += 1
    # “the Ministry of Finance and Trade Ministry officials” are of two.
    is_anothers = end < len(words) and words[end].is_capitalised and words[end].low in BODY_NOUNS
    return end if end > i + 1 and not is_anothers else None


def _is_head(words: Sequence[Token], i: int, least: int) -> bool:
    return i >= least and words[i].is_capitalised and words[i].low.removesuffix("'s") in _HEADS


def _is_concern(word: Token) -> bool:
    low = word.low.removesuffix("'s")
    return word.is_capitalised and (low in _CONCERNS or (low.endswith(_ENDINGS) and low not in BODY_NOUNS))


def _may_stand_before(word: Token) -> bool:
    """Whether a word may be part of a body's name before its “and”, and not of who stands beside the body."""
    is_persons = word.low in _OF_PERSONS or is_given(word.text)
    return word.is_capitalised and (_is_concern(word) or not is_persons)
