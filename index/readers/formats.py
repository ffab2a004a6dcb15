"""Which file names are documents, and of what format."""

from pathlib import PurePath

SINGLE = frozenset({".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".epub", ".eml"})
"""One document a file."""
STREAMED = frozenset({".jsonl", ".ndjson", ".csv", ".mbox"})
"""Many documents a file, read one at a time."""
SUFFIXES = SINGLE | STREAMED
"""What can be read, each also with `.gz` after it."""
GZIP = ".gz"
EXPECTED = ", ".join(sorted(SUFFIXES)) + ", each also as .gz"


def suffix_of(name: str) -> str | None:
    """The format's suffix in lower case, without `.gz`; None when it is not one of SUFFIXES."""
    lowered = name.lower().removesuffix(GZIP)
    dot = lowered.rfind(".")
    suffix = lowered[dot:]
    # A name that is nothing but its suffix (".txt") is a hidden file without one.
    return suffix if dot > 0 and suffix in SUFFIXES else None


def is_gzipped(name: str) -> bool:
    """Whether a name ends in `.gz`."""
    return name.lower().endswith(GZIP)


def unknown_format(name: str) -> str:
    """The reason why a file that was named cannot be read."""
    suffix = PurePath(name).suffix or "no suffix"
    return f"unknown format ({suffix}); these can be read: {EXPECTED}"
