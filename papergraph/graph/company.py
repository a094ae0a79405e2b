"""The company a paper is cited in: its elders with what the arrays say of each.

Walks from a paper to its citers and down to their references, once for the paper (`elders_of`) and
once more for the papers nearest to it (`circle_of`). Everything here is counted in the arrays;
titles and what people say are added in `prerequisites`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from papergraph.graph.csr import CitationGraph
from papergraph.graph.similarity import gather_rows, spread_weights

Floats = NDArray[np.float64]

FEWEST_CITING = 2000  # in a smaller library everything is cited by many, and that says nothing
TIME_SLACK_YEARS = 0.1
GENERIC_SHARE = 0.08  # of the citing papers; what more of them cite is a tool of the trade
_CIRCLE = 25  # papers nearest to a target, whose company is looked at as well
_MOST_CITERS = 20_000
_SPARSE = 16  # counting into an array of all papers costs as much as sorting a part of so many


@dataclass(frozen=True, slots=True, kw_only=True)
class Elders:
    """Papers not younger than one paper, nearest first, and what the citations say of them.

    `numbers` and `together` (k,) int64: the papers, and how many citers they share with the one;
    `citers` is how many cite that one. `features` holds (k,) float64 by the name of a weight.
    """

    numbers: NDArray[np.int64]
    together: NDArray[np.int64]
    citers: int
    features: dict[str, Floats]


_NOBODY = Elders(
    numbers=np.empty(0, np.int64), together=np.empty(0, np.int64), citers=0, features={}
)


def elders_of(
    graph: CitationGraph, dates: Floats, number: int, most: int, least_shared: int = 2
) -> Elders:
    """Find the elders cited together with a paper or by it, with the features of a parent.

    `dates` (n,) float64 are years by paper number, infinite where unknown. Elders that share fewer
    than `least_shared` citers and are not cited are left out.

    References
    ----------
    Adamic and Adar, "Friends and neighbors on the Web", 2003, with a citer's reference count in
    place of the degree; lift is the share of common citers over the share of all that cite.
    """
    if number >= graph.papers:
        return _NOBODY
    citers = _some(graph.citers_of(number))
    weights = _citer_weights(graph, citers)
    found, near, together = _company_of(graph, citers, weights)
    found, near, together = _with_references(graph, number, (found, near, together))
    cited = _is_among(found, graph.references_of(number))
    fitting = (together >= least_shared) | cited
    fitting &= _not_younger(graph, dates, number, found)
    near = near / max(float(weights.sum()), 1e-9)
    draw = near * _damping(graph, found) + 1e-3 * cited
    chosen = np.flatnonzero(fitting)
    chosen = chosen[np.argsort(-draw[chosen], kind="stable")[:most]]
    found, near, together = found[chosen], near[chosen], together[chosen]
    features = {
        "together": np.log1p(together),
        "share": near,
        "lift": _log_lift(graph, found, together / max(1, len(citers))),
        "cites": cited[chosen].astype(np.float64),
        "cited": np.log1p(_cited_counts(graph, found)),
        "common": common_share(graph, found),
        **_ages(dates, number, found),
    }
    return Elders(
        numbers=found,
        together=together.astype(np.int64),
        citers=len(citers),
        features=features,
    )


def circle_of(
    graph: CitationGraph,
    dates: Floats,
    number: int,
    most: int,
    references: NDArray[np.int32] | None = None,
) -> Elders:
    """Find what the papers nearest to a paper are cited with and cite, with the features of need.

    The nearest are the elders with most share and lift, and the references; what they are cited
    with is averaged over them, the nearer ones counting more. `references` stands in for those of
    the graph, so that a fit can hide some.
    """
    if number >= graph.papers:
        return _NOBODY
    references = graph.references_of(number) if references is None else references
    elders = elders_of(graph, dates, number, 4 * _CIRCLE, least_shared=1)
    circle, near = _nearest(graph, dates, number, elders, references)
    total = float(near.sum()) or 1.0
    down = (graph.reference_starts, graph.references)
    company = _company(graph, circle, near, number)
    company /= total
    cited = spread_weights(*down, circle, near)
    cited /= total
    coupled = _coupling(graph, references)
    draw = company + 0.02 * cited + 0.05 * coupled
    draw[references] += 0.02
    drawn = np.flatnonzero(draw)
    drawn = drawn[_not_younger(graph, dates, number, drawn)]
    found = drawn[best_places(draw[drawn] * _damping(graph, drawn), most)]
    shared = dict(zip(elders.numbers.tolist(), elders.together.tolist(), strict=True))
    together = np.array([shared.get(int(n), 0) for n in found], dtype=np.int64)
    return Elders(
        numbers=found,
        together=together,
        citers=elders.citers,
        features={
            "company": np.log(company[found] + 1e-3),
            "together": np.log1p(together),
            "share": together / max(1, elders.citers),
            "cites": cited[found],
            "coupled": coupled[found],
            "common": common_share(graph, found),
            "cited": np.log1p(_cited_counts(graph, found)),
            "reference": _is_among(found, references).astype(np.float64),
        },
    )


def _nearest(
    graph: CitationGraph,
    dates: Floats,
    number: int,
    elders: Elders,
    references: NDArray[np.int32],
) -> tuple[NDArray[np.int64], Floats]:
    """The papers nearest to a paper, the nearest first, and how near each is."""
    numbers = np.union1d(elders.numbers, references)
    near = np.zeros(len(numbers))
    if len(elders.numbers):
        lift = elders.features["lift"]
        # where all that cite the one cite the others too, as in a small library, share alone tells
        drawn = elders.features["share"] * (lift if lift.any() else 1.0)
        near[np.searchsorted(numbers, elders.numbers)] = drawn
    near = near / (near.max(initial=0.0) or 1.0)
    earlier = _not_younger(graph, dates, number, references)
    near[np.searchsorted(numbers, references)] += 0.3 * earlier
    places = best_places(near, _CIRCLE)
    return numbers[places].astype(np.int64), near[places]


def best_places(values: Floats, most: int) -> NDArray[np.int64]:
    """Find the places of the highest values above 0, highest first, of equal ones the first.

    >>> best_places(np.array([0.0, 1.0, 3.0, 1.0]), 2).tolist()
    [2, 1]
    """
    places = np.flatnonzero(values > 0)
    if most < len(places):
        least = np.partition(values[places], -most)[-most]
        places = places[values[places] >= least]
    return places[np.argsort(-values[places], kind="stable")[:most]]


def common_share(graph: CitationGraph, numbers: NDArray[np.integer]) -> Floats:
    """Share of all citing papers that cite these; 0 where the library is too small to tell."""
    if graph.citing_count < FEWEST_CITING:
        return np.zeros(len(numbers))
    return _cited_counts(graph, numbers) / graph.citing_count


def _damping(graph: CitationGraph, numbers: NDArray[np.integer]) -> Floats:
    return 1.0 / (1.0 + (common_share(graph, numbers) / GENERIC_SHARE) ** 2)


def _cited_counts(graph: CitationGraph, numbers: NDArray[np.integer]) -> Floats:
    wide = numbers.astype(np.int64)
    return (graph.citer_starts[wide + 1] - graph.citer_starts[wide]).astype(np.float64)


def _citer_weights(graph: CitationGraph, citers: NDArray[np.int32]) -> Floats:
    """A citer with few references says more of what it cites together."""
    wide = citers.astype(np.int64)
    lengths = graph.reference_starts[wide + 1] - graph.reference_starts[wide]
    by_length = 1.0 / np.log(2.0 + np.arange(int(lengths.max(initial=0)) + 1))
    return np.asarray(by_length[lengths])


def _company_of(
    graph: CitationGraph, citers: NDArray[np.int32], weights: Floats
) -> tuple[NDArray[np.int64], Floats, Floats]:
    """What these papers cite, ascending, with the sum of their weights and how many of them do."""
    cited, lengths = gather_rows(graph.reference_starts, graph.references, citers)
    spread = np.repeat(weights, lengths)
    if len(cited) * _SPARSE > len(graph.citer_starts):
        counts = np.bincount(cited)
        found = np.flatnonzero(counts).astype(np.int64)
        counts, summed = counts[found], np.bincount(cited, weights=spread)[found]
    else:
        numbers, places = np.unique(cited, return_inverse=True)
        found = numbers.astype(np.int64)
        summed = np.bincount(places, weights=spread, minlength=len(found))
        counts = np.bincount(places, minlength=len(found))
    return found, summed.astype(np.float64), counts.astype(np.float64)


def _with_references(
    graph: CitationGraph, number: int, company: tuple[NDArray[np.int64], Floats, Floats]
) -> tuple[NDArray[np.int64], Floats, Floats]:
    """Add what a paper cites to the company it is in, with zeros where it is not among that."""
    found, near, together = company
    references = graph.references_of(number)
    more = references[~_is_among(references, found)].astype(np.int64)
    if not len(more):
        return company
    places = np.searchsorted(found, more)
    zeros = np.zeros(len(more))
    return (
        np.insert(found, places, more),
        np.insert(near, places, zeros),
        np.insert(together, places, zeros),
    )


def _is_among(numbers: NDArray[np.integer], ascending: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Which of the numbers stand in an ascending array."""
    if not len(ascending):
        return np.zeros(len(numbers), dtype=bool)
    places = np.minimum(np.searchsorted(ascending, numbers), len(ascending) - 1)
    return np.asarray(ascending[places] == numbers)


