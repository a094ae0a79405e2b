"""What the three answers share: references looked up, the graph opened, pairs kept in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from papergraph.graph import AncestorSource, find_circles, open_dates, open_snapshot
from papergraph.graph.weights import CLAIM_WEIGHTS
from papergraph.library import Library
from papergraph.matching import resolve_references
from papergraph.models import Claim, PaperFacts, PaperReference

STRONGEST = 2
CITED_WEIGHT = 0.2  # less than anybody's word, so that it gives way in a cycle


def open_source(library: Library, reader: str = "me") -> AncestorSource:
    """Open the citation graph of a library with its facts, its claims, and the reader's word."""
    graph = open_snapshot(library.folder, library.graph_version, library.load_edges)
    dates = open_dates(library.folder, library.graph_version, library.papers.date_array)
    claims = library.reviews.claims_of if library.reviews.has_relations() else None
    return AncestorSource(
        graph,
        library.papers.facts,
        claims,
        dates,
        library.prerequisites.word(reader),
        meaning=library.vectors.cosines,
    )


def resolve_all(library: Library, references: Sequence[PaperReference]) -> list[int]:
    """Look up references, each paper once; NotFoundError or AmbiguousError as for one."""
    return list(dict.fromkeys(resolve_references(references, library.catalogue)))


def before_pairs(
    claims: Mapping[tuple[int, int], Sequence[Claim]], facts: Mapping[int, PaperFacts]
) -> dict[tuple[int, int], float]:
    """Pairs that must be kept in order: what people say, unless only a list order says it."""
    before: dict[tuple[int, int], float] = {}
    for (earlier, later), found in claims.items():
        weight = sum(
            CLAIM_WEIGHTS[claim.kind]
            for claim in found
            if claim.stated and claim.kind != "compares"
        )
        listed = sum(1 for claim in found if not claim.stated)
        if weight == 0 and listed >= 2:
            weight = CLAIM_WEIGHTS["order"] * listed
        if weight > 0 and earlier in facts and later in facts:
            before[earlier, later] = weight
    return before


def claims_among(
    source: AncestorSource, numbers: Sequence[int]
) -> dict[tuple[int, int], list[Claim]]:
    """Claims between two of these papers, by (earlier, later)."""
    wanted = set(numbers)
    source.load_claims(numbers)
    found: dict[tuple[int, int], list[Claim]] = defaultdict(list)
    for number in numbers:
        for claim in source.claims(number):
            if claim.later == number and claim.earlier in wanted:
                found[claim.earlier, claim.later].append(claim)
    return found


def cited_before(
    source: AncestorSource, numbers: Sequence[int], facts: Mapping[int, PaperFacts]
) -> dict[tuple[int, int], float]:
    """Pairs of one year, a month of which is not known, where the later cites the earlier."""
    wanted = set(numbers)
    before: dict[tuple[int, int], float] = {}
    for later in numbers:
        for earlier in wanted & set(source.graph.references_of(later).tolist()):
            if source.is_struck(later, earlier):
                continue
            if earlier != later and _is_month_unknown(facts.get(earlier), facts.get(later)):
                before[earlier, later] = CITED_WEIGHT
    return before


def cited_circles(source: AncestorSource, numbers: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """Papers that cite each other, directly or around a circle of these; each with the others."""
    wanted = set(numbers)
    return find_circles(
        (citing, cited)
        for citing in numbers
        for cited in wanted & set(source.graph.references_of(citing).tolist())
        if not source.is_struck(citing, cited)
    )


def _is_month_unknown(one: PaperFacts | None, other: PaperFacts | None) -> bool:
    if one is None or other is None or one.year is None or one.year != other.year:
        return False
    return not all("-" in (facts.published or "") for facts in (one, other))
