"""A reading order: earlier papers first, what is said to come before first of all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from papergraph.models import PaperFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordering:
    """Papers in reading order; `together` names, for papers of a cycle, the others in it."""

    order: tuple[int, ...]
    together: Mapping[int, tuple[int, ...]]


def order_numbers(
    numbers: Sequence[int],
    facts: Mapping[int, PaperFacts],
    before: Mapping[tuple[int, int], float],
    *,
    last: Collection[int] = (),
    cited: Mapping[int, int] | None = None,
) -> Ordering:
    """Put papers in reading order.

    Parameters
    ----------
    numbers
        The papers, each once; their order breaks ties of papers without a date.
    before
        (earlier, later) pairs that must be kept, with their weight; of a cycle the lightest pairs
        give way and its papers are named as best read together.
    last
        Papers to put at the end, in this order among themselves unless `before` says otherwise.
    cited
        How many cite each paper; of dated papers of one time the more cited comes first.
    """
    wanted = set(numbers)
    graph: nx.DiGraph = nx.DiGraph()
    graph.add_nodes_from(numbers)
    for (earlier, later), weight in before.items():
        if earlier in wanted and later in wanted and earlier != later:
            graph.add_edge(earlier, later, weight=weight)
    together = break_cycles(graph)
    dates = _filled_dates(numbers, facts)
    ends = {number: place for place, number in enumerate(last, 1)}
    place = {number: position for position, number in enumerate(numbers)}

    def key(number: int) -> tuple[int, float, bool, int, str, int]:
        is_dated = number in facts and facts[number].date is not None
        title = facts[number].title.casefold() if is_dated else ""
        count = (cited or {}).get(number, 0) if is_dated else 0
        return (ends.get(number, 0), dates[number], not is_dated, -count, title, place[number])

    order = tuple(nx.lexicographical_topological_sort(graph, key=key))
    return Ordering(order=order, together=together)


def find_circles(pairs: Iterable[tuple[int, int]]) -> dict[int, tuple[int, ...]]:
    """Find papers that lead to each other; returns for each the others of its circle.

    >>> find_circles([(1, 2), (2, 3), (3, 1), (3, 4)])
    {1: (2, 3), 2: (1, 3), 3: (1, 2)}
    """
    knots = nx.strongly_connected_components(nx.DiGraph(pairs))
    return {
        number: tuple(sorted(knot - {number}))
        for knot in sorted((knot for knot in knots if len(knot) > 1), key=min)
        for number in sorted(knot)
    }


def break_cycles(graph: nx.DiGraph) -> dict[int, tuple[int, ...]]:
    """Remove the lightest edges until no cycle is left; returns who stood in a cycle with whom."""
    together: dict[int, tuple[int, ...]] = {}
    while True:
        knots = [knot for knot in nx.strongly_connected_components(graph) if len(knot) > 1]
        if not knots:
            return together
        for knot in knots:
            for number in knot:
                together.setdefault(number, tuple(sorted(knot - {number})))
            inside = [
                (weight, earlier, later)
                for earlier, later, weight in graph.edges(knot, data="weight")
                if later in knot
            ]
            _, earlier, later = min(inside)
            graph.remove_edge(earlier, later)


def _filled_dates(numbers: Sequence[int], facts: Mapping[int, PaperFacts]) -> dict[int, float]:
    """Dates, where a paper without one takes that of the paper before it in the given list."""
    dates: dict[int, float] = {}
    latest = 0.0
    for number in numbers:
        date = facts[number].date if number in facts else None
        latest = latest if date is None else date
        dates[number] = latest
    return dates
