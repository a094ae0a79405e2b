"""The line a paper stands in: from parent to parent, back to where the line begins."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from papergraph.graph.prerequisites import Parent
from papergraph.models import Evidence

MOST_LINKS = 8
# What makes a forefather, by evidence: descent and the order of a told line count, use hardly does.
_KINSHIP = {"extends": 3.0, "replaces": 2.5, "prerequisite": 1.5, "order": 1.2, "uses": 0.8}
_FEWEST = 1.0

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
    chain: list[tuple[int, tuple[Evidence, ...]]] = []
    number, seen = target, {target}
    while len(chain) < MOST_LINKS - 1:
        parents = parents_of(number)
        if line:
            before = line[line.index(number) - 1] if line.index(number) else None
        else:
            before = _nearest_kin(parents)
            line = _longest_line(before, curated) if before is not None else ()
        if before is None or before in seen:
            break
        evidence = next((p.evidence for p, _ in parents if p.number == before), ())
        chain.append((number, evidence))
        seen.add(before)
        number = before
    return [(number, ()), *reversed(chain)]


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
