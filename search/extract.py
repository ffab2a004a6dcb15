"""Answers made of sentences: as few of the best passages' as are likely to hold what was asked."""

from collections.abc import Iterator, Mapping, Sequence

from index.library import Snapshot
from search import evidence
from search.absent import amounts
from search.answer_types import name_terms_in
from search.figures import asked_count, counts_as, figures_for, tells_stock
from search.likely import shares, size
from search.ranking import Found
from search.reading import Reading, Sentence, read
from search.relevance import coverage
from search.retrieve import Probe
from search.strangers import puts_another
from search.testimony import MAX_CITATIONS, Slice, assemble
from search.told import is_told
from search.types import Answer

SURE = 0.9
"""Sentences are added until it is this probable that one of them answers, if any of those that were read does. At .8
the answers are 4 words shorter, and one in a hundred answers less holds an accepted string (docs/refusal.md)."""
_AGREED = 1.0
"""What it counts that another document gives the same figure: as two documents seldom err alike, about a passage's
place; it cannot be fitted on judged sets, whose facts stand in one document each."""
_TURNED = 2.0
"""What it costs that a sentence tells the contrary of what is asked; chosen: the judged sets have too few of them."""
_SAME = 0.8
"""Sentences that share more of their words than this say the same."""
_NEAR = 0.3
"""Where a passage holds less than this share of what the likeliest sentence's does, its figure is of something else."""
_RIVAL = 0.6
"""A sentence that covers this share of the question, compared with the first one, may contradict its figure."""


def extract(snapshot: Snapshot, probe: Probe, found: Sequence[Found], max_words: int) -> Answer:
    """Answer with whole sentences of the passages found (there must be one), whatever speaks for them."""
    reading = read(snapshot, probe, found)
    return compose(snapshot, probe, reading, evidence.weigh(snapshot, probe, reading).probability, max_words)


def compose(snapshot: Snapshot, probe: Probe, reading: Reading, answerable: float, max_words: int) -> Answer:
    """Answer with the likeliest sentences, at most `max_words` in all, and one that gives another figure.

    A sentence that is longer than that was read clause by clause. A heading answers only where nothing else shares a
    word with the question; what it heads is read, too. The answer's confidence is `answerable`, the probability that
    the library answers at all, by that of these sentences.
    """
    figures = _Figures(probe.text, reading)
    likely = _shares(reading, figures)
    chosen = _chosen(_likeliest_first(likely), likely, reading, figures, max_words)
    slices = []
    for passage in dict.fromkeys(reading.sentences[one].passage for one in chosen):
        paragraph = reading.passages[passage].paragraph
        document = snapshot.document(paragraph.document.id)
        inside = [reading.sentences[one] for one in chosen if reading.sentences[one].passage == passage]
        for start, end in _runs(inside):
            slices.append(Slice(document, (paragraph.start + start, paragraph.start + end), paragraph))
    return assemble(slices, "extract", answerable * sum(likely.get(one, 0.0) for one in chosen))


class _Figures:
    """Which sentences give which figures for what a question counts, and in which documents."""

    def __init__(self, question: str, reading: Reading) -> None:
        self._question, self._asked, self._reading = question, asked_count(question), reading
        self._documents = [passage.paragraph.document.id for passage in reading.passages]
        self._sentences = reading.sentences
        self._given = [self._figures(one) for one in reading.sentences]

    def _figures(self, one: Sentence) -> frozenset[float]:
        """What a sentence gives; of those who live somewhere, not how many something happened to."""
        if self._asked is None or (self._asked.is_stock and not tells_stock(one.terms)):
            return frozenset()
        return figures_for(self._asked, one.text)

    def is_agreed(self, number: int) -> bool:
        """Whether another document gives a figure of this sentence, too."""
        return any(self._given[number] & self._given[other] for other in self._elsewhere(number))

    def telling(self, ranked: Sequence[int]) -> list[int]:
        """Those that may answer: where how many or how much is asked and the first gives none, those that give it."""
        first = ranked[0]
        if self._asked is None or self._given[first]:
            return list(ranked)
        giving = [number for number in ranked if self._given[number] and self._is_near(first, number)]
        if self._sentences[first].shows_type:
            giving = [number for number in giving if self._asked.is_stock and self._is_of_same(first, number)]
        return giving or list(ranked)

    def rivals(self, number: int) -> list[int]:
        """Sentences of other documents, on the same, that hold about as much of it and give only other figures."""
        return [
            other
            for other in self._elsewhere(number)
            if self._given[other]
            and self._given[number].isdisjoint(self._given[other])
            and self._is_of_same(number, other)
            and not puts_another(self._question, self._headed(other))
        ]

    def apart(self, number: int, rivals: Sequence[int]) -> list[int]:
        """A sentence's first rival, and the others of what it names that give figures which none before them does."""
        found = list(rivals[:1])
        for other in rivals[1:]:
            is_known = any(not self._given[other].isdisjoint(self._given[one]) for one in found)
            if not is_known and self._are_named(number, other):
                found.append(other)
        return found

    def _is_of_same(self, number: int, other: int) -> bool:
        """Whether two sentences give figures for the same; words that only tell how many there are may differ."""
        asked, rest = self._asked, self._reading.asking.weights
        if asked is not None and asked.is_stock:
            rest = {term: weight for term, weight in rest.items() if not counts_as(asked, term)}
        held = [self._told(rest, one) for one in (number, other)]
        return not rest or 0 < held[1] >= _RIVAL * held[0]

    def _are_named(self, number: int, other: int) -> bool:
        """Whether what is read of the other's document has the names of the question that this one's has."""
        names = name_terms_in(self._question)
        told = [{name for name in names if is_told(name, self._read(one))} for one in (number, other)]
        return told[0] <= told[1]

    def _read(self, number: int) -> frozenset[str]:
        mine = self._documents[self._sentences[number].passage]
        passages = zip(self._reading.passages, self._documents, strict=True)
        return frozenset[str]().union(*(passage.held for passage, document in passages if document == mine))

    def _told(self, weights: Mapping[str, float], number: int) -> float:
        """Which share of these words a sentence tells, below its title, in any form: another outlet has its own."""
        held = self._sentences[number].terms | self._above(number)
        return coverage(weights, {term for term in weights if is_told(term, held)})

    def _is_near(self, number: int, other: int) -> bool:
        """Whether the other's passage holds of what is asked about, besides what is counted, not much less."""
        asked = self._asked
        rest = {term: w for term, w in self._reading.asking.weights.items() if not (asked and counts_as(asked, term))}
        held = [coverage(rest, self._reading.passages[self._sentences[one].passage].held) for one in (number, other)]
        return held[1] >= _NEAR * held[0]

    def _headed(self, number: int) -> str:
        """A sentence below its document's title, which may tell what it is of."""
        one = self._sentences[number]
        return f"{self._reading.passages[one.passage].paragraph.document.title or ''}. {one.text}"

    def _above(self, number: int) -> frozenset[str]:
        return self._reading.passages[self._sentences[number].passage].above

    def _elsewhere(self, number: int) -> Iterator[int]:
        mine = self._documents[self._sentences[number].passage]
        if self._given[number]:
            for other, one in enumerate(self._sentences):
                if self._documents[one.passage] != mine and not one.is_heading:
                    yield other


