"""Near-duplicates, tested pairwise: copies of one wire report fold into one result, different news never do.

Two texts are near-duplicates when they have nearly the same words in the same order, and neither
their numbers, their names, nor words such as "not", "rose" and "fell" contradict each other. Whole sentences
that only the longer one has, before or after what both have, are an update's, or stand around a quotation.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise

from index.copyediting import plain_terms
from index.opposites import ALTERNATIVES, BEING_WORDS, FUTURE_WORDS, NEGATION_WORDS, PAST_WORDS, WAY_WORDS
from index.scope import edits, is_limited
from index.signature import SHINGLE, SHORT, Signature, shingles
from index.spellings import is_slip, is_stutter, is_vowel_slip

LEAST_SHARED = 0.7
"""Of the shorter text's shingles, the share that the longer must have. Wire copies with one edit in
thirty words keep more, texts written independently about one event keep under a third."""
LEAST_LENGTH = 0.75
"""The shorter text's share of the longer one's words."""
LEAST_QUOTED = 0.5
"""The same where the rest of the longer one is whole sentences around it: it must not bury as much again."""
LONG = 200
"""From this many words on, one turning word more or less no longer makes a text different news."""
TITLED = 100
"""From this many on, that an office is a former one may be said in one text and left out of the other."""
WORDS_AN_EDIT = 50
"""One small word may be replaced by another, and one more in each so many words; of those with a meaning none, but for
slips: who was “unhurt” was not “killed”."""

WORDS_A_SLIP = 10
"""Of texts with more words than one in so many that differ, slips or not, neither is a copy of the other."""
LEAST_SLIPPED = 9
"""In shorter words a letter more or less, or two swapped, is more often another word than a slip: of 4,811 words of
newswire with seven letters and more, 63 pairs differ so little, of those with nine 21, nearly all of one meaning.
`ALTERNATIVES` has the commonest of those that are two."""
LEAST_JOINED, ALIKE = 5, 0.85
"""Two words side by side are one that has as many letters, most of them in common: “cease-fire”, whose parts are
stemmed, and “ceasefire”."""

_LONGEST_ENDING = "al"
_AGAIN, _AGAIN_AS_USUAL = "re", "e"
"""Style books hyphen “re-elect”; any other “re-” tells that it is not the usual word: who will “re-sign” stays."""

NEGATIONS = frozenset(plain_terms(NEGATION_WORDS))
"""Turning words that deny, as terms; one may stand for another where a text is worded anew."""
_WAYS, _LINKS, _FUTURE, _BEING = (
    frozenset(plain_terms(words)) for words in (WAY_WORDS, f"{WAY_WORDS} of with", FUTURE_WORDS, BEING_WORDS)
)
_PAST = frozenset(plain_terms(PAST_WORDS))
_BY = "by"
_COINS = dict(zip("$€£¥", plain_terms("dollar euro pound yen"), strict=True))
_SMALL_ALTERNATIVES = (
    *("this next last", "next the", "next that", "next each"),  # “year”
    *("by until", "would should", "will should"),
)
"""Small words that tell which year it is, up to when, and whether it is done or only ought to be."""
_ALTERNATIVES = tuple(frozenset(plain_terms(words)) for words in (*ALTERNATIVES, *_SMALL_ALTERNATIVES))
_GROWING = frozenset(
    plain_terms("risen rises rose climbs climbed grows grew grown jumped doubled revised updated raised lowered fallen")
)
"""Where a sentence that was added has one of these with another number for what was counted, news have come."""
_COUNTED = 4
"""So near behind a number stands what it counts."""
_TOLL = frozenset(
    plain_terms(
        "dead died dying killed deaths toll casualties victims injured wounded hurt missing rescued evacuated homeless "
        "displaced infected hospitalised arrested detained"
    )
)
"""What is counted again and again as a story goes on."""
_UNITS = frozenset(
    plain_terms(
        "said year month week day hour minute quarter percent point dollar euro pound yen crown share thousand million "
        "billion metre kilometre mile ton tonne people person man men woman women child children"
    )
)
"""What so much is told in that another number of them is seldom the same one's."""


def is_near_duplicate(a: Signature, b: Signature) -> bool:
    """Whether two texts are copies of one, perhaps with small edits. Symmetric; wordless texts never are."""
    if not a.words or not b.words:
        return False
    if a.words == b.words and (a.turns, a.minus, a.currencies) == (b.turns, b.minus, b.currencies):
        return True
    shorter, longer = sorted((a, b), key=lambda one: (len(one.words), one.words))
    if not _may_be_copies(shorter, longer) or not (_are_copies(shorter, longer) or _is_quoted(shorter, longer)):
        return False
    return not _counts_anew(shorter, longer)


def _may_be_copies(a: Signature, b: Signature) -> bool:
    """What near-duplicates have in common at least, by numbers and names; told in microseconds. Symmetric."""
    return _is_contained(a.numbers, b.numbers) and _is_contained(a.names, b.names)


