"""A piece of the citation graph with places to draw it, as JSON contract objects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphNode:
    """A paper of a graph; x and y are its place in the unit square."""

    id: str
    title: str
    name: str
    year: int | None
    citations_here: int
    x: float
    y: float

    def as_json(self) -> dict[str, Any]:
        """Return one entry of `nodes`."""
        return {
            "id": self.id,
            "title": self.title,
            "name": self.name,
            "year": self.year,
            "citations_here": self.citations_here,
            "x": self.x,
            "y": self.y,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphEdge:
    """The source cites the target; `backbone` says that a picture shows it."""

    source: str
    target: str
    backbone: bool

    def as_json(self) -> dict[str, Any]:
        """Return one entry of `edges`."""
        return {"source": self.source, "target": self.target, "backbone": self.backbone}


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphPiece:
    """Papers and the citations among them; around one paper, or the most connected of all.

    `papers` counts those of the whole library. The form is node-link JSON, as networkx reads it.
    """

    around: str | None
    papers: int
    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the answer of `/graph`."""
        return {
            "directed": True,
            "multigraph": False,
            "graph": {"around": self.around, "papers": self.papers},
            "nodes": [node.as_json() for node in self.nodes],
            "edges": [edge.as_json() for edge in self.edges],
        }
