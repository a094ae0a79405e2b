"""How two papers connect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from papergraph.models.answers import Evidence
from papergraph.models.lineages import LineageLink
from papergraph.models.papers import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """A chain from one paper to another, and what the two share.

    Each link of `chain` says why it follows the one before it; the chain is empty when there is
    none. `together` says how often both are cited together and what both cite.
    """

    start: Paper
    end: Paper
    chain: tuple[LineageLink, ...]
    together: tuple[Evidence, ...]
    warnings: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the Connection object; the ends are called `from` and `to` there."""
        return {
            "from": self.start.as_json(),
            "to": self.end.as_json(),
            "chain": [
                {"paper": link.paper.as_json(), "because": [e.as_json() for e in link.because]}
                for link in self.chain
            ],
            "together": [item.as_json() for item in self.together],
            "warnings": list(self.warnings),
        }
