"""Answers made of statements: their own words, as the documents have them."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.library import Snapshot
from index.sentences import sentences
from index.types import Span, StoredDocument, StoredParagraph, StoredStatement
from search.collapse import fold
from search.relevance import Relevant
from search.types import Answer, Citation

MAX_CITATIONS = 3
SURE = 0.5
"""Statements that are attributed with less confidence are listed, but not answered from."""
_CLOSE = 0.5
"""A further statement must be at least this relevant, compared with the first."""
_LOOKED_AT = 30
_THAT = "that "


@dataclass(frozen=True, slots=True)
class Slice:
    """A span of a document that an answer shows."""

    document: StoredDocument
    span: Span

    @property
    def text(self) -> str:
        """The document's own words."""
        return self.document.text[self.span[0] : self.span[1]]

    @property
    def paragraph(self) -> StoredParagraph:
        """The paragraph that the slice starts in."""
        start = self.span[0]
        return next(p for p in reversed(self.document.paragraphs) if p.start <= start)


def said(snapshot: Snapshot, ranked: Sequence[Relevant], max_words: int) -> Answer:
    """Let a speaker's statements, most relevant first, answer: up to three, of different documents if possible.

    At most `max_words` words in all; of a longer statement, its first sentences.
    """
    chosen = [ranked[0]]
    slices = [_said(snapshot, ranked[0].statement, max_words)]
    left = max_words - _words(slices[0])
    distinct = [ranked[group[0]] for group in fold(one.statement.text for one in ranked[:_LOOKED_AT])]
    rest = [one for one in distinct[1:] if one.relevance >= _CLOSE * ranked[0].relevance]
    while rest and len(chosen) < MAX_CITATIONS:
        rest.sort(key=lambda one: (_repeats(one, chosen), -one.relevance, one.statement.id))
        one = rest.pop(0)
        part = _said(snapshot, one.statement, max_words)
        if _words(part) <= left:
            chosen.append(one)
            slices.append(part)
            left -= _words(part)
    sure = min(one.statement.statement.confidence for one in chosen)
    return assemble(slices, "statements", sure * (1 + min(1.0, ranked[0].relevance)) / 2)


def sayer(snapshot: Snapshot, best: Relevant, max_words: int) -> Answer:
    """Answer who said it: the sentences with the words and their sayer, and where the article gives the name."""
    statement = best.statement
    document = snapshot.document(statement.document.id)
    spans = [(statement.statement.start, statement.statement.end), statement.statement.cue]
    spans += [statement.statement.mention] if statement.statement.mention else []
    whole = Slice(document, _sentences_around(document, min(spans)[0], max(end for _, end in spans)))
    slices = [whole if _words(whole) <= max_words else _said(snapshot, statement, max_words)]
    name = statement.statement.name
    at = document.text.find(name) if name and name not in slices[0].text else -1
    if name and at >= 0:
        naming = Slice(document, _sentences_around(document, at, at + len(name)))
        fits = _words(naming) + _words(slices[0]) <= max_words
        slices.append(naming if fits else Slice(document, (at, at + len(name))))
    return assemble(slices, "statements", statement.statement.confidence * (1 + min(1.0, best.relevance)) / 2)


def assemble(slices: Sequence[Slice], kind: str, confidence: float) -> Answer:
    """Put slices together, each followed by its marker."""
    citations = tuple(_citation(marker, part) for marker, part in enumerate(slices, start=1))
    text = " ".join(f"{citation.text} [{citation.marker}]" for citation in citations)
    return Answer(text, "extract" if kind == "extract" else "statements", round(min(1.0, confidence), 2), citations)


def _citation(marker: int, part: Slice) -> Citation:
    paragraph = part.paragraph
    start, end = part.span
    return Citation(marker, part.text, start, end, paragraph.page, part.document.ref, paragraph.id)


def _repeats(one: Relevant, chosen: Sequence[Relevant]) -> int:
    """2 for a document that is cited already, 1 for an outlet that is, else 0."""
    document = one.statement.document
    cited = [other.statement.document for other in chosen]
    if any(other.id == document.id for other in cited):
        return 2
    return int(document.source is not None and any(other.source == document.source for other in cited))


def _said(snapshot: Snapshot, statement: StoredStatement, max_words: int) -> Slice:
    document = snapshot.document(statement.document.id)
    start, end = statement.statement.start, statement.statement.end
    # “said that …”: the conjunction belongs to the sentence around it, and reads oddly on its own.
    skip = len(_THAT) if statement.text.startswith(_THAT) else 0
    stop = 0
    for _, sentence_end in sentences(statement.text, document.ref.language):
        if stop and len(statement.text[:sentence_end].split()) > max_words:
            return Slice(document, (start + skip, start + stop))
        stop = sentence_end
    return Slice(document, (start + skip, end))


def _sentences_around(document: StoredDocument, start: int, end: int) -> Span:
    """The whole sentences that `start` to `end` touches, within its paragraphs."""
    touched = [p for p in document.paragraphs if p.start < end and p.end > start]
    base, limit = (touched[0].start, touched[-1].end) if touched else (start, end)
    spans = sentences(document.text[base:limit], document.ref.language)
    inside = [(base + s, base + e) for s, e in spans if base + s < end and base + e > start]
    return (min(inside[0][0], start), max(inside[-1][1], end)) if inside else (start, end)


def _words(part: Slice) -> int:
    return len(part.text.split())
