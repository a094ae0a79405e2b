"""What a paper led to: the papers for which it is among the likely parents."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from papergraph.graph import AncestorSource, Parent, cocited_with
from papergraph.models import Claim

_MOST_ASKED = 20  # younger papers whose parents are looked at
_LEAST_DESCENT = 0.02
_POPULARITY = 0.2  # power by which what everybody cites counts less
_CITES = 0.05  # what citing the paper adds, of the best score of one cited together with it
_DESCENT = ("extends", "replaces", "prerequisite", "uses")

ParentsOf = Callable[[int], Sequence[tuple[Parent, float]]]


def find_descendants(
    number: int, source: AncestorSource, parents_of: ParentsOf, most: int
) -> list[tuple[int, Parent]]:
    """Find at most `most` papers that rest on one, each with it as their parent.

    Those somebody says build on it come first, by how much of a forefather it is to them; then
    younger papers often cited together with it or citing it, by that and by the chance of descent.
    """
    said: list[tuple[float, int, Parent]] = []
    inferred: list[tuple[float, int, Parent]] = []
    near = _younger_company(number, source)
    for child in dict.fromkeys([*_said_to_follow(source.claims(number), number), *near]):
        found = next((one for one in parents_of(child) if one[0].number == number), None)
        if found is None:
            continue
        parent, kin = found
        if parent.is_said:
            said.append((-kin, child, parent))
        elif parent.descent >= _LEAST_DESCENT and not parent.is_generic:
            inferred.append((-near.get(child, 0.0) * parent.descent**0.5, child, parent))
    ranked = [*sorted(said, key=lambda one: one[:2]), *sorted(inferred, key=lambda one: one[:2])]
    return [(child, parent) for _, child, parent in ranked[:most]]


def _said_to_follow(claims: Sequence[Claim], number: int) -> list[int]:
    return [
        claim.later
        for claim in claims
        if claim.earlier == number and claim.stated and claim.kind in _DESCENT
    ]


def _younger_company(number: int, source: AncestorSource) -> dict[int, float]:
    """Younger papers cited together with one or citing it, the nearest first, 0 to about 1."""
    graph, dates = source.graph, source.dates
    if not number < min(graph.papers, len(dates)) or not np.isfinite(dates[number]):
        return {}
    company = cocited_with(graph, number)
    counts = np.diff(graph.citer_starts)
    weights = company.weights / np.maximum(1, counts[company.numbers]) ** _POPULARITY
    near = dict(zip(company.numbers.tolist(), weights / weights.max(initial=1e-9), strict=True))
    for citer in graph.citers_of(number).tolist():
        near[citer] = near.get(citer, 0.0) + _CITES
    known = min(graph.papers, len(dates))
    younger = {n: float(s) for n, s in near.items() if n < known and dates[n] > dates[number]}
    return dict(sorted(younger.items(), key=lambda one: (-one[1], one[0]))[:_MOST_ASKED])
