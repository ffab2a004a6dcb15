"""The engine as MCP tools over stdio, so that agents can ask the library; needs the extra `mcp`."""

from collections.abc import Callable
from functools import wraps
from inspect import getdoc
from typing import Annotated, Any

from pydantic import Field

from index import __version__
from index.errors import MissingExtraError, QuothError
from index.types import Filters
from search.engine import Engine
from search.shapes import to_json_value
from search.types import Query, StatementsQuery

_INSTRUCTIONS = (
    "Quoth searches a library of news documents. Every answer, statement and passage is verbatim and names its "
    "document and offsets; cite those (an answer of the kind generated is a model's words, its citations are "
    "verbatim). A null answer with a refusal means that the library does not say."
)
Passages = Annotated[int, Field(ge=1, le=1000, description="How many passages at most.")]
Source = Annotated[str | None, Field(description="Only documents whose source (outlet) holds this text.")]
Title = Annotated[str | None, Field(description="Only documents whose title holds this text.")]
Speaker = Annotated[str | None, Field(description="Only what this speaker says; any form of the name.")]
After = Annotated[str | None, Field(description="Only documents of this day or later, YYYY-MM-DD.")]
Before = Annotated[str | None, Field(description="Only documents of this day or earlier, YYYY-MM-DD.")]


class _Tools:
    """The tools: each public method is one, its docstring what the agent is told of it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def ask(
        self,
        question: Annotated[str, Field(description="For example: What did Soresk say about the talks?")],
        k: Passages = 10,
        source: Source = None,
        title: Title = None,
        speaker: Speaker = None,
        after: After = None,
        before: Before = None,
    ) -> dict[str, Any]:
        """Answer a question verbatim, with numbered citations.

        `answer` is null when the library does not say; `refusal` then tells what was searched and what came nearest.
        `statements` are what people said on it, `passages` what else was found.
        """
        return _plain(self._engine.ask(Query(question, k, filters=_filters(source, title, after, before, speaker))))

    def search(
        self,
        query: Annotated[str, Field(description="A few words, or a question.")],
        k: Passages = 10,
        source: Source = None,
        title: Title = None,
        speaker: Speaker = None,
        after: After = None,
        before: Before = None,
    ) -> dict[str, Any]:
        """Rank passages by meaning and words, the best first, near-duplicates folded."""
        return _plain(self._engine.search(Query(query, k, filters=_filters(source, title, after, before, speaker))))

    def statements(
        self,
        speaker: Speaker = None,
        about: Annotated[str | None, Field(description="Only statements about this topic.")] = None,
        source: Source = None,
        after: After = None,
        before: Before = None,
        k: Annotated[int, Field(ge=1, le=1000, description="How many statements at most.")] = 20,
        cursor: Annotated[str | None, Field(description="`next` of the page before, for the page after.")] = None,
    ) -> dict[str, Any]:
        """List who said what, oldest first, word for word, with how sure it is that they said it."""
        filters = _filters(source, None, after, before, speaker)
        return _plain(self._engine.statements(StatementsQuery(about=about, k=k, filters=filters, cursor=cursor)))

    def speakers(
        self,
        k: Annotated[int, Field(ge=1, le=1000, description="How many speakers at most.")] = 50,
        source: Source = None,
        cursor: Annotated[str | None, Field(description="`next` of the page before, for the page after.")] = None,
    ) -> dict[str, Any]:
        """List who is quoted in the library, those with most statements first, under which names and how often."""
        return _plain(self._engine.speakers(_filters(source), k, cursor))

    def get_document(
        self, id_or_uri: Annotated[str, Field(description="As a citation, statement or passage names it.")]
    ) -> dict[str, Any]:
        """Get a whole document; `start` and `end` of citations count the characters of its `text`."""
        return _plain(self._engine.document(id_or_uri))


def make_server(engine: Engine) -> Any:
    """An `mcp.server.mcpserver.MCPServer` with five tools that change nothing. Raises MissingExtraError."""
    try:
        from mcp.server.mcpserver import MCPServer
        from mcp.server.mcpserver.exceptions import ToolError
        from mcp.types import ToolAnnotations
    except ImportError as error:
        raise MissingExtraError("mcp", "the MCP server") from error
    server = MCPServer("quoth", title="Quoth", version=__version__, instructions=_INSTRUCTIONS)
    harmless = ToolAnnotations(read_only_hint=True, open_world_hint=False)
    tools = _Tools(engine)
    for tool in (tools.ask, tools.search, tools.statements, tools.speakers, tools.get_document):
        # The library would pass on the docstring as it is indented here.
        server.tool(description=getdoc(tool), annotations=harmless)(_explained(tool, ToolError))
    return server


def serve(engine: Engine) -> None:
    """Serve over stdio until the client hangs up. Raises MissingExtraError."""
    make_server(engine).run("stdio")


def _explained(tool: Callable[..., dict[str, Any]], failure: type[Exception]) -> Callable[..., dict[str, Any]]:
    """The tool, with failures that we foresee told to the agent: of others it learns no more than that they are."""

    @wraps(tool)
    def run(**arguments: Any) -> dict[str, Any]:
        try:
            return tool(**arguments)
        except QuothError as error:
            raise failure(str(error)) from error

    return run


def _filters(
    source: str | None,
    title: str | None = None,
    after: str | None = None,
    before: str | None = None,
    speaker: str | None = None,
) -> Filters:
    """An empty text, which agents send for a parameter they leave out, restricts nothing."""
    return Filters(source or None, title or None, after or None, before or None, speaker or None)


def _plain(result: object) -> dict[str, Any]:
    value: dict[str, Any] = to_json_value(result)
    return value
