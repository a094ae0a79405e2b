"""The verb neighbourhood: what is near one or more papers, as a graph to look around in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from papergraph.errors import InputError
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
from papergraph.library import Library
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
        When there is no seed, or there are more than `MOST_SEEDS`.
    """
    if not 1 <= len(seeds) <= MOST_SEEDS:
        raise InputError(f"{len(seeds)} seeds are given; give 1 to {MOST_SEEDS} papers")
    chosen = list(dict.fromkeys(resolve_reference(seed, library.catalogue) for seed in seeds))
    graph = open_snapshot(library.folder, library.graph_version, library.load_edges)
    meaning = _Meaning(library, embedder)
    scores, why = _rank(graph, meaning, chosen)
    room = max(0, limit - len(chosen))
    near = sorted(scores, key=lambda number: (-scores[number], number))[: 2 * room]
    cards = library.papers.get([*chosen, *near], reader)
    numbers = [*chosen, *[number for number in near if number in cards][:room]]
    likeness = likeness_of(graph, numbers) + meaning.likeness(numbers)
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


class _Meaning:
    """The vectors of a library, when there is a model to have made them."""

    def __init__(self, library: Library, embedder: Embedder | None) -> None:
        self._library = library
        self._embedder = embedder

    def near(self, seed: int) -> Ranked:
        """Papers near a seed by meaning, the nearest first."""
        embedder = self._embedder
        own = self._library.vectors.vector_of(embedder.fingerprint, seed) if embedder else None
        if embedder is None or own is None:
            return []
        nearest, scores = vector_index(self._library, embedder).search(own, _NEAREST)
        return [
            (int(number), _because("embedding", "near by meaning", float(score)))
            for number, score in zip(nearest, scores, strict=True)
            if int(number) != seed and score > 0
        ]

    def likeness(self, numbers: Sequence[int]) -> NDArray[np.float64]:
        """How alike papers are by meaning: (n, n), 0 to 0.3; zero where there is no vector."""
        size = len(numbers)
        found = np.zeros((size, size))
        if self._embedder is None or not size:
            return found
        known, vectors = self._library.vectors.matrix(
            self._embedder.fingerprint, self._embedder.dimension, numbers
        )
        places = {int(number): place for place, number in enumerate(known)}
        rows = [row for row in range(size) if numbers[row] in places]
        if rows:
            chosen = vectors[[places[numbers[row]] for row in rows]].astype(np.float32)
            cosines = (chosen @ chosen.T).astype(np.float64)
            share = np.maximum(cosines - _UNLIKE, 0) / (1 - _UNLIKE) * _MEANING_SHARE
            found[np.ix_(rows, rows)] = share
        return found


def _rank(
    graph: CitationGraph, meaning: _Meaning, seeds: Sequence[int]
) -> tuple[dict[int, float], dict[int, list[Evidence]]]:
    """Fuse the ranks of every seed's three lists; seeds themselves are left out."""
    scores: dict[int, float] = defaultdict(float)
    why: dict[int, list[Evidence]] = defaultdict(list)
    for seed in seeds:
        for ranked in (_cocited(graph, seed), _coupled(graph, seed), meaning.near(seed)):
            for rank, (number, evidence) in enumerate(ranked):
                if number not in seeds:
                    scores[number] += 1.0 / (_FUSION + rank)
                    why[number].append(evidence)
    return scores, why


def _cocited(graph: CitationGraph, seed: int) -> Ranked:
    found = cocited_with(graph, seed)
    rows = list(zip(found.numbers, found.together, found.weights, strict=True))[:_NEAREST]
    return [
        (
            int(number),
            _because(
                "cocitation",
                f"cited together by {shared} of {found.citers} papers and reviews here",
                float(weight),
            ),
        )
        for number, shared, weight in rows
    ]


def _coupled(graph: CitationGraph, seed: int) -> Ranked:
    rows = list(zip(*coupled_with(graph, seed), strict=True))[:_NEAREST]
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
