"""Plain text files."""

from index.readers.encoding import decode_file
from index.readers.headline import read_head
from index.types import Document


def read_text(data: bytes, uri: str, sha256: str) -> Document:
    """A text file, as it is but for line ends; title, author, date and outlet as its head states them.

    Raises ReadError for binary content and undecodable bytes.
    """
    text = decode_file(data)
    head = read_head(text)
    return Document(
        uri=uri,
        sha256=sha256,
        text=text,
        title=head.title,
        author=head.author,
        published=head.published,
        source=head.source,
    )
