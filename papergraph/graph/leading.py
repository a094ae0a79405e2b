"""The line from one paper to a later one, through papers that belong to both.

What a field went through between two papers is seldom on the shortest chain of citations, which
goes through whatever happens to cite one and to be cited by the other. Papers that are often cited
together with both, in the order of their dates, each often cited together with the next, tell it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from papergraph.graph.ancestors import AncestorSource
from papergraph.graph.company import best_places
from papergraph.graph.csr import CitationGraph
from papergraph.graph.lineage import kinship
from papergraph.graph.mainpath import find_heaviest_path, untangle
from papergraph.graph.similarity import cocited_with
from papergraph.models import Evidence

Floats = NDArray[np.float64]
Link = tuple[int, int]

MOST_ON_LINE = 8  # papers, both ends among them
_MOST_BETWEEN = 60
_FEW_CITERS = 20  # added to the citers of each paper, so that a few shared ones say little
_FEWEST_SHARED = 5  # citers with one end and with the other; fewer are chance
_FEWEST_TOGETHER, _LITTLE_CHANCE = 3, 0.1  # shared citers, unless chance would hardly give any
_LEAST_WORTH = 0.1  # of a link; a line gets longer by nothing less
_SAID = 3.0  # kinship of what is said to extend another, which counts as much as all citers do
_LEAST_SAID = 0.25  # of the strength of a link that people speak of
_MOST_SAID = 200  # papers asked what is said of them


def find_line(start: int, end: int, source: AncestorSource, most: int = MOST_ON_LINE) -> list[int]:
    """Find the line of at most `most` papers that leads from `start` to `end`; empty without one.

    The heaviest path through the papers cited together with both, and through those that people put
    between them. A link weighs the square root of the share of citers that two papers have in
    common, or what people say of it if that is more, times how near its papers are to both ends.

    References
    ----------
    Liu and Lu, "An integrated approach for main path analysis", 2012; the critical path. Links are
    weighed by Small, "Co-citation in the scientific literature", 1973: search path counts found
    a sixth as many of the papers of curated lineages (see docs/decisions).
    """
    if start == end:
        return []
    said = _said_between(start, end, source)
    near = _near_both(start, end, source)
    generic = {number for number, facts in source.facts(list(near)).items() if facts.is_generic}
    told = {number: 1.0 for link in said for number in link}
    relevance = {n: near[n] for n in near if n not in generic} | told | {start: 1.0, end: 1.0}
    strength = _strengths(_by_date(relevance, start, end, source), source)
    for link, kin in said.items():
        strength[link] = max(strength.get(link, 0.0), kin)
    struck = [(a, b) for a, b in strength if source.is_struck(b, a)]
    for link in struck:
        del strength[link]
    graph = untangle(strength)
    worth = {
        (a, b): strength[a, b] * (relevance[a] + relevance[b]) / 2 - _LEAST_WORTH
        for a, b in graph.edges
    }
    return find_heaviest_path(graph, worth, most, (start, end)) if graph else []


def _said_between(start: int, end: int, source: AncestorSource) -> dict[Link, float]:
    """Links, by strength up to 1, of the ways that people tell from `start` to `end`."""
    found: dict[Link, float] = {}
    asked: set[int] = set()
    frontier = [end]
    while frontier and len(asked) < _MOST_SAID:
        frontier = frontier[: _MOST_SAID - len(asked)]
        source.load_claims(frontier)
        asked.update(frontier)
        for number in frontier:
            found |= _said_before(number, source)
        frontier = sorted({earlier for earlier, _ in found} - asked - {start})
    after: dict[int, list[int]] = defaultdict(list)
    for earlier, later in found:
        after[earlier].append(later)
    reached, rest = {start}, [start]
    while rest:
        fresh = [later for later in after[rest.pop()] if later not in reached]
        reached.update(fresh)
        rest += fresh
    if end not in reached:
        return {}
    dates = source.dates
    return {
        (a, b): kin
        for (a, b), kin in found.items()
        if a in reached and b in reached
        if (b, a) not in found or dates[a] <= dates[b]  # of two that follow each other
    }


def _said_before(number: int, source: AncestorSource) -> dict[Link, float]:
    """Links to the papers that a paper is said to come from."""
    said: dict[int, list[tuple[str, Evidence]]] = defaultdict(list)
    for claim in source.claims(number):
        is_said = claim.stated and claim.kind != "compares"
        if is_said and claim.later == number != claim.earlier:
            said[claim.earlier].append((claim.kind, claim.evidence))
    kin = {earlier: min(1.0, kinship(items, 0.0) / _SAID) for earlier, items in said.items()}
    return {(earlier, number): share for earlier, share in kin.items() if share >= _LEAST_SAID}


def _near_both(start: int, end: int, source: AncestorSource) -> dict[int, float]:
    """Papers dated between two that are cited together with both: how near, the best 1."""
    graph, dates = source.graph, source.dates
    if max(start, end) >= graph.papers:
        return {}
    (with_start, one), (with_end, two) = (_company(number, graph) for number in (start, end))
    near = np.sqrt(with_start * with_end)
    dated = np.full(graph.papers, np.inf)
    dated[: len(dates)] = dates[: graph.papers]
    is_between = (dates[start] <= dated) & (dated <= dates[end])
    near[~is_between | (one + two < _FEWEST_SHARED)] = 0.0
    near[[start, end]] = 0.0
    places = best_places(near, _MOST_BETWEEN)
    best = near.max(initial=0.0)
    return {int(place): float(near[place] / best) for place in places if near[place] > 0}


def _company(number: int, graph: CitationGraph) -> tuple[Floats, Floats]:
    """What share of citers each paper has in common with one, and how many, each (n,)."""
    found = cocited_with(graph, number)
    is_paper = found.numbers < graph.papers
    numbers, together = found.numbers[is_paper], found.together[is_paper]
    counts = graph.citer_starts[numbers + 1] - graph.citer_starts[numbers]
    beyond = _beyond_chance(together, found.citers * counts, graph)
    shares, shared = np.zeros(graph.papers), np.zeros(graph.papers)
    shares[numbers] = beyond / np.sqrt((found.citers + _FEW_CITERS) * (counts + _FEW_CITERS))
    shared[numbers] = together
    return shares, shared


def _beyond_chance(
    together: NDArray[np.integer] | Floats, products: NDArray[np.integer], graph: CitationGraph
) -> Floats:
    """How many more citers are shared than by chance, given the product of how many each has."""
    expected = products / max(1, graph.citing_count)
    is_chance = (together < _FEWEST_TOGETHER) & (expected > _LITTLE_CHANCE)
    return np.where(is_chance, 0.0, np.maximum(0.0, together - expected))


def _by_date(numbers: Collection[int], start: int, end: int, source: AncestorSource) -> list[int]:
    """Papers with the one first that a line begins with, and the one last that it ends with."""
    dates = source.dates
    inside = sorted((float(dates[n]), n) for n in numbers if n not in (start, end))
    return [start, *(n for _, n in inside), end]


def _strengths(numbers: Sequence[int], source: AncestorSource) -> dict[Link, float]:
    """How strongly citers tie each paper to each that is not older, 0 to 1."""
    graph = source.graph
    rows = [graph.citers_of(n) if n < graph.papers else graph.citers[:0] for n in numbers]
    starts = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    cited = csr_array(
        (np.ones(starts[-1]), np.concatenate(rows), starts),
        shape=(len(rows), len(graph.citer_starts) - 1),
    )
    counts = np.diff(starts)
    together = _beyond_chance((cited @ cited.T).toarray(), np.outer(counts, counts), graph)
    counts += _FEW_CITERS
    shares = np.sqrt(together / np.sqrt(np.outer(counts, counts)))
    return {
        (numbers[a], numbers[b]): float(shares[a, b])
        for a, b in combinations(range(len(numbers)), 2)
        if shares[a, b] > 0
    }
