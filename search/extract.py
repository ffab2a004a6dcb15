"""Answers made of sentences: as few of the best passages' as are likely to hold what was asked."""

from collections.abc import Mapping, Sequence

from index.library import Snapshot
from search import circumstances, evidence, untold
from search.absent import amounts
from search.likely import shares, size
from search.ranking import Found
from search.reading import Reading, Sentence, read
from search.retrieve import Probe
from search.rivals import Rivals
from search.testimony import MAX_CITATIONS, Slice, assemble
from search.types import Answer

SURE = 0.9
"""Sentences are added until it is this probable that one of them answers, if any of those that were read does. At .8
the answers are 4 words shorter, and one in a hundred answers less holds an accepted string (docs/refusal.md)."""
_LEAST = 0.02
"""What is less likely to answer is not added: it would fill the room that a likelier sentence is too long for. Answers
are two to three words shorter, and three in a thousand less hold an accepted string; at .05 one in a hundred
(docs/refusal.md)."""
_AGREED = 1.0
"""What it counts that another document gives the same figure: as two documents seldom err alike, about a passage's
place; it cannot be fitted on judged sets, whose facts stand in one document each."""
_TURNED = 2.0
"""What it costs that a sentence tells the contrary of what is asked; chosen: the judged sets have too few of them."""
_DONE = 1.5
"""What it counts that a sentence tells who did what is asked about, where or when, as far as it and the one before hold
the question; chosen: answers are a word and more shorter, and as many of the judged sets' are right."""
_AS_MUCH = 0.5
"""Sentences of passages that hold this share of the question, compared with the first one's, may tell who did it."""
_NEARLY_AS_MUCH = 0.8
"""Sentences that hold this share of what the first one does, with those before them, may tell what it leaves out."""
_SAME = 0.8
"""Sentences that share more of their words than this say the same."""


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
    figures = Rivals(probe.text, reading)
    likely = _shares(probe.text, reading, figures)
    chosen, sure = _chosen(_likeliest_first(likely), likely, reading, figures, max_words)
    slices = []
    for passage in dict.fromkeys(reading.sentences[one].passage for one in chosen):
        paragraph = reading.passages[passage].paragraph
        document = snapshot.document(paragraph.document.id)
        inside = [reading.sentences[one] for one in chosen if reading.sentences[one].passage == passage]
        for start, end in _runs(inside):
            slices.append(Slice(document, (paragraph.start + start, paragraph.start + end), paragraph))
    return assemble(slices, "extract", answerable * sure)


def _shares(question: str, reading: Reading, figures: Rivals) -> dict[int, float]:
    """How probable it is of each sentence that may answer that it is the one, if one does; they add up to 1."""
    telling = [number for number, one in enumerate(reading.sentences) if not one.is_heading]
    if not any(reading.sentences[number].covered > 0 for number in telling):
        telling = list(range(len(reading.sentences)))
    asks = circumstances.asked(question)
    sizes = {
        number: size(reading, number)
        + _AGREED * figures.is_agreed(number)
        + _DONE * reading.sentences[number].before * bool(asks and circumstances.told_in(asks, reading, number))
        - _TURNED * (reading.sentences[number].is_turned or figures.is_of_other(number))
        for number in telling
    }
    ranked = figures.telling(_likeliest_first(sizes))
    measure = reading.asking.measure
    is_of_thing = measure is not None and measure.of is not None
    if reading.asking.is_of_amount and (is_of_thing or not reading.sentences[ranked[0]].shows_type):
        giving = set(amounts(reading))
        ranked = [number for number in ranked if number in giving] or ranked
    ranked = _told(question, reading, _of_years(reading, ranked))
    return shares({number: sizes[number] for number in ranked})


def _of_years(reading: Reading, ranked: list[int]) -> list[int]:
    """Those of the years that the question names: who won it another year is no answer, nor is it more of one.

    Where the likeliest is of other years by its text alone, all are kept: a lesser one of that year tells of another.
    """
    passages = [reading.passages[reading.sentences[number].passage] for number in ranked]
    if not passages[0].is_of_years and passages[0].paragraph.document.published is None:
        return ranked
    return [number for number, one in zip(ranked, passages, strict=True) if one.is_of_years] or ranked


def _told(question: str, reading: Reading, ranked: list[int]) -> list[int]:
    """Those that tell the deed, if the first does not, and who did it, where or when, if it does not tell that."""
    asks, event = circumstances.asked(question), untold.event_of(question)
    if event is not None and not untold.tells(event, reading, ranked[0]):
        least = _NEARLY_AS_MUCH * reading.sentences[ranked[0]].before
        ranked = [
            number
            for number in ranked
            if reading.sentences[number].before >= least and untold.tells(event, reading, number)
        ] or ranked
    if asks is None or circumstances.told_in(asks, reading, ranked[0]) is not False:
        return ranked
    least = _AS_MUCH * reading.passages[reading.sentences[ranked[0]].passage].covered
    told = [
        number
        for number in ranked
        if reading.passages[reading.sentences[number].passage].covered >= least
        and circumstances.told_in(asks, reading, number)
    ]
    return told or ranked


def _likeliest_first(sizes: Mapping[int, float]) -> list[int]:
    return sorted(sizes, key=lambda one: (-sizes[one], one))


def _chosen(
    ranked: Sequence[int], likely: Mapping[int, float], reading: Reading, figures: Rivals, max_words: int
) -> tuple[list[int], float]:
    """The sentence to begin with, the likeliest ones that contradict it, and more until it is sure enough; how sure.

    What another says once more is left out, and not made up for: it is as sure as if it were shown.
    """
    against = figures.rivals(ranked[0])
    rivals = figures.apart(ranked[0], [number for number in ranked if number in against])
    chosen: list[int] = []
    sure = 0.0
    for number in dict.fromkeys([*ranked[:1], *rivals, *ranked]):
        if number not in rivals and sure >= SURE:
            break
        those = [reading.sentences[one] for one in chosen]
        one = reading.sentences[number]
        if number not in rivals and figures.repeats(number, chosen):
            sure += likely[number]
        elif not chosen or (
            (number in rivals or likely[number] >= _LEAST) and _fits(one, those, max_words, number in rivals)
        ):
            chosen.append(number)
            sure += likely[number]
    return [*chosen, *_reason_behind(chosen, reading, max_words)], sure


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
