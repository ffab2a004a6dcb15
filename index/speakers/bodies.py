"""Bodies that speak: “the State Department”, “White House officials”, later “the department”, “the officials”, “it”."""

from bisect import bisect_left
from collections.abc import Sequence

from index.speakers.namings import Naming
from index.speakers.tokens import Token
from index.speakers.words import BODY_NOUNS, BODY_STARTS, LEGAL_FORMS, OFFICIAL_GROUPS, WRITINGS, word_set

_IN_FRONT = word_set(
    "the senior a an two three several some many top his her their its our my former other these those most all"
)
_POSSESSIVES = word_set("his her their its our my")
_MOST_WORDS = 6
_FIRMS = LEGAL_FORMS | word_set("company firm corporation")
_NEWSPAPERS = word_set("newspaper times post journal herald tribune gazette observer guardian")
_AGAIN = _FIRMS | word_set(
    """
    ministry department agency committee commission council board bank university union party court newspaper network
    association foundation institute bureau organization organisation embassy federation club exchange authority
    """
)
"""What an article goes on to call a body that it has named: “the ministry”."""
_ANY = frozenset(("a", "an", "another", "other", "rival"))
_IT_REACH = 2
"""How many sentences back “it” may find the body that speaks."""
_REACH, _APART = 3000, 600
"""How many characters back “the officials” may find which ones they are, and how much farther others must be."""


def speaks(form: str) -> bool:
    """Whether a name of several words is that of a body that can speak."""
    words = form.lower().split()
    return (
        bool({words[-1], _head(form)} & BODY_NOUNS)
        or (len(words) > 1 and words[0] in BODY_STARTS)
        or (words[-1] in OFFICIAL_GROUPS and len(words) > 1)
    )


def _head(form: str) -> str:
    """The noun that says what a body is: of “Ministry of Fisheries” the ministry."""
    words = form.lower().split()
    end = next((i for i, word in enumerate(words) if i and word in ("of", "for", "on")), len(words))
    return words[end - 1]


def _kind(noun: str) -> str:
    return "company" if noun in _FIRMS else "newspaper" if noun in _NEWSPAPERS else noun


class Bodies:
    """The groups of officials and the organisations that one article names."""

    def __init__(self, text: str, words: Sequence[Token], namings: Sequence[Naming]) -> None:
        self._text, self._words = text, words
        self._starts = [word.start for word in words]
        self._organisations: dict[str, list[tuple[int, str]]] = {}
        self._nameless: dict[str, int] = {}
        self._spoken_of: list[tuple[int, str, bool]] = []
        self._places: list[int] = []
        self._seen: list[tuple[str, str]] = []
        self._find_officials()
        self._find_organisations(namings)

    def _find_officials(self) -> None:
        words = self._words
        for i, word in enumerate(words):
            if word.low in OFFICIAL_GROUPS and i and words[i - 1].is_capitalised:
                first = i - 1
                while first > 0 and words[first - 1].is_capitalised and i - first < _MOST_WORDS:
                    first -= 1
                name = self.name(words[first : i + 1])
                if name is not None:
                    self._places.append(words[first].start)
                    self._seen.append((word.low, name))

    def _find_organisations(self, namings: Sequence[Naming]) -> None:
        """The organisations of each kind where they are first named, and where “a ministry” without a name is."""
        for naming in namings:
            if (naming.is_body or naming.name.is_body) and " " in naming.form:
                known = self._organisations.setdefault(_kind(_head(naming.form)), [])
                if len(known) < 2 and all(form != naming.form for _, form in known):
                    known.append((naming.start, naming.form))
        for i, word in enumerate(self._words):
            if word.text in _AGAIN and _ANY.intersection(one.low for one in self._words[max(0, i - 3) : i]):
                self._nameless.setdefault(word.text, word.start)

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
        if is_definite and len(core) == 1 and last in _AGAIN:
            return self._organisation(last, first)
        if not 2 <= len(core) <= _MOST_WORDS or not (last in OFFICIAL_GROUPS or last in BODY_NOUNS):
            return None
        owners = [
            i for i, word in enumerate(core[:-1]) if word.low.endswith("'s") and core[i + 1].low not in LEGAL_FORMS
        ]
        if owners or core[-1].low.endswith("'s") or not all(word.is_capitalised for word in core[:-1]):
            return None
        return self._text[core[0].start : core[-1].end]

    def _organisation(self, noun: str, place: int) -> str | None:
        """Which organisation “the ministry” is: the only one of its kind named before, if no “a ministry” was."""
        named = self._organisations.get(_kind(noun), [])[:2]
        if not named or named[0][0] >= place or self._nameless.get(noun, place) < place:
            return None
        return named[0][1] if len(named) == 1 or named[1][0] >= place else None

    def note(self, place: int, name: str, *, may_speak: bool = True) -> None:
        """A body is spoken of, or does something, at a place; places come in the order of the text."""
        self._spoken_of.append((place, name, may_speak))

    def it(self, place: int, sentences: Sequence[int]) -> str | None:
        """The body that “it” is at a place: the only one in this and the sentences just before, and no report."""
        here = bisect_left(sentences, place + 1)
        first = max(sentences[max(0, here - 1 - _IT_REACH)] if here else 0, place - _REACH)
        recent = self._spoken_of[
            bisect_left(self._spoken_of, (first, "", False)) : bisect_left(self._spoken_of, (place, "", False))
        ]
        names = {name for _, name, _ in recent}
        words = self._words[bisect_left(self._starts, first) : bisect_left(self._starts, place)]
        nouns = [word.low.removesuffix("'s") for word in words if word.kind == "word" and not word.is_capitalised]
        named = names | {self._organisation(noun, place) for noun in nouns if noun in _AGAIN}
        is_one = len(named) == len(names) == 1 and any(may_speak for _, _, may_speak in recent)
        return names.pop() if is_one and WRITINGS.isdisjoint(nouns) else None

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
