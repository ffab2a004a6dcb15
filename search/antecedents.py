"""Paragraphs that begin with a pronoun, and the sentence before them, which tells whom it means."""

import re

from index.library import Snapshot
from index.sentences import sentences
from index.types import StoredParagraph
from search.headings import in_body, is_heading_line

_GOES_ON = re.compile(r"\W*(?:he|she|it|they|his|her|its|their|both|this|these)\b", re.IGNORECASE)
_OBJECT = re.compile(r"\b(?:it|him|them)\b")
_SENTENCE = re.compile(r"[.!?](?=\s)")
_SHORT = 8
"""A sentence of no more words that has one of these may lean on the one before: “The Greens voted against it.”"""


def sentence_before(snapshot: Snapshot, paragraph: StoredParagraph) -> str:
    """The last sentence of the paragraph before one that goes on about what it tells; empty for others."""
    if paragraph.document.language not in {None, "en"} or not goes_on(paragraph.text):
        return ""
    before = _beside(snapshot, paragraph, -1)
    return before.text[slice(*sentences(before.text, "en")[-1])] if before else ""


def paragraph_behind(snapshot: Snapshot, paragraph: StoredParagraph) -> StoredParagraph | None:
    """The paragraph behind one, if it goes on about what that tells."""
    if paragraph.document.language not in {None, "en"}:
        return None
    behind = _beside(snapshot, paragraph, 1)
    return behind if behind and goes_on(behind.text) else None


def goes_on(text: str) -> bool:
    """Whether an English text begins with a pronoun, or with a short sentence that has one for a thing or a person."""
    first = text[: next((one.end() for one in _SENTENCE.finditer(text)), len(text))]
    return _GOES_ON.match(text) is not None or (len(first.split()) <= _SHORT and _OBJECT.search(first) is not None)


def _beside(snapshot: Snapshot, paragraph: StoredParagraph, step: int) -> StoredParagraph | None:
    """The paragraph of text so many behind one; None where there is none, or a heading is there."""
    body, at = in_body(snapshot.document(paragraph.document.id), paragraph)
    if at == len(body) or not 0 <= at + step < len(body) or is_heading_line(body[at + step].text):
        return None
    return body[at + step]
