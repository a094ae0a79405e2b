"""What a crawl reports: by source what was asked and answered, and what is missing and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol


class SourceUsage(Protocol):
    """How one source was used: calls sent, answers, answers from the cache, refusals."""

    @property
    def source(self) -> str:
        """Whose calls these are."""

    @property
    def asked(self) -> int:
        """Requests sent over the network, tries again included."""

    @property
    def answered(self) -> int:
        """Answers that came over the network."""

    @property
    def cached(self) -> int:
        """Answers that came from the cache."""

    @property
    def refused(self) -> int:
        """Answers that were errors, and calls not made because the source is off."""

    @property
    def waiting_until(self) -> str | None:
        """When the source may be asked again; None when it may now."""


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


def usage_rows(found: Sequence[SourceUsage]) -> tuple[dict[str, Any], ...]:
    """One row a source, those not used left out."""
    return tuple(
        {
            "source": item.source,
            "asked": item.asked,
            "answered": item.answered,
            "cached": item.cached,
            "refused": item.refused,
            "waiting_until": item.waiting_until,
        }
        for item in found
        if item.asked or item.cached or item.refused
    )
