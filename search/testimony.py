"""Answers made of statements: their own words, as the documents have them."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from index.library import Snapshot
from index.sentences import sentences
from index.terms import term_texts
from index.types import Span, Statement, StoredDocument, StoredParagraph, StoredStatement
from search.clauses import clauses
from search.relevance import Relevant
from search.retellings import fold_statements
from search.types import Answer, Citation

MAX_CITATIONS = 3
SURE = 0.5
"""Statements that are attributed with less confidence are listed, but not answered from."""
_CLOSE = 0.5
"""A further statement must be at least this relevant, compared with the first."""
_LOOKED_AT = 30
_NAMES_TRIED = 20
"""So many places of a name are looked at for a sentence that is short enough."""
_UNDATED = "9999"
"""Behind every date."""
_THAT = "that "


@dataclass(frozen=True, slots=True)
class Slice:
    """A span of a document that an answer shows; it lies within one paragraph."""

    document: StoredDocument
    span: Span
    paragraph: StoredParagraph

    @property
    def text(self) -> str:
        """The document's own words."""
        return self.document.text[self.span[0] : self.span[1]]

    @property
    def words(self) -> int:
        """How many words an answer spends on it."""
        return len(self.text.split())


def place(statement: StoredStatement) -> tuple[str, str, int, int, str]:
    """What orders equally good statements, oldest first: ids come last, since they follow from where a file lies."""
    document = statement.document
    start, end = statement.statement.start, statement.statement.end
    return document.published or _UNDATED, document.title or "", start, end, statement.id


def said(snapshot: Snapshot, ranked: Sequence[Relevant], max_words: int, wanted: Collection[str] = ()) -> Answer:
    """Let a speaker's statements, most relevant first, answer: up to three, of different documents if possible.

    At most `max_words` words in all; of a longer statement, the sentences with most of the `wanted` terms.
    """
    chosen = [ranked[0]]
    slices = _said(snapshot, ranked[0].statement, max_words, MAX_CITATIONS, wanted)
    distinct = [ranked[group[0]] for group in fold_statements([one.statement for one in ranked[:_LOOKED_AT]])]
    rest = [one for one in distinct[1:] if one.relevance >= _CLOSE * ranked[0].relevance]
    while rest and len(slices) < MAX_CITATIONS:
        rest.sort(key=lambda one: (_repeats(one, chosen), -one.relevance, place(one.statement)))
        one = rest.pop(0)
        parts = _said(snapshot, one.statement, max_words, MAX_CITATIONS - len(slices), wanted)
        if _words([*slices, *parts]) <= max_words:
            chosen.append(one)
            slices += parts
    sure = min(one.statement.statement.confidence for one in chosen)
    return assemble(slices, "statements", sure * (1 + min(1.0, ranked[0].relevance)) / 2)


