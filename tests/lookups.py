"""What a library finds, and documents to be found."""

from index.store.local import LocalLibrary
from index.types import Document, Filters
from tests.fake_embedder import HashingEmbedder
from tests.small_library import article

NOTHING = Filters()


def found(library: LocalLibrary, question: str, k: int = 50) -> list[tuple[str, float]]:
    """(passage id, score) of a dense and of a lexical search, one after the other."""
    vector = HashingEmbedder().encode_query(question)
    with library.snapshot() as snapshot:
        hits = snapshot.dense(vector, k, NOTHING) + snapshot.lexical(question.lower().split(), k, NOTHING)
        paragraphs = snapshot.paragraphs([hit.row for hit in hits])
        return sorted((p.id, hit.score) for p, hit in zip(paragraphs, hits, strict=True))


def numbered(count: int, first: int = 0) -> list[Document]:
    """Documents of one distinct paragraph each."""
    return [
        article(f"n{i}", f"Report number {i} of the harbour office tells of {i * 7} boats and {i * 13} crates of fish.")
        for i in range(first, first + count)
    ]
