"""The line from one paper to a later one: how one got from here to there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from papergraph.errors import InputError
from papergraph.graph import AncestorSource, Need, find_line
from papergraph.library import Library, in_turn
from papergraph.matching import resolve_references
from papergraph.models import Evidence, Lineage, LineageLink, PaperFacts, PaperReference
from papergraph.reading.connections import link_evidence, shared_evidence
from papergraph.reading.lineages import find_lineage, remember_forefathers
from papergraph.reading.sources import STRONGEST, open_source

_MOST_STARTS = 5  # known papers that lines are drawn from: those needed most
_ON_THE_LINE = 0.2  # chance that what stands between what is known and a target is needed for that


@in_turn
def find_line_between(
    library: Library,
    start: PaperReference,
    target: PaperReference,
    *,
    limit: int = 10,
    reader: str = "me",
) -> Lineage:
    """Trace the line from one paper to a later one; `limit` counts parents of the later.

    Raises
    ------
    NotFoundError, AmbiguousError
        When a reference does not mean exactly one paper.
    InputError
        When `start` is not the older of two papers, or the limit is not positive.
    """
    first, last = resolve_references([start, target], library.catalogue)
    source = open_source(library, reader)
    _check_ends(first, last, source)
    found = find_lineage(library, f"p{last}", limit=limit, reader=reader)
    line = find_line(first, last, source)
    cards = library.papers.get([first, *line], reader)
    if not line:
        names = f"{cards[first].name} to {found.target.name}"
        missing = f"nothing here leads from {names}; this is the line to {found.target.name}"
        return replace(found, warnings=(missing, *found.warnings))
    because = _reasons(library, line, source, reader)
    chain = [
        LineageLink(paper=cards[number], because=evidence)
        for number, evidence in zip(line, because, strict=True)
    ]
    return replace(found, start=cards[first], chain=tuple(chain), warnings=())


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


def _reasons(
    library: Library, line: Sequence[int], source: AncestorSource, reader: str
) -> list[tuple[Evidence, ...]]:
    """For each paper why it follows the one before it, nothing for the first."""
    parents_of = remember_forefathers(library, source, reader)
    source.load_claims(line)
    facts = source.facts(line)
    found: list[tuple[Evidence, ...]] = [()]
    for before, number in pairwise(line):
        inferred = next((p.evidence for p, _ in parents_of(number) if p.number == before), ())
        reasons = inferred or _counted(facts[before], facts[number], source)
        found.append(reasons[:STRONGEST])
    return found


def _counted(before: PaperFacts, after: PaperFacts, source: AncestorSource) -> tuple[Evidence, ...]:
    """What is said of two papers, and who cites both; the line was drawn by these."""
    return (*link_evidence(before, after, source), *shared_evidence(before, after, source))
