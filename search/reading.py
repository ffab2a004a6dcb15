"""The best passages for a question, read: their sentences, and what of the question each one holds."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.datelines import body_start
from index.library import Snapshot
from index.sentences import sentences
from index.terms import term_texts
from index.types import Filters, Span, StoredParagraph
from search.answer_types import AnswerType, asked_type, class_terms, name_terms_in, occasion_terms, shows
from search.antecedents import paragraph_behind, sentence_before
from search.clauses import clauses
from search.contrary import Turns, turns
from search.converse import Deed, deed
from search.deeds import deed_of
from search.figures import counts_asked
from search.headings import headed, is_heading_line, is_title
from search.joined import Joined, joined
from search.measures import Measure, asked_measure, shows_measure
from search.posts import Post, post
from search.ranking import Found
from search.relevance import coverage, rarity, weight_of
from search.retrieve import Probe
from search.surnames import FullName, full_names
from search.synonyms import LIGHT, irregular_terms
from search.told import is_told
from search.types import Citation
from search.years import Years, years_of

PASSAGES = 10
"""So many of the best passages are read for sentences."""
LONGEST = 60
"""A sentence of more words is read clause by clause, unless the caller allows for another length."""
_GOING_ON = 3
"""What goes on with a pronoun behind so many of the best passages is read, too: “It is 94 metres long.”"""
_LIGHTLY = 0.3
"""What verbs without a meaning of their own weigh, and the “long” of “how long did it take”, however rare they are."""
_TITLED, _BELOW = 8, 100
"""Of so many words that no paragraph holds titles are asked, which a pasted page has more of; and so many paragraphs
below them are counted."""
_NO_ACTS = frozenset(term_texts("begin begins began begun start starts started"))
"""Verbs that ask when something was done, whatever that is."""

Pairs = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Asking:
    """A question as sentences are compared with it.

    `weights` are those of its terms, the rarer the more; `terms` all of them, function words too; `pairs` those that
    follow each other, at least one of which has a weight; `counts` tells whether a text gives the number asked for;
    `joined` which of its words a text writes as one or as two; `irregular` the other forms of those that are verbs:
    whoever has stolen it stole it; `names` the terms of its names, `act` that of what was done, where it is asked when.
    """

    weights: Mapping[str, float]
    terms: frozenset[str]
    pairs: Pairs
    type: AnswerType | None
    measure: Measure | None
    counts: Callable[[str], bool] | None
    turns: Turns
    deed: Deed | Post | None
    joined: Joined
    irregular: Mapping[str, Collection[str]]
    names: frozenset[str]
    act: str | None

    def covered(self, held: Collection[str]) -> float:
        """Which share of the question's weight some terms hold, 0 to 1."""
        return coverage(self.weights, held)

    def in_order(self, pairs: Pairs) -> float:
        """Which share of the question's pairs stand in a text as they are asked, 0 to 1."""
        return len(self.pairs & pairs) / len(self.pairs) if self.pairs else 0.0

    @property
    def is_of_amount(self) -> bool:
        """Whether an amount or a number of things is asked for, which only some units or those things tell."""
        return self.measure is not None or self.counts is not None

    def is_shown_by(self, text: str) -> bool | None:
        """Whether a text shows the kind of answer that is asked for: one in its units, of these things."""
        if self.measure is not None:
            return shows_measure(self.measure, text)
        if self.counts is not None:
            return self.counts(text)
        return shows(self.type, text, self.terms) if self.type else None


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph to take sentences from; its place in the ranking, counted from 0.

    `above` are the terms of its document's title and of the heading above it, `held` those and its own; `covered` and
    `in_order` are what of the question it holds; `before` is the sentence before it, if it goes on about what that
    tells, or empty; `is_of_years` is whether it may be of the years that the question names, if any.
    """

    paragraph: StoredParagraph
    place: int
    cosine: float | None
    above: frozenset[str]
    held: frozenset[str]
    covered: float
    in_order: float
    before: str = ""
    is_of_years: bool = True


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage, or a clause of a long one: which one of which, its span in the paragraph, its terms.

    `covered` is the share of the question that it and what stands above it hold, `before` that it and the sentence
    before it do. `shows_type` is None where no type is asked for. `is_turned` is whether it tells the contrary of what
    is asked, or goes on after one that does.
    """

    passage: int
    number: int
    start: int
    end: int
    text: str
    terms: frozenset[str]
    covered: float
    before: float
    in_order: float
    shows_type: bool | None
    is_turned: bool
    is_heading: bool

    @property
    def words(self) -> int:
        """How many words an answer spends on it."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class Reading:
    """A question, the passages that were read for it, and their sentences in order."""

    asking: Asking
    passages: Sequence[Passage]
    sentences: Sequence[Sentence]

    def before(self, number: int) -> str:
        """The sentence before one, in its paragraph or in the one before that it goes on from, or nothing."""
        one = self.sentences[number]
        return self.sentences[number - 1].text if one.number else self.passages[one.passage].before


@dataclass(frozen=True, slots=True)
class _Todo:
    """A paragraph to be read, its place, its cosine, the headings above it, and whether it is one itself."""

    paragraph: StoredParagraph
    place: int
    cosine: float | None
    headings: str = ""
    is_heading: bool = False

    @property
    def above(self) -> frozenset[str]:
        return frozenset(term_texts(f"{self.paragraph.document.title or ''}\n{self.headings}"))

    def spans(self, longest: int) -> list[Span]:
        text = self.paragraph.text
        whole = sentences(text, self.paragraph.document.language)
        return [part for span in whole for part in clauses(text, span, longest)]


@dataclass(frozen=True, slots=True)
class _Part:
    """A sentence's span in its paragraph, its terms as written and in the question's forms, too, and their pairs.

    `acts` is the term of what was done, if it tells that in other words: `search/told.py` knows which.
    Only which sentence to show goes by those forms: whether any answers was fitted without them.
    """

    span: Span
    written: frozenset[str]
    terms: frozenset[str]
    acts: frozenset[str]
    pairs: Pairs


def read(snapshot: Snapshot, probe: Probe, found: Sequence[Found], longest: int = LONGEST) -> Reading:
    """Read the passages found, and behind them what the headings among them head; `longest` is in words."""
    asking, names, years = _asking(snapshot, probe), full_names(probe.text), years_of(probe.text)
    passages: list[Passage] = []
    found_in: list[Sentence] = []
    for one in _to_read(snapshot, found):
        whole = snapshot.document(one.paragraph.document.id).text if names or years else ""
        full = [name for name in names if name.whole in whole]
        parts = [_part(asking, full, one.paragraph, span, years) for span in one.spans(longest)]
        before = sentence_before(snapshot, one.paragraph)
        found_in += _sentences(asking, len(passages), one, parts, before)
        held = one.above.union(*(part.written for part in parts))
        in_order = asking.in_order(frozenset[tuple[str, str]]().union(*(part.pairs for part in parts)))
        covered = asking.covered(held)
        is_of = years is None or _is_of_years(years, one.paragraph, whole)
        passages.append(
            Passage(one.paragraph, one.place, one.cosine, one.above, held, covered, in_order, before, is_of)
        )
    return Reading(asking, passages, found_in)


def _is_of_years(years: Years, paragraph: StoredParagraph, whole: str) -> bool:
    before = whole[: paragraph.start].rstrip()
    return years.are_told_by(paragraph.document, paragraph.text, before[before.rfind("\n") + 1 :])


def shown(reading: Reading, cited: Citation) -> list[int]:
    """The sentences, by their numbers, that a citation shows."""
    paragraphs = [one.paragraph for one in reading.passages]
    return [
        number
        for number, one in enumerate(reading.sentences)
        if paragraphs[one.passage].id == cited.passage_id
        and cited.start <= paragraphs[one.passage].start + one.start < cited.end
    ]


def _asking(snapshot: Snapshot, probe: Probe) -> Asking:
    measure = asked_measure(probe.text)
    light = LIGHT | class_terms(probe.text) | occasion_terms(probe.text) | (measure.light if measure else frozenset())
    weights = _weights(snapshot, probe.terms, light)
    terms, kind, act = term_texts(probe.text), asked_type(probe.text), deed_of(probe.text)
    pairs = frozenset(pair for pair in pairwise(terms) if any(one in weights for one in pair))
    return Asking(
        weights,
        frozenset(terms),
        pairs,
        kind,
        measure,
        counts_asked(probe.text),
        turns(probe.text),
        post(probe.text) or deed(probe.text),
        joined(probe.text),
        {term: irregular_terms()[term] for term in weights if term in irregular_terms()},
        name_terms_in(probe.text),
        act if kind == "date" and act not in _NO_ACTS else None,
    )


def _weights(snapshot: Snapshot, wanted: Collection[str], light: Collection[str]) -> Mapping[str, float]:
    # Milder than among statements: in a question, common words tell what is asked of the rare ones.
    weights = {
        term: weight * (_LIGHTLY if term in light else 1.0)
        for term, weight in rarity(snapshot, wanted, steepness=1).items()
    }
    nowhere = [term for term, weight in weights.items() if weight == weight_of(0)]
    if len(nowhere) > _TITLED:
        return weights
    # What stands in titles alone is as rare as the paragraphs below them are.
    below = {term: len(snapshot.lexical([term], _BELOW, Filters())) for term in nowhere}
    return weights | {term: weight_of(count, steepness=1) for term, count in below.items() if count}


def _to_read(snapshot: Snapshot, found: Sequence[Found]) -> list[_Todo]:
    todo = {one.paragraph.row: _Todo(one.paragraph, place, one.cosine) for place, one in enumerate(found)}
    for place, one in enumerate(found):
        below = None
        # A title heads all of its document, not the next paragraph; a document is read only for the other headings.
        if not is_title(one.paragraph) and is_heading_line(one.paragraph.text):
            below = headed(snapshot.document(one.paragraph.document.id), one.paragraph)
        if below is not None or is_title(one.paragraph):
            todo[one.paragraph.row] = replace(todo[one.paragraph.row], is_heading=True)
        if below is not None:
            known = todo.get(below.row, _Todo(below, place, one.cosine))
            todo[below.row] = replace(known, headings=f"{known.headings}\n{one.paragraph.text}")
    for place, one in enumerate(found[:_GOING_ON]):
        behind = paragraph_behind(snapshot, one.paragraph)
        if behind is not None and behind.row not in todo:
            todo[behind.row] = _Todo(behind, place, None)
    return list(todo.values())


def _sentences(
    asking: Asking, passage: int, one: _Todo, parts: Sequence[_Part], sentence_before: str
) -> list[Sentence]:
    text, above, before = one.paragraph.text, one.above, frozenset(term_texts(sentence_before))
    body = body_start(text)  # The day of a dateline is that of the report.
    is_english = one.paragraph.document.language in {None, "en"}
    found: list[Sentence] = []
    for number, part in enumerate(parts):
        (start, end), below = part.span, parts[number + 1 : number + 2]
        is_heading = one.is_heading or (bool(below) and _heads(text, part.span, below[0].span))
        found.append(
            Sentence(
                passage=passage,
                number=number,
                start=start,
                end=end,
                text=text[start:end],
                terms=part.terms,
                covered=asking.covered(part.terms | part.acts | above),
                before=asking.covered(part.terms | part.acts | before),
                in_order=asking.in_order(part.pairs),
                shows_type=asking.is_shown_by(text[min(max(start, body), end) : end]),
                is_turned=is_english and _is_turned(asking, text[start:end], part.terms, above, found[-1:]),
                is_heading=is_heading,
            )
        )
        above = above | part.terms if is_heading else above
        before = part.terms
    return found


def _is_turned(
    asking: Asking, text: str, held: frozenset[str], above: frozenset[str], before: Sequence[Sentence]
) -> bool:
    if asking.turns.are_turned_by(text, above):
        return True
    goes_on = bool(before) and before[0].is_turned and not asking.turns.are_told_by(held)
    return goes_on and asking.covered(held | above) < before[0].covered


def _heads(text: str, line: Span, below: Span) -> bool:
    """Whether a line within a paragraph is a heading above a sentence, and not one of several rows."""
    is_alone = "\n" in text[line[1] : below[0]] and not is_heading_line(text[slice(*below)])
    return is_alone and is_heading_line(text[slice(*line)])


def _part(
    asking: Asking, names: Sequence[FullName], paragraph: StoredParagraph, span: Span, years: Years | None
) -> _Part:
    """What a sentence tells: a surname all of the name that its document has in full, “last year” which one it was."""
    text = paragraph.text[slice(*span)]
    told, pairs = _terms(text)
    told |= asking.joined.told_by(text)
    for name in names:
        if name.is_told_by(text):
            told |= name.terms
    if asking.deed and asking.deed.verb not in told and asking.deed.is_told_by(text):
        told |= {asking.deed.verb}
    if years is not None:
        told |= years.named_in(paragraph.document, text)
    otherwise = {term for term, forms in asking.irregular.items() if not told.isdisjoint(forms)}
    is_done = asking.act is not None and asking.act not in told and is_told(asking.act, told)
    return _Part(span, told, told | otherwise, frozenset({asking.act or ""} if is_done else ()), pairs)


def _terms(text: str) -> tuple[frozenset[str], Pairs]:
    terms = term_texts(text)
    return frozenset(terms), frozenset(pairwise(terms))
