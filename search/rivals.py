"""Which sentences give the quantity that a question asks for, which of them agree, and which contradict each other."""

from collections.abc import Iterator, Mapping, Sequence

from search.answer_types import name_terms_in
from search.figures import asked_count, counted, counts_as, tells_stock
from search.narrowing import is_narrower, is_of_other_rate, is_of_other_time
from search.numbers import Number
from search.quantities import Given, agree, given, wanted
from search.reading import Reading, Sentence
from search.relevance import coverage
from search.strangers import puts_another
from search.synonyms import LIGHT
from search.told import is_told
from search.units import Amount

_NEAR = 0.3
"""Where a passage holds less than this share of what the likeliest sentence's does, its figure is of something else."""
_RIVAL = 0.6
"""A sentence that covers this share of the question, compared with the first one, may contradict its number of things:
outlets word differently what happened to them."""


class Rivals:
    """Which sentences give what for the quantity that a question asks for, and in which documents."""

    def __init__(self, question: str, reading: Reading) -> None:
        self._question, self._count, self._reading = question, asked_count(question), reading
        self._wanted = wanted(question)
        # “How long did the Seven Years' War last” is not answered by its name.
        self._known = given(self._wanted, question) if self._wanted else []
        self._documents = [passage.paragraph.document.id for passage in reading.passages]
        self._sentences = reading.sentences
        self._counted = [bool(self._numbers(one)) for one in reading.sentences]
        self._given = [self._quantities(one) for one in reading.sentences]

    def _numbers(self, one: Sentence) -> list[Number]:
        """What a sentence counts of what is asked for; of inhabitants, not to how many something happened."""
        if self._count is None or (self._count.is_stock and not tells_stock(one.terms)):
            return []
        return counted(self._count, one.text, self._language(one))

    def _quantities(self, one: Sentence) -> Sequence[Given]:
        if self._wanted is not None:
            if self._reading.asking.measure is not None and not one.shows_type:
                return []  # How wide it is, where it is asked how long.
            found = given(self._wanted, one.text, self._language(one))
            return [told for told in found if not agree([told], self._known)]
        return [Amount(number.low, number.high, number.value, "", "") for number in self._numbers(one)]

    def _language(self, one: Sentence) -> str | None:
        return self._reading.passages[one.passage].paragraph.document.language

    def is_agreed(self, number: int) -> bool:
        """Whether another document gives a figure of this sentence, too, for the same."""
        return any(
            agree(self._given[number], self._given[other]) and (self._wanted is None or self._is_of_same(number, other))
            for other in self._elsewhere(number)
        )

    def is_of_other(self, number: int) -> bool:
        """Whether a sentence gives another quantity than the one that is asked for: of another month, or core of it."""
        one = self._sentences[number]
        if not self._given[number]:
            return False
        if self._wanted is None:
            # Things are counted at any time: only what the sentence itself tells is of another.
            return is_of_other_rate(self._question, one.text) or is_of_other_time(self._question, one.text, "", None)
        document = self._reading.passages[one.passage].paragraph.document
        is_dated = "date" not in self._wanted.kinds
        return is_narrower(self._wanted.nouns, self._question, one.text) or (
            is_dated and is_of_other_time(self._question, one.text, document.title or "", document.published)
        )

    def repeats(self, number: int, chosen: Sequence[int]) -> bool:
        """Whether a sentence gives nothing but what one of another document has given already, or another quantity."""
        mine = self._given[number]
        known = [one for one in chosen if self._given[one]]
        if not mine or not known:
            return False
        if self.is_of_other(number):
            return True
        return any(
            all(agree([one], self._given[other]) for one in mine)
            and (self._documents_of(number) != self._documents_of(other))
            for other in known
        )

    def telling(self, ranked: Sequence[int]) -> list[int]:
        """Those that may answer: where how many or how much is asked and the first gives none, those that give it."""
        first = ranked[0]
        if self._count is None or self._counted[first]:
            return list(ranked)
        giving = [number for number in ranked if self._counted[number] and self._is_near(first, number)]
        if self._sentences[first].shows_type:
            giving = [number for number in giving if self._count.is_stock and self._is_of_same(first, number)]
        return giving or list(ranked)

    def rivals(self, number: int) -> list[int]:
        """Sentences of other documents, on the same, that hold about as much of it and give only other figures."""
        return [
            other
            for other in self._elsewhere(number)
            if self._given[other]
            and not agree(self._given[number], self._given[other])
            and not self._sentences[other].is_turned
            and self._is_of_same(number, other)
            and not self.is_of_other(other)
            and not puts_another(self._question, self._headed(other))
        ]

    def apart(self, number: int, rivals: Sequence[int]) -> list[int]:
        """A sentence's first rival, and the others of what it names that give figures which none before them does."""
        found = list(rivals[:1])
        for other in rivals[1:]:
            is_known = any(agree(self._given[other], self._given[one]) for one in found)
            if not is_known and self._are_named(number, other):
                found.append(other)
        return found

    def _is_of_same(self, number: int, other: int) -> bool:
        """Whether two sentences give figures for the same; words that only tell how many there are may differ.

        What has a height or an age is called by its name: of that, all that the one tells the other must tell.
        """
        rest = self._reading.asking.weights
        if self._wanted is not None:
            told = [term for term in rest if term not in self._wanted.asking | LIGHT and not term.isdigit()]
            mine, theirs = self._context(number), self._context(other)
            return all(is_told(term, theirs) for term in told if is_told(term, mine))
        if self._count is not None and self._count.is_stock:
            rest = {term: weight for term, weight in rest.items() if not counts_as(self._count, term)}
        held = [self._told(rest, one) for one in (number, other)]
        return not rest or 0 < held[1] >= _RIVAL * held[0]

    def _context(self, number: int) -> frozenset[str]:
        """The terms of a sentence, of the one before it, and of what stands above them."""
        one = self._sentences[number]
        before = self._sentences[number - 1].terms if one.number else frozenset[str]()
        return one.terms | before | self._above(number)

    def _are_named(self, number: int, other: int) -> bool:
        """Whether what is read of the other's document has the names of the question that this one's has."""
        names = name_terms_in(self._question)
        told = [{name for name in names if is_told(name, self._read(one))} for one in (number, other)]
        return told[0] <= told[1]

    def _read(self, number: int) -> frozenset[str]:
        mine = self._documents_of(number)
        passages = zip(self._reading.passages, self._documents, strict=True)
        return frozenset[str]().union(*(passage.held for passage, document in passages if document == mine))

    def _told(self, weights: Mapping[str, float], number: int) -> float:
        """Which share of these words a sentence tells, below its title, in any form: another outlet has its own."""
        held = self._sentences[number].terms | self._above(number)
        return coverage(weights, {term for term in weights if is_told(term, held)})

    def _is_near(self, number: int, other: int) -> bool:
        """Whether the other's passage holds of what is asked about, besides what is counted, not much less."""
        asked = self._count
        rest = {term: w for term, w in self._reading.asking.weights.items() if not (asked and counts_as(asked, term))}
        held = [coverage(rest, self._reading.passages[self._sentences[one].passage].held) for one in (number, other)]
        return held[1] >= _NEAR * held[0]

    def _headed(self, number: int) -> str:
        """A sentence below its document's title, which may tell what it is of."""
        one = self._sentences[number]
        return f"{self._reading.passages[one.passage].paragraph.document.title or ''}. {one.text}"

    def _above(self, number: int) -> frozenset[str]:
        return self._reading.passages[self._sentences[number].passage].above

    def _documents_of(self, number: int) -> str:
        return self._documents[self._sentences[number].passage]

    def _elsewhere(self, number: int) -> Iterator[int]:
        mine = self._documents_of(number)
        if self._given[number]:
            for other, one in enumerate(self._sentences):
                if self._documents[one.passage] != mine and not one.is_heading:
                    yield other
