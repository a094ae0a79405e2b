"""What is read together: co-citation and bibliographic coupling, counted in the arrays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from papergraph.graph.csr import CitationGraph

_MOST_CITERS = 20_000  # of a hub; more do not change the order of its companions
_AT_ONCE = 2**20  # links followed at once: 28 MB of working arrays


@dataclass(frozen=True, slots=True, kw_only=True)
class CoCited:
    """How often papers are cited together with one paper.

    `numbers` (k,) int64 are the companions, `together` (k,) int64 how many citing papers and
    reviews they share, `weights` (k,) float64 the Adamic/Adar sums (a citer with few references
    says more), `citers` how many cite the paper itself.
    """

    numbers: NDArray[np.int64]
    together: NDArray[np.int64]
    weights: NDArray[np.float64]
    citers: int


def cocited_with(
    graph: CitationGraph, number: int, *, citers: NDArray[np.int32] | None = None
) -> CoCited:
    """Count papers cited together with `number`, most often first.

    Walks from the paper to its citers and down to their references; `citers` narrows them.

    References
    ----------
    Small, "Co-citation in the scientific literature", 1973; Adamic and Adar, "Friends and neighbors
    on the Web", 2003, with the citer's reference count in place of the degree.
    """
    citers = graph.citers_of(number) if citers is None else citers
    citers = citers[:_MOST_CITERS]
    if not len(citers):
        return _nothing()
    cited, lengths = gather_rows(graph.reference_starts, graph.references, citers)
    shares = np.repeat(1.0 / np.log(2.0 + lengths), lengths)
    together = np.bincount(cited)
    weights = np.bincount(cited, weights=shares).astype(np.float64)
    together[number] = 0
    numbers = np.flatnonzero(together)
    order = np.lexsort((numbers, -weights[numbers]))
    numbers = numbers[order]
    return CoCited(
        numbers=numbers.astype(np.int64),
        together=together[numbers].astype(np.int64),
        weights=weights[numbers],
        citers=len(citers),
    )


def coupled_with(graph: CitationGraph, number: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Count papers that share references with `number`: papers and shared references, most first.

    References
    ----------
    Kessler, "Bibliographic coupling between scientific papers", 1963.
    """
    references = graph.references_of(number)
    if not len(references):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    citing, _ = gather_rows(graph.citer_starts, graph.citers, references)
    counts = np.bincount(citing[citing < graph.papers], minlength=number + 1)
    counts[number] = 0
    numbers = np.flatnonzero(counts)
    order = np.lexsort((numbers, -counts[numbers]))
    return numbers[order].astype(np.int64), counts[numbers[order]].astype(np.int64)


def gather_rows(
    starts: NDArray[np.int64],
    values: NDArray[np.int32],
    rows: NDArray[np.integer],
    most: int | None = None,
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Concatenate some rows of compressed sparse rows, at most the first `most` of each.

    Returns them and the length of each.
    """
    wide = rows.astype(np.int64)
    lengths = starts[wide + 1] - starts[wide]
    if most is not None:
        lengths = np.minimum(lengths, most)
    return values[_ranges(starts[wide], lengths)], lengths


def spread_weights(
    starts: NDArray[np.int64],
    values: NDArray[np.int32],
    rows: NDArray[np.integer],
    weights: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Sum the weights of some rows of compressed sparse rows over the values of each; (n,)."""
    size = len(starts) - 1
    summed: NDArray[np.float64] | None = None
    for part in in_parts(starts, rows):
        found, lengths = gather_rows(starts, values, rows[part])
        counted = np.bincount(found, np.repeat(weights[part], lengths), size)
        more = counted.astype(np.float64, copy=False)  # nothing is counted in whole numbers
        summed = more if summed is None else np.add(summed, more, out=summed)
    return np.zeros(size) if summed is None else summed


def in_parts(starts: NDArray[np.int64], rows: NDArray[np.integer]) -> Iterator[slice]:
    """Divide rows so that those of a part have together few links, or are one row alone."""
    wide = rows.astype(np.int64)
    ends = np.cumsum(starts[wide + 1] - starts[wide])
    start = done = 0
    while start < len(rows):
        end = max(start + 1, int(np.searchsorted(ends, done + _AT_ONCE, side="right")))
        yield slice(start, end)
        start, done = end, int(ends[end - 1])


def _ranges(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Concatenate the ranges [start, start + length) into one index array."""
    total = int(lengths.sum())
    offsets = np.repeat(starts - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths)
    places: NDArray[np.int64] = np.arange(total, dtype=np.int64) + offsets
    return places


def _nothing() -> CoCited:
    empty = np.empty(0, dtype=np.int64)
    return CoCited(numbers=empty, together=empty, weights=np.empty(0), citers=0)
