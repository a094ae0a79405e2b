"""PageRank over the arrays is that of networkx."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from papergraph.graph import CitationGraph
from papergraph.graph.pagerank import linked_numbers, page_rank


def drawn(seed: int, size: int = 60) -> tuple[CitationGraph, nx.DiGraph]:
    """A random graph with cycles, ends and numbers without links, twice."""
    pairs = np.unique(np.random.default_rng(seed).integers(1, size, (2 * size, 2)), axis=0)
    return CitationGraph.build(pairs.tolist()), nx.DiGraph(pairs.tolist())


def by_number(ranks: np.ndarray, numbers: list[int]) -> dict[int, float]:
    return {number: float(ranks[number]) for number in numbers}


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("alpha", [0.5, 0.85, 0.95])
def test_ranks_are_those_of_networkx(seed: int, alpha: float) -> None:
    graph, same = drawn(seed)

    ranks = page_rank(graph, alpha=alpha, tol=1e-10, max_iter=1000)

    expected = nx.pagerank(same, alpha=alpha, tol=1e-10, max_iter=1000)
    assert ranks is not None
    assert by_number(ranks, list(expected)) == pytest.approx(expected, abs=1e-12)
    assert ranks.sum() == pytest.approx(1)


def test_it_stops_at_the_same_step_as_networkx() -> None:
    graph, same = drawn(1)
    steps = next(n for n in range(1, 99) if page_rank(graph, tol=1e-7, max_iter=n) is not None)

    with pytest.raises(nx.PowerIterationFailedConvergence):
        nx.pagerank(same, tol=1e-7, max_iter=steps - 1)
    assert len(nx.pagerank(same, tol=1e-7, max_iter=steps)) == len(linked_numbers(graph))


def test_numbers_without_links_get_nothing() -> None:
    ranks = page_rank(CitationGraph.build([(5, 2), (7, 2)]))

    assert ranks is not None
    assert np.flatnonzero(ranks).tolist() == [2, 5, 7]


def test_reviews_take_part_as_citing() -> None:
    ranks = page_rank(CitationGraph.build([(2, 1)], [(0, 1)]), tol=1e-9)
    alone = page_rank(CitationGraph.build([(2, 1), (3, 1)]), tol=1e-9)

    assert ranks is not None
    assert alone is not None
    assert ranks[1] == pytest.approx(alone[1])


def test_an_empty_graph_has_no_ranks() -> None:
    ranks = page_rank(CitationGraph.build([]))

    assert ranks is not None
    assert not ranks.any()
