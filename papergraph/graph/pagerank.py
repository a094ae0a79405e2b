"""PageRank over the arrays, with the stop rule of networkx."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from papergraph.graph.csr import CitationGraph

Floats = NDArray[np.float64]


def linked_numbers(graph: CitationGraph) -> NDArray[np.int64]:
    """Numbers that cite or are cited, ascending; others may be no papers at all."""
    links = np.diff(graph.reference_starts) + np.diff(graph.citer_starts)
    return np.flatnonzero(links)


def page_rank(
    graph: CitationGraph,
    *,
    members: NDArray[np.int64] | None = None,
    alpha: float = 0.85,
    tol: float = 1e-6,
    max_iter: int = 100,
    jumps: Floats | None = None,
    dangling: Floats | None = None,
    start: Floats | None = None,
) -> Floats | None:
    """Rank nodes by those who cite them, (n,) float64 that sums to one; None if it never settles.

    Steps are made until the ranks change by less than `tol` for each node, summed over all.

    Parameters
    ----------
    members
        The numbers that are nodes; those that cite or are cited when None.
    jumps
        (n,) chances of where a reader goes on who follows no reference; any node when None.
    dangling
        (n,) the same at the end of a node without references; `jumps` when None.
    start
        (n,) ranks to start with; any node when None.

    References
    ----------
    Page, Brin, Motwani and Winograd, "The PageRank citation ranking", 1999. One product of a sparse
    matrix and a vector a step.
    """
    members = linked_numbers(graph) if members is None else members
    size = len(graph.citer_starts) - 1
    evenly = np.zeros(size)
    evenly[members] = 1.0 / max(1, len(members))
    if not len(members):
        return evenly
    jumps = evenly if jumps is None else jumps
    dangling = jumps if dangling is None else dangling
    lengths = np.diff(graph.reference_starts)
    shares = alpha / np.maximum(lengths, 1)
    ends = members[lengths[members] == 0]
    citing = csr_array(
        (np.ones(len(graph.citers)), graph.citers, _narrow(graph.citer_starts)), shape=(size, size)
    )
    ranks = evenly if start is None else start
    base = (1.0 - alpha) * jumps
    for _ in range(max_iter):
        before = ranks
        ranks = citing @ (before * shares)
        ranks += alpha * before[ends].sum() * dangling
        ranks += base
        if np.abs(ranks - before).sum() < len(members) * tol:
            return np.asarray(ranks)
    return None


def _narrow(starts: NDArray[np.int64]) -> NDArray[np.integer]:
    """As wide as the ends of the links, when it fits, so that nothing is copied at each step."""
    return starts.astype(np.int32) if starts[-1] <= np.iinfo(np.int32).max else starts
