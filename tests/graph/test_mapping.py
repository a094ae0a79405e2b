"""Maps of large pieces of the graph: what is chosen, what holds it together, where it stands."""

from __future__ import annotations

import time

import numpy as np
import pytest
from papergraph.graph import CitationGraph, map_numbers, most_connected, nearest_linked, open_map
from papergraph.graph.mapping import find_backbone, pairs_among, place_many, shared_weights

# 1 is cited by 2, 3, 4; 4 also by 5; 9 and 10 stand apart; a review alone names 12
CITATIONS = [(2, 1), (3, 1), (4, 1), (3, 2), (5, 4), (10, 9)]


@pytest.fixture
def graph():
    return CitationGraph.build(CITATIONS, [(1, 1), (2, 9), (2, 12)], least=13)


def two_groups(size, seed=3):
    """Pairs of two groups, each well linked, with one link between."""
    random = np.random.default_rng(seed)
    inside = [
        (one + start, other + start)
        for start in (0, size)
        for one in range(1, size)
        for other in {one - 1, *random.choice(one, 2)}
    ]
    return np.array([*inside, (size, 0)], dtype=np.int32)


def test_the_most_connected_come_first_and_lone_ones_not_at_all(graph):
    assert most_connected(graph, 20).tolist() == [1, 2, 3, 4, 5, 9, 10]
    assert most_connected(graph, 2).tolist() == [1, 2]


def test_near_is_what_is_few_citations_away_in_either_direction(graph):
    assert nearest_linked(graph, 5, 10).tolist() == [5, 4, 1, 2, 3]
    assert nearest_linked(graph, 5, 2).tolist() == [5, 4]
    assert nearest_linked(graph, 12, 5).tolist() == [12]


def test_pairs_are_those_among_the_chosen(graph):
    numbers = np.array([1, 3, 9], dtype=np.int32)

    assert pairs_among(graph, numbers).tolist() == [[1, 0]]


def test_a_map_counts_citing_papers_not_reviews(graph):
    found = map_numbers(graph, np.array([1, 9], dtype=np.int32))

    assert found.citers.tolist() == [3, 1]


def test_the_first_of_a_map_are_the_same_papers_at_the_same_places(graph):
    whole = map_numbers(graph, most_connected(graph, 20))
    part = whole.first(3)

    assert part.numbers.tolist() == whole.numbers[:3].tolist()
    assert (part.places == whole.places[:3]).all()
    assert part.pairs.max() < 3


def test_the_backbone_joins_all_that_is_joined():
    pairs = two_groups(30)
    kept = find_backbone(60, pairs, shared_weights(60, pairs))
    reached, grown = {0}, True
    while grown:
        grown = False
        for one, other in pairs[kept].tolist():
            if (one in reached) != (other in reached):
                reached |= {one, other}
                grown = True

    assert len(reached) == 60


def test_what_is_linked_stands_together():
    pairs = two_groups(40)
    places = place_many(80, pairs, shared_weights(80, pairs))
    first, second = places[:40], places[40:]
    spread = max(first.std(axis=0).max(), second.std(axis=0).max())

    assert np.linalg.norm(first.mean(axis=0) - second.mean(axis=0)) > 2 * spread


@pytest.mark.parametrize("size", [0, 1, 2, 3, 15, 16, 17])
def test_every_place_is_in_the_unit_square_and_no_two_are_one(size):
    pairs = np.array([(one, one - 1) for one in range(1, size)], dtype=np.int32).reshape(-1, 2)
    places = place_many(size, pairs, shared_weights(size, pairs))

    assert places.shape == (size, 2)
    assert ((places >= 0) & (places <= 1)).all()
    assert len(np.unique(places, axis=0)) == size


def test_papers_without_any_link_are_placed_as_well():
    places = place_many(20, np.empty((0, 2), dtype=np.int32), np.empty(0))

    assert np.isfinite(places).all()


def test_the_same_graph_is_drawn_the_same_way():
    pairs = two_groups(40)
    weights = shared_weights(80, pairs)

    assert (place_many(80, pairs, weights) == place_many(80, pairs, weights)).all()


def test_five_thousand_papers_are_placed_in_seconds():
    pairs = two_groups(2500)
    began = time.process_time()
    places = place_many(5000, pairs, shared_weights(5000, pairs))

    assert len(np.unique(places, axis=0)) == 5000
    assert time.process_time() - began < 30


def test_a_map_is_kept_and_made_again_when_the_file_is_broken(graph, tmp_path):
    (tmp_path / "graph-4").mkdir()
    made = []

    def make():
        made.append(1)
        return map_numbers(graph, most_connected(graph, 20))

    first, second = open_map(tmp_path, 4, make), open_map(tmp_path, 4, make)
    (tmp_path / "graph-4" / "map.npz").write_bytes(b"broken")
    third = open_map(tmp_path, 4, make)

    assert len(made) == 2
    assert (first.places == second.places).all()
    assert (first.places == third.places).all()


def test_a_map_that_cannot_be_kept_is_made_each_time(graph, tmp_path):
    def make():
        return map_numbers(graph, most_connected(graph, 20))

    assert open_map(tmp_path / "no such", 1, make).numbers.tolist() == make().numbers.tolist()