def said_over_time(
    snapshot: Snapshot, ranked: Sequence[Relevant], max_words: int, wanted: Collection[str] = ()
) -> Answer:
    """Answer with a speaker's first and last statement of those given, and the most relevant one, oldest first.

    `ranked` are in date order where they have dates; without dates, or with one statement, it is as `said`.
    """
    dated = [one for one in ranked if one.statement.document.published is not None]
    if len({one.statement.document.published for one in dated}) < 2:
        return said(snapshot, ranked, max_words, wanted)
    first, last = dated[0], max(dated, key=lambda one: place(one.statement))
    best = max(dated, key=lambda one: (one.relevance, -dated.index(one)))
    chosen = [one for i, one in enumerate(dated) if one in (first, best, last) and one not in dated[:i]]
    slices: list[Slice] = []
    for left, one in zip(range(len(chosen), 0, -1), chosen, strict=True):
        slices += _said(snapshot, one.statement, (max_words - _words(slices)) // left, 1, wanted)
    sure = min(one.statement.statement.confidence for one in chosen)
    return assemble(slices, "statements", sure * (1 + min(1.0, best.relevance)) / 2)


def sayer(snapshot: Snapshot, best: Relevant, wanted: Sequence[str], max_words: int) -> Answer:
    """Answer who said it: the sentences with the `wanted` terms and their sayer, and one that gives the full name."""
    statement = best.statement
    document = snapshot.document(statement.document.id)
    name = statement.statement.name or ""
    slices = _introduced(
        document, name, _tellings(document, statement.statement, frozenset(wanted), max_words), max_words
    )
    return assemble(slices, "statements", statement.statement.confidence * (1 + min(1.0, best.relevance)) / 2)


def assemble(slices: Sequence[Slice], kind: str, confidence: float) -> Answer:
    """Put slices together, each followed by its marker."""
    citations = tuple(_citation(marker, part) for marker, part in enumerate(slices, start=1))
    text = " ".join(f"{citation.text} [{citation.marker}]" for citation in citations)
    return Answer(text, "extract" if kind == "extract" else "statements", round(min(1.0, confidence), 2), citations)


def _citation(marker: int, part: Slice) -> Citation:
    start, end = part.span
    return Citation(marker, part.text, start, end, part.paragraph.page, part.document.ref, part.paragraph.id)


def _repeats(one: Relevant, chosen: Sequence[Relevant]) -> int:
    """2 for a document that is cited already, 1 for an outlet that is, else 0."""
    document = one.statement.document
    cited = [other.statement.document for other in chosen]
    if any(other.id == document.id for other in cited):
        return 2
    return int(document.source is not None and any(other.source == document.source for other in cited))


def _said(
    snapshot: Snapshot, statement: StoredStatement, max_words: int, most: int, wanted: Collection[str]
) -> list[Slice]:
    """A statement, or as many of its sentences in a row, at least one, as `max_words` and `most` slices hold.

    Of a sentence that is longer than that, clauses are taken for sentences.

    Reported speech is shown with the sentence that reports it, if that fits: a clause alone reads oddly,
    and its reporter's words are not the sayer's.
    """
    document = snapshot.document(statement.document.id)
    if statement.statement.kind != "direct":
        whole = _reported(document, statement.statement)
        if len(whole) <= most and _words(whole) <= max_words:
            return whole
    # “said that …”: the conjunction belongs to the sentence around it, and reads oddly on its own.
    skip = len(_THAT) if statement.text.startswith(_THAT) else 0
    shown: list[Slice] = []
    for part in _by_paragraph(document, statement.statement.start + skip, statement.statement.end)[:most]:
        first = _fitting(_split(part, max_words), max_words - _words(shown), wanted)
        if shown and _words([*shown, first]) > max_words:
            break
        shown.append(first)
        if first != part:
            break
    return shown


def _reported(document: StoredDocument, said: Statement) -> list[Slice]:
    """The whole sentences that hold a statement, its cue and its sayer."""
    spans = [(said.start, said.end), said.cue, said.mention or said.cue]
    return _sentences_around(document, min(spans)[0], max(end for _, end in spans))


def _fitting(parts: Sequence[Slice], max_words: int, wanted: Collection[str]) -> Slice:
    """As many parts in a row as `max_words` hold, at least one: the first ones with most of what is wanted."""
    best, most = parts[0], -1
    for i, part in enumerate(parts):
        longer = (replace(part, span=(part.span[0], other.span[1])) for other in parts[i + 1 :])
        told = max((one for one in longer if one.words <= max_words), key=lambda one: one.span[1], default=part)
        has = len(set(wanted).intersection(term_texts(told.text)))
        if has > most:
            best, most = told, has
        if told.span[1] == parts[-1].span[1]:
            break
    return best


def _by_paragraph(document: StoredDocument, start: int, end: int) -> list[Slice]:
    """A span cut at the borders of paragraphs, without furniture and the white space between them."""
    slices = []
    for paragraph in document.paragraphs:
        first, last = max(start, paragraph.start), min(end, paragraph.end)
        text = document.text[first:last]
        if paragraph.kind == "body" and text.strip():
            first += len(text) - len(text.lstrip())
            slices.append(Slice(document, (first, first + len(text.strip())), paragraph))
    return slices


def _sentences_around(document: StoredDocument, start: int, end: int) -> list[Slice]:
    """The whole sentences that `start` to `end` touches, a slice for each paragraph."""
    return [_whole_sentences(part) for part in _by_paragraph(document, start, end)]


def _whole_sentences(part: Slice) -> Slice:
    base, (start, end) = part.paragraph.start, part.span
    spans = [(base + s, base + e) for s, e in sentences(part.paragraph.text, part.document.ref.language)]
    inside = [i for i, (s, e) in enumerate(spans) if s < end and e > start]
    if not inside:
        return part
    first, last = spans[inside[0]][0], inside[-1]
    while last + 1 < len(spans) and _is_open(part.document.text[first : spans[last][1]]):
        last += 1
    return replace(part, span=(first, spans[last][1]))


def _is_open(text: str) -> bool:
    """Whether a quotation that begins in a text ends behind it: its main part is still to come."""
    return text.count("“") > text.count("”")


def _tellings(document: StoredDocument, said: Statement, wanted: frozenset[str], max_words: int) -> list[list[Slice]]:
    """A statement with its sayer, in ever fewer words: all of it, the paragraphs and then the sentences that matter."""
    parts = _reported(document, said)
    split = [one for part in parts for one in _split(part, max_words)]
    most = max(split, key=lambda one: len(wanted.intersection(term_texts(one.text))))
    by = (said.mention or said.cue)[0]
    telling = [one for one in split if one == most or one.span[0] <= by < one.span[1]]
    paragraphs = {one.paragraph.ordinal for one in telling}
    return [parts, [part for part in parts if part.paragraph.ordinal in paragraphs], telling, [most]]


def _split(part: Slice, max_words: int) -> list[Slice]:
    """Its sentences; of one that has more than `max_words`, its clauses."""
    base, text = part.span[0], part.text
    whole = sentences(text, part.document.ref.language) or [(0, len(text))]
    spans = [cut for span in whole for cut in clauses(text, span, max_words)]
    return [replace(part, span=(base + start, base + end)) for start, end in spans]


def _introduced(document: StoredDocument, name: str, tellings: Sequence[list[Slice]], max_words: int) -> list[Slice]:
    """The fullest of `tellings` that leaves room for a sentence with the name, or else for the name alone."""
    fitting = [told for told in tellings[:-1] if _words(told) <= max_words and len(told) <= MAX_CITATIONS]
    fitting = fitting or [tellings[-1]]
    naming = _naming(document, name) if name else []
    for told in fitting:
        if any(name in part.text for part in told):
            return told
        short = [one for one in naming if one.words + _words(told) <= max_words]
        if short and len(told) < MAX_CITATIONS:
            return [*told, short[0]]
    last = tellings[-1]
    told = next((one for one in (*fitting, last) if _words(one) + len(name.split()) <= max_words), last)
    return [*told[: MAX_CITATIONS - 1], *_alone(naming[:1], name)]


def _naming(document: StoredDocument, name: str) -> list[Slice]:
    """The first sentences of the article that hold a name, in order."""
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    found = [_by_paragraph(document, *one.span()) for one in islice(pattern.finditer(document.text), _NAMES_TRIED)]
    # a name that a paragraph's end cuts in two, or that stands in furniture, introduces nobody
    return [_whole_sentences(named[0]) for named in found if len(named) == 1 and named[0].text == name]


def _alone(naming: Sequence[Slice], name: str) -> list[Slice]:
    starts = [(one, one.span[0] + one.text.index(name)) for one in naming]
    return [replace(one, span=(start, start + len(name))) for one, start in starts]


def _words(slices: Sequence[Slice]) -> int:
    return sum(part.words for part in slices)