def _are_copies(a: Signature, b: Signature) -> bool:
    """Whether two texts of about one length differ in small edits only."""
    shortest, longest = sorted((len(a.words), len(b.words)))
    if shortest < LEAST_LENGTH * longest or not _agree_in_details(a, b):
        return False
    if len(a.shingles & b.shingles) < LEAST_SHARED * min(len(a.shingles), len(b.shingles)):
        return False
    return _has_small_edits(a, b)


def _is_quoted(shorter: Signature, longer: Signature) -> bool:
    """Whether the longer text is the shorter one with whole sentences before or behind it, and no detail lost."""
    if not max(SHORT, LEAST_QUOTED * len(longer.words)) <= len(shorter.words) < len(longer.words):
        return False
    start, end = _core(longer, shorter)
    less, more = sorted((end - start, len(shorter.words)))
    if end - start == len(longer.words) or less < LEAST_LENGTH * more:
        return False
    core = longer.between(start, end)
    kept = ((shorter.numbers, core.numbers), (shorter.names, core.names))
    return all(_is_within(own, theirs) for own, theirs in kept) and _are_copies(shorter, core)


def _counts_anew(shorter: Signature, longer: Signature) -> bool:
    """Whether a sentence that only the longer text has, at an end, gives another number of what the shorter counts.

    “By morning eleven were missing”, “the toll had risen to eleven”: that is the story's next news.
    """
    known = set(shorter.numbers)
    if known.issuperset(longer.numbers):
        return False
    start, end = _core(longer, shorter)
    counted = _near_numbers(shorter, known) - _UNITS
    for added in (longer.between(0, start), longer.between(end, len(longer.words))):
        new = set(added.numbers) - known
        near = set(added.words) if not _GROWING.isdisjoint(added.words) else _TOLL & _near_numbers(added, new)
        if new and not counted.isdisjoint(near):
            return True
    return False


def _near_numbers(text: Signature, numbers: AbstractSet[str]) -> set[str]:
    """Words with a meaning that stand a little behind one of some numbers."""
    places = {one.place for one in text.details if one.kind == "number" and one.term in numbers}
    near = {place + step for place in places for step in range(1, _COUNTED + 1)} - places
    return {text.words[place] for place in text.content if place in near}


def _core(longer: Signature, shorter: Signature) -> tuple[int, int]:
    """From which word to which the longer text goes, but for the sentences at its ends that share no words in a row."""
    shared = [place for place, found in enumerate(shingles(longer.words)) if found in shorter.shingles]
    if not shared:
        return 0, 0
    start = max(place for place in longer.sentences if place <= shared[0])
    behind = (place for place in longer.sentences if place >= shared[-1] + SHINGLE)
    return start, min(behind, default=len(longer.words))


def _agree_in_details(a: Signature, b: Signature) -> bool:
    """Whether numbers, names and turning words allow two texts to be the same news; stricter the shorter they are."""
    if a.minus != b.minus or not _is_contained(a.currencies, b.currencies):
        return False
    longest = max(len(a.words), len(b.words))
    if longest < SHORT:
        return (a.turns, a.numbers, a.names) == (b.turns, b.numbers, b.names)
    return _agree_in_turns(a.turns, b.turns, longest) and _may_be_copies(a, b)


def _agree_in_turns(a: Sequence[str], b: Sequence[str], longest: int) -> bool:
    if a == b or longest < TITLED:
        return a == b
    # What must be the same in both: in long texts the denials, before that all but who is in office still.
    same_a, same_b = (
        [term for term in turns if (term in NEGATIONS if longest >= LONG else term not in _PAST)] for turns in (a, b)
    )
    return same_a == same_b and abs(len(a) - len(b)) == 1 and _is_contained(a, b)


def _has_small_edits(a: Signature, b: Signature) -> bool:
    """Whether few words are replaced, none by its opposite, and no word with a meaning or its link has moved."""
    a, b = _written_as(a, b), _written_as(b, a)
    count_a, count_b = Counter(a.words) + _signed(a), Counter(b.words) + _signed(b)
    gone, new = count_a - count_b, count_b - count_a
    longest = max(len(a.words), len(b.words))
    if min(gone.total(), new.total()) > 1 + longest // WORDS_A_SLIP:
        return False  # Before each is compared with each.
    if any(not group.isdisjoint(gone) and not group.isdisjoint(new) for group in _ALTERNATIVES):
        return False
    gone, new = _but_for_slips(gone, new, dict(a.spelled), dict(b.spelled))
    if min(gone.total(), new.total()) > 1 + longest // WORDS_AN_EDIT:
        return False
    meant_a, meant_b = _meaningful(a, gone), _meaningful(b, new)
    if meant_a and meant_b:
        return False  # Another word with a meaning is other news.
    if _is_turned(gone, new, meant_a, meant_b) or not _is_contained(_ways(a), _ways(b)):
        return False
    is_less = longest < LONG and is_limited(a, b)
    return not is_less and not _has_moved(_linked(a), _linked(b))


