"""Slips of the finger in what a user types, mended by the library's own words, where just one is so near."""

from collections import Counter

from index import spellings
from index.folding import fold
from index.library import Snapshot
from index.terms import Term, content_terms, terms

_LEAST_LETTERS = 6
"""Shorter words have too many neighbours."""
_PARAGRAPHS = 200
_ALIKE = ("aeiouy", "ckqg", "szcx", "fvwb", "ijy", "dt", "mn", "bp", "jg", "uw")
"""Letters that are taken for each other; any other letter makes another word."""


def mended(snapshot: Snapshot, text: str) -> str:
    """A text with each word that the library lacks in place of the one that was meant, where that is beyond doubt."""
    parts, at = [], 0
    for term in content_terms(text):
        meant = _meant(snapshot, text, term)
        if meant:
            parts += [text[at : term.start], meant]
            at = term.end
    return "".join([*parts, text[at:]])


def near_words(snapshot: Snapshot, word: str, term: str) -> list[str]:
    """The words of the library that are one it lacks but for a slip, as written there, most frequent first."""
    if snapshot.document_frequency(term):
        return []
    # What ends in a slip has another stem: then two letters differ.
    return _near(snapshot, word, term, 1) or _near(snapshot, word, term, 2)


def _near(snapshot: Snapshot, word: str, term: str, letters: int) -> list[str]:
    counted: Counter[str] = Counter()
    written: dict[str, str] = {}
    typed = fold(word).text
    for paragraph in snapshot.paragraphs(snapshot.near_misses(term, letters, _PARAGRAPHS)):
        for other in terms(paragraph.text):
            surface = paragraph.text[other.start : other.end]
            folded = fold(surface).text
            if is_slip(typed, folded):
                counted[folded] += 1
                written.setdefault(folded, surface)
    return [written[folded] for folded, _ in sorted(counted.items(), key=lambda one: (-one[1], one[0]))]


def _meant(snapshot: Snapshot, text: str, term: Term) -> str | None:
    word = text[term.start : term.end]
    if len(word) < _LEAST_LETTERS or not word.isalpha():
        return None
    near = near_words(snapshot, word, term.text)
    stems = {one.text for word in near for one in terms(word)}
    return near[0] if len(stems) == 1 else None


def is_slip(typed: str, meant: str) -> bool:
    """Whether folded words differ by one letter left out, put in, swapped with the next, or taken for another.

    The first letter must be right: what begins otherwise is more often another word.
    """
    if spellings.is_slip(typed, meant):
        return True
    if typed == meant or typed[:1] != meant[:1] or len(typed) != len(meant):
        return False
    at = spellings.shared_beginning(typed, meant)
    alike = any(typed[at] in letters and meant[at] in letters for letters in _ALIKE)
    return alike and typed[at + 1 :] == meant[at + 1 :]
