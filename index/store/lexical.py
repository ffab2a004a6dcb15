"""BM25 by tantivy, over the terms that `index/terms.py` makes.

A generation's index is a folder of its own: hard links to the immutable segments of the one before
and its own `meta.json`, in which the writer then adds, deletes and merges. So nothing is shared but
bytes that never change, and a run that dies leaves no trace.
"""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

import tantivy

from index.errors import LibraryDamagedError
from index.store.denials import refusals_told
from index.terms import TITLE_BOOST

_HEAP_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class Names:
    """Paragraphs by their rows, or all those of these contents."""

    field: Literal["row", "content"]
    numbers: Sequence[int]


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row", indexed=True, fast=True)
    builder.add_unsigned_field("content", indexed=True, fast=True)
    builder.add_text_field("text", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("title", tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def derive(
    folder: Path, previous: Path | None, dead: Iterable[int], added: Iterable[tuple[int, int, str, str]]
) -> None:
    """Make the index in `folder` (new), out of `previous` if given, less `dead` rows, plus `added`.

    `added` yields (row, content, terms of the text, terms of the title), terms joined by blanks.
    Everything is fsynced. Raises LibraryReadOnlyError when the disk refuses, TooManyFilesError.
    """
    folder.mkdir(parents=True)
    if previous is not None:
        for file in sorted(previous.iterdir()):
            if file.suffix == ".lock":
                continue
            # The two JSON files are replaced in place by tantivy, the segments never are.
            (shutil.copy2 if file.suffix == ".json" else os.link)(file, folder / file.name)
    with refusals_told(folder):
        index = tantivy.Index.open(str(folder)) if previous is not None else tantivy.Index(_schema(), str(folder))
        writer = index.writer(heap_size=_HEAP_BYTES, num_threads=1)
        gone = list(dead)
        if gone:
            # Not `delete_documents_by_term`: it takes a number for a signed one, and finds no row.
            writer.delete_documents_by_query(tantivy.Query.term_set_query(index.schema, "row", gone))
        for row, content, text, title in added:
            document = _document(row, content, text, title)
            try:
                writer.add_document(document)
            except ValueError:
                # All that it says when it is given more is that its thread is dead; of what it tells when it commits.
                writer.commit()
                raise
        writer.commit()
        writer.garbage_collect_files()
        writer.wait_merging_threads()
    for lock in folder.glob("*.lock"):
        lock.unlink()


def _document(row: int, content: int, text: str, title: str) -> tantivy.Document:
    document = tantivy.Document()
    document.add_unsigned("row", row)
    document.add_unsigned("content", content)
    document.add_text("text", text)
    document.add_text("title", title)
    return document


class LexicalIndex:
    """A generation's index, open for reading; many threads may search it at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with self._telling_damage():
            self._index = self._open()
            self._schema = self._index.schema
            self._searcher = self._index.searcher()

    def _open(self) -> tantivy.Index:
        if os.access(self._folder, os.W_OK):
            return tantivy.Index.open(str(self._folder))
        # tantivy writes a lock file even to read; beside links to the real files it may.
        self._links = tempfile.TemporaryDirectory(prefix="quoth-")
        for file in self._folder.iterdir():
            # A lock that another reader left belongs to that reader: it may not be opened for writing.
            if file.suffix != ".lock":
                (Path(self._links.name) / file.name).symlink_to(file)
        return tantivy.Index.open(self._links.name)

    @contextmanager
    def _telling_damage(self) -> Iterator[None]:
        try:
            yield
        except BaseException as error:
            # Over bytes that it did not write tantivy panics, and Python has no name for that exception.
            if not isinstance(error, ValueError) and type(error).__name__ != "PanicException":
                raise
            why = str(error).partition("\n")[0]
            raise LibraryDamagedError(self._folder, f"the lexical index cannot be read ({why})") from error

    @property
    def count(self) -> int:
        """How many paragraphs are in it."""
        return self._searcher.num_docs

    def search(self, terms: Sequence[str], k: int, among: Names | None = None) -> list[tuple[int, float]]:
        """The k best (row, BM25) for any of `terms`, only among what is named if anything is; ties in no order."""
        # Side by side, not a pair for each term: only of a plain union tantivy skips what cannot be among the k best.
        clauses = [(tantivy.Occur.Should, one) for term in dict.fromkeys(terms) for one in self._either(term)]
        if not clauses or not k:
            return []
        query = tantivy.Query.boolean_query(clauses)
        if among is not None:
            named = tantivy.Query.term_set_query(self._schema, among.field, among.numbers)
            query = tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, query), (tantivy.Occur.Must, tantivy.Query.const_score_query(named, 0.0))]
            )
        with self._telling_damage():
            hits = self._searcher.search(query, limit=k, count=False).hits
            found = cast("list[int]", self._searcher.fast_field_values("row", [address for _, address in hits]))
        return [(row, score) for (score, _), row in zip(hits, found, strict=True)]

    def contents_with_all(self, terms: Sequence[str], field: str = "text") -> set[int]:
        """The contents in which one paragraph, or its title, holds all of `terms`."""
        wanted = [(tantivy.Occur.Must, self._term(field, term)) for term in dict.fromkeys(terms)]
        if not wanted:
            return set()
        return self._values("content", tantivy.Query.boolean_query(wanted))

    def document_frequency(self, term: str) -> int:
        """In how many paragraphs a term occurs (deleted ones count until a merge)."""
        with self._telling_damage():
            return int(self._searcher.doc_freq("text", term))

    def most_found(self, terms: Sequence[str]) -> int:
        """How many paragraphs hold any of `terms`, in text or title, at most."""
        with self._telling_damage():
            fields = ("text", "title")
            return sum(self._searcher.doc_freq(field, term) for term in dict.fromkeys(terms) for field in fields)

    def near_misses(self, term: str, letters: int, k: int) -> list[int]:
        """At most k rows, in order, with a term that is `term` but for 1 or 2 letters; a swap of two counts as one."""
        query = tantivy.Query.fuzzy_term_query(self._schema, "text", term, letters, transposition_cost_one=True)
        with self._telling_damage():
            hits = self._searcher.search(query, limit=k, count=False).hits
            found = self._searcher.fast_field_values("row", [address for _, address in hits])
        return sorted(int(row or 0) for row in found)

    def vocabulary(self, prefix: str) -> dict[str, int]:
        """Every term of the texts that begins so, and how many paragraphs hold it (deleted ones count)."""
        with self._telling_damage():
            return dict(self._searcher.terms_with_prefix("text", prefix, tantivy.Query.all_query()))

    def title_terms(self) -> dict[str, int]:
        """Every term of the titles, and above how many paragraphs it stands; for `verify`."""
        with self._telling_damage():
            return dict(self._searcher.terms_with_prefix("title", "", tantivy.Query.all_query()))

    def rows(self) -> set[int]:
        """Every row in it; for `verify`."""
        return self._values("row", tantivy.Query.all_query())

    def _values(self, field: str, query: tantivy.Query) -> set[int]:
        with self._telling_damage():
            hits = self._searcher.search(query, limit=max(1, self.count), count=False).hits
            found = self._searcher.fast_field_values(field, [address for _, address in hits])
        return {int(value or 0) for value in found}

    def _term(self, field: str, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, term, index_option="freq")

    def _either(self, term: str) -> tuple[tantivy.Query, tantivy.Query]:
        return self._term("text", term), tantivy.Query.boost_query(self._term("title", term), TITLE_BOOST)
