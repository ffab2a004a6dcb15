"""Words of a question that the library holds nowhere, and whether they make it another question."""

from collections.abc import Callable, Collection, Iterable

from index.library import Snapshot
from index.terms import term_texts, terms
from search.figures import Counted, asked_count, counts_as, is_counted, tells_money
from search.mending import is_slip
from search.reading import Passage
from search.retrieve import Probe
from search.synonyms import canonical

Encode = Callable[[str], Probe]
_VAGUE = frozenset(
    term_texts(
        "kind sort type class category name title term word example synonym entity thing object item person people way "
        "manner method means part portion aspect feature attribute role reason purpose number amount total percentage "
        "percent percentile proportion share rate level rank ranking position status area region place location year "
        "date day time hour period century decade prior previous previously original originally first last former main "
        "major primary primarily notable notably important significant specific particular certain various different "
        "typical typically usual usually common commonly main most best biggest largest highest longest greatest "
        "oldest newest new old happen occur exist become call consider think believe use based able include involve "
        "approximately exactly about average somewhat really"
    )
)
"""Words that ask for a thing without telling which, and are seldom in the text that tells."""
_PRICES = frozenset(term_texts("cost costs price prices worth pay paid charge fee"))
"""Words that ask for a sum of money, which tells that it is one."""
_LEAST_PREFIX, _LEAST_SHARE, _LEAST_WORD = 5, 0.7, 4
"""Two terms are forms of one word where so many letters, this share of the shorter one, begin both; or all of it."""
_LEAST_SLIP = 6
_AWAY = 0.01
"""So much nearer to the passage is the question without the words, where they are what the passage is not about."""


def absence(snapshot: Snapshot, probe: Probe, best: Passage, encode: Encode | None) -> float:
    """The share of the question's words, 0 to 1, that the library lacks and that the best passage has no other form of.

    It counts half where the question, encoded without them, comes no nearer to the passage: then they may be other
    words for what the passage says.
    """
    asked = asked_count(probe.text)
    lacking = [
        term
        for term in probe.terms
        if _is_telling(term) and not _is_told(asked, term, best.held) and _is_lacking(snapshot, term, best.held)
    ]
    if not lacking:
        return 0.0
    share = len(lacking) / len(probe.terms)
    return share if encode and _leads_away(snapshot, probe, best, lacking, encode) else share / 2


def is_uncounted(question: str, passages: Iterable[Passage]) -> bool:
    """Whether a question asks for the number of what no term of these passages means."""
    asked = asked_count(question)
    if asked is None or asked.thing is None or asked.is_much:
        return False  # A sum of money names its own unit.
    held = frozenset[str]().union(*(one.held for one in passages))
    return not any(
        is_counted(asked, term) or _is_form(asked.thing, term) or _is_slip(asked.thing, term) for term in held
    )


def _is_telling(term: str) -> bool:
    return term not in _VAGUE and not term.isdigit()


def _is_told(asked: Counted | None, term: str, held: Collection[str]) -> bool:
    """Whether a passage tells what a term asks for in its own way: a price by a sum, how many there are by a figure."""
    if asked is None:
        return False
    if asked.is_much:
        return term in _PRICES and tells_money(held)
    return asked.is_stock and counts_as(asked, term) and any(is_counted(asked, one) for one in held)


def _is_lacking(snapshot: Snapshot, term: str, held: Collection[str]) -> bool:
    if snapshot.document_frequency(term):
        return False
    meant = canonical(term)
    return not any(canonical(other) == meant or _is_form(term, other) or _is_slip(term, other) for other in held)


def _is_form(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    same = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    is_whole = same == shorter >= _LEAST_WORD
    return is_whole or (same >= _LEAST_PREFIX and same >= _LEAST_SHARE * shorter)


def _is_slip(one: str, other: str) -> bool:
    return len(one) >= _LEAST_SLIP and is_slip(one, other)


def _leads_away(snapshot: Snapshot, probe: Probe, best: Passage, lacking: Collection[str], encode: Encode) -> bool:
    if best.cosine is None:
        return False
    parts, at = [], 0
    for term in terms(probe.text):
        if term.text in lacking:
            parts.append(probe.text[at : term.start])
            at = term.end
    without = " ".join("".join([*parts, probe.text[at:]]).split())
    vector = encode(without).vector if without else None
    return vector is not None and snapshot.cosines(vector, [best.paragraph.row])[0] - best.cosine > _AWAY
