"""Likeness of papers in a small group, the edges that show it, and where papers are drawn."""

from __future__ import annotations

import numpy as np
import pytest
from papergraph.graph import (
    CitationGraph,
    likeness_of,
    place_nodes,
    shared_citers,
    shared_references,
    strongest_edges,
)

# 1 and 2 cite the same two papers, 3 cites one of them, 4 cites nothing; 8 cites 1 and 2
PAIRS = [(1, 5), (1, 6), (2, 5), (2, 6), (3, 6), (3, 7), (8, 1), (8, 2)]
GRAPH = CitationGraph.build(PAIRS)


def test_likeness_is_the_mean_of_both_cosines():
    found = likeness_of(GRAPH, [1, 2, 3])

    assert found[0, 1] == pytest.approx(1.0)  # the same references, the same citer
    assert found[0, 2] == pytest.approx(0.25)  # one of two references, no citer in common
    assert np.allclose(found, found.T)
    assert not found.diagonal().any()


def test_a_citation_makes_two_papers_alike():
    assert likeness_of(GRAPH, [3, 7])[0, 1] == pytest.approx(0.1)


def test_a_paper_of_which_nothing_is_known_is_like_none():
    assert not likeness_of(GRAPH, [1, 4, 999])[1:].any()


def test_strongest_edges_keep_a_group_together():
    likeness = np.array([[0, 0.9, 0.01, 0], [0.9, 0, 0.02, 0], [0.01, 0.02, 0, 0], [0, 0, 0, 0.0]])

    assert strongest_edges(likeness) == [(0, 1, 0.9), (1, 2, 0.02)]


def test_works_shared_by_several_are_counted_and_one_of_the_group_is_not():
    assert shared_references(GRAPH, [1, 2, 3]) == [(6, 3), (5, 2)]
    assert shared_citers(GRAPH, [1, 2, 3]) == [(8, 2)]
    assert shared_references(GRAPH, [1, 2, 5]) == [(6, 2)]


@pytest.mark.parametrize(
    ("size", "edges"),
    [
        (0, []),
        (1, []),
        (3, []),
        (4, [(0, 1, 0.9)]),
        (5, [(0, 1, 0.9), (2, 3, 0.5), (3, 4, 0.1)]),
    ],
)
def test_every_node_has_its_own_place_in_the_unit_square(size, edges):
    places = place_nodes(size, edges)

    assert len(set(places)) == len(places) == size
    assert all(0 <= part <= 1 for place in places for part in place)
    assert places == place_nodes(size, edges)


def test_what_is_alike_stands_nearer():
    one, other, far, *_ = place_nodes(4, [(0, 1, 0.9), (1, 2, 0.05), (2, 3, 0.9)])

    assert np.hypot(*np.subtract(one, other)) < np.hypot(*np.subtract(one, far))
