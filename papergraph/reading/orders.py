"""A given list in reading order, with the reason why each paper follows the one before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from papergraph.errors import AmbiguousError, NotFoundError
from papergraph.graph import AncestorSource, order_numbers
from papergraph.graph.weights import CLAIM_WEIGHTS
from papergraph.library import Library
from papergraph.matching import find_references
from papergraph.models import (
    Claim,
    Evidence,
    OrderedPapers,
    OrderReason,
    Paper,
    PaperFacts,
    PaperReference,
    UnknownReference,
    paper_id,
)
from papergraph.reading.sources import (
    STRONGEST,
    before_pairs,
    cited_before,
    cited_circles,
    claims_among,
    open_source,
    resolve_all,
)
from papergraph.text import shorten

_FEWEST = 2
_MOST_TOLD = 20


def order_papers(
    library: Library, references: Sequence[PaperReference], *, reader: str = "me"
) -> OrderedPapers:
    """Put a given list in reading order: every paper once, with the reason for each neighbour pair.

    What means no paper of the library, or several, is told and left out.

    Raises
    ------
    NotFoundError, AmbiguousError
        When there are such references, and fewer than two papers are left to be put in order.
    """
    found, failed = find_references(references, library.catalogue)
    numbers = list(dict.fromkeys(found))
    if failed and len(numbers) < _FEWEST:
        resolve_all(library, references)  # tells all that fails
    source = open_source(library, reader)
    facts = source.facts(numbers)
    claims = claims_among(source, numbers)
    before = {**cited_before(source, numbers, facts), **before_pairs(claims, facts)}
    cited = {number: len(source.graph.citers_of(number)) for number in numbers}
    ordering = order_numbers(numbers, facts, before, cited=cited)
    cards = library.papers.get(numbers)
    pairs = zip(ordering.order, ordering.order[1:], strict=False)
    because = tuple(
        OrderReason(
            before=paper_id(earlier),
            after=paper_id(later),
            evidence=_order_evidence(earlier, later, claims, source, facts),
        )
        for earlier, later in pairs
    )
    said = ordering.together
    cited_only = {
        number: others
        for number, others in cited_circles(source, numbers).items()
        if said.get(number) != others
    }
    warnings = (
        *_together(said, cards, "each is said to come before the other"),
        *_together(cited_only, cards, "they cite each other"),
    )
    return OrderedPapers(
        order=tuple(cards[number] for number in ordering.order),
        because=because,
        unknown=tuple(
            UnknownReference(text=text, nearest=error.nearest) for text, error in failed.items()
        ),
        warnings=(*_left_out(failed), *warnings),
    )


def _left_out(failed: Mapping[str, NotFoundError]) -> list[str]:
    """Tell of what is left out, and what comes near it."""
    told = [
        f"{shorten(text, 80)!r} is left out: {_why(error)}"
        for text, error in list(failed.items())[:_MOST_TOLD]
    ]
    more = len(failed) - len(told)
    return [*told, f"{more} more are left out, which no paper answers to"] if more else told


def _why(error: NotFoundError) -> str:
    near = "; ".join(error.nearest)
    if isinstance(error, AmbiguousError):
        return f"several papers answer to it: {near}"
    return f"no paper answers to it; nearest: {near}" if near else "no paper answers to it"


def _together(
    circles: Mapping[int, Sequence[int]], cards: Mapping[int, Paper], why: str
) -> list[str]:
    """Tell of every circle once which papers it holds."""
    return [
        f"{', '.join(cards[n].name for n in (first, *others[:-1]))} and {cards[others[-1]].name}"
        f" are best read together: {why}"
        for first, others in circles.items()
        if first < min(others)
    ]


def _order_evidence(
    earlier: int,
    later: int,
    claims: Mapping[tuple[int, int], Sequence[Claim]],
    source: AncestorSource,
    facts: Mapping[int, PaperFacts],
) -> tuple[Evidence, ...]:
    said = [
        replace(claim.evidence, weight=CLAIM_WEIGHTS[claim.kind])
        for claim in claims.get((earlier, later), ())
    ]
    if said:
        return tuple(sorted(said, key=lambda item: -item.weight)[:STRONGEST])
    first, second = facts[earlier], facts[later]
    if earlier in source.graph.references_of(later):
        text = f"{second.name} cites {first.name}"
        return (Evidence(kind="citation", text=text, source="citations", weight=1.0, stated=True),)
    return (_time_evidence(first, second),)


def _time_evidence(first: PaperFacts, second: PaperFacts) -> Evidence:
    if first.date is None or second.date is None:
        text = "nothing here says which comes first; the order given is kept"
    elif first.date == second.date:
        text = "both are of the same time; the order is a guess"
    else:
        text = (
            f"{first.name} is older ({_when(first)} before {_when(second)}); nothing else is known"
        )
    return Evidence(kind="time", text=text, weight=0.1)


def _when(facts: PaperFacts) -> str:
    return facts.published or str(facts.year)
