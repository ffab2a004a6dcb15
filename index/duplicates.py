"""Near-duplicates, tested pairwise: copies of one wire report fold into one result, different news never do.

Two texts are near-duplicates when they have nearly the same words in the same order, and neither
their numbers, their names, nor words such as "not", "rose" and "fell" contradict each other.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.stopwords import FUNCTION_WORDS
from index.terms import terms

SHINGLE = 3
"""Words in a row that count as one place in a text; one changed word touches three of them."""
LEAST_SHARED = 0.7
"""Of the shorter text's shingles, the share that the longer must have. Wire copies with one edit in
thirty words keep more, texts written independently about one event keep under a third."""
LEAST_LENGTH = 0.75
"""The shorter text's share of the longer one's words."""
SHORT = 20
"""Below this many words every detail is the news: none may even be added."""
LONG = 200
"""From this many words on, one detail that differs no longer makes a text different news."""
WORDS_AN_EDIT = 20
"""In this many words, one may be replaced by another."""

_NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion "
    "dozen half third quarter double triple twice"
)
_NUMBERS = frozenset(_NUMBER_WORDS.split())
_TURNING_WORDS = (
    "no not never none nor without neither nobody nothing cannot may might could must more less fewer higher lower up "
    "down before after above below over under first last rise rises rose risen rising fall falls fell fallen falling "
    "gain gains gained lose loses lost win wins won increase increases increased decrease decreases decreased drop "
    "drops dropped grow grows grew shrink shrinks shrank accept accepts accepted reject rejects rejected approve "
    "approves approved refuse refuses refused confirm confirms confirmed deny denies denied denying agree agrees "
    "agreed disagree open opens opened close closes closed start starts started begin begins began stop stops stopped "
    "end ends ended join joins joined leave leaves left support supports supported oppose opposes opposed guilty "
    "innocent acquitted convicted alive dead true false possible impossible likely unlikely able unable north south "
    "east west buy buys bought sell sells sold beat beats allow allows allowed ban bans banned legal illegal"
)
_TURNS = frozenset(_TURNING_WORDS.split())
"""Words that turn a sentence around: two texts that differ in one of them say different things."""
NEGATIONS = frozenset(("no", "not", "never", "none", "nor", "neither", "nobodi", "noth", "cannot", "without"))
"""Those of them that deny, as terms; one may stand for another where a text is worded anew."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What `is_near_duplicate` needs of a text: its words in order, and those that make it that news."""

    words: tuple[str, ...]
    shingles: frozenset[tuple[str, ...]]
    numbers: tuple[str, ...]
    names: tuple[str, ...]
    turns: tuple[str, ...]


def signature(text: str) -> Signature:
    """Words of `text` folded and stemmed, its numbers, names (words with a capital) and turning words in order."""
    words: list[str] = []
    numbers: list[str] = []
    names: list[str] = []
    turns: list[str] = []
    for term in terms(text):
        surface = text[term.start : term.end]
        lower = surface.casefold()
        words.append(term.text)
        if term.text[0].isdigit() or lower in _NUMBERS:
            numbers.append(term.text)
        elif lower in _TURNS or lower.endswith(("n't", "n’t")):
            turns.append("not" if lower.endswith("t") and lower[-2:-1] in "'’" else term.text)
        elif surface[0].isupper() and (lower not in FUNCTION_WORDS or (surface.isupper() and len(surface) > 1)):
            names.append(term.text)
    length = min(SHINGLE, len(words))
    shingles = frozenset(zip(*(words[skip:] for skip in range(length)), strict=False))
    return Signature(tuple(words), shingles, tuple(numbers), tuple(names), tuple(turns))


def is_near_duplicate(a: Signature, b: Signature) -> bool:
    """Whether two texts are copies of one, perhaps with small edits. Symmetric; wordless texts never are."""
    if not a.words or not b.words:
        return False
    if a.words == b.words and a.turns == b.turns:
        return True
    shorter, longer = sorted((a, b), key=lambda one: len(one.words))
    if len(shorter.words) < LEAST_LENGTH * len(longer.words):
        return False
    if len(a.shingles & b.shingles) < LEAST_SHARED * min(len(a.shingles), len(b.shingles)):
        return False
    return _replaced(a.words, b.words) <= len(longer.words) // WORDS_AN_EDIT and _agree_in_details(a, b)


def _agree_in_details(a: Signature, b: Signature) -> bool:
    """Whether numbers, names and turning words allow two texts to be the same news; stricter the shorter they are."""
    details = ((a.numbers, b.numbers), (a.names, b.names))
    longest = max(len(a.words), len(b.words))
    if longest >= LONG:
        return all(_replaced(one, other) <= 1 for one, other in (*details, (a.turns, b.turns)))
    if longest >= SHORT:
        return a.turns == b.turns and all(_is_contained(one, other) for one, other in details)
    return a.turns == b.turns and all(one == other for one, other in details)


def _replaced(a: Iterable[str], b: Iterable[str]) -> int:
    """How many words at least were replaced by others: those that each has beyond the other's."""
    count_a, count_b = Counter(a), Counter(b)
    return min((count_a - count_b).total(), (count_b - count_a).total())


def _is_contained(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether one is the other with items left out, order kept: a detail added, none contradicted."""
    shorter, longer = sorted((a, b), key=len)
    rest = iter(longer)
    return all(item in rest for item in shorter)
