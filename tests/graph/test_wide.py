"""A paper that a hundred thousand others stand around: little of it is looked at."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pytest
from papergraph.graph import AncestorSource, CitationGraph, find_parents, infer_needs, spread_need
from papergraph.models import PaperFacts
from tests.graph.facts import facts

AROUND = 100_000
MOST = 2_000  # papers looked up for one expansion


class Counted:
    """A graph whose facts are made when asked for; keeps how many were asked for at once."""

    def __init__(self, citations: list[tuple[int, int]]) -> None:
        self.asked: list[int] = []
        dates = np.full(AROUND + 3, 2010.0)
        dates[1] = 2020.0
        graph = CitationGraph.build(citations, [])
        self.source = AncestorSource(graph, self._facts, lambda _: [], dates)

    def _facts(self, numbers: Collection[int]) -> Mapping[int, PaperFacts]:
        self.asked.append(len(numbers))
        return {n: facts(n, "2020-01" if n == 1 else "2010-01") for n in numbers}


@pytest.fixture(scope="module", params=["cites all", "is cited by all"])
def citations(request: pytest.FixtureRequest) -> list[tuple[int, int]]:
    """Paper 1 cites a hundred thousand papers, or is cited by them beside paper 2."""
    others = range(3, AROUND + 3)
    if request.param == "cites all":
        return [(1, other) for other in others]
    return [(other, old) for other in others for old in (1, 2)]


def test_an_expansion_looks_at_few_papers(citations: list[tuple[int, int]]) -> None:
    counted = Counted(citations)

    parents = find_parents(1, counted.source)
    needs = infer_needs(1, counted.source, 60)
    spread = spread_need([1], counted.source)

    assert max(counted.asked) <= MOST
    assert 0 < len(parents) <= 20
    assert 0 < len(needs) <= 60
    assert 1 < len(spread) <= MOST
