"""What papers read lately lead to: what is cited with them, cites them, or shares references.

Everything is counted among citing papers dated up to `now`, so that the answer is the one that
could have been given then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from papergraph.graph.csr import CitationGraph
from papergraph.graph.similarity import gather_rows, in_parts, spread_weights

Floats = NDArray[np.float64]

RECENT = 20  # of the papers read, those that say where the reader is going
RECENCY_DECAY = 0.93
_OWN_CITERS, _OTHERS_CITERS = 0.5, 0.3  # powers by which much cited papers count less
# What the other ways add to co-citation, each way scaled to a best of one; judged by asking for the
# next references of bibliographies that were read by date.
_CITING, _COUPLED, _CITED = 0.5, 0.5, 0.3
_FEWEST_REFERENCES = 5
_LATELY_YEARS = 1.0
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


def cited_lately(
    graph: CitationGraph,
    places: NDArray[np.int64],
    past: NDArray[np.bool_],
    dates: Floats,
    now: float | None,
) -> NDArray[np.int64]:
    """Count the past citers of some papers, (k,) int64, of the last year; at no time, all of them.

    What is cited now is not what was ever cited most.
    """
    counts = graph.citer_starts[places + 1] - graph.citer_starts[places]
    if now is None:
        return counts
    for part in in_parts(graph.citer_starts, places):
        citers, lengths = gather_rows(graph.citer_starts, graph.citers, places[part])
        is_late = past[citers]
        late = np.flatnonzero(is_late)
        is_late[late] = dates[citers[late]] > now - _LATELY_YEARS
        rows = np.repeat(np.arange(len(lengths)), lengths)
        counts[part] = np.bincount(rows[is_late], minlength=len(lengths))
    return counts


def score_following(
    graph: CitationGraph,
    read: Sequence[int],
    past: NDArray[np.bool_],
    counts: NDArray[np.int64],
    weights: Mapping[int, float] | None = None,
) -> Floats:
    """Score every paper by what was read, oldest first; (n,) float64, the best 1, nothing 0.

    Walks both ways from the last `RECENT` papers, the later ones counting more, and those with a
    weight of more than 1.

    References
    ----------
    Adamic and Adar, "Friends and neighbors on the Web", 2003; Kessler, "Bibliographic coupling
    between scientific papers", 1963. One pass over the citers of the papers, their references, and
    the citers of those.
    """
    size = len(graph.citer_starts) - 1
    recent = [number for number in read[-RECENT:] if number < graph.papers]
    ages = RECENCY_DECAY ** np.arange(len(recent))[::-1]
    ages = ages * [(weights or {}).get(number, 1.0) for number in recent]
    citing = np.zeros(size)
    for number, weight in zip(recent, ages.tolist(), strict=True):
        citers = graph.citers_of(number)
        citers = citers[past[citers]]
        citing[citers] += weight / max(1, len(citers)) ** _OWN_CITERS
    rows = np.flatnonzero(citing)
    down = (graph.reference_starts, graph.references)
    together = spread_weights(*down, rows, citing[rows] / np.log(2.0 + _lengths(graph, rows)))
    once = np.unique(np.array(recent, dtype=np.int64))
    own = np.zeros(size)
    own[recent] = ages
    cited = spread_weights(*down, once, own[once])
    rows = np.flatnonzero(cited)
    rare = cited[rows] / np.sqrt(np.maximum(1, counts[rows]))
    coupled = spread_weights(graph.citer_starts, graph.citers, rows, rare)
    places = np.flatnonzero((together > 0) | (citing > 0) | (coupled > 0) | (cited > 0))
    popular = np.maximum(1, counts[places]) ** _OTHERS_CITERS
    breadth = np.sqrt(np.maximum(_FEWEST_REFERENCES, _lengths(graph, places)))
    ways = [
        (1.0, together, popular),
        (_CITING, citing, breadth),
        (_COUPLED, coupled, breadth),
        (_CITED, cited, popular),
    ]
    is_read = np.isin(places, once)
    total = np.zeros(size)
    for share, way, damping in ways:
        scores = way[places] / damping
        scores[is_read] = 0.0
        total[places] += share * scores / (float(scores.max(initial=0.0)) or 1.0)
    total[graph.papers :] = 0.0
    total /= float(total.max(initial=0.0)) or 1.0
    return total


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
    """Counts what links papers to those read last; each is one bit of marks, (n,) int32."""

    def __init__(self, graph: CitationGraph, read: Sequence[int], past: NDArray[np.bool_]) -> None:
        size = len(graph.citer_starts) - 1
        self._graph, self._past = graph, past
        self._recent = [number for number in read[::-1][:RECENT] if number < size]
        self._bits = np.int32(1) << np.arange(len(self._recent), dtype=np.int32)
        self._cites_it = np.zeros(size, dtype=np.int32)
        self._cited = np.zeros(size, dtype=np.int32)
        self._citers, self._references = [], []
        for bit, number in zip(self._bits, self._recent, strict=True):
            citers, references = graph.citers_of(number), graph.references_of(number)
            citers = citers[past[citers]]
            self._cites_it[citers] |= bit
            self._cited[references] |= bit
            self._citers.append(len(citers))
            self._references.append(len(references))

    def links_of(self, number: int) -> list[Links]:
        """Links of a paper to each of those read last, the last first."""
        citers = self._graph.citers_of(number)
        cites = self._graph.references_of(number)
        shared = self._counts(self._cites_it[citers[self._past[citers]]])
        common = self._counts(self._cited[cites])
        cited_here = set(cites.tolist())
        marks = int(self._cited[number]) if number < len(self._cited) else 0
        return [
            Links(
                number=other,
                shared=shared[row],
                citers=self._citers[row],
                common=common[row],
                references=self._references[row],
                cites=other in cited_here,
                is_cited=bool(marks & int(self._bits[row])),
            )
            for row, other in enumerate(self._recent)
        ]

    def _counts(self, marks: NDArray[np.int32]) -> list[int]:
        """How many marks have each of the bits."""
        return [int(np.count_nonzero(marks & bit)) for bit in self._bits]


def _lengths(graph: CitationGraph, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    return graph.reference_starts[rows + 1] - graph.reference_starts[rows]
