"""Where a paper comes from, or the main line of a topic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from papergraph.models.answers import Evidence
from papergraph.models.papers import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class LineageLink:
    """One paper of a chain and why it follows the one before it (empty for the first)."""

    paper: Paper
    because: tuple[Evidence, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return one entry of `chain`."""
        return {"paper": self.paper.as_json(), "because": [item.as_json() for item in self.because]}


@dataclass(frozen=True, slots=True, kw_only=True)
class LineageParent:
    """A paper the target builds on; score from 0 to 1, higher is closer."""

    paper: Paper
    score: float
    because: tuple[Evidence, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return one entry of `parents`."""
        return {
            "paper": self.paper.as_json(),
            "score": round(self.score, 4),
            "because": [item.as_json() for item in self.because],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class LineageBranch:
    """A paper that grew out of the chain: `origin` is the chain's paper it continues."""

    origin: Paper
    paper: Paper
    because: tuple[Evidence, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return one entry of `branches`; `origin` is called `from` there."""
        return {
            "from": self.origin.as_json(),
            "paper": self.paper.as_json(),
            "because": [item.as_json() for item in self.because],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """Where a paper comes from: `chain` oldest first and ends with it, parents best first.

    `descendants` are what the target led to. Of a `topic` the chain is its main line, and the
    target the last of it. With a `start` the chain is the line from it.
    """

    target: Paper
    chain: tuple[LineageLink, ...]
    parents: tuple[LineageParent, ...]
    branches: tuple[LineageBranch, ...] = ()
    descendants: tuple[LineageLink, ...] = ()
    warnings: tuple[str, ...] = ()
    topic: str | None = None
    start: Paper | None = None

    @property
    def title(self) -> str:
        """Name the lineage: the line to a paper, from another, or the main line of a topic."""
        if self.start is not None:
            return f"The line from {self.start.name} to {self.target.name}"
        if self.topic is None:
            return f"The line to {self.target.name}"
        return f"The main line of {self.topic}"

    def as_json(self) -> dict[str, Any]:
        """Return the Lineage object."""
        return {
            "target": self.target.as_json(),
            "from": self.start.as_json() if self.start else None,
            "chain": [link.as_json() for link in self.chain],
            "parents": [parent.as_json() for parent in self.parents],
            "branches": [branch.as_json() for branch in self.branches],
            "descendants": [link.as_json() for link in self.descendants],
            "warnings": list(self.warnings),
            "topic": self.topic,
        }
