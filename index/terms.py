"""Text to terms with offsets: what BM25 indexes, what highlights mark, what a question is matched by.

Words are folded by case and accent and stemmed as English; numbers are kept whole and written one
way; scripts without spaces between words give overlapping pairs of characters.
"""

import re
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import NamedTuple

import Stemmer

from index.folding import Folded, fold
from index.spellings import spelled
from index.stopwords import FUNCTION_WORDS, NAMES_TOO

TERMS_VERSION = 3
"""Changes whenever the same text would give other terms: what was indexed before must be indexed again."""
TITLE_BOOST = 0.3
"""A title speaks for every paragraph below it, but in BM25 less than the paragraph's own words."""
MOST_CHARACTERS = 64
"""A longer word is cut to this many characters."""


class Term(NamedTuple):
    """A term, and where it stands: `[start, end)` in code points of the original text.

    A tuple, as making a frozen dataclass takes longer than everything else about a term.
    """

    text: str
    start: int
    end: int


class Place(NamedTuple):
    """A term among those looked for: which of the text's terms it is, and where it stands as `Term` tells."""

    term: str
    number: int
    start: int
    end: int


_Piece = tuple[str, int, int, str | None]
"""Term, start, end, and the folded word before stemming where it may be a function word."""

# Pieces are bounded, so that neither a line of 200 MB nor a cache of pieces can fill the memory.
_CHUNK = re.compile(r"\S{1,512}")
_CACHED_CHUNK = 48
# One ASCII word and what surrounds it, which is most of any text in English: nothing in it needs the grammar below.
_PLAIN_WORD = re.compile(r"[\x00-&(-/:-@\[-`{-\x7f]*([A-Za-z]+)[\x00-&(-/:-@\[-`{-\x7f]*")

# Over the shapes of `index.folding`. No two alternatives of a repetition start alike: time is linear.
_TOKEN = re.compile(
    r"(?<![a0])(?P<dotted>a(?:\.a)+(?![a0m])\.?)(?:'a(?![a0m]))?"
    r"|(?P<word>a[am]*(?:'a[am]*)*)"
    r"|(?P<number>0+(?:[.,]0+)*)"
    r"|(?P<unspaced>c[cm]*)"
)
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_DECIMAL = re.compile(r"[0-9]+\.[0-9]+")
_CONTRACTIONS = ("s", "ll", "re", "ve", "d", "m", "t")
_NEGATED = {"won": "will", "can": "can", "shan": "shall", "ain": "is"}
_SENTENCE_ENDS = (".", "?", "!", ":", "…", ".”", "?”", "!”", '."', '?"', '!"')
_AFTER_DIGITS = {"st", "nd", "rd", "th", "s"}
# Turkish sets the ending of a name behind an apostrophe: “Ankara'da”, “İzmir'in”, “Konya'dan”.
_ENDINGS = re.compile(
    r"[yn]?[aeiu]|n?[iu]n|n?[dt][ae](?:n|ki(?:l[ae]r|n[aei]n?)?)?|y?l[ae]|c[ae]|l[iu]k?|s[iu]z|l[ae]r[a-z]{0,3}|"
    r"[dt][iu]r|y?d[iu]|s[iu]n[a-z]{0,3}"
)
_LEAST_NAME = 3
_stemmer = Stemmer.Stemmer("english")


def terms(text: str) -> list[Term]:
    """All terms of `text`, by where they start; linear in its length.

    No term is empty, or holds whitespace or control characters; at most 64 characters. Function
    words are among them. `U.S.`, `US` and `us` are one term; `1,000` and `1000`, `F-16` and `F16`
    are the same terms.
    """
    found: list[Term] = []
    for chunk in _CHUNK.finditer(text):
        base = chunk.start()
        found += [Term(term, base + start, base + end) for term, start, end, _ in _analysed(chunk.group())]
    return found


def places(text: str, wanted: AbstractSet[str]) -> list[Place]:
    """Where the terms of `text` that are among `wanted` stand: `terms(text)` without the others, in half its time."""
    found: list[Place] = []
    base = number = 0
    known, most = _pieces_cached, _CACHED_CHUNK
    for chunk in _CHUNK.findall(text):
        base = text.index(chunk, base)
        for term, start, end, _ in known(chunk) if len(chunk) <= most else _pieces(chunk):
            if term in wanted:
                found.append(Place(term, number, base + start, base + end))
            number += 1
        base += len(chunk)
    return found


def term_texts(text: str) -> list[str]:
    """Give the texts of `terms(text)` alone, faster."""
    known, most = _pieces_cached, _CACHED_CHUNK  # `_analysed` itself: calling it would take half the time
    return [
        piece[0] for chunk in _CHUNK.findall(text) for piece in (known(chunk) if len(chunk) <= most else _pieces(chunk))
    ]


def content_terms(text: str) -> list[Term]:
    """Those of `terms(text)` that say what it is about: no function or question words, no words of saying.

    A function word in capitals within a text that is not all capitals is an abbreviation (`US`,
    `WHO`) and stays, and so does `Will` or `May` inside a sentence.
    """
    shouted = not any(char.islower() for char in text)
    found: list[Term] = []
    first = True
    for chunk in _CHUNK.finditer(text):
        for term, start, end, word in _analysed(chunk.group()):
            surface = chunk.group()[start:end]
            if word is None or not _is_function_word(word, surface, shouted, first):
                found.append(Term(term, chunk.start() + start, chunk.start() + end))
            first = False
        first = first or chunk.group().endswith(_SENTENCE_ENDS)
    return found


