"""One generation of the local library, as a search reads it."""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from itertools import compress, islice

import numpy as np
import numpy.typing as npt

from index.settings import IndexSettings
from index.store import rows
from index.store.anchors import anchored, wording
from index.store.connections import let_go_of_pages
from index.store.dense import nearest, past_ties
from index.store.filters import live
from index.store.generations import bytes_below
from index.store.identity import Correction, Directory, read_corrections
from index.store.mentions import Mentions
from index.store.opened import Allowed, OpenGeneration
from index.store.sayings import Sayings
from index.store.state import State
from index.store.vectors import Slots, rounded
from index.types import (
    Document,
    Filters,
    Grouping,
    Hit,
    ModelInfo,
    Ref,
    StatementQuery,
    Status,
    StoredDocument,
    StoredParagraph,
    StoredSpeaker,
    StoredStatement,
)

_FEW = 64
"""So many paragraphs asked for at once are kept until the snapshot is let go; who asks for more reads a library."""


class LocalSnapshot:
    """Implements `index.library.Snapshot`: one generation's files, and a connection of its holder's own."""

    def __init__(self, opened: OpenGeneration, settings: IndexSettings, db: sqlite3.Connection) -> None:
        self._opened, self._settings, self.db, self.root = opened, settings, db, opened.root
        self.manifest = opened.manifest
        self.lexical_index, self.vectors = opened.lexical, opened.vectors
        self._directory: tuple[int, Directory] | None = None
        self._texts, self._paragraphs = opened.rows_read()

    @property
    def generation(self) -> int:
        """The number that answers carry."""
        return self.manifest.generation

    @property
    def created(self) -> str:
        """When this generation was published, in ISO 8601, UTC."""
        return self.manifest.created

    @property
    def model(self) -> ModelInfo:
        """The model whose vectors this generation holds."""
        return self.manifest.model

    @property
    def delta(self) -> Slots:
        """The slots that are searched beside the FAISS base."""
        return self._opened.delta

    def searchable_slots(self) -> Slots:
        """Every slot that a dense search can find; for `verify`."""
        return self._opened.searchable_slots()

    # Dense

    def dense(self, vector: npt.NDArray[np.float32], k: int, filters: Filters) -> list[Hit]:
        """The k body paragraphs nearest to a unit `vector` of shape (dim,), by inner product."""
        allowed = self._filtered(filters) if filters.any else None
        slots, scores = nearest(self._opened, vector, k, allowed, self._settings.exact_filter)
        hits, start = list[Hit](), 0
        # Slot by slot from the best: a text that stands a thousand times must not cost the others.
        while len(hits) < k and start < len(slots):
            end = past_ties(scores, start + k)
            places, found = self._opened.links.rows_of(slots[start:end], self._rows_of)
            among = scores[start:end][places]
            if allowed is not None:
                inside = allowed.holds(found)
                found, among = found[inside], among[inside]
            # No score of those behind is as high: ties end where a step does.
            best = np.lexsort((found, -among))
            hits += map(Hit, found[best].tolist(), among[best].tolist())
            start = end
        return hits[:k]

    def cosines(self, vector: npt.NDArray[np.float32], paragraphs: Sequence[int]) -> list[float]:
        """The exact inner product of a unit vector with each of these paragraphs' stored vectors, rounded to 1e-4.

        It is 0 for a paragraph whose vector is missing, until a run embeds it again.
        """
        slots = self._opened.links.slots_of(paragraphs, self._slots_of)
        wanted = np.array([slots.get(row, -1) for row in paragraphs], dtype=np.int64)
        there = (wanted >= 0) & (wanted < self.manifest.slots)
        scores = np.zeros(len(wanted), dtype=np.float32)
        scores[there] = self.vectors.scores(vector, wanted[there])
        found: list[float] = rounded(scores).tolist()
        return found

    def read_links(self) -> None:
        """Look up which paragraphs have which vector, all at once, and read those of a library that is not large."""
        between = partial(rows.paragraphs_between_slots, self.db, self.generation, self.manifest.vectors)
        self._opened.links.read_all(self.manifest.slots, between)
        self._opened.at_hand.read_all(self.db, self.generation)
        let_go_of_pages(self.db)

    def _rows_of(self, slots: Sequence[int]) -> list[tuple[int, int]]:
        return rows.paragraphs_of_slots(self.db, self.generation, self.manifest.vectors, slots)

    def _slots_of(self, paragraphs: Sequence[int]) -> dict[int, int]:
        return rows.slots_of_paragraphs(self.db, self.manifest.vectors, paragraphs)

    # Filters

    def _filtered(self, filters: Filters) -> Allowed:
        """Rows of the body paragraphs that match, and the slots of their vectors."""
        return self._opened.filters.get((filters, self._corrected()), lambda _: self._allowed(filters))

    def _allowed(self, filters: Filters) -> Allowed:
        said = None if filters.speaker is None else sorted(set(self._sayings().paragraphs_of(filters.speaker)))
        links = self._opened.links
        vectors = None if links.are_read else self.manifest.vectors
        found, slots, contents = rows.matching_paragraphs(self.db, self.generation, vectors, filters, said)
        whole = contents if said is None else None
        if vectors is None:
            return self._opened.allowed(found, links.slots_among(found), whole)
        # A repair may have given a text another vector since, behind those of this generation.
        return self._opened.allowed(found, slots[slots < self.manifest.slots], whole)

    def _corrected(self) -> int:
        """How many corrections were made or undone: they change who said what within a generation."""
        return int(self.db.execute("SELECT count(*) FROM corrections").fetchone()[0])

    # Lexical

    def lexical(self, terms: Sequence[str], k: int, filters: Filters) -> list[Hit]:
        """The k body paragraphs with the highest BM25 for `terms`."""
        if not filters.any:
            found = self.lexical_index.search(terms, k + 64)
        else:
            found = self._lexical_among(terms, k + 64, self._filtered(filters))
        scores = rounded(np.array([score for _, score in found], dtype=np.float32)).tolist()
        best = sorted(zip((-score for score in scores), (row for row, _ in found), strict=True))[:k]
        return [Hit(row, -score) for score, row in best]

    def _lexical_among(self, terms: Sequence[str], k: int, allowed: Allowed) -> list[tuple[int, float]]:
        """The k best of those allowed: out of as many as hold them, where naming those allowed would take longer."""
        left = len(allowed.rows)
        if not left:
            return []
        most = self.lexical_index.most_found(terms)
        # As many as hold k if the allowed are spread evenly, and half as many again.
        asked = min(most, 3 * k * self.paragraph_count // (2 * left))
        while asked <= allowed.worth:
            found = self.lexical_index.search(terms, asked)
            inside = allowed.holds(np.array([row for row, _ in found], dtype=np.int64))
            matching = list(compress(found, inside.tolist()))
            if len(matching) >= k or asked == most:
                return matching[:k]
            asked = min(most, 4 * asked)
        return self.lexical_index.search(terms, k, allowed.names)

    @property
    def paragraph_count(self) -> int:
        """How many body paragraphs there are."""
        return self.manifest.counts.paragraphs

    @property
    def statement_count(self) -> int:
        """How many statements there are, rejected ones included."""
        return self.manifest.counts.statements

    def document_frequency(self, term: str) -> int:
        """In how many body paragraphs a term of `index.terms` occurs."""
        return self.lexical_index.document_frequency(term)

    def near_misses(self, term: str, letters: int, k: int) -> list[int]:
        """Rows, in order, of at most k body paragraphs that hold a term which is `term` but for 1 or 2 letters."""
        return self.lexical_index.near_misses(term, letters, k)

    def vocabulary(self, prefix: str) -> dict[str, int]:
        """The terms that begin so, and how many body paragraphs hold each."""
        return self.lexical_index.vocabulary(prefix)

    def documents_with_terms(self, terms: Sequence[str]) -> int:
        """In how many documents a paragraph holds all of `terms`."""
        return len(self.lexical_index.contents_with_all(terms))

    # Rows

    def look_ahead(self, wanted: Sequence[int]) -> None:
        """Look up now what `cosines`, `paragraphs` and `texts` of these, a few, will need."""
        self._opened.links.slots_of(wanted, self._slots_of)
        self.paragraphs(wanted)

    def paragraphs(self, wanted: Sequence[int]) -> list[StoredParagraph]:
        """Paragraphs by row, in the order asked."""
        look = partial(rows.paragraphs, self.db, self.generation)
        if len(wanted) > _FEW:
            return self._opened.at_hand.paragraphs(wanted, look)
        # Several steps of an answer look at the same few.
        missing = [row for row in wanted if row not in self._paragraphs]
        self._paragraphs |= {one.row: one for one in self._opened.at_hand.paragraphs(missing, look)}
        return [self._paragraphs[row] for row in wanted if row in self._paragraphs]

    def texts(self, wanted: Sequence[int]) -> list[tuple[str, str]]:
        """Passage id and text of paragraphs by row, in the order asked."""
        known, texts = self._paragraphs, self._texts
        missing = [row for row in wanted if row not in known and row not in texts]
        texts |= self._opened.at_hand.texts(missing, partial(rows.texts, self.db, self.generation))
        read = ((known[row].id, known[row].text) if row in known else texts.get(row) for row in wanted)
        return [one for one in read if one is not None]

    def sample(self, most: int) -> list[str]:
        """The texts of up to so many paragraphs, from all over the library."""
        ends = (f"SELECT coalesce({end}(paragraph), 0) FROM paragraphs" for end in ("min", "max"))
        first, last = (int(self.db.execute(query).fetchone()[0]) for query in ends)
        wanted = np.linspace(first, last, min(most, last - first + 1), dtype=np.int64)
        found = [text for _, text in self.texts(wanted.tolist())]
        let_go_of_pages(self.db)  # four thousand of a million touch 125 MB
        return found

    def paragraph(self, passage_id: str) -> StoredParagraph:
        """A paragraph by its passage id. Raises DocumentNotFoundError."""
        row = rows.paragraph_row(self.db, self.generation, passage_id)
        return rows.paragraphs(self.db, self.generation, [row])[0]

    def document(self, id_or_uri: str) -> StoredDocument:
        """A document by id or URI. Raises DocumentNotFoundError."""
        # Several steps of an answer read the same few, and so do the questions that follow.
        return self._opened.documents.get(id_or_uri, lambda named: rows.document(self.db, self.generation, named))

    def documents(self, filters: Filters, limit: int, offset: int) -> tuple[int, list[Ref]]:
        """How many documents match, and those from `offset` on, ordered by id."""
        # That of all is kept: counting 19,000 takes as long as finding passages.
        count = (
            rows.document_count(self.db, self.generation, filters) if filters.any else self.manifest.counts.documents
        )
        return count, rows.documents(self.db, self.generation, filters, limit, offset)

    def source_of(self, document_id: str) -> tuple[Document, tuple[StoredParagraph, ...], str]:
        """A document as its reader gave it, its paragraphs, and the versions that derived them."""
        stored = self.document(document_id)
        layout, derivation = self.db.execute(
            "SELECT c.layout, c.derivation FROM contents c JOIN documents d USING (content) "
            f"WHERE d.id = ? AND {live('d', self.generation)}",
            (document_id,),
        ).fetchone()
        ref = stored.ref
        document = rows.as_read(ref, stored.sha256, stored.text, stored.meta, layout)
        return document, stored.paragraphs, derivation

    def wording(self, statement: str) -> str | None:
        """What a statement says, rejected or not; None where this generation holds none of that id."""
        return wording(self.db, self.generation, statement)

    # Statements and speakers

    def statements(self, query: StatementQuery) -> list[StoredStatement]:
        """Statements that match, oldest document first (undated last), then by place in the text."""
        return self._sayings().statements(query)

    def statement_page(self, query: StatementQuery, limit: int, offset: int) -> tuple[int, list[StoredStatement]]:
        """How many statements match, and those from `offset` on, in the order of `statements`."""
        # A list of many pages is asked for page by page. The key is told first: what is found may know a correction
        # more than its key counts, but never lack one.
        places = self._opened.listed.get((query, self._corrected()), lambda _: self._sayings().places(query))
        return len(places), self._sayings().at(places[offset : min(offset + limit, len(places))])

    def statement_groups(
        self, query: StatementQuery, group: Grouping, limit: int, offset: int
    ) -> tuple[int, list[list[StoredStatement]]]:
        """How many groups `group` makes of the statements that match, and those from `offset` on, in its order."""
        key = query, self._corrected(), group
        groups = self._opened.grouped.get(key, lambda _: self._sayings().groups(query, group))
        places, sizes = groups.of(offset, min(offset + limit, len(groups)))
        said = iter(self._sayings().at(places))
        return len(groups), [list(islice(said, size)) for size in sizes]

    def speakers(self, filters: Filters) -> Sequence[StoredSpeaker]:
        """Speakers with their counts, most statements first; `filters.speaker` picks one."""
        return self._opened.speakers.get((filters, self._corrected()), lambda _: self._sayings().roll(filters))

    def _sayings(self) -> Sayings:
        return Sayings(self.db, self.generation, self.directory(), self._mentions)

    def _mentions(self) -> Mentions:
        return self._opened.mentions(self.db)

    def mentions(self) -> Collection[str]:
        """How the sayers of statements are worded, each wording once, in no order."""
        return self._mentions().wordings

    def people(self) -> Mapping[str, str]:
        """The names of all speakers by id, as statements have both."""
        return self.directory().people()

    def corrections(self) -> list[Correction]:
        """The corrections that hold, in the order they were made, by the ids of this generation."""
        return anchored(self.db, self.generation, read_corrections(self.db))

    def directory(self) -> Directory:
        """Who is who in this generation, by the corrections made so far."""
        corrected = self._corrected()
        if self._directory is None or self._directory[0] != corrected:
            corrections = self.corrections()
            known = self._opened.known_people(tuple(corrections))
            self._directory = corrected, Directory(self.db, self.generation, corrections, known, self._mentions)
        return self._directory[1]

    # Status

    def status(self) -> Status:
        """Counts and sizes of this generation."""
        counts, manifest = self.manifest.counts, self.manifest
        names = rows.speaker_names(self.db, self.generation)
        return Status(
            library=str(self.root),
            generation=manifest.generation,
            documents=counts.documents,
            paragraphs=counts.paragraphs,
            furniture=counts.furniture,
            statements=counts.statements,
            speakers=len({person.id for person in self.directory().bearers(names).values()}),
            model=manifest.model,
            vector_index=self._opened.vector_index(self._settings.delta_vectors),
            bytes=bytes_below(self.root),
            purge_pending=self.is_purge_pending(),
        )

    def is_purge_pending(self) -> bool:
        """Whether removed text is left anywhere: in an index, in rows that a reader held, as a vector, in the log."""
        state = State(self.db)
        if self.manifest.purge_pending or state.to_zero or state.is_checkpoint_due:
            return True
        return any(
            self.db.execute(f"SELECT 1 FROM {table} WHERE died <= ? LIMIT 1", (self.generation,)).fetchone()
            for table in ("contents", "documents")
        )
