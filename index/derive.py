"""What is derived from one document's text: paragraphs and statements, by versioned stages."""

from index import furniture, paragraphs, statements
from index.embedder import Embedder
from index.furniture import FURNITURE_VERSION
from index.paragraphs import SPLITTER_VERSION
from index.settings import IndexSettings
from index.statements import STATEMENTS_VERSION
from index.store.records import Derived
from index.terms import TERMS_VERSION
from index.types import Document


def derivation(embedder: Embedder, settings: IndexSettings) -> str:
    """The versions that stand behind what `derive` returns; stored, so that an upgrade is noticed."""
    found = STATEMENTS_VERSION if settings.statements else "none"
    return (
        f"furniture={FURNITURE_VERSION} splitter={SPLITTER_VERSION} terms={TERMS_VERSION} "
        f"statements={found} short={settings.short_paragraph} model={embedder.info.key}"
    )


def derive(document: Document, embedder: Embedder, settings: IndexSettings) -> Derived:
    """Mark the furniture, split into paragraphs, find the statements where they are wanted."""
    blocks = furniture.blocks(document)
    split = paragraphs.split(
        document, blocks, embedder.count_tokens, embedder.info.max_tokens, settings.short_paragraph
    )
    said = statements.extract(document.text, split, document.language) if settings.statements else ()
    return Derived(tuple(split), tuple(said), derivation(embedder, settings))
