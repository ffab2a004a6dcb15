"""Bodies that speak: “the State Department”, “White House officials”, later “the officials”."""

from bisect import bisect_left
from collections.abc import Sequence

from index.speakers.tokens import Token
from index.speakers.words import BODY_NOUNS, LEGAL_FORMS, OFFICIAL_GROUPS, word_set

_IN_FRONT = word_set(
    "the senior a an two three several some many top his her their its our my former other these those most all"
)
_POSSESSIVES = word_set("his her their its our my")
_MOST_WORDS = 6
_REACH, _APART = 3000, 600
"""How many characters back “the officials” may find which ones they are, and how much farther others must be."""


def speaks(form: str) -> bool:
    """Whether a name of several words is that of a body that can speak."""
    words = form.lower().split()
    return words[-1] in BODY_NOUNS or (words[-1] in OFFICIAL_GROUPS and len(words) > 1)


class Bodies:
    """The groups of officials that one article names."""

    def __init__(self, text: str, words: Sequence[Token]) -> None:
        self._text = text
        self._places: list[int] = []
        self._seen: list[tuple[str, str]] = []
        for i, word in enumerate(words):
            if word.low in OFFICIAL_GROUPS and i and words[i - 1].is_capitalised:
                first = i - 1
                while first > 0 and words[first - 1].is_capitalised and i - first < _MOST_WORDS:
                    first -= 1
                name = self.name(words[first : i + 1])
                if name is not None:
                    self._places.append(words[first].start)
                    self._seen.append((word.low, name))

    def name(self, words: Sequence[Token]) -> str | None:
        """What a phrase calls a body: proper words before a noun for officials or an organisation; None for others.

        A bare “the officials” are those whom the article named last, if others were named well before them.
        """
        core = [word for word in words if word.kind == "word"]
        if not core or core[0].low in _POSSESSIVES:
            return None
        first, last = core[0].start, core[-1].low
        is_definite = core[0].low in ("the", "those", "these")
        while core and core[0].low in _IN_FRONT:
            del core[0]
        if is_definite and len(core) == 1 and last in OFFICIAL_GROUPS:
            return self._again(last, first)
        if not 2 <= len(core) <= _MOST_WORDS or not (last in OFFICIAL_GROUPS or last in BODY_NOUNS):
            return None
        owners = [
            i for i, word in enumerate(core[:-1]) if word.low.endswith("'s") and core[i + 1].low not in LEGAL_FORMS
        ]
        if owners or core[-1].low.endswith("'s") or not all(word.is_capitalised for word in core[:-1]):
            return None
        return self._text[core[0].start : core[-1].end]

    def _again(self, head: str, place: int) -> str | None:
        first, last = bisect_left(self._places, place - _REACH), bisect_left(self._places, place)
        named = [(place - self._places[i], self._seen[i][1]) for i in range(first, last) if self._seen[i][0] == head]
        if not named:
            return None
        distance, name = named[-1]
        others = [far for far, other in named if other != name]
        return name if all(far >= distance + _APART for far in others) else None

    def before_relative(self, words: Sequence[Token]) -> str | None:
        """The body that the last words before “who” name: “turned down by island officials who say …”."""
        last = next((i for i in range(len(words) - 1, -1, -1) if words[i].text != ","), -1)
        first = last
        while first > 0 and words[first - 1].is_capitalised:
            first -= 1
        return self.name(words[first : last + 1]) if 0 <= first < last else None
