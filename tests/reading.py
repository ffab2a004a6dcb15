"""Reading bytes as a file of some name, whole."""

import io

from index.readers import read_stream
from index.settings import IndexSettings
from index.types import Document, Rejected

URI = "file:///pile/input"
SETTINGS = IndexSettings()


def read(data: bytes, name: str, settings: IndexSettings = SETTINGS) -> list[Document | Rejected]:
    """Everything a stream of that name holds."""
    return list(read_stream(io.BytesIO(data), name, URI, settings))


def document(data: bytes, name: str) -> Document:
    """The one document a stream of that name holds."""
    (item,) = read(data, name)
    assert isinstance(item, Document), item
    return item


def reason(data: bytes, name: str, settings: IndexSettings = SETTINGS) -> str:
    """Why a stream of that name is rejected, whole."""
    (item,) = read(data, name, settings)
    assert isinstance(item, Rejected), item
    assert item.uri == URI
    return item.reason


def marked(item: Document) -> list[str]:
    """The texts of a document's furniture spans."""
    return [item.text[start:end] for start, end in item.furniture]
