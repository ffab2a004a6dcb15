"""The engine as MCP tools over stdio, so that agents can ask the library; needs the extra `mcp`."""

import sys
from collections.abc import Callable
from inspect import getdoc, signature
from typing import Annotated, Any

from pydantic import Field, RootModel

from index import __version__
from index.errors import MissingExtraError, QuothError
from index.types import Filters, StatementKind
from search.engine import Engine
from search.shapes import encode, to_json_value
from search.types import (
    AskResult,
    DocumentView,
    Mode,
    Query,
    SearchResult,
    SpeakersPage,
    StatementsPage,
    StatementsQuery,
)
from search.web.schemas import MetaValue

_INSTRUCTIONS = (
    "Quoth searches a library of news documents. Every answer, statement and passage is verbatim and names its "
    "document and offsets; cite those (an answer of the kind generated is a model's words, its citations are "
    "verbatim). A null answer with a refusal means that the library does not say."
)
Passages = Annotated[int, Field(ge=1, le=1000, description="How many passages at most.")]
AsRanked = Annotated[Mode, Field(description="By meaning and words, by meaning alone (dense), or by words alone.")]
Folded = Annotated[bool, Field(description="Fold near-duplicates under the best of them.")]
Source = Annotated[str | None, Field(description="Only documents whose source (outlet) holds this text.")]
Title = Annotated[str | None, Field(description="Only documents whose title holds this text.")]
Speaker = Annotated[str | None, Field(description="Only what this speaker says; any form of the name.")]
After = Annotated[str | None, Field(description="Only documents of this day or later, YYYY-MM-DD.")]
Before = Annotated[str | None, Field(description="Only documents of this day or earlier, YYYY-MM-DD.")]
Meta = Annotated[
    dict[str, MetaValue] | None,
    Field(description='Only documents whose metadata has these values, such as {"desk": "city"}.'),
]
Cursor = Annotated[str | None, Field(description="`next` of the page before, for the page after.")]


