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
from papergraph.graph.similarity import gather_rows

Floats = NDArray[np.float64]

FEWEST_CITING = 2000  # in a smaller library everything is cited by many, and that says nothing
TIME_SLACK_YEARS = 0.1
_GENERIC_SHARE = 0.08  # of the citing papers; what more of them cite is a tool of the trade
_CIRCLE = 25  # papers nearest to a target, whose company is looked at as well
_MOST_CITERS = 20_000


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
    if number >= len(graph.citer_starts) - 1:
        return _NOBODY
    citers = _some(graph.citers_of(number))
    weights = _citer_weights(graph, citers)
    near = _spread(graph, citers, weights) / max(float(weights.sum()), 1e-9)
    together = _spread(graph, citers, np.ones(len(citers)))
    cited = np.zeros(len(near))
    cited[graph.references_of(number)] = 1.0
    fitting = (together >= least_shared) | (cited > 0)
    fitting &= _not_younger(graph, dates, number)
    found = np.flatnonzero(fitting)
    order = np.argsort(-(near * _damping(graph) + 1e-3 * cited)[found], kind="stable")[:most]
    found = found[order]
    features = {
        "together": np.log1p(together[found]),
        "share": near[found],
        "lift": _log_lift(graph, found, together[found] / max(1, len(citers))),
        "cites": cited[found],
        "cited": np.log1p(_cited_counts(graph)[found]),
        "common": common_share(graph)[found],
        **_ages(dates, number, found),
    }
    return Elders(
        numbers=found,
        together=together[found].astype(np.int64),
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
    if number >= len(graph.citer_starts) - 1:
        return _NOBODY
    references = graph.references_of(number) if references is None else references
    elders = elders_of(graph, dates, number, 4 * _CIRCLE, least_shared=1)
    size = len(graph.citer_starts) - 1
    near = np.zeros(size)
    lift = elders.features["lift"]
    # where all that cite the one cite the others too, as in a small library, share alone can tell
    near[elders.numbers] = elders.features["share"] * (lift if lift.any() else 1.0)
    near = np.sqrt(near / (near.max(initial=0.0) or 1.0))
    is_elder = _not_younger(graph, dates, number)
    near[references] += 0.3 * is_elder[references]
    circle = best_places(near, _CIRCLE)
    total = float(near[circle].sum()) or 1.0
    company = _company(graph, circle, near[circle], number) / total
    cited = _spread(graph, circle, near[circle]) / total
    coupled = _coupling(graph, references)
    draw = company + 0.02 * cited + 0.05 * coupled
    draw[references] += 0.02
    draw = np.where(is_elder, draw, 0.0) * _damping(graph)
    found = best_places(draw, most)
    together = dict(zip(elders.numbers.tolist(), elders.together.tolist(), strict=True))
    return Elders(
        numbers=found,
        together=np.array([together.get(int(n), 0) for n in found], dtype=np.int64),
        citers=elders.citers,
        features={
            "company": np.log(company[found] + 1e-3),
            "cites": cited[found],
            "coupled": coupled[found],
            "common": common_share(graph)[found],
        },
    )


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


def common_share(graph: CitationGraph) -> Floats:
    """Share of all citing papers that cite each paper; 0 where the library is too small to tell."""
    if graph.citing_count < FEWEST_CITING:
        return np.zeros(len(graph.citer_starts) - 1)
    return _cited_counts(graph) / graph.citing_count


def _damping(graph: CitationGraph) -> Floats:
    return 1.0 / (1.0 + (common_share(graph) / _GENERIC_SHARE) ** 2)


def _cited_counts(graph: CitationGraph) -> Floats:
    return np.diff(graph.citer_starts).astype(np.float64)


def _citer_weights(graph: CitationGraph, citers: NDArray[np.int32]) -> Floats:
    """A citer with few references says more of what it cites together."""
    wide = citers.astype(np.int64)
    lengths = graph.reference_starts[wide + 1] - graph.reference_starts[wide]
    return np.asarray(1.0 / np.log(2.0 + lengths))


def _spread(graph: CitationGraph, citing: NDArray[np.integer], weights: Floats) -> Floats:
    """Sum the weights of the citing papers over all that each of them cites."""
    cited, lengths = gather_rows(graph.reference_starts, graph.references, citing)
    size = len(graph.citer_starts) - 1
    summed = np.bincount(cited, weights=np.repeat(weights, lengths), minlength=size)
    return summed.astype(np.float64, copy=False)


def _company(graph: CitationGraph, circle: NDArray[np.int64], near: Floats, number: int) -> Floats:
    """What the papers of a circle are cited with, each scaled to one and weighed by nearness."""
    size = len(graph.citer_starts) - 1
    weights = np.zeros(size)
    for member, weight in zip(circle.tolist(), near.tolist(), strict=True):
        citers = _some(graph.citers_of(member))
        if len(citers):
            weights[citers] += weight / float(_citer_weights(graph, citers).sum())
    weights[number] = 0.0
    citers = np.flatnonzero(weights).astype(np.int32)
    return _spread(graph, citers, weights[citers] * _citer_weights(graph, citers))


def _coupling(graph: CitationGraph, references: NDArray[np.int32]) -> Floats:
    """How many of the references each paper shares, the rarer ones counting more, 0 to 1."""
    size = len(graph.citer_starts) - 1
    if not len(references):
        return np.zeros(size)
    weights = 1.0 / np.log(2.0 + _cited_counts(graph)[references])
    citing, lengths = gather_rows(graph.citer_starts, graph.citers, references)
    summed = np.bincount(citing, weights=np.repeat(weights, lengths), minlength=size)
    return np.asarray(summed / weights.sum())


def _log_lift(graph: CitationGraph, found: NDArray[np.int64], share: Floats) -> Floats:
    expected = _cited_counts(graph)[found] / max(1, graph.citing_count)
    return np.log(np.maximum(1.0, share / np.maximum(expected, 1e-9)))


def _not_younger(graph: CitationGraph, dates: Floats, number: int) -> NDArray[np.bool_]:
    """Which papers may come before one as far as dates say; without a date, those that it cites.

    Before a paper without a date any may come, but never the paper itself.
    """
    size = len(graph.citer_starts) - 1
    known = np.full(size, np.inf)
    known[: min(size, len(dates))] = dates[:size]
    own = known[number]
    fitting: NDArray[np.bool_] = known <= own + TIME_SLACK_YEARS
    cited = graph.references_of(number)
    fitting[cited] |= np.isinf(known[cited])
    fitting[number] = False
    return fitting


def _ages(dates: Floats, number: int, found: NDArray[np.int64]) -> dict[str, Floats]:
    """How many years older each is, and a nearness that halves in three and a half years."""
    known = np.array([dates[n] if n < len(dates) else np.inf for n in found])
    own = dates[number] if number < len(dates) else np.inf
    years = np.clip(own - known, 0.0, 20.0) if np.isfinite(own) else np.full(len(found), 3.0)
    years = np.where(np.isfinite(known), years, 5.0)
    return {"years": years, "nearness": np.exp(-years / 5.0)}


def _some(citers: NDArray[np.int32]) -> NDArray[np.int32]:
    return citers[:_MOST_CITERS]
