"""What papers read lately lead to: what is cited with them, cites them, or shares references.

Everything is counted among citing papers dated up to `now`, so that the answer is the one that
could have been given then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from papergraph.graph.csr import CitationGraph
from papergraph.graph.similarity import gather_rows

Floats = NDArray[np.float64]

RECENT = 20  # of the papers read, those that say where the reader is going
RECENCY_DECAY = 0.93
_OWN_CITERS, _OTHERS_CITERS = 0.5, 0.3  # powers by which much cited papers count less
# What the other ways add to co-citation, each way scaled to a best of one; judged by asking for the
# next references of bibliographies that were read by date.
_CITING, _COUPLED, _CITED = 0.5, 0.5, 0.3
_FEWEST_REFERENCES = 5
_COUNTED_AT_ONCE = 50_000


def past_citing(graph: CitationGraph, dates: Floats, now: float | None) -> NDArray[np.bool_]:
    """Mark, (n,) bool, who counts as citing at a time: papers dated by then; at no time, all."""
    size = len(graph.citer_starts) - 1
    if now is None:
        return np.ones(size, dtype=bool)
    marks = np.zeros(size, dtype=bool)
    papers = min(graph.papers, size, len(dates))
    marks[:papers] = dates[:papers] <= now
    return marks


def cited_counts(graph: CitationGraph, past: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Count the citers of every paper that are marked as past."""
    counts = np.diff(graph.citer_starts)
    if past.all():
        return counts
    for start in range(0, len(counts), _COUNTED_AT_ONCE):  # or the sums take as much as the graph
        bounds = graph.citer_starts[start : start + _COUNTED_AT_ONCE + 1]
        marked = past[graph.citers[bounds[0] : bounds[-1]]]
        summed = np.concatenate([[0], np.cumsum(marked)])[bounds - bounds[0]]
        counts[start : start + _COUNTED_AT_ONCE] = np.diff(summed)
    return counts


def score_following(
    graph: CitationGraph, read: Sequence[int], past: NDArray[np.bool_], counts: NDArray[np.int64]
) -> Floats:
    """Score every paper by what was read, oldest first; (n,) float64, the best 1, nothing 0.

    Walks both ways from the last `RECENT` papers, the later ones counting more.

    References
    ----------
    Adamic and Adar, "Friends and neighbors on the Web", 2003; Kessler, "Bibliographic coupling
    between scientific papers", 1963. One pass over the citers of the papers, their references, and
    the citers of those.
    """
    size = len(graph.citer_starts) - 1
    recent = [number for number in read[-RECENT:] if number < graph.papers]
    ages = RECENCY_DECAY ** np.arange(len(recent))[::-1]
    citing = np.zeros(size)
    for number, weight in zip(recent, ages.tolist(), strict=True):
        citers = graph.citers_of(number)
        citers = citers[past[citers]]
        citing[citers] += weight / max(1, len(citers)) ** _OWN_CITERS
    lengths = np.diff(graph.reference_starts)
    popular = np.maximum(1, counts) ** _OTHERS_CITERS
    together = _spread_down(graph, citing / np.log(2.0 + lengths)) / popular
    own = np.zeros(size)
    own[recent] = ages
    cited = _spread_down(graph, own)
    rare = np.where(cited > 0, cited / np.sqrt(np.maximum(1, counts)), 0.0)
    breadth = np.sqrt(np.maximum(_FEWEST_REFERENCES, lengths))
    ways = [
        (1.0, together),
        (_CITING, citing / breadth),
        (_COUPLED, _spread_up(graph, rare) / breadth),
        (_CITED, cited / popular),
    ]
    total = np.zeros(size)
    for share, scores in ways:
        scores[recent] = 0.0
        total += share * scores / (float(scores.max(initial=0.0)) or 1.0)
    total[graph.papers :] = 0.0
    return total / (float(total.max(initial=0.0)) or 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """What links one paper to a paper read: counts among the citers of the time.

    `shared` of the `citers` of the paper read cite both; `common` of its `references` are cited by
    both; `cites` and `is_cited` say whether the one cites the paper read, or is cited by it.
    """

    number: int
    shared: int
    citers: int
    common: int
    references: int
    cites: bool
    is_cited: bool


class LinkCounter:
    """Counts what links papers to those read last; these are marked once, (k, n) bool."""

    def __init__(self, graph: CitationGraph, read: Sequence[int], past: NDArray[np.bool_]) -> None:
        size = len(graph.citer_starts) - 1
        self._graph, self._past = graph, past
        self._recent = [number for number in read[::-1][:RECENT] if number < size]
        self._cites_it = np.zeros((len(self._recent), size), dtype=bool)
        self._cited = np.zeros((len(self._recent), size), dtype=bool)
        for row, number in enumerate(self._recent):
            citers = graph.citers_of(number)
            self._cites_it[row, citers[past[citers]]] = True
            self._cited[row, graph.references_of(number)] = True
        self._citers = self._cites_it.sum(axis=1)
        self._references = self._cited.sum(axis=1)

    def links_of(self, number: int) -> list[Links]:
        """Links of a paper to each of those read last, the last first."""
        citers = self._graph.citers_of(number)
        cites = self._graph.references_of(number)
        shared = self._cites_it[:, citers[self._past[citers]]].sum(axis=1)
        common = self._cited[:, cites].sum(axis=1)
        cited_here = set(cites.tolist())
        return [
            Links(
                number=other,
                shared=int(shared[row]),
                citers=int(self._citers[row]),
                common=int(common[row]),
                references=int(self._references[row]),
                cites=other in cited_here,
                is_cited=number < self._cited.shape[1] and bool(self._cited[row, number]),
            )
            for row, other in enumerate(self._recent)
        ]


def _spread_down(graph: CitationGraph, weights: Floats) -> Floats:
    """Sum the weights of citing papers over what they cite."""
    return _spread(graph.reference_starts, graph.references, weights)


def _spread_up(graph: CitationGraph, weights: Floats) -> Floats:
    """Sum the weights of cited papers over those that cite them."""
    return _spread(graph.citer_starts, graph.citers, weights)


def _spread(starts: NDArray[np.int64], values: NDArray[np.int32], weights: Floats) -> Floats:
    rows = np.flatnonzero(weights)
    ends, lengths = gather_rows(starts, values, rows)
    summed = np.bincount(ends, weights=np.repeat(weights[rows], lengths), minlength=len(starts) - 1)
    return summed.astype(np.float64, copy=False)
