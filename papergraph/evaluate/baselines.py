"""Plain methods to compare with: what anybody could do with dates and citations alone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from papergraph.graph import cocited_with, coupled_with, open_dates, open_snapshot
from papergraph.graph.following import cited_counts, past_citing
from papergraph.graph.pagerank import page_rank
from papergraph.library import Library

Floats = NDArray[np.float64]
Ranker = Callable[[Sequence[int], float | None], list[int]]

_MOST = 100


class Baselines:
    """The baselines of one library, each from paper numbers to paper numbers, best first."""

    def __init__(self, library: Library) -> None:
        self.graph = open_snapshot(library.folder, library.graph_version, library.load_edges)
        self._dates = open_dates(library.folder, library.graph_version, library.papers.date_array)

    def of(self, task: str) -> Mapping[str, Ranker]:
        """The baselines of a task by name."""
        return {
            "order": {
                "year-month": lambda asked, _: self._sorted(asked, self._date),
                "citation count": lambda asked, _: self._sorted(asked, self._minus_citations),
                "PageRank": lambda asked, _: self._sorted(asked, self._minus_rank),
            },
            "path": {"co-citation": lambda asked, _: self._cocited(asked[-1])},
            "lineage": {
                "co-citation": lambda asked, _: self._cocited(asked[-1]),
                "shared references": lambda asked, _: self._coupled(asked[-1]),
            },
            "next": {"co-citation": self._next},
        }[task]

    def _sorted(self, asked: Sequence[int], key: Callable[[int], float]) -> list[int]:
        return sorted(neutral(asked), key=key)

    def _date(self, number: int) -> float:
        return float(self._dates[number]) if number < len(self._dates) else np.inf

    def _minus_citations(self, number: int) -> float:
        return -float(len(self.graph.citers_of(number)))

    def _minus_rank(self, number: int) -> float:
        return -float(self._ranks[number]) if number < len(self._ranks) else 0.0

    @cached_property
    def _ranks(self) -> Floats:
        fine = 1e-6 / max(1, len(self.graph.citer_starts))
        ranks = page_rank(self.graph, tol=fine, max_iter=500)
        return np.zeros(0) if ranks is None else ranks

    def _cocited(self, number: int) -> list[int]:
        return self._not_newer(cocited_with(self.graph, number).numbers, number)

    def _coupled(self, number: int) -> list[int]:
        return self._not_newer(coupled_with(self.graph, number)[0], number)

    def _not_newer(self, found: NDArray[np.int64], number: int) -> list[int]:
        """Of what was found, what is not dated after the paper asked about."""
        known = found[found < len(self._dates)]
        dates = self._dates[known]
        is_old = (dates <= self._date(number)) | ~np.isfinite(dates)
        return [other for other in known[is_old].tolist() if other != number][:_MOST]

    def _next(self, asked: Sequence[int], now: float | None) -> list[int]:
        """By how strongly papers are cited together with all that was read, at the time."""
        past = past_citing(self.graph, self._dates, now)
        scores = np.zeros(len(past))
        for number in asked:
            citers = self.graph.citers_of(number)
            found = cocited_with(self.graph, number, citers=citers[past[citers]])
            scores[found.numbers] += found.weights
        scores[[number for number in asked if number < len(scores)]] = 0.0
        scores[self.graph.papers :] = 0.0
        if now is not None:
            dates = np.full(len(scores), np.inf)
            dates[: len(self._dates)] = self._dates[: len(scores)]
            scores[~(dates <= now)] = 0.0
        counts = cited_counts(self.graph, past)
        best = np.lexsort((-counts, -scores))[:_MOST]
        return [number for number in best.tolist() if scores[number] > 0]


def neutral(numbers: Iterable[int]) -> list[int]:
    """Papers in an order that says nothing, so that an unchanged list earns nothing."""
    return sorted(numbers, key=lambda number: hashlib.blake2b(str(number).encode()).digest())
