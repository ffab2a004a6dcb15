"""The bodies of requests that change something, and of answers that are no shape of the command line."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool

from index.store.identity import Correction
from search.types import KeyScope
from search.web.alerts import Alert
from search.web.keys import MAX_NAME, Key
from search.web.schemas import Words


class IndexBody(BaseModel):
    """What a run of indexing reads: by default all configured sources."""

    model_config = ConfigDict(extra="forbid")

    paths: list[Annotated[str, Field(min_length=1, max_length=4096)]] | None = Field(
        None, min_length=1, description="Files and folders within the configured sources; all of them when left out."
    )
    prune: StrictBool = Field(False, description="Also remove documents whose file under these paths is gone.")
    rebuild: StrictBool = Field(False, description="Derive everything again.")


class CorrectionBody(BaseModel):
    """One correction: what it is about, and what is so instead."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["merge", "split", "reject", "reattribute"]
    subject: Words = Field(min_length=1, description="A speaker's id or name (merge, split), or a statement's id.")
    object: Words | None = Field(
        None,
        description="merge: the speaker that `subject` really is. split: the name that is not theirs. "
        "reattribute: who said it; none for nobody known. reject: none.",
    )


class CorrectionsBody(BaseModel):
    """The corrections that hold."""

    total: int
    corrections: list[Correction]


class AlertBody(BaseModel):
    """An alert to keep."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(min_length=1, examples=["Soresk on negotiations"])


class AlertsBody(BaseModel):
    """The alerts that are kept."""

    total: int
    alerts: list[Alert]


class KeyBody(BaseModel):
    """An API key to make."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=MAX_NAME, description="Whose key it is.")]
    scope: KeyScope = Field("read", description="Each allows what those before it allow.")


class KeysBody(BaseModel):
    """The API keys, without their secrets."""

    total: int
    keys: list[Key]


class RecordBody(BaseModel):
    """One document; any other key becomes a field of its `meta`."""

    model_config = ConfigDict(extra="allow")

    text: str
    id: str | None = None
    title: str | None = None
    author: str | None = None
    published: str | None = Field(None, examples=["2024-05-31"])
    source: str | None = None
    url: str | None = None


class BatchBody(BaseModel):
    """Many documents at once."""

    documents: list[RecordBody]


class FilesBody(BaseModel):
    """Files, and what holds for each of them; a further `meta.FIELD` becomes a field of its `meta`."""

    model_config = ConfigDict(extra="forbid")

    files: list[Annotated[str, Field(json_schema_extra={"format": "binary"})]] = Field(
        min_length=1,
        description="Of every format that `quoth index` reads, told by the name's suffix, else by the content.",
    )
    id: str = Field("", description="Of one file alone; one whose id is known is replaced.")
    title: str = Field("", description="Of one file alone; by default the file's own.")
    url: str = Field("", description="Of one file alone; by default `http:#sha=` and what its bytes are known by.")
    author: str = ""
    published: str = Field("", examples=["2024-05-31"])
    source: str = ""


class ProblemBody(BaseModel):
    """A failure, by RFC 9457; the failure's own fields stand beside these."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(examples=["urn:quoth:problem:invalid-value"])
    title: str
    status: int
    detail: str
    request_id: str = Field(
        "", description="As in X-Request-ID: by it the server's log is searched.", examples=["b1946ac92492d234"]
    )


class ReadyBody(BaseModel):
    """Whether this server can answer questions."""

    ready: bool
    generation: int
