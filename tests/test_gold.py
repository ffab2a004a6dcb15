"""Statements and answers against what a reader marked by hand in `tests/gold/`, before looking at any result.

The floors below are what is reached. They may only go up, and the most wrong persons only down: whoever changes the
rules so that a number falls has lost somebody's words, or given them to somebody else.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks import asking
from index.derive import derive
from index.readers import read_file
from index.settings import IndexSettings
from index.types import Document, Statement
from tests.fake_embedder import HashingEmbedder
from tests.gold_scores import (
    Gold,
    GoldDocument,
    Sayer,
    Scored,
    read_gold,
    read_questions,
    same_name,
    score,
    tally,
)

SAMPLES_RIGHT = {"direct": 112, "mixed": 20, "indirect": 88}
"""Of 114 direct, 20 mixed and 98 indirect statements in the samples, as many name the right sayer."""
SAMPLES_WRONG_PERSONS = 0
NEWS_RIGHT = {"direct": 36, "mixed": 19, "indirect": 59}
"""Of 36 direct, 19 mixed and 69 indirect statements in the news."""
NEWS_WRONG_PERSONS = 0
NEWS_ANSWERED, NEWS_REFUSED = 45, 14
"""Of 45 questions that a statement answers, and of 14 that none does."""


def _document(name: str, folder: Path) -> Document:
    """The document that gold calls `name`: a file, or `FILE#ID` of one that holds many."""
    file, _, identity = name.partition("#")
    path = folder / file
    for found in read_file(path, path.as_uri(), IndexSettings()):
        if isinstance(found, Document) and identity in ("", found.id):
            return found
    raise AssertionError(f"{folder} holds no {name}")


def _scored(gold: Sequence[GoldDocument], folder: Path) -> list[Scored]:
    """Each document of the gold, read, derived as indexing does it but for the vectors, and scored."""
    found = []
    for one in gold:
        document = _document(one.name, folder)
        one.check(document.text)
        derived = derive(document, HashingEmbedder(max_tokens=256), IndexSettings())
        found.append(score(one, derived.statements))
    return found


def _check(gold: Sequence[GoldDocument], scored: Sequence[Scored], floors: dict[str, int]) -> None:
    """Fail with the place of every statement missed where a kind falls below its floor."""
    right = {kind: counts["right"] for kind, counts in tally(gold, scored).items()}
    missed = [
        f"{document.name}:{at} {statement.kind} {verdict}"
        for document, found in zip(gold, scored, strict=True)
        for at, (statement, verdict) in enumerate(zip(document.statements, found.verdicts, strict=True))
        if statement.core and verdict != "right"
    ]
    fallen = {kind: count for kind, count in right.items() if count < floors[kind]}
    assert not fallen, missed


def _wrong(scored: Sequence[Scored]) -> list[Statement]:
    return [said for one in scored for said in one.wrong_persons]


def test_statements_of_the_samples(samples: Path) -> None:
    """The invented reports keep their statements, and nobody is given another’s words."""
    gold = read_gold("samples")
    scored = _scored(gold, samples)
    _check(gold, scored, SAMPLES_RIGHT)
    assert len(_wrong(scored)) <= SAMPLES_WRONG_PERSONS, _wrong(scored)


def test_statements_of_the_news(shared: Path) -> None:
    """Real articles keep their statements, and nobody is given another's words."""
    gold = read_gold("news")
    scored = _scored(gold, shared / "news")
    _check(gold, scored, NEWS_RIGHT)
    assert len(_wrong(scored)) <= NEWS_WRONG_PERSONS, _wrong(scored)


@pytest.mark.model
def test_questions_on_the_news(shared: Path, news_library: Path) -> None:
    """Reporters' questions are answered by statements that a reader accepts, and others are refused."""
    rows = asking.measure(shared / "news", "news", news_library)
    misses = [row["question"] for row in rows if not row["right"]]
    answered, refused = (count["right"] for count in asking.counts(rows))
    assert answered >= NEWS_ANSWERED, misses
    assert refused >= NEWS_REFUSED, misses


@pytest.mark.parametrize("name", ["news", "samples"])
def test_gold_is_sound(name: str) -> None:
    """Spans are in order and apart, quoted ones lie in them, and every core statement has a sayer's mention or name."""
    for document in read_gold(name):
        for one in document.statements:
            assert all(start < end for start, end in one.spans)
            assert list(one.spans) == sorted(one.spans)
            inside = [any(a <= start and end <= b for a, b in one.spans) for start, end in one.quoted]
            assert all(inside)
            assert bool(one.quoted) == (one.kind != "indirect")
            assert not one.core or one.mention or one.sayer.name


def test_questions_name_statements_that_exist() -> None:
    """Every accepted answer is a statement of the gold, and no two questions are the same."""
    gold = {document.name: len(document.statements) for document in read_gold("news")}
    questions = read_questions("news_questions")
    assert all(at < gold[name] for one in questions for name, at in one.accepted)
    assert len({one.id for one in questions}) == len({one.question for one in questions}) == len(questions)


@pytest.mark.parametrize(
    ("found", "known", "same"),
    [
        ("Mr. Tolmer", "Ada Tolmer", True),
        ("Ada K. Tolmer", "Ada Tolmer", True),
        ("Bran Tolmer", "Ada Tolmer", False),
        ("Tolmér", "Ada Tolmer", True),
        ("Ada Tolmer Jr.", "Tolmer", True),
        ("harbour officials", "Town officials", False),
        ("the Harbour Board", "Harbour Board", True),
    ],
)
def test_same_name(found: str, known: str, same: bool) -> None:
    """A surname alone is its bearer's, another first name is another person, and “officials” is no surname."""
    assert same_name(found, known) is same


def _said(name: str | None, *spans: tuple[int, int], mention: tuple[int, int] | None = None) -> Statement:
    return Statement("direct", spans, (0, 0), mention, name, 0.9)


def test_score_tells_right_wrong_unattributed_and_missing() -> None:
    """Half of a quotation is enough, indirect speech must overlap by half, and another's name is a wrong person."""
    ada = Sayer("Ada Tolmer", ("Tolmer",))
    nobody = Sayer(None, ("Harbour Board",))
    statements = (
        Gold("direct", ((0, 10),), ((0, 10),), ada, (11, 14), True),
        Gold("direct", ((20, 30),), ((20, 30),), ada, (31, 34), True),
        Gold("mixed", ((40, 60),), ((50, 60),), ada, (35, 38), True),
        Gold("indirect", ((70, 90),), (), nobody, (61, 65), True),
        Gold("indirect", ((100, 120),), (), ada, (92, 95), True),
    )
    bran = _said("Bran Orr", (20, 30))
    stray = _said("Ada Tolmer", (200, 210))
    said = [_said("Tolmer", (0, 5)), bran, _said(None, (50, 60)), _said(None, (70, 90), mention=(61, 65)), stray]
    scored = score(GoldDocument("a.txt", "", statements), [*said, _said("Ada Tolmer", (100, 160))])
    assert scored.verdicts == ("right", "wrong", "unattributed", "right", "missing")
    assert scored.wrong_persons == (bran,)
    assert stray in scored.unmatched


def test_gold_refuses_another_text() -> None:
    """Offsets are never read into a text that they weren't made for."""
    document = GoldDocument("a.txt", "0" * 64, ())
    with pytest.raises(ValueError, match="another text"):
        document.check("Anything.")
