"""Long texts in pieces beside the whole, so that reading a paragraph costs what a paragraph does, not what a book does.

SQLite reads a text from its beginning, and counts its characters one by one. Piece `n` of a text begins at
character `n * PIECE` and goes on into the next one, so that a stretch of up to `OVERLAP` characters lies in one piece
wherever it begins. What is longer, or of a text that has no pieces, is cut from the whole.
"""

from collections.abc import Iterator

import msgspec

PIECE, OVERLAP = 8192, 4096
"""In code points. A character of an article is as deep in its text as one is in a piece; few paragraphs are longer than
the overlap, which takes half as much room as the text."""
LONG = 2 * PIECE
"""Shorter texts are read as they are."""
NUMBERED = 16
"""A piece's row is its content's, shifted by so many bits, plus its number: half a billion characters have room."""

TABLE = """
CREATE TABLE pieces (
    piece INTEGER PRIMARY KEY,
    content INTEGER NOT NULL REFERENCES contents ON DELETE CASCADE,
    text TEXT NOT NULL
);
CREATE INDEX pieces_content ON pieces (content);
"""
FILLED = f"""
INSERT INTO pieces (piece, content, text)
SELECT c.content << {NUMBERED} | found.key, c.content, found.value
FROM contents c CROSS JOIN json_each(cut_in_pieces(c.text)) found WHERE length(c.text) > {LONG};
"""
"""What `pieces_of` gives, for the texts of a library that has none yet; `cut_in_pieces` is `listed`."""
NONE_YET = "CREATE TEMP TABLE pieces (piece INTEGER PRIMARY KEY, text TEXT)"
"""What a reader makes for itself where no writer has made the table yet."""


def pieces_of(content: int, text: str) -> Iterator[tuple[int, int, str]]:
    """Rows of `pieces`: the row's number, the content's, and the piece."""
    for number, start in enumerate(range(0, len(text) if len(text) > LONG else 0, PIECE)):
        yield content << NUMBERED | number, content, text[start : start + PIECE + OVERLAP]


def listed(text: str) -> str:
    """The pieces as a list in JSON, for SQL, which would read each from the beginning of the text."""
    return msgspec.json.encode([piece for _, _, piece in pieces_of(0, text)]).decode()


def joined(content: str, start: str, end: str) -> str:
    """A join that brings the piece in which a stretch of a content lies, as `k`, if there is one."""
    return (
        f"LEFT JOIN pieces k ON k.piece = ({content} << {NUMBERED} | ({start}) / {PIECE}) "
        f"AND {end} <= ({start}) / {PIECE} * {PIECE} + {PIECE + OVERLAP}"
    )


def cut(start: str, end: str) -> str:
    """What stands at [start, end) of the text, from the piece that is joined or from the whole; `c` is `contents`."""
    first = f"coalesce((k.piece & {(1 << NUMBERED) - 1}) * {PIECE}, 0)"
    return f"substr(coalesce(k.text, c.text), {start} + 1 - {first}, {end} - {start})"
