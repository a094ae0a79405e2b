"""Speed of the whole graph as arrays, beside networkx and scipy, all in one run.

Usage: python benchmarks/graph_speed.py [--papers N] [--references N] [--library LIBRARY]. The graph
is drawn with a fixed seed: every paper cites older ones, much cited ones more often; or it is that
of a library. PageRank is compared with a plain power iteration of scipy that has the same stop rule
and the transposed matrix ready. networkx is left out above 200,000 papers, where it needs too much
memory.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from papergraph.graph import CitationGraph, NetworkxGraph, cocited_with, coupled_with
from papergraph.graph.backend import convert_to_nx, strongly_connected_components
from papergraph.graph.pagerank import page_rank
from papergraph.library import Library
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

SEED = 7
ROUNDS = 5
ALPHA = 0.85
CHANGE = 1e-10  # sum of all changes of the ranks under which the iteration stops
MOST_STEPS = 1000
MOST_FOR_NETWORKX = 200_000
SHARE_OF_POPULAR = 0.7  # of references copied from those of others, so that the cited are cited


def draw_graph(papers: int, references: int) -> CitationGraph:
    """Draw a citation graph of so many papers with about so many references each."""
    random = np.random.default_rng(SEED)
    citing = np.repeat(np.arange(2, papers + 1), random.poisson(references, papers - 1))
    cited = 1 + (random.random(len(citing)) * (citing - 1)).astype(np.int64)
    is_copied = random.random(len(citing)) < SHARE_OF_POPULAR
    cited[is_copied] = 1 + (cited[is_copied] - 1) // (1 + random.zipf(1.5, is_copied.sum()) % 1000)
    pairs: NDArray[np.int64] = np.unique(np.column_stack([citing, cited]), axis=0)
    return CitationGraph.build(pairs)


def best_seconds(work: Callable[[], Any], rounds: int = ROUNDS) -> float:
    """The shortest of a few runs."""
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def scipy_power_iteration(
    matrix: csr_array, shares: NDArray[np.float64], nodes: NDArray[np.int64]
) -> NDArray[np.float64]:
    """PageRank as plainly as scipy allows; `matrix` holds who is cited by whom, transposed."""
    evenly = np.zeros(matrix.shape[0])
    evenly[nodes] = 1 / len(nodes)
    ends = nodes[shares[nodes] == 0]
    ranks = evenly
    for _ in range(MOST_STEPS):
        before = ranks
        ranks = ALPHA * (matrix @ before + before[ends].sum() * evenly) + (1 - ALPHA) * evenly
        if np.abs(ranks - before).sum() < CHANGE:
            break
    return np.asarray(ranks)


def print_row(name: str, seconds: float, others: dict[str, float]) -> None:
    """One line: our time, and the ratio of ours to each of the others."""
    ratios = "".join(
        f"  {other} {1000 * theirs:9.1f} ms (ratio {seconds / theirs:.2f})"
        for other, theirs in others.items()
    )
    print(f"{name:<24} {1000 * seconds:9.1f} ms{ratios}")


def compare_pagerank(graph: CitationGraph, plain: nx.DiGraph | None) -> None:
    """PageRank beside scipy and networkx, with the ranks compared."""
    lengths = np.diff(graph.reference_starts)
    shares = np.where(lengths > 0, 1.0 / np.maximum(lengths, 1), 0.0)
    nodes = NetworkxGraph(graph).numbers
    size = len(lengths)
    matrix = csr_array((shares[graph.citers], graph.citers, graph.citer_starts), shape=(size, size))
    tol = CHANGE / len(nodes)

    def rank() -> NDArray[np.float64]:
        ranks = page_rank(graph, alpha=ALPHA, tol=tol, max_iter=MOST_STEPS)
        assert ranks is not None, f"not settled in {MOST_STEPS} steps"
        return ranks

    ours = rank()
    apart = np.abs(ours - scipy_power_iteration(matrix, shares, nodes)).max()
    others = {"scipy": best_seconds(lambda: scipy_power_iteration(matrix, shares, nodes))}
    if plain is not None:
        others["networkx"] = best_seconds(
            lambda: nx.pagerank(plain, alpha=ALPHA, tol=tol, max_iter=MOST_STEPS), rounds=1
        )
    print_row("PageRank", best_seconds(rank), others)
    print(f"{'':<24} ranks differ from scipy's by at most {apart:.1e}")


def compare_components(graph: CitationGraph, plain: nx.DiGraph | None) -> None:
    """Strongly connected components beside scipy's labels alone and networkx."""
    size = len(graph.reference_starts) - 1
    ones = np.ones(len(graph.references), dtype=np.int8)
    matrix = csr_array((ones, graph.references, graph.reference_starts), shape=(size, size))
    others = {
        "scipy (labels only)": best_seconds(
            lambda: connected_components(matrix, directed=True, connection="strong")
        )
    }
    if plain is not None:
        others["networkx"] = best_seconds(
            lambda: list(nx.strongly_connected_components(plain)), rounds=1
        )
    wrapped = NetworkxGraph(graph)
    ours = best_seconds(lambda: list(strongly_connected_components(wrapped)))
    print_row("components, as sets", ours, others)


def time_neighbours(graph: CitationGraph) -> None:
    """Co-citation and coupling of a typical cited paper and of the most cited one."""
    counts = np.diff(graph.citer_starts)
    cited = np.flatnonzero(counts)
    typical = int(cited[np.argsort(counts[cited], kind="stable")[len(cited) // 2]])
    for name, number in (("typical", typical), ("hub", int(counts.argmax()))):
        print_row(f"co-citation, {name}", best_seconds(partial(cocited_with, graph, number)), {})
        print_row(f"coupling, {name}", best_seconds(partial(coupled_with, graph, number)), {})


def main() -> None:
    """Print the times and ratios."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--papers", type=int, default=100_000)
    parser.add_argument("--references", type=int, default=10)
    parser.add_argument("--library", type=Path, help="take the graph of this library")
    options = parser.parse_args()
    if options.library:
        graph = CitationGraph.build(*Library.open(options.library).load_edges())
    else:
        graph = draw_graph(options.papers, options.references)
    wrapped = NetworkxGraph(graph)
    print(f"{len(wrapped):,} papers, {wrapped.number_of_edges():,} citations")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "graph"
        graph.save(home)
        print_row("open the saved arrays", best_seconds(lambda: CitationGraph.open(home), 1), {})
        graph = CitationGraph.open(home)
        plain = convert_to_nx(wrapped) if len(wrapped) <= MOST_FOR_NETWORKX else None
        compare_pagerank(graph, plain)
        compare_components(graph, plain)
        time_neighbours(graph)


if __name__ == "__main__":
    main()