def _company(graph: CitationGraph, circle: NDArray[np.int64], near: Floats, number: int) -> Floats:
    """What the papers of a circle are cited with, each scaled to one and weighed by nearness."""
    found, lengths = gather_rows(graph.citer_starts, graph.citers, circle, _MOST_CITERS)
    members = np.repeat(np.arange(len(circle)), lengths)
    sums = np.bincount(members, weights=_citer_weights(graph, found), minlength=len(circle))
    scaled = near / np.maximum(sums, 1e-9)
    drawn = np.bincount(found, weights=scaled[members], minlength=number + 1)
    drawn[number] = 0.0
    citers = np.flatnonzero(drawn).astype(np.int32)
    weights = drawn[citers] * _citer_weights(graph, citers)
    return spread_weights(graph.reference_starts, graph.references, citers, weights)


def _coupling(graph: CitationGraph, references: NDArray[np.int32]) -> Floats:
    """How many of the references each paper shares, the rarer ones counting more, 0 to 1."""
    size = len(graph.citer_starts) - 1
    if not len(references):
        return np.zeros(size)
    weights = 1.0 / np.log(2.0 + _cited_counts(graph, references))
    summed = spread_weights(graph.citer_starts, graph.citers, references, weights)
    summed /= weights.sum()
    return summed