def _signed(text: Signature) -> Counter[str]:
    """Coins that only a sign tells: “$400” is “400 dollars”, and not “400 crowns”."""
    return Counter(_COINS[amount[0]] for amount in text.currencies if amount[0] in _COINS)


def _written_as(text: Signature, other: Signature) -> Signature:
    """The same text with two words as one where only the other text writes them so: “per cent” is “percent”."""
    alone = (word for word in set(other.words) - set(text.words) if len(word) >= LEAST_JOINED)
    starts: dict[str, list[str]] = {}
    for word in sorted(alone):
        starts.setdefault(word[:2], []).append(word)
    joined: dict[int, str] = {}
    for place, pair in enumerate(map("".join, pairwise(text.words))):
        for word in starts.get(pair[:2], ()):
            if _is_written_apart(word, pair) and not _is_another(*text.words[place : place + 2]):
                joined.setdefault(place, word)
    if not joined:
        return text
    words, content, place = list[str](), list[int](), 0
    meant = frozenset(text.content)
    while place < len(text.words):
        one = joined.get(place)
        if place in meant or one:
            content.append(len(words))
        words.append(one or text.words[place])
        place += 2 if one else 1
    return replace(text, words=tuple(words), content=tuple(content))


def _is_written_apart(word: str, joined: str) -> bool:
    if joined.startswith(word):
        return len(joined) - len(word) <= len(_LONGEST_ENDING)  # “semifinal” is stemmed, and “final” is not
    if abs(len(word) - len(joined)) > 1:
        return False
    one, other = sorted((word, joined))
    return one == other or SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE


def _is_another(first: str, second: str) -> bool:
    """Whether two words may be written apart because as one they would be another word."""
    return first == _AGAIN and not second.startswith(_AGAIN_AS_USUAL)


def _is_turned(gone: Counter[str], new: Counter[str], meant_a: Sequence[str], meant_b: Sequence[str]) -> bool:
    """Whether small words alone make of what was done what will be, or of who did it to whom it was done.

    A whole clause that only one text has brings words with a meaning, and small ones of its own.
    """
    sides = [(own, theirs) for own, theirs, meant in ((gone, new, meant_a), (new, gone, meant_b)) if not meant]
    return any(
        (_BY in own and not _BEING.isdisjoint(own)) or (not _FUTURE.isdisjoint(own) and _FUTURE.isdisjoint(theirs))
        for own, theirs in sides
    )


def _ways(text: Signature) -> list[str]:
    """Its words that tell for from against, and to from from, in order."""
    return [word for word in text.words if word in _WAYS]


def _linked(text: Signature) -> list[str]:
    """Its words with a meaning and those that tell which part each of them has, in order."""
    meant = frozenset(text.content)
    return [word for place, word in enumerate(text.words) if place in meant or word in _LINKS]


def _meaningful(text: Signature, words: Counter[str]) -> list[str]:
    """Those of some words that are no function words, in order; a coin's sign is a word."""
    return sorted({*(text.words[place] for place in text.content), *_signed(text)} & words.keys())


def _but_for_slips(
    gone: Counter[str], new: Counter[str], spelled: Mapping[str, str], other: Mapping[str, str]
) -> tuple[Counter[str], Counter[str]]:
    """Words that only one of two texts has, and only the other, without those that are one word with a slip in it."""
    slips = [
        (word, meant)
        for word in sorted(gone.keys() & spelled.keys())
        for meant in sorted(new.keys() & other.keys())
        if _is_slip(spelled[word], other[meant])
    ]
    return gone - Counter(word for word, _ in slips), new - Counter(meant for _, meant in slips)


def _is_slip(one: str, other: str) -> bool:
    if one[0] != other[0]:
        return False
    least = min(len(one), len(other))
    return (
        is_stutter(one, other)
        or (least >= LEAST_SLIPPED and is_slip(one, other))
        or (least > LEAST_SLIPPED and is_vowel_slip(one, other))
    )


def _has_moved(a: list[str], b: list[str]) -> bool:
    """Whether a word that is missing at one place is new at another: “by the mill to” has become “to the mill by”."""
    gone: Counter[str] = Counter()
    new: Counter[str] = Counter()
    for edit in edits(a, b):
        gone.update(edit.gone)
        new.update(edit.new)
    return bool(gone & new)


def _is_contained(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether one is the other with items left out, order kept: a detail added, none contradicted."""
    shorter, longer = sorted((a, b), key=len)
    return _is_within(shorter, longer)


def _is_within(items: Iterable[str], whole: Iterable[str]) -> bool:
    rest = iter(whole)
    return all(item in rest for item in items)
