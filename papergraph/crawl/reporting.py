"""What a crawl reports: by source what was asked and answered, and what is missing and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from papergraph.sources.client import SourceCount


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPaper:
    """A paper whose look-up is not finished: who still has to answer, and not before when."""

    paper: str
    title: str
    state: str
    until: str | None
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlReport:
    """What one crawl did and what it left; `lists` counts papers by state of a reference list."""

    resolved: int
    unknown: int
    failed: int
    waiting: int
    left: int
    new_papers: int
    new_citations: int
    rejected: int
    lists: tuple[tuple[str, int], ...]
    sources: tuple[dict[str, Any], ...]
    unsettled: tuple[WaitingPaper, ...]
    stopped_by: str | None

    def as_json(self) -> dict[str, Any]:
        """Return the report as data."""
        answer = asdict(self)
        answer["lists"] = dict(self.lists)
        answer["unsettled"] = [
            {**asdict(item), "answers": dict(item.answers)} for item in self.unsettled
        ]
        return answer


def source_rows(found: Sequence[SourceCount]) -> tuple[dict[str, Any], ...]:
    """One row a source, those not asked left out."""
    return tuple(item.as_json() for item in found if item.asked)
