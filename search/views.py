"""Rows of a library into the shapes of the contract."""

from collections.abc import Iterable

from index.types import StoredDocument, StoredParagraph, StoredSpeaker, StoredStatement
from search.highlight import Held, highlights
from search.ranking import Found
from search.types import (
    DocumentView,
    Duplicate,
    MentionCount,
    ParagraphView,
    Passage,
    SpeakerMention,
    SpeakerView,
    StatementCopy,
    StatementView,
)


def passage(found: Found, held: Held) -> Passage:
    """A ranked paragraph, with the question's terms that it holds marked."""
    return _passage(found.paragraph, found.score, held, found.duplicates)


def plain_passage(paragraph: StoredParagraph) -> Passage:
    """A paragraph that was asked for by id: nothing to score or mark."""
    return _passage(paragraph, 0.0, Held(()), ())


def _passage(paragraph: StoredParagraph, score: float, held: Held, duplicates: tuple[StoredParagraph, ...]) -> Passage:
    return Passage(
        id=paragraph.id,
        score=score,
        text=paragraph.text,
        start=paragraph.start,
        end=paragraph.end,
        ordinal=paragraph.ordinal,
        page=paragraph.page,
        highlights=highlights(paragraph.text, held),
        document=paragraph.document,
        duplicates=tuple(Duplicate(copy.id, copy.document) for copy in duplicates),
    )


def statement(stored: StoredStatement, copies: Iterable[StoredStatement] = ()) -> StatementView:
    """A statement; `copies` are the same one in other documents."""
    said = stored.statement
    return StatementView(
        id=stored.id,
        kind=said.kind,
        text=stored.text,
        start=said.start,
        end=said.end,
        spans=said.spans,
        cue=stored.cue,
        cue_start=said.cue[0],
        cue_end=said.cue[1],
        confidence=said.confidence,
        relayed_by=said.relayed_by,
        speaker=_speaker_mention(stored),
        document=stored.document,
        also_in=tuple(
            StatementCopy(
                copy.id, copy.document, copy.text, copy.statement.start, copy.statement.end, copy.statement.spans
            )
            for copy in copies
        ),
    )


def _speaker_mention(stored: StoredStatement) -> SpeakerMention | None:
    if stored.speaker_id is None and stored.mention is None:
        return None
    start, end = stored.statement.mention or (None, None)
    return SpeakerMention(stored.speaker_id or "", stored.speaker or "", stored.mention, start, end)


def speaker(stored: StoredSpeaker) -> SpeakerView:
    """A speaker with the wordings of their name."""
    return SpeakerView(
        id=stored.id,
        name=stored.name,
        description=stored.description,
        mentions=tuple(MentionCount(text, count) for text, count in stored.mentions),
        statements=stored.statements,
        documents=stored.documents,
        first=stored.first,
        last=stored.last,
    )


def document(stored: StoredDocument) -> DocumentView:
    """A document, whole."""
    ref = stored.ref
    return DocumentView(
        id=ref.id,
        uri=ref.uri,
        title=ref.title,
        author=ref.author,
        published=ref.published,
        source=ref.source,
        language=ref.language,
        sha256=stored.sha256,
        text=stored.text,
        meta=dict(stored.meta),
        paragraphs=tuple(ParagraphView(p.id, p.ordinal, p.start, p.end, p.kind, p.page) for p in stored.paragraphs),
    )
