"""Results and failures as JSON."""

import json
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import (
    CursorExpiredError,
    DocumentNotFoundError,
    InvalidValueError,
    LibraryReadOnlyError,
    QuothError,
    UsageError,
)
from index.types import IndexReport, ModelInfo, Rejected, Status, VectorIndexInfo
from search.errors import SourceNotAllowedError
from search.shapes import encode, problem, to_json_value
from search.types import Query, SearchResult
from search.web.errors import STATUSES, http_status
from tests.fake_engine import bridge_passages

STATUS = Status("/l", 3, 1, 2, 0, 4, 1, ModelInfo("m", "k", 8, 256), VectorIndexInfo("flat", 1.0, 9), 10, False)


def test_a_status_shows_the_models_name_and_size_only() -> None:
    """The contract's `model` is less than what a library keeps."""
    shown = to_json_value(STATUS)
    assert json.loads(encode(STATUS)) == shown
    assert shown["model"] == {"name": "m", "dim": 8}
    assert shown["vector_index"] == {"kind": "flat", "recall_at_10": 1.0, "bytes": 9}


def test_a_result_keeps_the_order_of_the_contract() -> None:
    """Dataclasses are written field by field, nested ones and tuples too."""
    result = SearchResult("q", 7, 1.5, bridge_passages())
    shown = json.loads(encode(result))
    assert shown == to_json_value(result) == json.loads(json.dumps(asdict(result)))
    assert list(shown["passages"][0]) == [
        "id", "score", "text", "start", "end", "ordinal", "page", "highlights", "document", "duplicates",
    ]  # fmt: skip
    report = json.loads(encode(IndexReport(1, rejected=(Rejected("u", "r"),))))
    assert report["rejected"] == [{"uri": "u", "reason": "r"}]
    assert list(report)[:3] == ["generation", "added", "changed"]


def test_numbers_that_json_lacks_become_null() -> None:
    """A consumer never meets NaN."""
    assert (
        encode(SearchResult("q", 1, float("nan"), ())) == b'{"query":"q","generation":1,"took_ms":null,"passages":[]}'
    )


def test_a_problem_has_the_errors_own_fields() -> None:
    """Type, title, status and detail come first, what the error is about after them."""
    assert problem(InvalidValueError("k", 0, "1 to 1000"), 422) == {
        "type": "urn:quoth:problem:invalid-value",
        "title": "Wrong usage or value",
        "status": 422,
        "detail": "k: 0 is not valid; expected 1 to 1000",
        "field": "k",
        "value": 0,
        "expected": "1 to 1000",
    }
    assert "status" not in problem(CursorExpiredError(3))
    assert problem(LibraryReadOnlyError("/l", OSError(28, "No space")))["cause"] == "[Errno 28] No space"


class SeveralError(QuothError):
    """An error about several things."""

    def __init__(self) -> None:
        self.candidates = [Rejected("u", "r"), "Ruiz"]
        self.span, self.counts, self.many = (1, 2), {"a": 1}, list(range(10_000))
        self.deep: list[object] = []
        self.deep.append(self.deep)
        super().__init__("several")


def test_what_an_error_lists_is_a_json_list() -> None:
    """Lists, tuples, mappings and results in an error's fields come out as such, not as Python writes them."""
    shown = json.loads(encode(problem(SeveralError(), 422)))
    assert shown["candidates"] == [{"uri": "u", "reason": "r"}, "Ruiz"]
    assert (shown["span"], shown["counts"]) == ([1, 2], {"a": 1})
    assert len(shown["many"]) == 100


def test_an_unforeseen_failure_does_not_quote_itself() -> None:
    """Its text may hold a document's words or a key."""
    shown = problem(KeyError("secret"), 500)
    assert shown["type"] == "urn:quoth:problem:internal"
    assert "secret" not in json.dumps(shown)


@given(
    st.one_of(st.text(), st.characters(categories=["Cs"]), st.integers(), st.floats(), st.lists(st.text(max_size=3)))
)
def test_any_problem_can_be_written(value: object) -> None:
    """Lone surrogates, huge numbers and long texts in an error come out as valid, short JSON."""
    for error in (InvalidValueError("f", value, "x"), DocumentNotFoundError(str(value) * 100)):
        assert len(encode(problem(error, 422))) < 9000


def test_every_foreseen_failure_has_a_status_of_its_family() -> None:
    """The table is read from the top, so a class must stand above its base."""
    for at, (kind, status) in enumerate(STATUSES):
        for above, _ in STATUSES[:at]:
            assert not issubclass(kind, above), f"{kind.__name__} is hidden by {above.__name__}"
        assert 400 <= status < 600
    assert STATUSES[-1][0] is QuothError


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (UsageError("x"), 422),
        (DocumentNotFoundError("x"), 404),
        (CursorExpiredError(1), 410),
        (SourceNotAllowedError("x"), 403),
        (QuothError("x"), 500),
        (ValueError("x"), 500),
    ],
)
def test_status_by_family(error: Exception, status: int) -> None:
    """The three families, their exceptions, and everything else."""
    assert http_status(error) == status


def test_any_value_object_is_encoded() -> None:
    """Shapes without a rule of their own are written as they are."""
    assert json.loads(encode(Query("x")))["filters"]["meta"] == []
