"""Changing rows behind a library's back, and looking at what it says then."""

from pathlib import Path

from index.library import open_library
from index.store.schema import connect
from index.store.snapshot import LocalSnapshot
from index.types import Filters, StatementQuery, VerifyReport
from index.verify import verify
from tests.fake_embedder import HashingEmbedder

ARTICLE = "SELECT content FROM documents WHERE id = 'ferry'"
SECOND = f"content = ({ARTICLE}) AND ordinal = 1"
SAID = f"statement = (SELECT min(statement) FROM statements WHERE content = ({ARTICLE}))"


def execute(root: Path, *statements: str) -> None:
    """Change rows behind the library's back."""
    db = connect(root / "library.db", writable=True)
    db.execute("PRAGMA foreign_keys = OFF")
    for statement in statements:
        assert db.execute(statement).rowcount != 0
    db.close()


def check(root: Path, *, repair: bool = False, embedder: HashingEmbedder | None = None) -> VerifyReport:
    """Verify in a process of its own, as it were."""
    library = open_library(root)
    try:
        return verify(library, embedder or HashingEmbedder(), repair=repair)
    finally:
        library.close()


def answers(root: Path) -> object:
    """What searches of every kind find, and every statement."""
    library = open_library(root)
    try:
        with library.snapshot() as snapshot:
            return _passages(snapshot), snapshot.statements(StatementQuery()), list(snapshot.speakers(Filters()))
    finally:
        library.close()


def _passages(snapshot: LocalSnapshot) -> list[tuple[str, float]]:
    vector = HashingEmbedder().encode_query("ferry passengers")
    dense = snapshot.dense(vector, 100, Filters())
    hits = dense + snapshot.lexical(["ferri", "frost", "leak"], 100, Filters())
    paragraphs = snapshot.paragraphs([hit.row for hit in hits])
    return sorted((p.id, hit.score) for p, hit in zip(paragraphs, hits, strict=True))
