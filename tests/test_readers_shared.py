"""Real files of every sort: each ends as a document or with a reason, whole or damaged."""

import io
import json
import random
import re
from collections import Counter
from pathlib import Path

import pytest

from index.readers import SUFFIXES, read_file, read_stream
from index.settings import IndexSettings
from index.types import Document, Rejected

SETTINGS = IndexSettings()
RECALL = {".pdf": 0.97, ".docx": 0.8, ".md": 0.95}
"""Least mean share of the expected words that must be found; images and formulas are never ours."""


def words(text: str) -> Counter[str]:
    """How often each word stands in a text."""
    return Counter(re.findall(r"\w+", text.lower()))


@pytest.fixture
def files(shared: Path) -> Path:
    """Give the folder of odd files."""
    return shared / "data" / "files"


def test_every_odd_file_is_a_document_or_has_a_reason(files: Path) -> None:
    """No file raises; offsets lie inside the text; only unknown formats, locked and scanned files are refused."""
    refused = []
    for path in sorted(files.glob("*/*")):
        for item in read_file(path, path.as_uri(), SETTINGS):
            if isinstance(item, Rejected):
                assert item.reason
                refused.append((path.suffix in SUFFIXES, item.reason))
                continue
            assert item.text.strip()
            assert all(0 <= start < end <= len(item.text) for start, end in item.furniture)
            assert [page.start for page in item.pages] == sorted({page.start for page in item.pages})
    known = [reason for is_known, reason in refused if is_known]
    assert all("password" in reason or "OCR" in reason for reason in known), known


@pytest.mark.parametrize("suffix", RECALL)
def test_expected_words_are_found(files: Path, suffix: str) -> None:
    """On average nearly all words that the files' own projects expect are in the text."""
    truth = json.loads((files / "ground-truth.json").read_text(encoding="utf-8"))
    shares = []
    for path in sorted(files.glob(f"docling-*/*{suffix}")):
        expected = words((truth.get(path.relative_to(files).as_posix()) or {}).get("expected_markdown") or "")
        (item,) = read_file(path, path.as_uri(), SETTINGS)
        if expected and isinstance(item, Document):
            shares.append((words(item.text) & expected).total() / expected.total())
    assert shares
    assert sum(shares) / len(shares) >= RECALL[suffix] - 0.05, shares


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The same bytes cut short, or with some of them changed, lost or added."""
    if chance.random() < 0.3:
        return data[: chance.randrange(len(data))]
    result = bytearray(data)
    for _ in range(chance.choice([1, 5, 40])):
        place = chance.randrange(len(result))
        result[place : place + chance.randrange(30)] = chance.randbytes(chance.randrange(30))
        result = result or bytearray(b"x")
    return bytes(result)


def test_damaged_files_never_raise(samples: Path) -> None:
    """Cut and changed bytes of each format give documents that can be stored, or reasons."""
    chance = random.Random(20310303)
    paths = [path for path in sorted(samples.iterdir()) if path.suffix in SUFFIXES and path.stat().st_size < 50_000]
    assert {".pdf", ".docx", ".html", ".jsonl", ".md", ".txt", ".eml"} <= {path.suffix for path in paths}
    for _ in range(12):
        for path in paths:
            data = damaged(path.read_bytes(), chance)
            items = list(read_stream(io.BytesIO(data), path.name, "file:///x", SETTINGS))
            assert items
            for item in items:
                if isinstance(item, Rejected):
                    assert item.reason
                else:
                    json.dumps(
                        [item.title, item.author, item.source, item.text, item.meta], ensure_ascii=False
                    ).encode()
