"""How two papers connect: a shortest chain of citations and of people's words between them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from papergraph.graph.ancestors import AncestorSource
from papergraph.graph.similarity import gather_rows, in_parts

MOST_STEPS, MOST_DESCENT = 6, 4
_MOST_SPOKEN_OF = 400  # papers of one step whose claims are asked for


def connect(start: int, end: int, source: AncestorSource) -> list[int]:
    """Find a short chain from `start` to `end`; empty when there is none of `MOST_STEPS` steps.

    A line of descent of at most `MOST_DESCENT` steps is taken first, from the later paper down what
    it cites or is said to follow; else a chain that goes both up and down. Of chains as short the
    one through the papers with fewest links is taken at every step: what everybody cites connects
    little. Breadth first, O(n + m) at most.
    """
    down = _walk(start, end, source, MOST_DESCENT, is_descent=True)
    if down:
        return down
    up = _walk(end, start, source, MOST_DESCENT, is_descent=True)
    return up[::-1] or _walk(start, end, source, MOST_STEPS, is_descent=False)


def _walk(
    start: int, end: int, source: AncestorSource, steps: int, *, is_descent: bool
) -> list[int]:
    size = max(len(source.graph.citer_starts) - 1, len(source.dates), start + 1, end + 1)
    origin = np.full(size, -1, dtype=np.int32)
    origin[start] = start
    frontier = np.array([start], dtype=np.int32)
    for _ in range(steps):
        if not len(frontier) or origin[end] >= 0:
            break
        reached = np.full(size, -1, dtype=np.int32)  # from which place of the frontier
        for places, ends in _links(frontier, source, is_descent=is_descent):
            is_later = places > reached[ends]
            reached[ends[is_later]] = places[is_later]
        fresh = np.flatnonzero((origin < 0) & (reached >= 0))
        origin[fresh] = frontier[reached[fresh]]
        frontier = _by_links(fresh.astype(np.int32), source)
    if origin[end] < 0:
        return []
    chain = [end]
    while chain[-1] != start:
        chain.append(int(origin[chain[-1]]))
    return chain[::-1]


def _links(
    frontier: NDArray[np.int32], source: AncestorSource, *, is_descent: bool
) -> Iterator[tuple[NDArray[np.int32], NDArray[np.int32]]]:
    """Links of one step in parts: the places in the frontier, ascending, and where they lead."""
    graph = source.graph
    yield _said(frontier, source, is_descent=is_descent)
    known = np.flatnonzero(frontier < graph.papers).astype(np.int32)
    ways = [(graph.reference_starts, graph.references)]
    if not is_descent:
        ways.append((graph.citer_starts, graph.citers))
    for starts, values in ways:
        for part in in_parts(starts, frontier[known]):
            ends, lengths = gather_rows(starts, values, frontier[known[part]])
            is_paper = ends < graph.papers
            yield np.repeat(known[part], lengths)[is_paper], ends[is_paper]


def _said(
    frontier: NDArray[np.int32], source: AncestorSource, *, is_descent: bool
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """What people say leads on from the least linked papers, as links."""
    first = max(0, len(frontier) - _MOST_SPOKEN_OF)
    numbers = frontier[first:].tolist()
    source.load_claims(numbers)
    pairs = [
        (place, claim.earlier if claim.later == number else claim.later)
        for place, number in enumerate(numbers, first)
        for claim in source.claims(number)
        if claim.stated and (claim.later == number or not is_descent)
    ]
    found = np.array(pairs, dtype=np.int32).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def _by_links(numbers: NDArray[np.int32], source: AncestorSource) -> NDArray[np.int32]:
    """Sort papers, the one with most links first."""
    graph = source.graph
    links = np.zeros(len(numbers), dtype=np.int64)
    inside = numbers < len(graph.citer_starts) - 1
    known = numbers[inside]
    links[inside] = (
        graph.citer_starts[known + 1]
        - graph.citer_starts[known]
        + graph.reference_starts[known + 1]
        - graph.reference_starts[known]
    )
    return np.asarray(numbers[np.argsort(-links, kind="stable")])
