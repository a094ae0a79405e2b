"""The line from one paper to a later one: how one got from here to there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from papergraph.errors import InputError
from papergraph.graph import AncestorSource, Need, ParentsOf, find_line
from papergraph.models import Evidence, PaperFacts
from papergraph.reading.connections import link_evidence, shared_evidence

_MOST_STARTS = 3  # known papers that lines are drawn from: those needed most
_ON_THE_LINE = 0.2  # chance that what stands between what is known and a target is needed for that


def tell_line(
    start: int, target: int, source: AncestorSource, parents_of: ParentsOf
) -> list[tuple[int, tuple[Evidence, ...]]]:
    """Tell the line from one paper to a later one: its papers, and why each follows.

    Empty where nothing leads there. Raises InputError when `start` is not the older of two papers.
    """
    _check_ends(start, target, source)
    line = find_line(start, target, source)
    source.load_claims(line)
    facts = source.facts(line)
    found: list[tuple[int, tuple[Evidence, ...]]] = [(number, ()) for number in line[:1]]
    for before, number in pairwise(line):
        inferred = next((p.evidence for p, _ in parents_of(number) if p.number == before), ())
        found.append((number, inferred or _counted(facts[before], facts[number], source)))
    return found


def favour_lines(
    needs: Mapping[int, Need],
    targets: Sequence[int],
    known: Collection[int],
    source: AncestorSource,
) -> dict[int, Need]:
    """What stands on the line from a known paper to a target is needed the more."""
    starts = sorted(set(known) & needs.keys(), key=lambda n: (-needs[n].need, n))[:_MOST_STARTS]
    lines = [find_line(start, target, source) for target in targets for start in starts]
    found = dict(needs)
    for number in {number for line in lines for number in line[1:-1]} & needs.keys():
        if needs[number].needed_by is not None:
            need = 1.0 - (1.0 - needs[number].need) * (1.0 - _ON_THE_LINE)
            found[number] = replace(needs[number], need=need)
    return found


def _check_ends(first: int, last: int, source: AncestorSource) -> None:
    facts = source.facts([first, last])
    one, other = facts[first], facts[last]
    if first == last:
        raise InputError(f"a line has two ends, and both are {one.name}")
    if one.date is not None and other.date is not None and one.date > other.date:
        raise InputError(
            f"a line leads to the younger paper, and {one.name} ({int(one.date)}) is younger than"
            f" {other.name} ({int(other.date)}); ask from {other.name} to {one.name}"
        )


def _counted(before: PaperFacts, after: PaperFacts, source: AncestorSource) -> tuple[Evidence, ...]:
    """What is said of two papers, and who cites both; the line was drawn by these."""
    return (*link_evidence(before, after, source), *shared_evidence(before, after, source))
