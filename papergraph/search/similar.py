"""Papers near one paper: cited together with it, citing the same, or close by meaning."""

from __future__ import annotations

from collections import defaultdict

from papergraph.errors import InputError, check_limit
from papergraph.graph import CitationGraph, cocited_with, coupled_with, open_snapshot
from papergraph.library import Library, in_turn
from papergraph.matching import resolve_reference
from papergraph.models import Evidence, Hit, PaperReference
from papergraph.search.opened import vector_index
from papergraph.text import of_citers, shorten
from papergraph.vectors import Embedder

WAYS = ("cocitation", "coupling", "meaning", "all")
_NEAREST = 200
_NAMED = 60
_FUSION = 60  # of reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009)

Found = list[tuple[int, float, Evidence]]


@in_turn
def similar_papers(
    library: Library,
    reference: PaperReference,
    *,
    by: str = "all",
    limit: int = 10,
    embedder: Embedder | None = None,
) -> tuple[Hit, ...]:
    """Rank papers near one paper, each way by itself or all fused by rank; score 0 to 1.

    Parameters
    ----------
    by
        cocitation, coupling, meaning (needs the embedder), or all.

    Raises
    ------
    NotFoundError, AmbiguousError
        When the reference does not mean exactly one paper.
    InputError
        When the way is unknown, or the limit is not positive.
    """
    if by not in WAYS:
        raise InputError(f"no way {by!r} of being similar; known are {', '.join(WAYS)}")
    check_limit(limit)
    number = resolve_reference(reference, library.catalogue)
    graph = open_snapshot(library.folder, library.graph_version, library.load_edges)
    lists: list[Found] = []
    if by in ("cocitation", "all"):
        lists.append(_by_cocitation(graph, number))
    if by in ("coupling", "all"):
        lists.append(_by_coupling(graph, number))
    if by in ("meaning", "all") and embedder is not None:
        lists.append(_by_meaning(library, embedder, number))
    scores, why = _fuse(lists)
    ranked = sorted(scores, key=lambda n: (-scores[n], n))[:limit]
    cards = library.papers.get(ranked)
    best = max(scores.values(), default=1.0)
    return tuple(
        Hit(paper=cards[n], score=scores[n] / best, why=tuple(why[n])) for n in ranked if n in cards
    )


def _by_cocitation(graph: CitationGraph, number: int) -> Found:
    found = cocited_with(graph, number)
    columns = (found.numbers, found.together, found.weights)
    rows = zip(*(column[:_NEAREST].tolist() for column in columns), strict=True)
    return [
        (
            other,
            weight,
            Evidence(
                kind="cocitation",
                text=f"cited together by {of_citers(shared, found.citers)}",
                source="citations",
                weight=weight,
            ),
        )
        for other, shared, weight in rows
    ]


def _by_coupling(graph: CitationGraph, number: int) -> Found:
    papers, shared = coupled_with(graph, number)
    return [
        (
            other,
            float(count),
            Evidence(
                kind="coupling",
                text=f"cites {count} of the papers this one cites",
                source="citations",
                weight=float(count),
            ),
        )
        for other, count in zip(papers[:_NEAREST].tolist(), shared[:_NEAREST].tolist(), strict=True)
    ]


def _by_meaning(library: Library, embedder: Embedder, number: int) -> Found:
    own = library.vectors.vector_of(embedder.fingerprint, number)
    if own is None:
        return []
    nearest, scores = vector_index(library, embedder).search(own, _NEAREST)
    own_title = shorten(library.papers.get([number])[number].name, _NAMED)
    said = f"near {own_title!r} by meaning"
    return [
        (int(n), float(s), Evidence(kind="embedding", text=said, weight=float(s)))
        for n, s in zip(nearest, scores, strict=True)
        if int(n) != number and s > 0
    ]


def _fuse(lists: list[Found]) -> tuple[dict[int, float], dict[int, list[Evidence]]]:
    """One list keeps its scores; several are fused by reciprocal ranks."""
    scores: dict[int, float] = defaultdict(float)
    why: dict[int, list[Evidence]] = defaultdict(list)
    for found in lists:
        for rank, (number, score, evidence) in enumerate(found):
            scores[number] += score if len(lists) == 1 else 1.0 / (_FUSION + rank)
            why[number].append(evidence)
    return scores, why
