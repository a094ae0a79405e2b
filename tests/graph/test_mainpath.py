"""The main path is the one a search of all paths finds; ways through are counted as by walking."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from papergraph.graph import find_main_path, untangle
from papergraph.graph.mainpath import count_search_paths

# links lead from a lower number to a higher one: no circles
links = st.dictionaries(
    st.tuples(st.integers(0, 3), st.integers(4, 7)) | st.tuples(st.integers(1, 3), st.just(3)),
    st.floats(0.1, 1.0),
    max_size=10,
).map(lambda found: {(a, b): weight for (a, b), weight in found.items() if a < b})


def walks(graph: nx.DiGraph, start: int) -> Iterator[list[int]]:
    yield [start]
    for after in graph.succ[start]:
        yield from ([start, *rest] for rest in walks(graph, after))


@given(links)
def test_ways_are_counted_as_by_walking_them(given_links: dict[tuple[int, int], float]) -> None:
    graph = untangle(given_links)
    ends = {node for node in graph if not graph.succ[node]}
    starts = [node for node in graph if not graph.pred[node]]
    whole = [walk for start in starts for walk in walks(graph, start) if walk[-1] in ends]

    counts = count_search_paths(graph)

    for link in graph.edges:
        assert counts[link] == sum(link in pairwise(walk) for walk in whole)


@given(links, st.integers(2, 4))
def test_no_path_is_worth_more_than_the_main_path(
    given_links: dict[tuple[int, int], float], most: int
) -> None:
    graph = untangle(given_links)
    relevance = {node: 1 / (1 + node) for node in graph}
    ways = count_search_paths(graph)

    def worth(path: list[int]) -> float:
        return sum(
            math.log2(1 + ways[link]) * (relevance[link[0]] + relevance[link[1]])
            for link in pairwise(path)
        )

    path = find_main_path(graph, relevance, most)

    every = [walk for node in graph for walk in walks(graph, node) if len(walk) <= most]
    assert worth(path) == pytest.approx(max(map(worth, every), default=0.0))
    assert len(path) <= most
    assert all(link in graph.edges for link in pairwise(path))


def test_of_a_circle_the_lightest_link_gives_way() -> None:
    graph = untangle({(1, 2): 0.9, (2, 3): 0.8, (3, 1): 0.1})

    assert sorted(graph.edges) == [(1, 2), (2, 3)]


def test_without_links_there_is_no_path() -> None:
    assert find_main_path(untangle({}), {}, 5) == []
