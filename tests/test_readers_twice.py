"""A name that a record says twice costs the record, by line and name: the last of its values is no better a guess."""

import json
from typing import Any

import pytest

from index.readers.twice import Twice, is_each_once, said_twice
from index.types import Document, Rejected
from tests.reading import read


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ('{"text": "First.", "text": "Second: longer."}', "text"),
        ('{"text": "A: b", "published": "2031-01-02", "published":"2031-01-03"}', "published"),
        ('{"text" : "A \\" : b", "title" :"T", "t\\u0069tle"\\t: "U"}'.replace("\\t:", "\t:"), "title"),
        ('{"text": "A", "desk": {"floor": 1, "floor": 2}}', "desk.floor"),
        ('{"text": "A", "tags": [{"a": 1}, {"a": 1, "a": 1}]}', "tags[1].a"),
    ],
)
def test_a_record_that_says_a_name_twice_is_rejected(line: str, name: str) -> None:
    """The line and the name are told, and both values; the lines around it are taken."""
    items = read("\n".join(['{"text": "before"}', line, '{"text": "after"}']).encode(), "input.jsonl")
    assert [type(item) for item in items] == [Document, Rejected, Document]
    assert isinstance(items[1], Rejected)
    assert items[1].reason.startswith(f"line 2: {name}: it is there twice, as ")
    assert items[1].reason.endswith("; keep one of them")


@pytest.mark.parametrize(
    "line",
    [
        '{"text": "a \\": b : c", "title": ": \\" :", "a": {"b": [{"c": 1}, {"c": 2}]}, "c": ":"}',
        '{"text": "Il dit\xa0: « non » : rien", "url": "https://news.example/a"}',
        '{\t"text"\t:\t"a"\r, "b"\r:1}',
    ],
)
def test_colons_and_quotation_marks_in_values_are_no_names(line: str) -> None:
    """Names of another object may be the same, and texts hold what they will."""
    assert said_twice(line) is None
    (item,) = read(line.encode(), "input.jsonl")
    assert isinstance(item, Document)


def test_what_is_plain_is_not_parsed_again() -> None:
    """Counting settles ordinary news, with colons in it, and never what has a name twice."""
    plain = b'{"id": 1, "title": "Port: reopened", "text": "He said: \\"At 9:30.\\"", "meta": {"desk": [{"a": null}]}}'
    assert is_each_once(plain, json.loads(plain))
    for twice in (plain.replace(b'"meta":', b'"text":'), plain.replace(b'"meta":', b'"text"\n:')):
        assert not is_each_once(twice, json.loads(twice))


def test_the_first_two_values_are_told() -> None:
    """However often it comes."""
    assert said_twice('{"a": {"b": 1, "b": 2, "b": 3}}') == Twice("a.b", (1, 2))
    assert said_twice("{") is None


def test_what_is_deep_is_looked_through() -> None:
    """As deep as a parser goes; of a long name the end is told."""
    deep: Any = '{"b": 1, "b": 2}'
    for _ in range(150):
        deep = f'{{"a": [{deep}]}}'
    (item,) = read(f'{{"text": "T", "deep": {deep}}}'.encode(), "input.jsonl")
    assert isinstance(item, Rejected)
    assert item.reason.startswith("line 1: …")
    assert "].b: it is there twice, as 1 and as 2" in item.reason
