"""The neighbourhood of papers: what is near them, as a graph, as JSON contract objects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from papergraph.models.answers import Evidence
from papergraph.models.papers import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A paper of a neighbourhood: why it is near, 0 to 1, and its place in the unit square."""

    paper: Paper
    score: float
    x: float
    y: float
    is_seed: bool
    because: tuple[Evidence, ...]

    def as_json(self) -> dict[str, Any]:
        """Return one entry of `nodes`."""
        return {
            "paper": self.paper.as_json(),
            "score": round(self.score, 4),
            "x": self.x,
            "y": self.y,
            "is_seed": self.is_seed,
            "because": [item.as_json() for item in self.because],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighbourEdge:
    """Two papers that are alike, 0 to 1; `cites` says that the first cites the second."""

    one: str
    other: str
    likeness: float
    cites: bool

    def as_json(self) -> dict[str, Any]:
        """Return one entry of `edges`; the ends are called `from` and `to` there."""
        return {
            "from": self.one,
            "to": self.other,
            "likeness": round(self.likeness, 4),
            "cites": self.cites,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedWork:
    """A paper that `shared` papers of the neighbourhood cite, or that cites so many of them."""

    paper: Paper
    shared: int

    def as_json(self) -> dict[str, Any]:
        """Return one entry of `prior_works` or `derivative_works`."""
        return {"paper": self.paper.as_json(), "shared": self.shared}


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhood:
    """Seeds and what is near them, best first; what they rest on, and what rests on them."""

    seeds: tuple[Paper, ...]
    nodes: tuple[Neighbour, ...]
    edges: tuple[NeighbourEdge, ...]
    prior_works: tuple[SharedWork, ...]
    derivative_works: tuple[SharedWork, ...]
    warnings: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the answer of `/neighbourhood`."""
        return {
            "seeds": [paper.as_json() for paper in self.seeds],
            "nodes": [node.as_json() for node in self.nodes],
            "edges": [edge.as_json() for edge in self.edges],
            "prior_works": [work.as_json() for work in self.prior_works],
            "derivative_works": [work.as_json() for work in self.derivative_works],
            "warnings": list(self.warnings),
        }
