"""What is near one or more papers, as a graph to look around in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from papergraph.errors import InputError, check_limit
from papergraph.graph import (
    CitationGraph,
    cocited_with,
    coupled_with,
    likeness_of,
    open_snapshot,
    place_nodes,
    shared_citers,
    shared_references,
    strongest_edges,
)
from papergraph.library import Library, in_turn
from papergraph.matching import resolve_reference
from papergraph.models import (
    Evidence,
    Neighbour,
    NeighbourEdge,
    Neighbourhood,
    Paper,
    PaperReference,
    SharedWork,
    paper_id,
)
from papergraph.search.opened import vector_index
from papergraph.text import of_citers
from papergraph.vectors import Embedder

MOST_NODES = 200
MOST_SEEDS = 20
_USUAL = 40
_NEAREST = 100
_FUSION = 60  # of reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009)
_MOST_WORKS = 10
_MEANING_SHARE = 0.3
_UNLIKE = 0.35  # of two papers whose meanings have nothing to do with each other

Ranked = list[tuple[int, Evidence]]


@in_turn
def find_neighbourhood(
    library: Library,
    seeds: Sequence[PaperReference],
    *,
    limit: int = _USUAL,
    embedder: Embedder | None = None,
    reader: str = "me",
) -> Neighbourhood:
    """Find the papers near the seeds: cited together with them, citing the same, near by meaning.

    Parameters
    ----------
    limit
        At most so many papers, seeds included.
    embedder
        Without one, meaning is left out.

    Raises
    ------
    NotFoundError, AmbiguousError
        When a seed does not mean exactly one paper.
    InputError
        When there is no seed, or there are more than `MOST_SEEDS`, or the limit is not positive.
    """
    if not 1 <= len(seeds) <= MOST_SEEDS:
        raise InputError(f"{len(seeds)} seeds are given; give 1 to {MOST_SEEDS} papers")
    check_limit(limit)
    chosen = list(dict.fromkeys(resolve_reference(seed, library.catalogue) for seed in seeds))
    graph = open_snapshot(library.folder, library.graph_version, library.load_edges)
    scores, why = _rank(
        chosen,
        lambda seed: (
            _cocited(graph, seed),
            _coupled(graph, seed),
            _near_by_meaning(library, embedder, seed),
        ),
    )
    room = max(0, limit - len(chosen))
    near = sorted(scores, key=lambda number: (-scores[number], number))[: 2 * room]
    cards = library.papers.get([*chosen, *near], reader)
    numbers = [*chosen, *[number for number in near if number in cards][:room]]
    likeness = likeness_of(graph, numbers) + _like_by_meaning(library, embedder, numbers)
    np.fill_diagonal(likeness, 0.0)
    edges = strongest_edges(np.minimum(likeness, 1.0))
    best = max(scores.values(), default=1.0)
    nodes = [
        Neighbour(
            paper=cards[number],
            score=1.0 if number in chosen else scores[number] / best,
            x=x,
            y=y,
            is_seed=number in chosen,
            because=tuple(why[number]),
        )
        for number, (x, y) in zip(numbers, place_nodes(len(numbers), edges), strict=True)
    ]
    return Neighbourhood(
        seeds=tuple(cards[number] for number in chosen),
        nodes=tuple(nodes),
        edges=tuple(_edge(graph, numbers, edge) for edge in edges),
        prior_works=_works(library, shared_references(graph, numbers), reader),
        derivative_works=_works(library, shared_citers(graph, numbers), reader),
        warnings=_warnings(nodes, chosen, embedder),
    )


def _near_by_meaning(library: Library, embedder: Embedder | None, seed: int) -> Ranked:
    """Papers near a seed by meaning, the nearest first; none without a model."""
    own = library.vectors.vector_of(embedder.fingerprint, seed) if embedder else None
    if embedder is None or own is None:
        return []
    nearest, scores = vector_index(library, embedder).search(own, _NEAREST)
    return [
        (int(number), _because("embedding", "near by meaning", float(score)))
        for number, score in zip(nearest, scores, strict=True)
        if int(number) != seed and score > 0
    ]


def _like_by_meaning(
    library: Library, embedder: Embedder | None, numbers: Sequence[int]
) -> NDArray[np.float64]:
    """How alike papers are by meaning: (n, n), 0 to 0.3; zero where there is no vector."""
    found = np.zeros((len(numbers), len(numbers)))
    if embedder is None:
        return found
    known, vectors = library.vectors.matrix(embedder.fingerprint, embedder.dimension, numbers)
    rows = [list(numbers).index(number) for number in known.tolist()]
    wide = vectors.astype(np.float64)
    share = np.maximum(wide @ wide.T - _UNLIKE, 0) / (1 - _UNLIKE) * _MEANING_SHARE
    found[np.ix_(rows, rows)] = share
    return found


def _rank(
    seeds: Sequence[int], ways: Callable[[int], tuple[Ranked, ...]]
) -> tuple[dict[int, float], dict[int, list[Evidence]]]:
    """Fuse the ranks of every seed's three lists; seeds themselves are left out."""
    scores: dict[int, float] = defaultdict(float)
    why: dict[int, list[Evidence]] = defaultdict(list)
    for seed in seeds:
        for ranked in ways(seed):
            for rank, (number, evidence) in enumerate(ranked):
                if number not in seeds:
                    scores[number] += 1.0 / (_FUSION + rank)
                    why[number].append(evidence)
    return scores, why


def _cocited(graph: CitationGraph, seed: int) -> Ranked:
    found = cocited_with(graph, seed)
    columns = (found.numbers, found.together, found.weights)
    rows = zip(*(column[:_NEAREST].tolist() for column in columns), strict=True)
    return [
        (
            int(number),
            _because(
                "cocitation",
                f"cited together by {of_citers(shared, found.citers)}",
                float(weight),
            ),
        )
        for number, shared, weight in rows
    ]


def _coupled(graph: CitationGraph, seed: int) -> Ranked:
    columns = coupled_with(graph, seed)
    rows = zip(*(column[:_NEAREST].tolist() for column in columns), strict=True)
    return [
        (int(n), _because("coupling", f"cites {shared} of the same papers", float(shared)))
        for n, shared in rows
    ]


def _because(kind: str, text: str, weight: float) -> Evidence:
    source = None if kind == "embedding" else "citations"
    return Evidence(kind=kind, text=text, source=source, weight=weight)


def _edge(
    graph: CitationGraph, numbers: Sequence[int], edge: tuple[int, int, float]
) -> NeighbourEdge:
    one, other = numbers[edge[0]], numbers[edge[1]]
    if one in graph.references_of(other):
        one, other = other, one
    cites = bool(np.isin(other, graph.references_of(one)))
    return NeighbourEdge(one=paper_id(one), other=paper_id(other), likeness=edge[2], cites=cites)


def _works(
    library: Library, counted: Sequence[tuple[int, int]], reader: str
) -> tuple[SharedWork, ...]:
    best = list(counted)[: 2 * _MOST_WORKS]
    cards: dict[int, Paper] = library.papers.get([number for number, _ in best], reader)
    found = [SharedWork(paper=cards[n], shared=shared) for n, shared in best if n in cards]
    return tuple(found[:_MOST_WORKS])


def _warnings(
    nodes: Sequence[Neighbour], seeds: Sequence[int], embedder: Embedder | None
) -> tuple[str, ...]:
    if len(nodes) > len(seeds):
        return ()
    missing = "" if embedder else ", and there is no model for meaning"
    return (f"nothing here cites these papers or is cited with them{missing}",)
