"""The verbatim gate: whatever is shown as said, over all that can be indexed here, is a slice of its document."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from index import sync
from index.library import open_library
from index.types import Filters
from search.engine import Engine
from search.settings import Settings
from search.types import AskResult, Query, StatementCopy, StatementsQuery, StatementView
from tests.fake_embedder import HashingEmbedder
from tests.gold_scores import read_questions

NEWS_QUESTIONS = ("news_questions", "news_heldout_questions", "news_further_questions")


class _Gate:
    """Checks shown text against the documents of a library, and counts what it checked."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._texts: dict[str, str] = {}
        self.checked = 0

    def slice(self, document: str, start: int, end: int, shown: str) -> None:
        """Fail unless `shown` is that part of the document, and not empty."""
        if document not in self._texts:
            self._texts[document] = self._engine.document(document).text
        assert shown
        assert self._texts[document][start:end] == shown
        self.checked += 1

    def statement(self, one: StatementView) -> None:
        """The statement, its spans, cue and mention, and each telling of it elsewhere."""
        self.slice(one.document.id, one.start, one.end, one.text)
        self.slice(one.document.id, one.cue_start, one.cue_end, one.cue)
        if one.speaker and one.speaker.mention is not None:
            start, end = one.speaker.mention_start, one.speaker.mention_end
            assert start is not None
            assert end is not None
            self.slice(one.document.id, start, end, one.speaker.mention)
        parts: tuple[StatementView | StatementCopy, ...] = (one, *one.also_in)
        for part in parts:
            self.slice(part.document.id, part.start, part.end, part.text)
            assert (part.spans[0][0], part.spans[-1][1]) == (part.start, part.end)
            assert list(part.spans) == sorted(part.spans)
            assert all(start < end for start, end in part.spans)

    def asked(self, result: AskResult) -> None:
        """The answer's citations and its text, statements, passages, and what a refusal names as nearest."""
        assert (result.answer is None) != (result.refusal is None)
        for one in result.answer.citations if result.answer else ():
            self.slice(one.document.id, one.start, one.end, one.text)
        if result.answer:
            assert result.answer.text == " ".join(f"{one.text} [{one.marker}]" for one in result.answer.citations)
        for near in (*result.statements, *result.passages, *(result.refusal.nearest if result.refusal else ())):
            if isinstance(near, StatementView):
                self.statement(near)
            else:
                self.slice(near.document.id, near.start, near.end, near.text)


def _engine(folder: Path, library: Path) -> Engine:
    opened = open_library(library)
    sync.sync(opened, [str(folder)], HashingEmbedder(max_tokens=256))
    return Engine(opened, Settings(library=str(library)), lambda info: HashingEmbedder(max_tokens=256))


def _check(engine: Engine, questions: list[str]) -> None:
    gate = _Gate(engine)
    for collapse in (False, True):
        for one in engine.statements(StatementsQuery(collapse=collapse)).statements:
            gate.statement(one)
    speakers = [speaker.name for speaker in engine.speakers(Filters()).speakers]
    own = [f"What did {name} say?" for name in speakers] + [f"What did {name} say about zinc?" for name in speakers]
    for i, question in enumerate((*questions, *own)):
        gate.asked(engine.ask(Query(question, collapse=bool(i % 3))))
    assert gate.checked > 10 * len(speakers)


@pytest.fixture
def sample_engine(samples: Path, tmp_path: Path) -> Iterator[Engine]:
    """The samples, in all their formats."""
    engine = _engine(samples, tmp_path / "library")
    yield engine
    engine.close()


@pytest.fixture
def news_engine(shared: Path, tmp_path: Path) -> Iterator[Engine]:
    """Articles as scraped."""
    engine = _engine(shared / "news", tmp_path / "library")
    yield engine
    engine.close()


def test_samples_are_shown_word_for_word(sample_engine: Engine, samples: Path) -> None:
    """Every statement of the samples, and every answer to their questions and about their speakers, is a slice."""
    lines = (samples / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    _check(sample_engine, [json.loads(line)["question"] for line in lines])


def test_news_is_shown_word_for_word(news_engine: Engine) -> None:
    """Every statement of real articles, and every answer to reporters' questions, is a slice."""
    _check(news_engine, [one.question for name in NEWS_QUESTIONS for one in read_questions(name)])
