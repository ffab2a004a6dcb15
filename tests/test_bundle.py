"""Files that were sent together: what goes in comes out, named and known as their sender wants."""

import io
import tarfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from index import sync
from index.bundle import SentFile, pack, read_bundle
from index.library import open_library
from index.settings import IndexSettings
from index.types import Document, Filters, Rejected
from tests.fake_embedder import HashingEmbedder

URI = "http:"
TEXT = b"The old bridge over the Vell opened again on Monday."


def bundled(*files: tuple[str, bytes], **said: str) -> io.BytesIO:
    """A bundle of files by name and content, all with the same fields."""
    sent = [SentFile(name, len(content), io.BytesIO(content), said) for name, content in files]
    return io.BytesIO(b"".join(pack(sent)))


def read(*files: tuple[str, bytes], **said: str) -> list[Document | Rejected]:
    """What comes out of a bundle."""
    return list(read_bundle(bundled(*files, **said), URI, IndexSettings()))


def test_a_file_is_known_by_its_bytes_and_keeps_its_name() -> None:
    """The same bytes under another name are the same document; what the sender says wins over what the file says."""
    page = b"<html><head><title>Old</title></head><body><p>" + TEXT + b"</p></body></html>"
    (first,) = read(("a.html", page))
    (again,) = read(("b.html", page), title="Bridge reopens", published="31 May 2024", desk="city")
    assert isinstance(first, Document)
    assert isinstance(again, Document)
    assert first.uri == again.uri == f"http:#sha={first.sha256[:16]}"
    assert (first.id, first.title, first.meta["file"]) == (None, "Old", "a.html")
    assert (again.title, again.published) == ("Bridge reopens", "2024-05-31")
    assert again.meta == {"file": "b.html", "desk": "city"}


def test_an_id_or_a_url_names_it_instead() -> None:
    """As a record's would."""
    (named,) = read(("a.txt", TEXT), id="bridge")
    (placed,) = read(("a.txt", TEXT), url="https://courier.example/bridge")
    assert isinstance(named, Document)
    assert isinstance(placed, Document)
    assert (named.id, named.uri) == ("bridge", "http:#id=bridge")
    assert (placed.id, placed.uri) == (None, "https://courier.example/bridge")


def test_records_keep_their_own_ids_and_fields() -> None:
    """A file of many documents gives what each of them would give if it were posted alone."""
    lines = (
        b'{"id": "n1", "text": "One.", "file": "mine", "source": "Wire"}\n{"text": "Two.", "url": "https://x.example"}'
    )
    one, two = read(("news.jsonl", lines), author="B. Porter")
    assert isinstance(one, Document)
    assert isinstance(two, Document)
    assert (one.id, one.uri, one.source, one.author) == ("n1", "http:#id=n1", "Wire", "B. Porter")
    assert (one.meta, two.meta) == ({"file": "mine"}, {"file": "news.jsonl"})
    assert two.uri == "https://x.example"


def test_what_cannot_be_read_is_named_by_its_file() -> None:
    """The others go on; the same bytes twice are one document, and are said to be."""
    found = read(
        ("broken.pdf", b"%PDF-1.7 no more"), ("lines.jsonl", b'{"text": ""}\n'), ("one.txt", TEXT), ("two.txt", TEXT)
    )
    rejected = [(one.uri, one.reason) for one in found if isinstance(one, Rejected)]
    assert [uri for uri, _ in rejected] == ["broken.pdf", "lines.jsonl", "two.txt"]
    assert "line 1" in rejected[1][1]
    assert "one.txt" in rejected[2][1]
    assert [one.uri for one in read_bundle(io.BytesIO(b"no bundle"), URI, IndexSettings())] == [URI]


@hypothesis_settings(max_examples=60, deadline=None)
@given(
    name=st.text(st.characters(exclude_categories=["Cs"]), max_size=120),
    content=st.binary(max_size=2000),
    said=st.dictionaries(
        st.text(max_size=20), st.text(st.characters(exclude_categories=["Cs"]), max_size=40), max_size=3
    ),
)
def test_any_name_content_and_field_comes_through(name: str, content: bytes, said: dict[str, str]) -> None:
    """Names are data: neither dots nor their length, nor signs that mean something to a tar, change anything."""
    raw = b"".join(pack([SentFile(name, len(content), io.BytesIO(content), said)]))
    with tarfile.open(fileobj=io.BytesIO(raw), mode="r|") as tar:
        member = tar.next()
        assert member is not None
        stream = tar.extractfile(member)
        assert stream is not None
        assert (stream.read(), member.name) == (content, "0")
        assert msgspec.json.decode(member.pax_headers["QUOTH.label"]) == {"name": name, "said": said}
        assert tar.next() is None


@pytest.mark.parametrize("name", ["reports/", "..", "a\n.txt", "\xa0/", "C:\\x.txt", "=.txt"])
def test_a_file_is_known_by_the_name_that_was_sent(name: str) -> None:
    """To the last sign, whatever a tar makes of such names."""
    (document,) = read((name, TEXT))
    assert isinstance(document, Document)
    assert document.meta["file"] == name


def test_a_bundle_twice_changes_nothing_and_outlives_a_rebuild(tmp_path: Path) -> None:
    """The bytes are not kept: what a rebuild derives from is the text, its pages and its furniture."""
    library = open_library(tmp_path / "library")
    files = (("../../etc/a.txt", TEXT), ("b.jsonl", b'{"id": "n1", "text": "One, two, three."}'))
    first = sync.add_bundle(library, bundled(*files, source="Courier"), HashingEmbedder(), uri=URI)
    again = sync.add_bundle(library, bundled(*files, source="Courier"), HashingEmbedder(), uri=URI)
    assert (first.added, again.added, again.changed, again.unchanged, again.embedded) == (2, 0, 0, 2, 0)
    with library.snapshot() as before:
        shown = [before.document(ref.id) for ref in before.documents(Filters(), 10, 0)[1]]
    sync.sync(library, [], HashingEmbedder(), rebuild=True)
    with library.snapshot() as after:
        assert [after.document(one.ref.id).text for one in shown] == [one.text for one in shown]
        assert {one.ref.source for one in shown} == {"Courier"}
    library.close()
    assert not list(tmp_path.rglob("a.txt"))


@pytest.mark.parametrize("name", ["notes", ".txt"])
def test_a_name_that_tells_no_format_leaves_it_to_the_content(name: str) -> None:
    """As on standard input."""
    (item,) = read((name, b'{"text": "One."}\n'))
    assert isinstance(item, Document)
    assert item.text == "One."
