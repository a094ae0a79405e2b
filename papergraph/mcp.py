"""The tools of the Model Context Protocol: the verbs, for assistants that ask on a person's behalf.

Every tool calls the public function of its verb and answers with the objects of the JSON API,
evidence included. Without leave to write, no tool changes the library.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

from papergraph.errors import InputError, NotFoundError, PapergraphError
from papergraph.ingest import ingest_review
from papergraph.reading import (
    MOST_ABOUT,
    find_connection,
    find_ready,
    order_papers,
    plan_reading,
    trace_lineage,
)
from papergraph.recommend import recommend_next
from papergraph.search import papers_about, search_papers, suggest_papers
from papergraph.search.similar import similar_papers
from papergraph.show import mark_papers, rate_papers, show_paper

if TYPE_CHECKING:
    from mcp.server import MCPServer

    from papergraph.library import Library
    from papergraph.vectors import Embedder

Answer = dict[str, Any]
Tool = Callable[..., Answer]

INSTRUCTIONS = """\
A library of papers and of what people wrote about them. A paper is named by its id here (p482), an
identifier (arxiv:1512.03385, doi:10.1038/nature14539), a URL, a nickname (ResNet) or its title; a
name that means several papers is refused with the nearest. Answers carry evidence: `stated` is true
for what a person or a source says, false for what is inferred. Say which is which when you pass it
on, and quote the sentence of a review with its place (`where`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """The verbs over one library, for one reader; `embedder` gives the model, `clock` the time."""

    library: Library
    embedder: Callable[[], Embedder | None]
    reader: str
    clock: Callable[[], str]

    def search_papers(self, query: str, limit: int = 10) -> Answer:
        """Find papers by title, nickname, words or meaning, each with the reasons why it matched.

        The query may hold "a phrase", -word, author:name, year:2015..2018, venue:name,
        state:unread.
        """
        found = search_papers(
            self.library, query, embedder=self.embedder(), limit=limit, reader=self.reader
        )
        return found.as_json()

    def get_paper(self, paper: str) -> Answer:
        """Show one paper: what is known of it, and who says what about it in which sentence."""
        return show_paper(self.library, paper, reader=self.reader).as_json()

    def plan_reading(
        self,
        targets: list[str] | None = None,
        known: list[str] | None = None,
        topic: str | None = None,
        limit: int | None = None,
        hours: float | None = None,
    ) -> Answer:
        """Plan what to read, in which order, to understand papers or a topic, from what is known.

        Each step has its need from 0 to 1, the paper it is needed for, and evidence.
        """
        found = plan_reading(
            self.library,
            targets or (),
            topic=topic,
            about=self._about(topic),
            known=known or (),
            limit=limit,
            hours=hours,
            reader=self.reader,
        )
        return found.as_json()

    def order_papers(self, papers: list[str]) -> Answer:
        """Put a list of papers in reading order, with the reasons."""
        return order_papers(self.library, papers, reader=self.reader).as_json()

    def trace_lineage(
        self,
        target: str | None = None,
        start: str | None = None,
        topic: str | None = None,
        limit: int = 5,
    ) -> Answer:
        """Trace where a paper comes from and what it led to, or the main line of a topic.

        With `start`, an older paper, the chain tells how one got from there to the target.
        """
        found = trace_lineage(
            self.library,
            [] if target is None else [target],
            start=start,
            topic=topic,
            about=self._about(topic),
            limit=limit,
            reader=self.reader,
        )
        return found.as_json()

    def next_papers(
        self, known: list[str] | None = None, target: str | None = None, limit: int = 10
    ) -> Answer:
        """Propose what to read next from what is known, oldest first, and from what was marked."""
        found = recommend_next(
            self.library, known or (), target=target, limit=limit, reader=self.reader
        )
        return {"recommendations": [item.as_json() for item in found]}

    def ready_papers(self, known: list[str] | None = None, limit: int = 20) -> Answer:
        """List the papers all of whose prerequisites are known."""
        found = find_ready(self.library, known or (), limit=limit, reader=self.reader)
        return {"recommendations": [item.as_json() for item in found]}

    def similar_papers(self, paper: str, limit: int = 10) -> Answer:
        """Find papers like one: cited together with it, citing the same, near by meaning."""
        hits = similar_papers(self.library, paper, limit=limit, embedder=self.embedder())
        return {"hits": [hit.as_json() for hit in hits]}

    def connect_papers(self, one: str, other: str) -> Answer:
        """Show how two papers connect: a shortest chain with evidence, and what they share."""
        return find_connection(self.library, one, other, reader=self.reader).as_json()

    def read_text(self, text: str, name: str = "text.md") -> Answer:
        """Find every paper that a text speaks of, with its sentence; nothing is stored."""
        return self._ingest(text, name, dry_run=True)

    def add_text(self, text: str, name: str) -> Answer:
        """Keep a text in the library under a name, with every paper it speaks of."""
        return self._ingest(text, name, dry_run=False)

    def mark_papers(self, papers: list[str], state: str | None) -> Answer:
        """Mark papers queued, reading, read, known or skipped; null takes the mark away."""
        found = mark_papers(self.library, list(papers), state, now=self.clock(), reader=self.reader)
        return {"papers": [paper.as_json() for paper in found]}

    def rate_papers(self, papers: list[str], stars: float | None) -> Answer:
        """Give papers 1 to 5 stars; null takes them away. What is rated counts as read."""
        found = rate_papers(self.library, list(papers), stars, now=self.clock(), reader=self.reader)
        return {"papers": [paper.as_json() for paper in found]}

    def _about(self, topic: str | None) -> list[str]:
        if topic is None:
            return []
        return papers_about(self.library, topic, embedder=self.embedder(), limit=MOST_ABOUT)

    def _ingest(self, text: str, name: str, *, dry_run: bool) -> Answer:
        report = ingest_review(self.library, text.encode(), name, now=self.clock(), dry_run=dry_run)
        return report.as_json()

    def reading(self) -> Iterator[Tool]:
        """Tools that change nothing."""
        yield from (self.search_papers, self.get_paper, self.plan_reading, self.order_papers)
        yield from (self.trace_lineage, self.next_papers, self.ready_papers, self.similar_papers)
        yield from (self.connect_papers, self.read_text)

    def writing(self) -> Iterator[Tool]:
        """Tools that change the library."""
        yield from (self.add_text, self.mark_papers, self.rate_papers)


def make_server(tools: Tools, *, version: str, may_write: bool = False) -> MCPServer[Any]:
    """Make the server; with `may_write` it has the tools that change the library as well.

    Raises InputError when the extra `mcp` is not installed.
    """
    try:
        from mcp.server import MCPServer
        from mcp.types import ToolAnnotations
    except ImportError as error:
        raise InputError(
            f"cannot serve the Model Context Protocol: {error}; install it with"
            " pip install 'papergraph-reader[mcp]'"
        ) from error
    server: MCPServer[Any] = MCPServer("papergraph", instructions=INSTRUCTIONS, version=version)
    for tool in tools.reading():
        reads = ToolAnnotations(read_only_hint=True, open_world_hint=False)
        server.add_tool(_explained(tools, tool), annotations=reads)
    for tool in tools.writing() if may_write else ():
        writes = ToolAnnotations(
            read_only_hint=False,
            destructive_hint=False,
            idempotent_hint=True,
            open_world_hint=False,
        )
        server.add_tool(_explained(tools, tool), annotations=writes)
    return server


def _explained(tools: Tools, tool: Tool) -> Tool:
    """Have the message of our own errors told to who asked, as it stands."""
    from mcp.server.mcpserver.exceptions import ToolError

    @wraps(tool)
    def ask(*given: Any, **named: Any) -> Answer:
        try:
            return tool(*given, **named)
        except PapergraphError as error:
            told = error
            if isinstance(error, NotFoundError) and error.asked is not None:
                told = suggest_papers(tools.library, error, embedder=tools.embedder())
            raise ToolError(str(told)) from error

    return ask
