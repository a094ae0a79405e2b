"""An assistant gets the answers of the verbs with their evidence, and changes nothing unasked."""

from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import anyio
import pytest
from papergraph.embed import open_model
from papergraph.library import Library
from papergraph.mcp import Tools, make_server
from papergraph.reading import plan_reading
from papergraph.settings import read_settings, shipped_folder
from tests.conftest import NOW

client = pytest.importorskip("mcp", reason="the extra mcp is not installed")
READING = {
    *("search_papers", "get_paper", "plan_reading", "order_papers", "trace_lineage"),
    *("next_papers", "ready_papers", "similar_papers", "connect_papers", "read_text"),
}
WRITING = {"add_text", "mark_papers", "rate_papers"}
NOTE = "# BERT\n\nI read BERT. It builds on the Transformer.\n"

Call = Callable[..., Any]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library.open(tmp_path / "library.db", starter=shipped_folder("data"))
    yield library
    library.close()


@pytest.fixture
def call(library: Library) -> Call:
    """Call a tool as an assistant does: its answer, or the text of its error."""
    model = open_model(read_settings())
    tools = Tools(library=library, embedder=lambda: model, reader="me", clock=lambda: NOW)

    def ask(tool: str, /, *, may_write: bool = False, **given: Any) -> Any:
        async def talk() -> Any:
            server = make_server(tools, version="1", may_write=may_write)
            async with client.Client(server) as assistant:
                return await assistant.call_tool(tool, given)

        found = run_apart(talk)
        return found.content[0].text if found.is_error else found.structured_content

    return ask


def run_apart(talk: Callable[[], Awaitable[Any]]) -> Any:
    """Run in a thread of its own: a browser that other tests hold open has the loop of this one."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(anyio.run, talk).result()


def names_of(tools: Tools, *, may_write: bool) -> dict[str, Any]:
    async def talk() -> dict[str, Any]:
        async with client.Client(make_server(tools, version="1", may_write=may_write)) as assistant:
            return {tool.name: tool for tool in (await assistant.list_tools()).tools}

    return run_apart(talk)


@pytest.mark.parametrize(("may_write", "names"), [(False, READING), (True, READING | WRITING)])
def test_tools_that_write_are_there_when_asked_for(
    library: Library, may_write: bool, names: set[str]
) -> None:
    tools = Tools(library=library, embedder=lambda: None, reader="me", clock=lambda: NOW)

    found = names_of(tools, may_write=may_write)

    assert set(found) == names
    assert all(tool.description for tool in found.values())
    assert {n for n, tool in found.items() if tool.annotations.read_only_hint} == READING


@pytest.mark.parametrize(
    ("name", "given", "key"),
    [
        ("search_papers", {"query": "residual learning", "limit": 3}, "hits"),
        ("get_paper", {"paper": "ResNet"}, "nicknames"),
        ("plan_reading", {"targets": ["ResNet"], "known": ["AlexNet"]}, "steps"),
        ("plan_reading", {"topic": "object detection"}, "steps"),
        ("order_papers", {"papers": ["ResNet", "AlexNet"]}, "order"),
        ("trace_lineage", {"target": "Mask R-CNN", "start": "R-CNN"}, "chain"),
        ("trace_lineage", {"topic": "object detection"}, "chain"),
        ("next_papers", {"known": ["AlexNet", "VGG"]}, "recommendations"),
        ("ready_papers", {"known": ["AlexNet", "VGG"]}, "recommendations"),
        ("similar_papers", {"paper": "ResNet"}, "hits"),
        ("connect_papers", {"one": "AlexNet", "other": "Faster R-CNN"}, "chain"),
        ("read_text", {"text": NOTE}, "mentions"),
    ],
)
def test_every_tool_that_reads_answers(
    call: Call, name: str, given: dict[str, Any], key: str
) -> None:
    assert call(name, **given)[key]


def test_an_answer_is_that_of_the_verb(call: Call, library: Library) -> None:
    plain = plan_reading(library, ["Faster R-CNN"], known=["AlexNet"]).as_json()

    assert call("plan_reading", targets=["Faster R-CNN"], known=["AlexNet"]) == plain


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("get_paper", {"paper": "no such paper at all"}, "no such paper at all"),
        ("plan_reading", {}, "needs a target"),
        ("search_papers", {"query": "x", "limit": 0}, "limit"),
        ("trace_lineage", {"target": "R-CNN", "start": "Mask R-CNN"}, "ask from R-CNN"),
        ("search_papers", {}, "query"),
        ("mark_papers", {"papers": ["ResNet"], "state": "read"}, "mark_papers"),
    ],
)
def test_what_is_wrong_is_said(call: Call, name: str, given: dict[str, Any], said: str) -> None:
    assert said in call(name, **given)


def test_reading_a_text_stores_nothing(call: Call, library: Library) -> None:
    before = library.reviews.count()

    call("read_text", text=NOTE)

    assert library.reviews.count() == before


def test_an_assistant_may_be_let_write(call: Call, library: Library) -> None:
    before = library.reviews.count()

    call("add_text", may_write=True, text=NOTE, name="bert.md")
    marked = call("mark_papers", may_write=True, papers=["BERT"], state="queued")
    rated = call("rate_papers", may_write=True, papers=["ResNet"], stars=4.5)

    assert library.reviews.count() == before + 1
    assert marked["papers"][0]["state"] == "queued"
    assert rated["papers"][0]["rating"] == 4.5


def test_the_command_speaks_the_protocol_over_standard_streams(
    library: Library, tmp_path: Path
) -> None:
    from mcp.client.stdio import StdioServerParameters

    place = str(tmp_path / "library.db")
    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "papergraph", "--library", place, "--offline", "mcp"],
    )

    async def talk() -> Any:
        async with client.Client(command) as assistant:
            return await assistant.call_tool("get_paper", {"paper": "ResNet"})

    found = run_apart(talk)

    assert json.loads(found.content[0].text)["nicknames"][0] == "ResNet"


def test_what_may_be_meant_is_told(call: Call) -> None:
    assert "a search for it finds: p" in call("get_paper", paper="word vectors")