def _log_lift(graph: CitationGraph, found: NDArray[np.int64], share: Floats) -> Floats:
    expected = _cited_counts(graph, found) / max(1, graph.citing_count)
    return np.log(np.maximum(1.0, share / np.maximum(expected, 1e-9)))


def _not_younger(
    graph: CitationGraph, dates: Floats, number: int, others: NDArray[np.integer]
) -> NDArray[np.bool_]:
    """Which papers may come before one as far as dates say; without a date, those that it cites.

    Before a paper without a date any may come, but never the paper itself, and no review.
    """
    own, known = _dates_at(dates, np.array([number]))[0], _dates_at(dates, others)
    cited = _is_among(others, graph.references_of(number))
    fitting = (known <= own + TIME_SLACK_YEARS) | (cited & np.isinf(known))
    return np.asarray(fitting & (others != number) & (others < graph.papers))


def _dates_at(dates: Floats, numbers: NDArray[np.integer]) -> Floats:
    """The dates of some papers, infinite where unknown."""
    inside = numbers < len(dates)
    return np.where(inside, dates[np.where(inside, numbers, 0)], np.inf)


def _ages(dates: Floats, number: int, found: NDArray[np.int64]) -> dict[str, Floats]:
    """How many years older each is, and a nearness that halves in three and a half years."""
    own, known = _dates_at(dates, np.array([number]))[0], _dates_at(dates, found)
    years = np.clip(own - known, 0.0, 20.0) if np.isfinite(own) else np.full(len(found), 3.0)
    years = np.where(np.isfinite(known), years, 5.0)
    return {"years": years, "nearness": np.exp(-years / 5.0)}


def _some(citers: NDArray[np.int32]) -> NDArray[np.int32]:
    return citers[:_MOST_CITERS]
