"""Text → words and marks with their offsets, as the rules for statements and names need them."""

import re
from typing import Literal, NamedTuple

from index.speakers.words import word_set

TokenKind = Literal["word", "mark", "quote"]

ABBREVIATIONS = word_set(
    """
    mr mrs ms dr prof rev hon sen rep gov gen lt col maj capt sgt adm st jr sr jan feb mar apr aug sept oct nov
    dec inc corp co vs dept mass calif conn fla ga ill ind minn mo ariz ark colo va wis wash tenn tex pa ore
    okla n.h n.j n.y n.c s.c d.c mt ft etc
    """
)
_ALSO_SMALL = word_set("st jr sr inc corp co vs dept mt ft etc n.h n.j n.y n.c s.c d.c")
"""Those that small letters do not make a word: “she was ill.” ends a sentence."""
_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:(?:['’&-]|\.(?![A-Z][a-z]))[^\W_]+)*|--|\S")
# An initial (“John F. Kirby”) keeps its full stop; a lone letter at a sentence's end is rarer.
_INITIAL = re.compile(r"[A-Z]")


class Token(NamedTuple):
    """A word, a mark, or a whole quotation; for a quotation `text` is the last character before its closing mark."""

    start: int
    end: int
    text: str
    low: str
    kind: TokenKind

    @property
    def is_capitalised(self) -> bool:
        """Whether it is a word that starts with a capital letter."""
        return self.kind == "word" and self.text[0].isupper()


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The tokens of `text[start:end]`, with offsets into `text`. Linear in the length."""
    found: list[Token] = []
    skip_to = start
    for match in _TOKEN.finditer(text, start, end):
        first, last = match.span()
        if first < skip_to:
            continue
        word = match.group()
        if not word[0].isalnum():
            sign = "—" if word == "--" else word
            found.append(Token(first, last, sign, sign, "mark"))
            continue
        low = word.lower().replace("’", "'")
        if last < end and text[last] == "." and _keeps_stop(word, low, text, last, end):
            last, word, low = last + 1, word + ".", low + "."
            skip_to = last
        found.append(Token(first, last, word, low, "word"))
    return found


def _keeps_stop(word: str, low: str, text: str, stop: int, end: int) -> bool:
    if low in ABBREVIATIONS and (word[0].isupper() or low in _ALSO_SMALL):
        # “No.” and months end sentences too; an abbreviation at the very end does no harm either way
        return stop + 1 < end and text[stop + 1] in " \u00a0,\n"
    return len(word) == 1 and bool(_INITIAL.match(word)) and stop + 2 < end and text[stop + 2].isupper()
