"""The main path through a field: the line of papers on which most of it rests.

Links lead from an earlier paper to a later one, without circles. A link counts for how many ways
through the field go over it, and for how much its two papers matter there.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import networkx as nx

from papergraph.graph.ordering import break_cycles

Link = tuple[int, int]


def untangle(links: Mapping[Link, float]) -> nx.DiGraph:
    """Build the graph of (earlier, later) links, leaving out the lightest of every circle."""
    graph: nx.DiGraph = nx.DiGraph()
    for (earlier, later), weight in links.items():
        graph.add_edge(earlier, later, weight=weight)
    break_cycles(graph)
    return graph


def count_search_paths(graph: nx.DiGraph) -> dict[Link, int]:
    """Count for each link the ways from the oldest papers to the youngest that go over it.

    >>> sorted(count_search_paths(nx.DiGraph([(1, 3), (2, 3), (3, 4)])).items())
    [((1, 3), 1), ((2, 3), 1), ((3, 4), 2)]

    References
    ----------
    Hummon and Doreian, "Connectivity in a citation network", 1989; the search path count of
    Batagelj, "Efficient algorithms for citation network analysis", 2003. One sweep each way.
    """
    order = list(nx.topological_sort(graph))
    into: dict[int, int] = {}
    out: dict[int, int] = {}
    for node in order:
        into[node] = sum(into[before] for before in graph.pred[node]) or 1
    for node in reversed(order):
        out[node] = sum(out[after] for after in graph.succ[node]) or 1
    return {(earlier, later): into[earlier] * out[later] for earlier, later in graph.edges}


def find_main_path(graph: nx.DiGraph, relevance: Mapping[int, float], most: int) -> list[int]:
    """Find the critical path: at most `most` papers, oldest first, whose links sum to the most.

    A link is worth the logarithm of its search path count times the relevance of its two papers;
    of equal paths the one with the lowest numbers is taken. Empty without links.

    References
    ----------
    Liu and Lu, "An integrated approach for main path analysis", 2012. Price and Evans,
    "Understanding main path analysis", 2025, find search path counts alone no better than the
    longest path, and such paths are long: hence the relevance, and the bound.
    """
    ways = count_search_paths(graph)
    worth = {
        (before, node): math.log2(1 + ways[before, node]) * (relevance[before] + relevance[node])
        for before, node in graph.edges
    }
    return find_heaviest_path(graph, worth, most)


def find_heaviest_path(
    graph: nx.DiGraph,
    worth: Mapping[Link, float],
    most: int,
    ends: tuple[int, int] | None = None,
) -> list[int]:
    """Find the path of at most `most` nodes whose links are worth the most, oldest first.

    It leads from the first of `ends` to the second, or from anywhere to anywhere. Of equal paths
    the one with the lowest numbers is taken; empty where there is none. O(most * links).
    """
    best: dict[int, dict[int, tuple[float, int | None]]] = {}  # by node and length: worth, before
    for node in nx.topological_sort(graph):
        found: dict[int, tuple[float, int | None]] = {}
        if ends is None or node == ends[0]:
            found[1] = (0.0, None)
        for before in sorted(graph.pred[node]):
            for length, (so_far, _) in best[before].items():
                total = so_far + worth[before, node]
                if length < most and (length + 1 not in found or total > found[length + 1][0]):
                    found[length + 1] = (total, before)
        best[node] = found
    last = [
        (-total, node, length)
        for node, found in best.items()
        for length, (total, before) in found.items()
        if before is not None and (ends is None or node == ends[1])
    ]
    return _walk_back(best, *min(last)[1:]) if last else []


def _walk_back(
    best: Mapping[int, Mapping[int, tuple[float, int | None]]], node: int, length: int
) -> list[int]:
    path = [node]
    while (before := best[path[-1]][length][1]) is not None:
        path.append(before)
        length -= 1
    return path[::-1]
