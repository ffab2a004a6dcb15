"""Near-duplicates folded under the first of them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from index.cached import cached
from index.datelines import body_start
from index.duplicates import LEAST_QUOTED, is_near_duplicate
from index.outline import Figures
from index.signature import SHORT, Signature, signature
from search.sketches import LEAST_LENGTH, Sketch, Sketches, sketch

_MANY = 32
"""With more leaders than these that may be like a text, those with other figures, or without enough words in a row, are
passed over together: comparing each with each would take minutes, most of all of stories made by one pattern, which are
alike in all else."""
_LEAST_IN_A_ROW = 0.4
"""A near-duplicate, and the part of a text that it is a copy of, share more than half of the shorter one's words in
a row, three by three."""
_ELLIPSIS = re.compile(r"\s*(?:…|\.{2,}|\[(?:…|\.{3})\])\Z")
_RECENT, _LONGEST = 4096, 4096
"""So many texts stay read, unless they have more characters: the next question on a thing meets many of the same."""
_SKETCHED = 1 << 24
"""Of more pairs of a leader and a text, sketches would cost more than they save: 4,000 texts, or 1,000 leaders of
16,000. What a text is read for takes a fifth of a millisecond, and holding 4,000 sketches against it a tenth."""


class Texts:
    """Texts as they are compared, each read once however often it is asked for; some stay for the next that ask."""

    def __init__(self, *, stay: bool = False) -> None:
        self._read: dict[str, _Text] = {}
        self._stay = stay

    def read(self, texts: Iterable[str], leaders: int | None = None) -> list["_Text"]:
        """Each of these texts, which are different ones; with sketches, unless as many as may lead are too many."""
        wanted = list(texts)
        new = [self._as_compared(text) for text in wanted if text not in self._read]
        if len(wanted) * min(len(wanted), leaders or len(wanted)) <= _SKETCHED:
            bare = [one for one in new if one.sketch is None]
            for one, made in zip(bare, sketch([one.folded for one in bare]), strict=True):
                # A copy, as whoever keeps one must not keep all that were made with it.
                one.sketch = made._replace(bits=made.bits.copy()) if self._stay else made
        self._read |= {one.original: one for one in new}
        return [self._read[text] for text in wanted]

    def _as_compared(self, text: str) -> "_Text":
        return _recent(text) if self._stay and len(text) <= _LONGEST else _Text(text)


def learn_words(texts: Iterable[str], *, stay: bool) -> None:
    """Work out ahead what words are compared by, most of which come again and again; and texts, where they stay read.

    A third of what comparing takes goes into words that no question before had met.
    """
    for one in Texts(stay=stay).read(dict.fromkeys(texts)):
        _ = one.signature


def fold(texts: Iterable[str], most: int | None = None, known: Texts | None = None) -> list[list[int]]:
    """Group texts by near-duplication: positions, each group led by its first, in order of leaders.

    With `most`, only the first so many groups, each as large as without it. What is `known` need not be read again.

    Every text is compared with the leaders only, never with what is folded under them, so that a
    chain of small edits does not draw different texts together.
    """
    groups: list[list[int]] = []
    for _ in folding(texts, groups, most, known or Texts()):
        pass
    return groups


def folding(texts: Iterable[str], groups: list[list[int]], most: int | None, known: Texts) -> Iterator[None]:
    """Do what `fold` does, a text at a time: `groups`, which is empty at first, is what it gives."""
    every = list(texts)
    places = {text: place for place, text in enumerate(dict.fromkeys(every))}
    leaders = _Leaders(known.read(places, most))
    homes: dict[int, int] = {}
    for position, place in enumerate(places[text] for text in every):
        # The same text again belongs where it went before: leaders that came since stand behind that one.
        home = homes[place] if place in homes else leaders.first_like(place)
        if home is not None:
            homes[place] = home
            groups[home].append(position)
        elif most is None or len(groups) < most:
            leaders.add(place)
            groups.append([position])
        yield


def _folded(text: str) -> str:
    """A text without case and differences in white space: what letters are compared in."""
    plain = (text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold()
    # Most texts have blanks only, and one by one.
    return plain if plain.isprintable() and "  " not in plain else " ".join(plain.split())


class _Leaders:
    """Those of some different texts that lead a group, in order."""

    def __init__(self, texts: Sequence["_Text"]) -> None:
        self._among = texts
        self._texts: list[_Text] = []
        self._places: list[int] = []
        made = [text.sketch for text in texts if text.sketch]
        self._sketches = Sketches(made) if texts and len(made) == len(texts) else None
        self._near: list[list[int]] = [[] for _ in texts]
        self._figures: dict[int, frozenset[str]] = {}
        self._holders: dict[tuple[str, ...], list[int]] = {}

    def add(self, place: int) -> None:
        """Put the text at `place` behind the other leaders."""
        if self._sketches:
            for one in self._sketches.may_share(place):
                # One more than many tells that there are too many to compare with each.
                if len(self._near[one]) <= _MANY:
                    self._near[one].append(len(self._texts))
        self._texts.append(self._among[place])
        self._places.append(place)

    def first_like(self, place: int) -> int | None:
        """Which leader is the first that is a copy of the same as the text at `place`."""
        text = self._among[place]
        near: Sequence[int] = self._near[place] if self._sketches else range(len(self._texts))
        leaders = near if len(near) <= _MANY else self._with_like_words(place)
        return next((leader for leader in leaders if self._texts[leader].repeats(text)), None)

    def _with_like_words(self, place: int) -> Iterator[int]:
        """The leaders that share figures and enough words in a row with the text at `place`, in order.

        With sketches, only those that it is near are read, besides those that were.
        """
        new: Iterable[int] = range(len(self._figures), len(self._texts))
        if self._sketches:
            new = set(self._sketches.near(place, self._places)) - self._figures.keys()
        for leader in new:
            self._figures[leader] = frozenset(self._texts[leader].signature.numbers)
            for shingle in self._texts[leader].signature.shingles:
                self._holders.setdefault(shingle, []).append(leader)
        text = self._among[place]
        shingles, mine = text.signature.shingles, frozenset(text.signature.numbers)
        shared = Counter(leader for shingle in shingles for leader in self._holders.get(shingle, ()))
        for leader, count in sorted(shared.items()):
            theirs = self._figures[leader]
            least = _LEAST_IN_A_ROW * min(len(shingles), len(self._texts[leader].signature.shingles))
            if count >= least and not (mine - theirs and theirs - mine):
                yield leader


class _Text:
    """A text with what it is compared by, made when first needed."""

    def __init__(self, text: str) -> None:
        self.original, self.folded = text, _folded(text)
        self.sketch: Sketch | None = None

    @cached
    def signature(self) -> Signature:
        """What the pairwise test needs."""
        return signature(self.original)

    @cached
    def _bodies(self) -> tuple[str, ...]:
        """The text, and what stands behind its dateline: either may be what it is compared by."""
        begin = body_start(self.original)
        return (self.original, self.original[begin:]) if begin else (self.original,)

    @cached
    def _figures(self) -> tuple[Figures, ...]:
        return tuple(Figures(self.folded if body is self.original else _folded(body)) for body in self._bodies)

    def repeats(self, other: "_Text") -> bool:
        """Whether both are copies of one text. Symmetric."""
        if self._is_cut_from(other) or other._is_cut_from(self):
            return True
        return self._may_repeat(other) and is_near_duplicate(self.signature, other.signature)

    def _is_cut_from(self, longer: "_Text") -> bool:
        """Whether it is the beginning of a longer text, plainly broken off: by an ellipsis, or within a word."""
        if not longer.folded.startswith(self.folded[:SHORT]):
            return False  # Most don't begin alike, in as many letters as words are needed.
        begun = _ELLIPSIS.sub("", self.folded)
        if not LEAST_QUOTED * len(longer.folded) <= len(begun) < len(longer.folded):
            return False
        # Of “1” nobody knows that it was cut from “12”.
        is_within_word = begun[-1].isalpha() and longer.folded[len(begun)].isalpha()
        is_broken_off = is_within_word or len(begun) < len(self.folded)
        return is_broken_off and begun.count(" ") >= SHORT and longer.folded.startswith(begun)

    def _may_repeat(self, other: "_Text") -> bool:
        """What tells in a fraction of the time that two texts are no copies."""
        shorter, longer = sorted((len(self.folded), len(other.folded)))
        if shorter < LEAST_LENGTH * longer:
            return False
        return any(mine.may_be_those_of(theirs) for mine in self._figures for theirs in other._figures)


_recent = lru_cache(_RECENT)(_Text)
