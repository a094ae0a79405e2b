"""A small group of papers as a graph of likeness: how alike any two are, and where each stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from papergraph.graph.csr import CitationGraph

_MOST_ENDS = 20_000  # citers of a hub that are looked at; more do not change what is near it
_OWN_EDGES = 3  # the strongest edges of every paper are drawn
_WEAKEST = 0.04
_ITERATIONS = 300
_SEED = 7

Likeness = NDArray[np.float64]


def likeness_of(graph: CitationGraph, numbers: Sequence[int]) -> Likeness:
    """How alike papers are by whom they cite and who cites them: (n, n), 0 to 1.

    The mean of the cosines of their references (bibliographic coupling) and of their citers
    (co-citation); a paper that cites another is more alike to it by a tenth. O(n * degree).

    References
    ----------
    Kessler, "Bibliographic coupling between scientific papers", 1963; Small, "Co-citation in the
    scientific literature", 1973; Salton's cosine for both.
    """
    coupling = _cosines([graph.references_of(number) for number in numbers])
    cocitation = _cosines([graph.citers_of(number) for number in numbers])
    found = (coupling + cocitation) / 2
    for row, number in enumerate(numbers):
        cited = np.isin(numbers, graph.references_of(number))
        found[row, cited] += 0.1
        found[cited, row] += 0.1
    np.fill_diagonal(found, 0.0)
    return np.minimum(found, 1.0)


def strongest_edges(likeness: Likeness) -> list[tuple[int, int, float]]:
    """The edges that show what is near what: (row, row, likeness), the strongest first.

    A maximum spanning forest keeps together what belongs together; every paper's three strongest
    edges are added to it.
    """
    size = len(likeness)
    whole = nx.Graph()
    whole.add_nodes_from(range(size))
    whole.add_weighted_edges_from(
        (one, other, float(likeness[one, other]))
        for one in range(size)
        for other in range(one + 1, size)
        if likeness[one, other] > 0
    )
    kept = {tuple(sorted(edge)) for edge in nx.maximum_spanning_edges(whole, data=False)}
    for row in range(size):
        nearest = np.argsort(-likeness[row], kind="stable")[:_OWN_EDGES]
        kept |= {
            (min(row, int(other)), max(row, int(other)))
            for other in nearest
            if likeness[row, other] >= _WEAKEST
        }
    edges = [(one, other, float(likeness[one, other])) for one, other in kept]
    return sorted(edges, key=lambda edge: (-edge[2], edge[0], edge[1]))


def place_nodes(size: int, edges: Sequence[tuple[int, int, float]]) -> list[tuple[float, float]]:
    """Where each of `size` nodes stands, x and y from 0 to 1: what is alike stands together.

    References
    ----------
    Fruchterman and Reingold, "Graph drawing by force-directed placement", 1991, from the places of
    Kamada and Kawai, "An algorithm for drawing general undirected graphs", 1989. The same graph is
    drawn the same way every time.
    """
    if size == 0:
        return []
    graph = nx.Graph()
    graph.add_nodes_from(range(size))
    graph.add_weighted_edges_from(edges)
    lone = [node for node in graph if not graph.degree[node]]
    core = graph.subgraph([node for node in graph if graph.degree[node]])
    places: Mapping[int, NDArray[np.float64]] = {}
    if len(core):
        start = nx.circular_layout(core)
        if nx.is_connected(core):
            lengths = dict(nx.all_pairs_dijkstra_path_length(core, weight=_length))
            start = nx.kamada_kawai_layout(core, dist=lengths, pos=start)
        places = nx.spring_layout(
            core, pos=start, seed=_SEED, iterations=_ITERATIONS, weight="weight", k=0.32
        )
    return _fit(size, places, lone)


def shared_references(graph: CitationGraph, numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Papers that several of these cite: (number, how many cite it), most first; prior works."""
    return _counted([graph.references_of(number) for number in numbers], numbers, graph.papers)


def shared_citers(graph: CitationGraph, numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Papers that cite several of these: (number, how many it cites), most first."""
    return _counted(
        [graph.citers_of(number)[:_MOST_ENDS] for number in numbers], numbers, graph.papers
    )


def _counted(
    ends: Sequence[NDArray[np.int32]], without: Sequence[int], papers: int
) -> list[tuple[int, int]]:
    together = np.concatenate([np.empty(0, np.int32), *ends])
    numbers, counts = np.unique(together, return_counts=True)
    keep = (counts > 1) & (numbers < papers) & ~np.isin(numbers, without)
    pairs = zip(numbers[keep].tolist(), counts[keep].tolist(), strict=True)
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


def _length(_one: int, _other: int, edge: Mapping[str, float]) -> float:
    """The more alike, the shorter."""
    return 1.2 - min(edge["weight"], 1.0)


def _cosines(ends: Sequence[NDArray[np.int32]]) -> Likeness:
    cut = [row[:_MOST_ENDS] for row in ends]
    starts = np.cumsum([0, *(len(row) for row in cut)])
    columns = np.fromiter(chain.from_iterable(cut), dtype=np.int64, count=int(starts[-1]))
    width = int(columns.max(initial=0)) + 1
    values = np.ones(len(columns))
    matrix = sparse.csr_matrix((values, columns, starts), shape=(len(cut), width))
    shared = np.asarray((matrix @ matrix.T).todense(), dtype=np.float64)
    lengths = np.sqrt(np.maximum(np.diff(starts), 1))
    found: Likeness = shared / np.outer(lengths, lengths)
    return found


def _fit(
    size: int, places: Mapping[int, NDArray[np.float64]], lone: Sequence[int]
) -> list[tuple[float, float]]:
    """Stretch the places to the unit square; what has no edge stands in a row below."""
    found = np.full((size, 2), 0.5)
    if places:
        nodes = sorted(places)
        spots = np.array([places[node] for node in nodes], dtype=np.float64)
        low, high = spots.min(axis=0), spots.max(axis=0)
        found[nodes] = (spots - low) / np.maximum(high - low, 1e-9)
        if len(nodes) == 1:
            found[nodes] = 0.5
        if lone:
            found[nodes, 1] *= 0.86
    for place, node in enumerate(lone):
        found[node] = ((place + 0.5) / len(lone), 1.0 if places else 0.5)
    return [(round(float(x), 4), round(float(y), 4)) for x, y in found]
