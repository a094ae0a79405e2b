"""CPU milliseconds of reading paths and similar papers: the median and the 95th of 100.

Usage: python benchmarks/path_speed.py [--library LIBRARY] [--papers N] [--references N]. With a
library the verbs are timed on targets that ten papers or more cite. Without one a graph is drawn
with a fixed seed, and only what the arrays are asked for a path is timed.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

import numpy as np
from graph_speed import SEED, draw_graph
from papergraph.graph import AncestorSource, CitationGraph, infer_needs
from papergraph.library import Library
from papergraph.models import PaperFacts
from papergraph.reading import plan_reading
from papergraph.reading.sources import open_source
from papergraph.search.similar import similar_papers

TARGETS = 100
LEAST_CITED = 10
ELDERS = 60
YEARS = 40


def print_times(name: str, ask: Callable[[int], object], numbers: Iterable[int]) -> None:
    """Ask for each paper once, after one that is not counted, and print the CPU time."""
    first, *others = numbers
    ask(first)
    spent = []
    for number in others:
        start = time.process_time()
        ask(number)
        spent.append(1e3 * (time.process_time() - start))
    median, most = np.percentile(spent, [50, 95])
    print(f"{name:<28}{median:8.1f} ms{most:8.1f} ms")


def draw_source(papers: int, references: int) -> AncestorSource:
    """Facts of made-up papers over a drawn graph, oldest first."""
    graph = draw_graph(papers, references)

    def facts(numbers: Collection[int]) -> dict[int, PaperFacts]:
        return {number: _fact(number, papers) for number in numbers}

    dates = 1980 + YEARS * np.arange(papers + 1) / papers
    return AncestorSource(graph, facts, None, dates)


def _fact(number: int, papers: int) -> PaperFacts:
    title = f"A paper on signals of the {number % 997}th kind and the {number % 89}th form {number}"
    year = 1980 + YEARS * number // papers
    return PaperFacts(
        number=number, title=title, name=title, year=year, published=None, kind="article", tags=()
    )


def well_cited(graph: CitationGraph) -> list[int]:
    """Some papers that many cite."""
    counts = np.diff(graph.citer_starts)[: graph.papers]
    chance = np.random.default_rng(SEED)
    fitting = np.flatnonzero(counts >= LEAST_CITED)
    return [int(n) for n in chance.choice(fitting, min(TARGETS + 1, len(fitting)), replace=False)]


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--library", type=Path, help="time the verbs on this library")
    parser.add_argument("--papers", type=int, default=100_000)
    parser.add_argument("--references", type=int, default=10)
    options = parser.parse_args()
    if options.library is None:
        source = draw_source(options.papers, options.references)
        print(f"{source.graph.papers:,} papers, {len(source.graph.references):,} citations")
        numbers = well_cited(source.graph)
        print_times("needs by the arrays", lambda n: infer_needs(n, source, ELDERS), numbers)
        return
    library = Library.open(options.library)
    graph = open_source(library).graph
    print(f"{graph.papers:,} papers, {len(graph.references):,} citations")
    numbers = well_cited(graph)
    print_times("path", lambda n: plan_reading(library, [f"p{n}"]), numbers)
    print_times("path of 50", lambda n: plan_reading(library, [f"p{n}"], limit=50), numbers)
    print_times("similar", lambda n: similar_papers(library, f"p{n}"), numbers)


if __name__ == "__main__":
    main()
