"""Bodies of `POST /documents`: what is checked before a job is queued."""

import msgspec
import pytest

from index.errors import InvalidValueError
from index.settings import IndexSettings
from search.web.errors import UploadError
from search.web.uploads import to_lines


@pytest.mark.parametrize("stated", ["yesterday", "2031-02-31", 7, "03/04/2031"])
def test_a_published_that_is_no_date_is_refused_at_once(stated: object) -> None:
    """The error names the document of the batch, the field, the value, and what to write."""
    batch = {"documents": [{"text": "a", "published": "2031-03-03"}, {"text": "b", "published": stated}]}
    with pytest.raises(UploadError, match=rf"^documents\[1\]: published: '?{stated}'? .*; write") as caught:
        to_lines(msgspec.json.encode(batch), "application/json", {}, IndexSettings())
    assert caught.value.field == "documents[1]"
    with pytest.raises(UploadError, match=r"^text: published: 'soon' is no date"):
        to_lines(b"words", "text/plain", {"published": "soon"}, IndexSettings())


@pytest.mark.parametrize("stated", [None, "", "2031-03-03T23:00:00-05:00", "3 March 2031", 20310303])
def test_dates_and_no_dates_are_taken(stated: object) -> None:
    """Nothing is no date, and fine."""
    body = msgspec.json.encode({"text": "a", "published": stated})
    assert to_lines(body, "application/json", {}, IndexSettings()) == [body]


def test_a_bare_list_is_a_batch() -> None:
    """What other services take is taken here; an error names the document by its place, as in a batch."""
    records = [{"text": "a"}, {"text": "b", "title": "B"}]
    settings = IndexSettings()
    lines = to_lines(msgspec.json.encode(records), "application/json", {}, settings)
    assert [msgspec.json.decode(line) for line in lines] == records
    assert lines == to_lines(msgspec.json.encode({"documents": records}), "application/json", {}, settings)
    with pytest.raises(UploadError, match=r"^documents\[1\]: "):
        to_lines(b'[{"text": "a"}, {"title": "B"}]', "application/json", {}, settings)
    for body in (b"[]", b'"a"', b"3", b"null"):
        with pytest.raises(UploadError, match="expected a"):
            to_lines(body, "application/json", {}, settings)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b'{"text": "one", "text": "two"}', "text"),
        (b'[{"text": "x"}, {"text": "x", "id": "a", "id": "b"}]', "[1].id"),
        (b'{"documents": [{"text": "x", "desk": {"by": 1, "by": 2}}]}', "documents[0].desk.by"),
    ],
)
def test_a_name_that_a_document_says_twice_is_refused(body: bytes, field: str) -> None:
    """Which of two texts or ids is meant nobody can tell; the place is named, however deep it lies."""
    with pytest.raises(InvalidValueError) as caught:
        to_lines(body, "application/json", {}, IndexSettings())
    assert caught.value.field == field
