"""The line a paper stands in: from parent to parent, back to where the line begins."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import pairwise

from papergraph.graph.prerequisites import Parent
from papergraph.models import Evidence

MOST_LINKS = 8
# What makes a forefather, by evidence: descent and the order of a told line count, use hardly does.
_KINSHIP = {"extends": 3.0, "replaces": 2.5, "prerequisite": 1.5, "order": 1.2, "uses": 0.8}
_FEWEST = 1.0
# Chances of descent with which a paper is put between a child and its inferred parent: that the
# child descends from it, and that it descends from the parent.
_BETWEEN_BELOW, _BETWEEN_ABOVE = 0.05, 0.1
_MOST_BETWEEN = 3

ParentsOf = Callable[[int], Sequence[tuple[Parent, float]]]


def trace_chain(
    target: int, parents_of: ParentsOf, curated: Sequence[Sequence[int]]
) -> list[tuple[int, tuple[Evidence, ...]]]:
    """Follow the strongest parent back from `target`; returns the chain oldest first.

    A curated chain that holds the paper is followed to its beginning. Elsewhere the parent with the
    most kinship (see `kinship`) is taken while it has enough. Each entry is a paper and the
    evidence that it follows the one before it, empty for the first.
    """
    line = _longest_line(target, curated)
    chain = [target]
    inferred: set[int] = set()
    while len(chain) < MOST_LINKS:
        number = chain[-1]
        if line:
            before = line[line.index(number) - 1] if line.index(number) else None
        else:
            before = _nearest_kin(parents_of(number))
            inferred.add(number)
            line = _longest_line(before, curated) if before is not None else ()
        if before is None or before in chain:
            break
        chain.append(before)
    whole = [target]
    for number, before in pairwise(chain):
        if number in inferred:
            whole += _find_between(number, before, parents_of, {*chain, *whole})
        whole.append(before)
    whole = whole[:MOST_LINKS]
    because = [_evidence(number, before, parents_of) for number, before in pairwise(whole)]
    return list(zip(whole[::-1], [(), *because[::-1]], strict=True))


def _evidence(number: int, before: int, parents_of: ParentsOf) -> tuple[Evidence, ...]:
    return next((p.evidence for p, _ in parents_of(number) if p.number == before), ())


def _find_between(
    child: int, before: int, parents_of: ParentsOf, seen: Collection[int]
) -> list[int]:
    """Find the likeliest papers between a child and the parent that only citations name.

    Returned youngest first. What a person says is one step, whatever the citations say.
    """
    if any(parent.is_said for parent, _ in parents_of(child) if parent.number == before):
        return []
    between: list[int] = []
    while len(between) < _MOST_BETWEEN:
        best: tuple[float, int] | None = None
        for parent, _ in parents_of(between[-1] if between else child):
            is_near = parent.descent >= _BETWEEN_BELOW and not parent.is_generic
            if not is_near or parent.number in seen or parent.number in between:
                continue
            above = sum(p.descent for p, _ in parents_of(parent.number) if p.number == before)
            if above >= _BETWEEN_ABOVE:
                best = max(best or (0.0, 0), (parent.descent * above, -parent.number))
        if best is None:
            break
        between.append(-best[1])
    return between


def _longest_line(number: int, curated: Sequence[Sequence[int]]) -> Sequence[int]:
    """The curated chain in which a paper has most forefathers; empty when it has none."""
    lines = [line for line in curated if number in line and line.index(number) > 0]
    return max(lines, key=lambda line: line.index(number), default=())


def kinship(evidence: Sequence[tuple[str, Evidence]], citation_weight: float) -> float:
    """Weigh (relation kind, evidence) pairs as descent; `citation_weight` is what citations add."""
    kinds = {kind for kind, _ in evidence}
    return sum(_KINSHIP.get(kind, 0.2) for kind in kinds) + 0.5 * citation_weight


def _nearest_kin(parents: Sequence[tuple[Parent, float]]) -> int | None:
    fitting = [(parent, kin) for parent, kin in parents if not parent.is_generic and kin >= _FEWEST]
    if not fitting:
        return None
    # of two that are as near in kin, the younger stands between the older and the paper
    best = max(fitting, key=lambda item: (round(item[1], 2), item[0].date or 0, -item[0].number))
    return best[0].number
