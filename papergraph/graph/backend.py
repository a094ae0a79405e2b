"""A backend of networkx over the arrays: `nx.pagerank(NetworkxGraph(graph))` runs our own kernel.

networkx finds this module by the entry point `networkx.backends` and calls the functions here in
place of its own. Only directed graphs without parallel edges and without weights are taken.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from papergraph.graph.csr import CitationGraph, Pairs
from papergraph.graph.pagerank import linked_numbers, page_rank

Floats = NDArray[np.float64]
Weights = Mapping[Hashable, float] | None


class NetworkxGraph:
    """A citation graph as networkx sees it: nodes are papers and reviews, edges go to the cited.

    Nodes are the numbers that cite or are cited; other numbers may be no papers. A graph that was
    made of one of networkx has that one's nodes, as `labels` by number.
    """

    __networkx_backend__ = "papergraph"

    def __init__(self, graph: CitationGraph, labels: Sequence[Hashable] | None = None) -> None:
        self.arrays = graph
        self.numbers = linked_numbers(graph) if labels is None else np.arange(len(labels))
        self._labels = labels

    @classmethod
    def of(cls, edges: tuple[Pairs, Pairs]) -> NetworkxGraph:
        """Make it of what `Library.load_edges` gives: citations and mentions in reviews."""
        return cls(CitationGraph.build(*edges))

    def is_directed(self) -> bool:
        """Always: a citation has a direction."""
        return True

    def is_multigraph(self) -> bool:
        """Never: a paper cites another once."""
        return False

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[Hashable]:
        return iter(self.names(self.numbers))

    def number_of_nodes(self) -> int:
        """How many papers and reviews there are."""
        return len(self)

    def number_of_edges(self) -> int:
        """How many citations there are."""
        return len(self.arrays.references)

    def names(self, numbers: NDArray[np.integer]) -> list[Any]:
        """The nodes with these numbers."""
        found = numbers.tolist()
        return found if self._labels is None else [self._labels[number] for number in found]

    def spread(self, weights: Weights) -> Floats | None:
        """Weights by node as chances by number, (n,) float64; ZeroDivisionError if all are zero."""
        if weights is None:
            return None
        chances = np.zeros(len(self.arrays.citer_starts) - 1)
        chances[self.numbers] = [weights.get(node, 0) for node in self]
        if not chances.sum():
            raise ZeroDivisionError("all weights of the nodes of the graph are zero")
        return np.asarray(chances / chances.sum())


def pagerank(
    graph: NetworkxGraph,
    alpha: float = 0.85,
    personalization: Weights = None,
    max_iter: int = 100,
    tol: float = 1e-6,
    nstart: Weights = None,
    weight: str | None = "weight",  # noqa: ARG001  # there are none, every edge counts 1
    dangling: Weights = None,
) -> dict[Hashable, float]:
    """PageRank of every node, as `networkx.pagerank`.

    Raises
    ------
    networkx.PowerIterationFailedConvergence
        When it does not settle in `max_iter` steps.
    ZeroDivisionError
        When the weights given for nodes are all zero.
    """
    if not len(graph):
        return {}
    ranks = page_rank(
        graph.arrays,
        members=graph.numbers,
        alpha=alpha,
        tol=tol,
        max_iter=max_iter,
        jumps=graph.spread(personalization),
        dangling=graph.spread(dangling),
        start=graph.spread(nstart),
    )
    if ranks is None:
        raise nx.PowerIterationFailedConvergence(max_iter)
    return dict(zip(graph, ranks[graph.numbers].tolist(), strict=True))


def strongly_connected_components(graph: NetworkxGraph) -> Iterator[set[Hashable]]:
    """Yield the sets of nodes that reach each other, as networkx; in no promised order."""
    arrays = graph.arrays
    size = len(arrays.reference_starts) - 1
    ones = np.ones(len(arrays.references), dtype=np.int8)
    matrix = csr_array((ones, arrays.references, arrays.reference_starts), shape=(size, size))
    _, parts = connected_components(matrix, directed=True, connection="strong")
    own = parts[graph.numbers]
    order = np.argsort(own, kind="stable")
    nodes = graph.names(graph.numbers[order])
    cuts = [*np.flatnonzero(np.diff(own[order], prepend=-1)).tolist(), len(nodes)]
    for start, end in pairwise(cuts):
        yield {nodes[start]} if end - start == 1 else set(nodes[start:end])


def convert_from_nx(
    graph: nx.DiGraph,
    *,
    edge_attrs: Mapping[str, Any] | None = None,
    **_: Any,
) -> NetworkxGraph:
    """Take a graph of networkx over; NotImplementedError when the arrays cannot hold it."""
    if isinstance(graph, NetworkxGraph):
        return graph
    if not graph.is_directed() or graph.is_multigraph():
        raise NotImplementedError("papergraph takes directed graphs without parallel edges only")
    for name in edge_attrs or ():
        if any(value != 1 for _, _, value in graph.edges(data=name, default=1)):
            raise NotImplementedError(f"papergraph takes no weights; edges have {name!r}")
    labels = list(graph)
    number = {node: place for place, node in enumerate(labels)}
    pairs = [(number[citing], number[cited]) for citing, cited in graph.edges()]
    return NetworkxGraph(CitationGraph.build(pairs, least=len(labels)), labels)


def convert_to_nx(result: Any, **_: Any) -> Any:
    """Make a graph of networkx of one of ours; whatever else is left as it is."""
    if not isinstance(result, NetworkxGraph):
        return result
    arrays = result.arrays
    lengths = np.diff(arrays.reference_starts)
    found = nx.DiGraph()
    found.add_nodes_from(result)
    citing = result.names(np.repeat(np.arange(len(lengths)), lengths))
    found.add_edges_from(zip(citing, result.names(arrays.references), strict=True))
    return found


def can_run(name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> bool | str:  # noqa: ARG001
    """Say why a graph cannot be taken over."""
    graph = args[0] if args else kwargs.get("G")
    if graph is None or (graph.is_directed() and not graph.is_multigraph()):
        return True
    return "only directed graphs without parallel edges are taken"
