"""Lineages: where a paper comes from, what it builds on, what branched off."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache

from papergraph.errors import check_limit
from papergraph.graph import AncestorSource, Parent, find_parents, kinship, trace_chain
from papergraph.library import Library, in_turn
from papergraph.matching import resolve_reference
from papergraph.models import (
    Claim,
    Evidence,
    Lineage,
    LineageBranch,
    LineageLink,
    LineageParent,
    Paper,
    PaperReference,
)
from papergraph.reading.descendants import find_descendants
from papergraph.reading.lines import tell_line
from papergraph.reading.remembered import Remembered
from papergraph.reading.sources import STRONGEST, open_source

_MOST_BRANCHES = 20
_MOST_PARENTS, _LEAST_PARENTS = 100, 40  # looked at, three for each one shown
_MOST_OF_A_FOREFATHER = 20
_INFERRED = ("citation", "cocitation", "title")
_LEAST_DESCENT = 0.15  # chance of being the parent; a chain of citations ends under it

Kin = list[tuple[Parent, float]]  # parents, and how much of a forefather each is
_forefathers: Remembered[Kin] = Remembered()


@in_turn
def find_lineage(
    library: Library,
    target: PaperReference,
    *,
    start: PaperReference | None = None,
    limit: int = 10,
    descendants: int = 10,
    reader: str = "me",
) -> Lineage:
    """Trace where a paper comes from: the chain to it, its parents ranked, what branched off.

    Parameters
    ----------
    start
        An older paper: the chain is then the line that leads from it, if one does.
    limit, descendants
        Most parents, and most papers it led to.

    Raises
    ------
    NotFoundError, AmbiguousError
        When a reference does not mean exactly one paper.
    InputError
        When `start` is not the older of two papers, or the limit is not positive.
    """
    check_limit(limit)
    number = resolve_reference(target, library.catalogue)
    first = None if start is None else resolve_reference(start, library.catalogue)
    source = open_source(library, reader)

    forefathers_of = remember_forefathers(library, source, reader)

    @cache
    def parents_of(child: int) -> Kin:
        if child == number:
            return _parents(child, source, min(_MOST_PARENTS, max(_LEAST_PARENTS, 3 * limit)))
        return forefathers_of(child)

    curated = [part for one in library.reviews.lineages() for part in _uncut(one.chain, source)]
    line = [] if first is None else tell_line(first, number, source, forefathers_of)
    chain = line or trace_chain(number, parents_of, curated)
    ranked = rank_parents(parents_of(number))[:limit]
    branches = _branches({member for member, _ in chain}, source)
    led_to = find_descendants(number, source, forefathers_of, descendants) if descendants else []
    shown = {n for n, _ in [*chain, *led_to]} | {p.number for p, _ in ranked} | _ends(branches)
    cards = library.papers.get(shown if first is None else {first, *shown})
    return Lineage(
        target=cards[number],
        start=cards[first] if first is not None and line else None,
        chain=_links(chain, cards),
        parents=tuple(
            LineageParent(
                paper=cards[parent.number], score=score, because=parent.evidence[:STRONGEST]
            )
            for parent, score in ranked
        ),
        branches=tuple(
            LineageBranch(origin=cards[c.earlier], paper=cards[c.later], because=(c.evidence,))
            for c in branches
        ),
        descendants=_links([(child, parent.evidence) for child, parent in led_to], cards),
        warnings=_lineage_warnings(chain, cards[number])
        if line or first is None
        else (_nothing_leads(cards[first], cards[number]),),
    )


def _links(
    told: Sequence[tuple[int, tuple[Evidence, ...]]], cards: Mapping[int, Paper]
) -> tuple[LineageLink, ...]:
    return tuple(
        LineageLink(paper=cards[number], because=evidence[:STRONGEST]) for number, evidence in told
    )


def remember_forefathers(
    library: Library, source: AncestorSource, reader: str
) -> Callable[[int], Kin]:
    """Give what finds the forefathers of a paper, and knows those found before."""
    remembered = _forefathers.of(library, reader)

    def forefathers_of(number: int) -> Kin:
        return remembered(number, lambda one: _parents(one, source, _MOST_OF_A_FOREFATHER))

    return forefathers_of


def _parents(child: int, source: AncestorSource, most: int) -> Kin:
    return [
        (parent, _kinship(child, parent, source))
        for parent in find_parents(child, source, limit=most)
    ]


def _uncut(chain: Sequence[int], source: AncestorSource) -> list[list[int]]:
    """Cut a curated chain where the reader struck out that one paper follows the other."""
    parts: list[list[int]] = [[]]
    for number in chain:
        if parts[-1] and source.is_struck(number, parts[-1][-1]):
            parts.append([])
        parts[-1].append(number)
    return parts


def _kinship(child: int, parent: Parent, source: AncestorSource) -> float:
    claims = [
        (claim.kind, claim.evidence)
        for claim in source.claims(child)
        if claim.later == child and claim.earlier == parent.number
    ]
    inferred = sum(item.weight for item in parent.evidence if item.kind in _INFERRED)
    # a citation among many as likely ones is company, not descent
    return kinship(claims, inferred * min(1.0, parent.descent / _LEAST_DESCENT))


def rank_parents(parents: Sequence[tuple[Parent, float]]) -> Kin:
    """Parents by kinship and need together, score 0 to 1."""
    scored = [
        (parent, (parent.score + min(1.0, kin / 5.0)) / 2 * (0.5 if parent.is_generic else 1.0))
        for parent, kin in parents
    ]
    return sorted(scored, key=lambda item: (-item[1], -item[0].descent, item[0].number))


def _branches(members: Collection[int], source: AncestorSource) -> list[Claim]:
    """Papers said to grow out of the chain, each once, by the strongest claim."""
    best: dict[int, Claim] = {}
    for member in sorted(members):
        for claim in source.claims(member):
            if claim.earlier != member or claim.later in members or not claim.stated:
                continue
            if claim.kind not in ("extends", "replaces"):
                continue
            best.setdefault(claim.later, claim)
    facts = source.facts(list(best))
    ordered = sorted(best.values(), key=lambda c: (facts[c.later].date or 0, c.later))
    return ordered[:_MOST_BRANCHES]


def _ends(claims: Sequence[Claim]) -> set[int]:
    return {number for claim in claims for number in (claim.earlier, claim.later)}


def _lineage_warnings(
    chain: Sequence[tuple[int, tuple[Evidence, ...]]], target: Paper
) -> tuple[str, ...]:
    if len(chain) > 1:
        return ()
    return (f"nothing in this library says what {target.name} grew out of",)


def _nothing_leads(start: Paper, target: Paper) -> str:
    return (
        f"nothing here leads from {start.name} to {target.name}; this is the line to {target.name}"
    )
