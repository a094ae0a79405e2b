"""How two papers connect: a shortest chain of citations and of people's words between them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from papergraph.graph.ancestors import AncestorSource
from papergraph.graph.similarity import gather_rows

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
    origin = np.full(size, -1, dtype=np.int64)
    origin[start] = start
    frontier = np.array([start], dtype=np.int64)
    for _ in range(steps):
        if not len(frontier) or origin[end] >= 0:
            break
        froms, ends = _step(frontier, source, is_descent=is_descent)
        fresh = origin[ends] < 0
        origin[ends[fresh]] = froms[fresh]
        frontier = _by_links(np.unique(ends[fresh]), source)
    if origin[end] < 0:
        return []
    chain = [end]
    while chain[-1] != start:
        chain.append(int(origin[chain[-1]]))
    return chain[::-1]


def _step(
    frontier: NDArray[np.int64], source: AncestorSource, *, is_descent: bool
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Links of one step as (from, to); of links to one paper the last is from the least linked."""
    graph = source.graph
    known = frontier[frontier < graph.papers]
    ways = [(graph.reference_starts, graph.references)]
    if not is_descent:
        ways.append((graph.citer_starts, graph.citers))
    said = _said(frontier[-_MOST_SPOKEN_OF:].tolist(), source, is_descent=is_descent)
    froms, tos = [said[:, 0]], [said[:, 1]]
    for starts, values in ways:
        found, lengths = gather_rows(starts, values, known)
        is_paper = found < graph.papers
        froms.append(np.repeat(known, lengths)[is_paper])
        tos.append(found[is_paper].astype(np.int64))
    rank = np.zeros(int(frontier.max()) + 1, dtype=np.int64)
    rank[frontier] = np.arange(len(frontier))
    order = np.argsort(rank[np.concatenate(froms)], kind="stable")
    return np.concatenate(froms)[order], np.concatenate(tos)[order]


def _said(numbers: Sequence[int], source: AncestorSource, *, is_descent: bool) -> NDArray[np.int64]:
    source.load_claims(numbers)
    pairs = [
        (number, claim.earlier if claim.later == number else claim.later)
        for number in numbers
        for claim in source.claims(number)
        if claim.stated and (claim.later == number or not is_descent)
    ]
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _by_links(numbers: NDArray[np.int64], source: AncestorSource) -> NDArray[np.int64]:
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