def content_texts(text: str) -> list[str]:
    """Give the texts of `content_terms(text)` alone, in half its time."""
    shouted = not any(char.islower() for char in text)
    found: list[str] = []
    first = True
    known, most = _pieces_cached, _CACHED_CHUNK
    for chunk in _CHUNK.findall(text):
        for term, start, end, word in known(chunk) if len(chunk) <= most else _pieces(chunk):
            if word is None or not _is_function_word(word, chunk[start:end], shouted, first):
                found.append(term)
            first = False
        first = first or chunk.endswith(_SENTENCE_ENDS)
    return found


def _is_function_word(word: str, surface: str, shouted: bool, first: bool) -> bool:
    if shouted or surface.islower():
        return True
    if surface.isupper() and (len(surface) > 1 or word not in ("a", "i", "o")):
        return False
    return first or word not in NAMES_TOO


def _analysed(chunk: str) -> tuple[_Piece, ...]:
    return _pieces_cached(chunk) if len(chunk) <= _CACHED_CHUNK else _pieces(chunk)


def _pieces(chunk: str) -> tuple[_Piece, ...]:
    """Find the terms of a stretch without whitespace, offsets from its start."""
    plain = _PLAIN_WORD.fullmatch(chunk)
    if plain:
        return (_word(plain[1].lower(), *plain.span(1)),)
    folded = fold(chunk)
    found: list[_Piece] = []
    digits_end = -1
    for match in _TOKEN.finditer(folded.shape):
        kind = str(match.lastgroup)
        start, end = match.span(kind)
        if kind == "word":
            gap = start - digits_end
            if folded.text[start:end] in _AFTER_DIGITS and (gap == 0 or (gap == 1 and folded.text[start - 1] == "'")):
                continue
            found += _words(folded, start, end)
        elif kind == "number":
            found += _numbers(folded, start, end)
            digits_end = end
        elif kind == "unspaced":
            found += _pairs(folded, start, end)
        else:
            joined = folded.text[start:end].replace(".", "")[:MOST_CHARACTERS]
            found.append((_stem(joined), folded.starts[start], folded.ends[end - 1], None))
    return tuple(found)


_pieces_cached = lru_cache(maxsize=1 << 16)(_pieces)


def _words(folded: Folded, start: int, end: int) -> list[_Piece]:
    """One word, without what an apostrophe adds; `l'eau` is two, `O'Brien` and `Xi'an` are one.

    What may be a name and its ending is the name, too: `Ankara'da` is `ankarada` and `ankara`.
    """
    found: list[_Piece] = []
    whole = folded.text[start:end]
    prefix, _, rest = whole.partition("'")
    if rest and rest not in _CONTRACTIONS and (prefix == "qu" or (len(prefix) == 1 and prefix != "o")):
        found.append(_word(prefix, folded.starts[start], folded.ends[start + len(prefix) - 1]))
        start += len(prefix) + 1
        whole = rest
    head, _, tail = whole.rpartition("'")
    if tail == "t" and head.endswith("n") and head != "n":
        whole = _NEGATED.get(head, head.removesuffix("n"))
    elif head and tail in _CONTRACTIONS:
        whole, end = head, end - len(tail) - 1
    elif len(head) >= _LEAST_NAME and "'" not in head and _ENDINGS.fullmatch(tail):
        found.append(_word(head, folded.starts[start], folded.ends[start + len(head) - 1]))
    found.append(_word(whole.replace("'", ""), folded.starts[start], folded.ends[end - 1]))
    return found


def _word(word: str, start: int, end: int) -> _Piece:
    word = word[:MOST_CHARACTERS]
    may_be_function = word in FUNCTION_WORDS or (len(word) == 1 and word.isascii())
    return _stem(spelled(word)), start, end, word if may_be_function else None


def _stem(word: str) -> str:
    return str(_stemmer.stemWord(word)) if word.isascii() else word


def _numbers(folded: Folded, start: int, end: int) -> list[_Piece]:
    """One number written one way, or the parts of what is a date, a version or a list."""
    written = folded.text[start:end]
    if _THOUSANDS.fullmatch(written):
        written = written.replace(",", "")
    if written.isdigit() or _DECIMAL.fullmatch(written):
        return [(_plain_number(written), folded.starts[start], folded.ends[end - 1], None)]
    parts = re.finditer("[0-9]+", written)
    return [
        (part.group()[:MOST_CHARACTERS], folded.starts[start + part.start()], folded.ends[start + part.end() - 1], None)
        for part in parts
    ]


def _plain_number(written: str) -> str:
    """Without zeros that end a fraction: `3.50` is `3.5`; but `1.000` may be a thousand and stays."""
    whole, _, fraction = written.partition(".")
    if fraction and len(fraction) != 3:
        written = f"{whole}.{fraction}".rstrip("0").rstrip(".")
    return written[:MOST_CHARACTERS].rstrip(".")


def _pairs(folded: Folded, start: int, end: int) -> list[_Piece]:
    """Overlapping pairs of characters with their marks; a lone character alone."""
    units = [start + unit.start() for unit in re.finditer("c", folded.shape[start:end])] + [end]
    spans = list(zip(units, units[2:], strict=False)) or [(start, end)]
    return [
        (folded.text[first:last][:MOST_CHARACTERS], folded.starts[first], folded.ends[last - 1], None)
        for first, last in spans
    ]