class _Tools:
    """The tools: each public method is one, its docstring what the agent is told of it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def ask(
        self,
        question: Annotated[str, Field(description="For example: What did Soresk say about the talks?")],
        k: Passages = 10,
        mode: AsRanked = "hybrid",
        collapse: Folded = True,
        source: Source = None,
        title: Title = None,
        speaker: Speaker = None,
        after: After = None,
        before: Before = None,
        meta: Meta = None,
    ) -> AskResult:
        """Answer a question verbatim, with numbered citations.

        `answer` is null when the library does not say; `refusal` then tells what was searched and what came nearest.
        `statements` are what people said on it, `passages` what else was found.
        """
        filters = _filters(source, title, after, before, speaker, meta)
        return self._engine.ask(Query(question, k, mode, filters, collapse))

    def search(
        self,
        query: Annotated[str, Field(description="A few words, or a question.")],
        k: Passages = 10,
        mode: AsRanked = "hybrid",
        collapse: Folded = True,
        source: Source = None,
        title: Title = None,
        speaker: Speaker = None,
        after: After = None,
        before: Before = None,
        meta: Meta = None,
    ) -> SearchResult:
        """Rank passages by meaning and words, the best first, near-duplicates folded."""
        filters = _filters(source, title, after, before, speaker, meta)
        return self._engine.search(Query(query, k, mode, filters, collapse))

    def statements(
        self,
        speaker: Speaker = None,
        about: Annotated[str | None, Field(description="Only statements about this topic.")] = None,
        kind: Annotated[
            StatementKind | None, Field(description="Only whole quotations, partly quoted, or in other words.")
        ] = None,
        min_confidence: Annotated[float, Field(ge=0, le=1, description="Leave out what is less sure than this.")] = 0.0,
        collapse: Annotated[
            bool, Field(description="Fold the same statement in other documents under its earliest.")
        ] = False,
        source: Source = None,
        title: Title = None,
        after: After = None,
        before: Before = None,
        meta: Meta = None,
        k: Annotated[int, Field(ge=1, le=1000, description="How many statements at most.")] = 20,
        cursor: Cursor = None,
    ) -> StatementsPage:
        """List who said what, oldest first, word for word, with how sure it is that they said it."""
        filters = _filters(source, title, after, before, speaker, meta)
        return self._engine.statements(
            StatementsQuery(about or None, kind, min_confidence, k, filters, collapse, cursor or None)
        )

    def speakers(
        self,
        k: Annotated[int, Field(ge=1, le=1000, description="How many speakers at most.")] = 50,
        speaker: Annotated[str | None, Field(description="Only this speaker; any form of the name.")] = None,
        source: Source = None,
        title: Title = None,
        after: After = None,
        before: Before = None,
        meta: Meta = None,
        cursor: Cursor = None,
    ) -> SpeakersPage:
        """List who is quoted in the library, those with most statements first, under which names and how often."""
        return self._engine.speakers(_filters(source, title, after, before, speaker, meta), k, cursor or None)

    def get_document(
        self, id_or_uri: Annotated[str, Field(description="As a citation, statement or passage names it.")]
    ) -> DocumentView:
        """Get a whole document; `start` and `end` of citations count the characters of its `text`."""
        return self._engine.document(id_or_uri)


def make_server(engine: Engine) -> Any:
    """An `mcp.server.mcpserver.MCPServer` with five tools that change nothing. Raises MissingExtraError."""
    try:
        from mcp.server.mcpserver import MCPServer
        from mcp.types import ToolAnnotations
    except ImportError as error:
        raise MissingExtraError("mcp", "the MCP server") from error
    server = MCPServer("quoth", title="Quoth", version=__version__, instructions=_INSTRUCTIONS)
    harmless = ToolAnnotations(read_only_hint=True, open_world_hint=False)
    tools = _Tools(engine)
    for tool in (tools.ask, tools.search, tools.statements, tools.speakers, tools.get_document):
        # The library would pass on the docstring as it is indented here.
        server.tool(name=tool.__name__, description=getdoc(tool), annotations=harmless)(_served(tool))
    return server


def serve(engine: Engine) -> None:
    """Serve over stdio until the client hangs up; what is wrong with the library is said at once, on standard error.

    Raises MissingExtraError.
    """
    server = make_server(engine)
    try:
        engine.generation()
    except QuothError as error:
        # No end: the tools say so too, and answer as soon as the library is there.
        sys.stderr.write(f"quoth: {error}\n")
    server.run("stdio")


def _served(tool: Callable[..., object]) -> Callable[..., Any]:
    """The tool as the library takes it: its result in the contract's JSON, as text and by its schema.

    Failures that we foresee are told to the agent: of others it learns no more than that they are.
    """
    from mcp.server.mcpserver.exceptions import ToolError
    from mcp.types import CallToolResult, TextContent

    def run(**arguments: Any) -> CallToolResult:
        try:
            result = tool(**arguments)
        except QuothError as error:
            raise ToolError(str(error)) from error
        text = TextContent(type="text", text=encode(result).decode())
        return CallToolResult(content=[text], structured_content=to_json_value(result))

    asked = signature(tool)
    # The library looks for defaults where a dataclass with slots has none; within a model it draws the schema right.
    shape: Any = RootModel[asked.return_annotation]  # type: ignore[name-defined]  # known when it runs
    returned = Annotated[CallToolResult, shape]
    run.__signature__ = asked.replace(return_annotation=returned)  # type: ignore[attr-defined]  # functions may have it
    return run


def _filters(
    source: str | None,
    title: str | None,
    after: str | None,
    before: str | None,
    speaker: str | None,
    meta: dict[str, str] | None,
) -> Filters:
    """An empty text, which agents send for a parameter they leave out, restricts nothing."""
    fields = tuple(sorted((meta or {}).items()))
    return Filters(source or None, title or None, after or None, before or None, speaker or None, fields)
