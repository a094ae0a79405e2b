"""How two papers connect: the chain between them with evidence, and what they share."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from papergraph.graph import AncestorSource, connect
from papergraph.graph.weights import CLAIM_WEIGHTS
from papergraph.library import Library, in_turn
from papergraph.matching import resolve_references
from papergraph.models import Connection, Evidence, LineageLink, PaperFacts, PaperReference
from papergraph.reading.sources import STRONGEST, open_source
from papergraph.text import counted


@in_turn
def find_connection(
    library: Library, one: PaperReference, other: PaperReference, *, reader: str = "me"
) -> Connection:
    """Find how two papers connect: a shortest chain of citations and of people's words.

    Raises NotFoundError or AmbiguousError when a reference does not mean exactly one paper.
    """
    start, end = resolve_references([one, other], library.catalogue)
    source = open_source(library, reader)
    chain = connect(start, end, source)
    source.load_claims(chain)
    facts = source.facts([*chain, start, end])
    cards = library.papers.get([*chain, start, end], reader)
    links = [
        LineageLink(paper=cards[after], because=link_evidence(facts[before], facts[after], source))
        for before, after in pairwise(chain)
    ]
    first = [LineageLink(paper=cards[start], because=())] if chain else []
    names = f"{cards[start].name} and {cards[end].name}"
    missing = f"no citation and nobody's word leads from one to the other of {names}"
    return Connection(
        start=cards[start],
        end=cards[end],
        chain=(*first, *links),
        together=shared_evidence(facts[start], facts[end], source) if start != end else (),
        warnings=() if chain else (missing,),
    )


def link_evidence(
    one: PaperFacts, other: PaperFacts, source: AncestorSource
) -> tuple[Evidence, ...]:
    """What people say of two papers, and whether one cites the other."""
    said = [
        replace(claim.evidence, weight=CLAIM_WEIGHTS[claim.kind])
        for claim in source.claims(one.number)
        if claim.stated and {claim.later, claim.earlier} == {one.number, other.number}
    ]
    cites = [
        Evidence(
            kind="citation",
            text=f"{citing.name} cites {cited.name}",
            source="citations",
            weight=1.0,
            stated=True,
        )
        for citing, cited in ((one, other), (other, one))
        if cited.number in source.graph.references_of(citing.number)
    ]
    return tuple(sorted([*said, *cites], key=lambda item: -item.weight)[:STRONGEST])


def shared_evidence(
    one: PaperFacts, other: PaperFacts, source: AncestorSource
) -> tuple[Evidence, ...]:
    """How many cite both papers, and how many both cite."""
    graph = source.graph
    counts = [
        (
            "cocitation",
            len(set(graph.citers_of(one.number)) & set(graph.citers_of(other.number))),
            ("paper or review here cites both", "papers and reviews here cite both"),
        ),
        (
            "coupling",
            len(set(graph.references_of(one.number)) & set(graph.references_of(other.number))),
            ("paper is cited by both", "papers are cited by both"),
        ),
    ]
    return tuple(
        Evidence(kind=kind, text=counted(count, *words), source="citations", weight=float(count))
        for kind, count, words in counts
        if count
    )