def _shares(reading: Reading, figures: _Figures) -> dict[int, float]:
    """How probable it is of each sentence that may answer that it is the one, if one does; they add up to 1."""
    telling = [number for number, one in enumerate(reading.sentences) if not one.is_heading]
    if not any(reading.sentences[number].covered > 0 for number in telling):
        telling = list(range(len(reading.sentences)))
    sizes = {
        number: size(reading, number)
        + _AGREED * figures.is_agreed(number)
        - _TURNED * reading.sentences[number].is_turned
        for number in telling
    }
    ranked = figures.telling(_likeliest_first(sizes))
    if reading.asking.is_of_amount and not reading.sentences[ranked[0]].shows_type:
        giving = set(amounts(reading))
        ranked = [number for number in ranked if number in giving] or ranked
    return shares({number: sizes[number] for number in ranked})


def _likeliest_first(sizes: Mapping[int, float]) -> list[int]:
    return sorted(sizes, key=lambda one: (-sizes[one], one))


def _chosen(
    ranked: Sequence[int], likely: Mapping[int, float], reading: Reading, figures: _Figures, max_words: int
) -> list[int]:
    """The sentence to begin with, the likeliest ones that contradict it, and more until it is sure enough."""
    against = figures.rivals(ranked[0])
    rivals = figures.apart(ranked[0], [number for number in ranked if number in against])
    chosen: list[int] = []
    for number in dict.fromkeys([*ranked[:1], *rivals, *ranked]):
        if number not in rivals and sum(likely[one] for one in chosen) >= SURE:
            break
        those = [reading.sentences[one] for one in chosen]
        if not chosen or _fits(reading.sentences[number], those, max_words, number in rivals):
            chosen.append(number)
    return [*chosen, *_reason_behind(chosen, reading, max_words)]


def _reason_behind(chosen: Sequence[int], reading: Reading, max_words: int) -> list[int]:
    """The sentence behind the likeliest one, where a reason is asked for and none of these shows one."""
    those = [reading.sentences[one] for one in chosen]
    if reading.asking.type != "reason" or any(one.shows_type for one in those):
        return []
    behind = [
        number
        for number, one in enumerate(reading.sentences)
        if number not in chosen and (one.passage, one.number) == (those[0].passage, those[0].number + 1)
    ]
    return [number for number in behind if _fits(reading.sentences[number], those, max_words, False)]


def _fits(one: Sentence, chosen: Sequence[Sentence], max_words: int, is_rival: bool) -> bool:
    is_known = not is_rival and any(_alike(one, other) for other in chosen)
    is_short = one.words + sum(other.words for other in chosen) <= max_words
    return is_short and not is_known and _citations([*chosen, one]) <= MAX_CITATIONS


def _alike(one: Sentence, other: Sentence) -> bool:
    union = one.terms | other.terms
    return not union or len(one.terms & other.terms) / len(union) > _SAME


def _citations(chosen: Sequence[Sentence]) -> int:
    passages = {sentence.passage for sentence in chosen}
    return sum(len(_runs([s for s in chosen if s.passage == passage])) for passage in passages)


def _runs(chosen: Sequence[Sentence]) -> list[tuple[int, int]]:
    """Spans of one paragraph: sentences that follow each other are one."""
    runs: list[tuple[int, int]] = []
    previous = -2
    for sentence in sorted(chosen, key=lambda s: s.number):
        if sentence.number == previous + 1:
            runs[-1] = (runs[-1][0], sentence.end)
        else:
            runs.append((sentence.start, sentence.end))
        previous = sentence.number
    return runs
