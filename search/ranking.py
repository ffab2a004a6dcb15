"""Passages for a query, best first: candidates, fused, folded, and read again by a reranker if there is one."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial

from index.library import Snapshot
from index.types import SMALL, StoredParagraph
from search.collapse import Texts, fold, folding
from search.fusion import DIGITS, FIRST, Ranked, fuse, lift
from search.proximity import READ, closeness, weigh
from search.reranker import DEPTH, Reranker
from search.retrieve import ByWords, Probe, by_words, retrieve
from search.stages import Observer, Unobserved, timed
from search.types import Query

_WINDOW = 3
"""So many times `k` paragraphs are candidates at least: some are near-duplicates of others."""
_LOOKED_AT = 64
"""Copies of a passage rank close behind it: among so many they are looked for, whatever `k` up to a third of it."""
_MORE = 4
"""By this factor more is fetched when near-duplicates left fewer than `k`."""


@dataclass(frozen=True, slots=True)
class Found:
    """A paragraph with its score, 0 to 1, its cosine where known, and what is folded under it.

    `merit` is the score that it would have if rare names had no place kept for them.
    """

    paragraph: StoredParagraph
    score: float
    cosine: float | None
    merit: float
    duplicates: tuple[StoredParagraph, ...] = ()


def rank(
    snapshot: Snapshot,
    probe: Probe,
    query: Query,
    candidates: int,
    dense_weight: float,
    reranker: Reranker | None = None,
    observer: Observer | None = None,
) -> list[Found]:
    """Find `query.k` passages, or as many as there are; equal scores are ordered by passage id."""
    wanted = max(query.k, DEPTH) if reranker else query.k
    n, observer = max(candidates, _WINDOW * wanted), observer or Unobserved()
    known = Texts(stay=snapshot.paragraph_count <= SMALL)
    while True:
        # Encoding empties the caches of its core: this thread, whose own are warm, goes on afterwards.
        with probe.encoding or nullcontext() as encoding:
            words, weights = by_words(snapshot, probe, query.mode, n, query.filters, FIRST), weigh(snapshot, probe)
            if encoding:
                encoding.meanwhile(_ahead(snapshot, probe, query, words, known))
                encoding.result()
            with timed(observer, "retrieve"):
                pool = retrieve(snapshot, probe, query.mode, n, query.filters, words)
            with timed(observer, "rank"):
                close = partial(closeness, snapshot, probe, weights.by_term)
                fused = fuse(pool, dense_weight, close, weights.attainable, snapshot.paragraph_count)
                ranked = lift(fused, words.named.keys())
                if query.collapse:
                    found = _distinct(snapshot, ranked, wanted, known)
                else:
                    found = _ordered(snapshot, ranked, wanted)
        if len(found) >= wanted or not pool.cut:
            break
        n *= _MORE
    if reranker:
        with timed(observer, "rerank"):
            found = _kept(_reread(reranker, probe.text, found), words.named.keys())
    return found[: query.k]


def _ahead(snapshot: Snapshot, probe: Probe, query: Query, words: ByWords, known: Texts) -> Iterator[None]:
    """Look up and read, step by step, what ranking will of the paragraphs that words find."""
    rows = [*words.named, *(hit.row for hit in words.hits)][:_LOOKED_AT]
    if query.mode == "hybrid":
        snapshot.look_ahead(rows)
        yield
    elif not query.collapse:
        return
    texts = list(dict.fromkeys(text for _, text in snapshot.texts(rows)))
    if query.mode == "hybrid":
        for text in texts[: 2 * READ]:
            yield
            probe.held.all_by(text)
    if query.collapse:
        yield
        yield from folding(texts, [], query.k, known)


def by_merit(found: Iterable[Found]) -> list[Found]:
    """The same passages by what speaks for each alone: rare names keep places that an answer may be pushed out of."""
    return sorted(found, key=lambda one: (-one.merit, one.paragraph.id))


def _reread(reranker: Reranker, question: str, found: Sequence[Found]) -> list[Found]:
    """The first `DEPTH` by the reranker's scores, the others behind them in their order."""
    first, rest = found[:DEPTH], found[DEPTH:]
    scores = reranker.scores(question, [_read(one.paragraph) for one in first])
    ordered = _sorted(replace(one, score=score, merit=score) for one, score in zip(first, scores, strict=True))
    floor = min(scores, default=1.0)
    behind = [round(floor * one.score, DIGITS) for one in rest]
    return ordered + [replace(one, score=score, merit=score) for one, score in zip(rest, behind, strict=True)]


def _kept(found: Sequence[Found], rows: AbstractSet[int]) -> list[Found]:
    """The same passages with those of `rows`, or a copy of one, among the first: a reranker may not know the name."""
    those = {one.paragraph.row for one in found if any(p.row in rows for p in (one.paragraph, *one.duplicates))}
    read = [Ranked(one.paragraph.row, one.score, one.cosine, one.merit) for one in found]
    scores = {one.row: one.score for one in lift(read, those)}
    return _sorted(replace(one, score=scores[one.paragraph.row]) for one in found)


def _read(paragraph: StoredParagraph) -> str:
    """What a reranker reads: what the paragraph says depends on what its document is about."""
    title = paragraph.document.title
    return f"{title}\n{paragraph.text}" if title else paragraph.text


def _distinct(snapshot: Snapshot, ranked: list[Ranked], k: int, known: Texts) -> list[Found]:
    """The first `k` different texts, each with the copies of it that rank among the first `_LOOKED_AT`."""
    look = max(_LOOKED_AT, _WINDOW * k)
    while True:
        top = _first(ranked, look)
        worded = zip(top, snapshot.texts([one.row for one in top]), strict=True)
        ordered = sorted(worded, key=lambda pair: (-pair[0].score, pair[1][0]))[:look]
        groups = fold((text for _, (_, text) in ordered), k, known)
        if len(groups) == k or look >= len(ranked):
            break
        look *= _MORE
    shown = [place for group in groups for place in group]
    found = dict(zip(shown, _found(snapshot, [ordered[place][0] for place in shown]), strict=True))
    return [
        replace(found[leader], duplicates=tuple(found[copy].paragraph for copy in copies)) if copies else found[leader]
        for leader, *copies in groups
    ]


def _ordered(snapshot: Snapshot, ranked: list[Ranked], n: int) -> list[Found]:
    """The first `n`."""
    return _sorted(_found(snapshot, _first(ranked, n)))[:n]


def _first(ranked: list[Ranked], n: int) -> list[Ranked]:
    """The first `n`, and all that tie with the last of them, or rows would decide who is in."""
    cut = n
    while 0 < cut < len(ranked) and ranked[cut].score == ranked[cut - 1].score:
        cut += 1
    return ranked[:cut]


def _found(snapshot: Snapshot, ranked: Sequence[Ranked]) -> list[Found]:
    paragraphs = snapshot.paragraphs([one.row for one in ranked])
    return [
        Found(paragraph, one.score, one.cosine, one.merit) for one, paragraph in zip(ranked, paragraphs, strict=True)
    ]


def _sorted(found: Iterable[Found]) -> list[Found]:
    return sorted(found, key=lambda one: (-one.score, one.paragraph.id))
