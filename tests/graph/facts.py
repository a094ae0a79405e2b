"""Small papers for drawn graphs: only what orders and damps them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import numpy as np
from papergraph.graph import AncestorSource, CitationGraph
from papergraph.graph.ancestors import Meaning
from papergraph.models import Claim, Evidence, PaperFacts


def facts(number: int, published: str | None = None, **fields: object) -> PaperFacts:
    """A paper named P3 for number 3, dated when `published` is given."""
    plain = {
        "number": number,
        "title": f"P{number}",
        "name": f"P{number}",
        "year": int(published[:4]) if published else None,
        "published": published,
        "kind": "article",
        "tags": (),
    }
    return PaperFacts(**{**plain, **fields})


def dated(*months: str | None) -> dict[int, PaperFacts]:
    """Papers 1, 2, 3 ... published in these months."""
    return {number: facts(number, month) for number, month in enumerate(months, 1)}


def claim(later: int, earlier: int, kind: str = "extends", *, stated: bool = True) -> Claim:
    """A review says that one paper follows another."""
    evidence = Evidence(
        kind="review" if stated else "list",
        text=f"P{later} {kind} P{earlier}",
        where="notes.md:1",
        source="review:notes.md",
        stated=stated,
    )
    return Claim(
        later=later,
        earlier=earlier,
        kind=kind,
        origin_kind="review",
        stated=stated,
        evidence=evidence,
    )


def source(
    papers: Mapping[int, PaperFacts],
    claims: Iterable[Claim] = (),
    citations: Iterable[tuple[int, int]] = (),
    mentions: Iterable[tuple[int, int]] = (),
    meaning: Meaning | None = None,
) -> AncestorSource:
    """Facts, claims and citations as the graph asks for them."""
    said = list(claims)

    def load_facts(numbers: Collection[int]) -> Mapping[int, PaperFacts]:
        return {number: papers[number] for number in numbers if number in papers}

    def load_claims(numbers: Collection[int]) -> Iterable[Claim]:
        return [item for item in said if {item.later, item.earlier} & set(numbers)]

    graph = CitationGraph.build(sorted(set(citations)), sorted(set(mentions)))
    dates = np.full(max([graph.papers, *(number + 1 for number in papers)]), np.inf)
    for number, paper in papers.items():
        dates[number] = np.inf if paper.date is None else paper.date
    return AncestorSource(graph, load_facts, load_claims, dates, meaning=meaning)
