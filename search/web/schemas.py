"""What may be asked: one model a route, the same for its query string and its JSON body.

A field that is not listed is an error that names it. `meta.FIELD` is spelled as in the contract in
a query string; a JSON body may spell it so or as `"meta": {FIELD: VALUE}`.
"""

import math
import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    WithJsonSchema,
    model_validator,
)

from index.types import Filters, StatementKind
from search.checks import refuse_repeated
from search.types import Mode, Query, StatementsQuery

PAGE_SIZE = 100
META_PREFIX = "meta."
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _require_date(value: str) -> str:
    """A date that exists; other ISO forms, such as weeks, which `date` would take, are not what is stored."""
    try:
        if _DATE.fullmatch(value):
            return date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    raise ValueError("expected a date such as 2024-05-31")


def _as_text(value: Any) -> Any:
    """A field's value as a query string would spell it, which is how filters compare."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)):
        return str(value)
    if not isinstance(value, str):
        raise ValueError("expected a text, a number or a boolean")
    return value


def _as_whole(value: Any) -> Any:
    """To JSON, 3.0 is a whole number."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Day = Annotated[
    str, AfterValidator(_require_date), Field(examples=["2024-05-31"], json_schema_extra={"format": "date"})
]
Words = Annotated[str, Field(max_length=1000)]
MetaValue = Annotated[
    str,
    BeforeValidator(_as_text),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "number"}, {"type": "boolean"}]}),
]
Asked = Annotated[str, Field(json_schema_extra={"minLength": 1})]
"""Words with a letter or digit among them, which the engine checks."""


class FilterParams(BaseModel):
    """Restrictions that every list and search takes; all that are given must hold, an empty text restricts nothing."""

    model_config = ConfigDict(extra="forbid")

    source: Words | None = Field(None, description="Substring of the document's source, in any case and accents.")
    title: Words | None = Field(None, description="Substring of the document's title, in any case and accents.")
    after: Day | None = Field(None, description="Published on this UTC day or later.")
    before: Day | None = Field(None, description="Published on this UTC day or earlier.")
    speaker: Words | None = Field(None, description="Any known form of a speaker's name.")
    meta: dict[str, MetaValue] = Field(
        default_factory=dict,
        description="Equality of fields of `meta`; in a query string `meta.FIELD=VALUE`.",
        json_schema_extra={"propertyNames": {"minLength": 1}},
    )

    @model_validator(mode="before")
    @classmethod
    def _fold_meta(cls, values: Any) -> Any:
        """Gather `meta.FIELD` keys, whose names no schema can list, into `meta`."""
        if not isinstance(values, dict):
            return values
        dotted = {key: value for key, value in values.items() if key.startswith(META_PREFIX) and key != META_PREFIX}
        if not dotted:
            return values
        given = values.get("meta", {})
        if not isinstance(given, dict):
            return values
        bare = {key.removeprefix(META_PREFIX): value for key, value in dotted.items()}
        refuse_repeated((f"{META_PREFIX}{key}", value) for key, value in (*given.items(), *bare.items()))
        folded = given | bare
        return {key: value for key, value in values.items() if key not in dotted} | {"meta": folded}

    def sought(self) -> str | None:
        """The text whose vector an answer will wait for, if it will for one."""
        return None

    def filters(self) -> Filters:
        """The same as the engine takes it; fields of `meta` in order of their names."""
        return Filters(
            source=self.source or None,
            title=self.title or None,
            after=self.after,
            before=self.before,
            speaker=self.speaker or None,
            meta=tuple(sorted(self.meta.items())),
        )


class QueryParams(FilterParams):
    """What is asked, of search and ask alike."""

    k: Annotated[int, BeforeValidator(_as_whole)] = Field(10, ge=1, le=1000, description="How many passages at most.")
    mode: Mode = Field("hybrid", description="By meaning and words, by meaning alone, or by words alone.")
    collapse: bool = Field(True, description="Fold near-duplicates under the best of them.")

    def to_query(self, text: str) -> Query:
        """The same as the engine takes it."""
        return Query(text=text, k=self.k, mode=self.mode, filters=self.filters(), collapse=self.collapse)


class SearchParams(QueryParams):
    """A query string's parameters: the question is `q`."""

    q: Asked = Field(description="The question, or a few words.", examples=["What did the mayor say about the bridge?"])

    def sought(self) -> str | None:
        """The question, unless words alone count."""
        return None if self.mode == "lexical" else self.q

    def query(self) -> Query:
        """The same as the engine takes it."""
        return self.to_query(self.q)


class SearchBody(QueryParams):
    """A JSON body's parameters: the question is `query`; nothing is read from a text or number that looks like it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    query_text: Asked = Field(
        alias="query",
        description="The question, or a few words.",
        examples=["What did the mayor say about the bridge?"],
    )

    def query(self) -> Query:
        """The same as the engine takes it."""
        return self.to_query(self.query_text)


class ListParams(FilterParams):
    """A page of a list."""

    k: int = Field(PAGE_SIZE, ge=0, le=1000, description="Page size; 0 is all.")
    cursor: str | None = Field(None, max_length=1000, description="`next` of the page before.")


class StatementsParams(ListParams):
    """Which statements to list."""

    about: Asked | None = Field(None, description="What they are about, in words.")
    kind: StatementKind | None = Field(None, description="Whole quotations, partly quoted, or reported in other words.")
    min_confidence: float = Field(0.0, ge=0, le=1, description="Leave out what is less sure than this.")
    collapse: bool = Field(False, description="Fold the same statement in other documents under its earliest.")

    def sought(self) -> str | None:
        """What statements are to be about."""
        return self.about

    def query(self) -> StatementsQuery:
        """The same as the engine takes it."""
        return StatementsQuery(
            about=self.about,
            kind=self.kind,
            min_confidence=self.min_confidence,
            k=self.k,
            filters=self.filters(),
            collapse=self.collapse,
            cursor=self.cursor,
        )


class JobsParams(BaseModel):
    """A page of the list of jobs."""

    model_config = ConfigDict(extra="forbid")

    k: int = Field(PAGE_SIZE, ge=1, le=1000, description="Page size.")
    cursor: str | None = Field(None, max_length=1000, description="`next` of the page before.")


def read_query(model: type[BaseModel], sent: Sequence[tuple[str, str]]) -> BaseModel:
    """A query string's names and values as one of these models.

    Raises RequestValidationError, as FastAPI does, and InvalidValueError for a name that is there twice.
    """
    refuse_repeated(sent)
    try:
        return model.model_validate(dict(sent))
    except ValidationError as error:
        # Here alone: who speaks MCP reads these models, too, and needs no web framework.
        from fastapi.exceptions import RequestValidationError

        found = error.errors(include_url=False)
        raise RequestValidationError([{**one, "loc": ("query", *one["loc"])} for one in found]) from error
