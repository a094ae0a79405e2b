"""The citation graph to look around in: near one paper, or the most connected of the library."""

from __future__ import annotations

import numpy as np

from papergraph.errors import check_limit
from papergraph.graph import (
    GraphMap,
    count_citers,
    map_numbers,
    most_connected,
    nearest_linked,
    open_map,
    open_snapshot,
    write_graphml,
)
from papergraph.library import Library, in_turn
from papergraph.matching import resolve_reference
from papergraph.models import GraphEdge, GraphNode, GraphPiece, PaperReference, paper_id

MOST_MAPPED = 5000
_DECIMALS = 4


@in_turn
def find_graph(
    library: Library, around: PaperReference | None = None, *, limit: int = 200
) -> GraphPiece:
    """Find a piece of the citation graph, with a place to draw every paper of it.

    Parameters
    ----------
    around
        The paper in the middle: those fewest citations away are taken. Without it, the most
        connected papers of the library; their places are kept with the library.
    limit
        At most so many papers.

    Raises
    ------
    NotFoundError, AmbiguousError
        When `around` does not mean exactly one paper.
    InputError
        When the limit is not between 1 and `MOST_MAPPED`.
    """
    check_limit(limit, MOST_MAPPED)
    start = None if around is None else resolve_reference(around, library.catalogue)
    graph = open_snapshot(library.folder, library.graph_version, library.load_edges)
    if start is None:
        found = open_map(
            library.folder,
            library.graph_version,
            lambda: map_numbers(graph, most_connected(graph, MOST_MAPPED)),
        ).first(limit)
    else:
        found = map_numbers(graph, nearest_linked(graph, start, limit))
    return _described(library, found, None if start is None else paper_id(start))


def graph_as_graphml(found: GraphPiece) -> str:
    """Write a piece of the graph as GraphML, which Gephi, yEd and Cytoscape open."""
    return write_graphml(found.as_json())


@in_turn
def list_mapped(library: Library, words: str = "") -> list[int]:
    """The papers of the map without places, which take longer: numbers, the most cited first.

    `words` keeps those whose title or nickname has all of them, in any order and case.
    """
    graph = open_snapshot(library.folder, library.graph_version, library.load_edges)
    numbers = most_connected(graph, MOST_MAPPED)
    order = np.lexsort((numbers, -count_citers(graph, numbers)))
    found: list[int] = numbers[order].tolist()
    wanted = words.casefold().split()
    if not wanted:
        return found
    facts = library.papers.facts(found)
    texts = {number: f"{fact.title}\n{fact.name}".casefold() for number, fact in facts.items()}
    return [n for n in found if n in texts and all(word in texts[n] for word in wanted)]


def _described(library: Library, found: GraphMap, around: str | None) -> GraphPiece:
    facts = library.papers.facts(found.numbers.tolist())
    rows = zip(found.numbers.tolist(), found.citers.tolist(), found.places.tolist(), strict=True)
    nodes = tuple(
        GraphNode(
            id=paper_id(number),
            title=facts[number].title,
            name=facts[number].name,
            year=facts[number].year,
            citations_here=citers,
            x=round(x, _DECIMALS),
            y=round(y, _DECIMALS),
        )
        for number, citers, (x, y) in rows
        if number in facts
    )
    ids = [paper_id(number) if number in facts else None for number in found.numbers.tolist()]
    edges = tuple(
        GraphEdge(source=citing, target=cited, backbone=backbone)
        for (one, other), backbone in zip(
            found.pairs.tolist(), found.is_backbone.tolist(), strict=True
        )
        if (citing := ids[one]) and (cited := ids[other])
    )
    return GraphPiece(around=around, papers=library.papers.count(), nodes=nodes, edges=edges)
