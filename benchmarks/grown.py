"""A library grown to any size: real sentences in an order that nobody wrote, with vectors made of the sentences' own.

Embedding a million paragraphs takes hours, so only a pool of real sentences is embedded, by the real model. An article
is a title and six paragraphs of two to four sentences, all drawn from the pool; the vector of a paragraph is the
normalised sum of the vectors of its sentences, its title being one of them, and nothing else. The library is the real
model's: questions are encoded by it. Statements are left out. All is written and published as `quoth index` does.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks import corpus
from index.derive import derivation
from index.embedder import Embedder
from index.library import open_library
from index.settings import IndexSettings
from index.store.records import Derived
from index.types import Document, ModelInfo, Paragraph, Progress, Vectors, silent

POOL = 10_000
"""Distinct sentences to recombine; fewer for fewer paragraphs."""

_SENTENCES_A_PARAGRAPH = (2, 3, 4)
_AT_ONCE = 500
"""Articles whose vectors are stored together."""


@dataclass(frozen=True, slots=True)
class SentenceSums:
    """Implements `index.embedder.Embedder` over a pool: one sentence a line, and the real model for questions."""

    model: Embedder
    rows: dict[str, int]
    vectors: Vectors

    @property
    def info(self) -> ModelInfo:
        """The real model's."""
        return self.model.info

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """As many as the real model makes."""
        return self.model.count_tokens(texts)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Float32 (n, dim), unit length: sums of the sentences' vectors. Raises KeyError for a line not in the pool."""
        sums = np.stack([self.vectors[[self.rows[line] for line in text.split("\n")]].sum(axis=0) for text in texts])
        return np.asarray(sums / np.linalg.norm(sums, axis=1, keepdims=True), dtype=np.float32)

    def encode_query(self, text: str) -> npt.NDArray[np.float32]:
        """Float32 (dim,), unit length, by the real model."""
        return self.model.encode_query(text)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Float32 (n, dim), by the real model."""
        return self.model.encode_queries(texts)


def pool(model: Embedder, size: int, kept: Path) -> SentenceSums:
    """Embed the first sentences of the newswire; the file `kept` saves doing it again. Raises CorpusMissingError."""
    sentences = list(dict.fromkeys(corpus.sentences(2 * size)))[:size]
    if kept.exists():
        vectors = np.load(kept)
    else:
        vectors = model.encode_documents(sentences)
        kept.parent.mkdir(parents=True, exist_ok=True)
        np.save(kept, vectors)
    return SentenceSums(model, {sentence: row for row, sentence in enumerate(sentences)}, vectors)


def grow(
    folder: Path, paragraphs: int, embedder: SentenceSums, settings: IndexSettings, told: Progress = silent
) -> None:
    """Make a library of so many paragraphs in `folder` (new), and publish it once."""
    library = open_library(folder, settings)
    made_by = derivation(embedder, settings)
    count = -(-paragraphs // corpus.PARAGRAPHS_AN_ARTICLE)
    try:
        with library.writing() as session:
            session.writer.use_model(embedder.info)
            made = articles(list(embedder.rows))
            for start in range(0, count, _AT_ONCE):
                part = list(itertools.islice(made, min(_AT_ONCE, count - start)))
                split = [_paragraphs(document) for document in part]
                texts = session.writer.missing_texts([one.embedded or "" for each in split for one in each])
                session.writer.add_vectors(texts, embedder.encode_documents(texts))
                told("writing", start, count)
                for document, each in zip(part, split, strict=True):
                    session.writer.put(document.id or "", document, None, Derived(each, (), made_by))
            told("publishing", count, count)
            session.publish()
    finally:
        library.close()


def articles(sentences: Sequence[str]) -> Iterator[Document]:
    """Recombined articles without end; always the same ones."""
    for number, (title, paragraphs) in enumerate(corpus.recombined(sentences, _SENTENCES_A_PARAGRAPH)):
        name, text = f"grown-{number}", "\n\n".join("\n".join(each) for each in paragraphs)
        yield Document(uri=f"grown:{number}", sha256=name, text=text, id=name, title=title, language="en")


def _paragraphs(document: Document) -> tuple[Paragraph, ...]:
    found, start = [], 0
    for ordinal, part in enumerate(document.text.split("\n\n")):
        found.append(Paragraph(ordinal, start, start + len(part), "body", None, f"{document.title}\n{part}"))
        start += len(part) + 2
    return tuple(found)
