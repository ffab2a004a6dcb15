"""The engine as MCP tools over stdio, so that agents can ask the library; needs the extra `mcp`."""

from typing import Any

from index.errors import MissingExtraError
from index.types import Filters
from search.engine import Engine
from search.shapes import to_json_value
from search.types import Query, StatementsQuery

_INSTRUCTIONS = (
    "Quoth searches a library of news documents. Every answer, statement and passage is verbatim and names its "
    "document and offsets; cite those (an answer of the kind generated is a model's words, its citations are "
    "verbatim). A null answer with a refusal means that the library does not say."
)


def make_server(engine: Engine) -> Any:
    """An `mcp.server.mcpserver.MCPServer` with five tools. Raises MissingExtraError."""
    try:
        from mcp.server.mcpserver import MCPServer
    except ImportError as error:
        raise MissingExtraError("mcp", "the MCP server") from error
    server = MCPServer("quoth", instructions=_INSTRUCTIONS)

    @server.tool()
    def ask(question: str, k: int = 10, after: str | None = None, before: str | None = None) -> dict[str, Any]:
        """Answer a question verbatim, with citations; `answer` is null when the library does not say.

        `after` and `before` are inclusive dates, YYYY-MM-DD.
        """
        return _plain(engine.ask(Query(question, k, filters=Filters(after=after, before=before))))

    @server.tool()
    def search(query: str, k: int = 10, source: str | None = None, speaker: str | None = None) -> dict[str, Any]:
        """Rank passages for a few words or a question; `source` and `speaker` restrict where to look."""
        return _plain(engine.search(Query(query, k, filters=Filters(source=source, speaker=speaker))))

    @server.tool()
    def statements(speaker: str | None = None, about: str | None = None, k: int = 20) -> dict[str, Any]:
        """List what people said, oldest first: by whom (`speaker`, any form of the name), about what."""
        return _plain(engine.statements(StatementsQuery(about=about, k=k, filters=Filters(speaker=speaker))))

    @server.tool()
    def speakers(k: int = 50) -> dict[str, Any]:
        """List who is quoted in the library, with how often and under which names."""
        return _plain(engine.speakers(Filters(), k))

    @server.tool()
    def get_document(id_or_uri: str) -> dict[str, Any]:
        """Get a whole document by the id or URI that a citation names; offsets are into its `text`."""
        return _plain(engine.document(id_or_uri))

    return server


def serve(engine: Engine) -> None:
    """Serve over stdio until the client hangs up. Raises MissingExtraError."""
    make_server(engine).run("stdio")


def _plain(result: object) -> dict[str, Any]:
    value: dict[str, Any] = to_json_value(result)
    return value
