"""What is summed over many links is the same in parts of any size."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from papergraph.graph import AncestorSource, CitationGraph, connect, similarity
from papergraph.graph.similarity import in_parts, spread_weights

links = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), max_size=40, unique=True)


@pytest.fixture(scope="module", params=[1, 3, 100])
def at_once(request: pytest.FixtureRequest) -> int:
    """How many links are followed at once."""
    return int(request.param)


@given(links)
def test_weights_are_summed_as_by_hand(at_once: int, citations: list[tuple[int, int]]) -> None:
    graph = CitationGraph.build(citations)
    rows = np.arange(graph.papers)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(similarity, "_AT_ONCE", at_once)

        found = spread_weights(graph.reference_starts, graph.references, rows, rows / 2)

    assert found.tolist() == [
        sum(citing / 2 for citing, cited in citations if cited == n) for n in range(graph.papers)
    ]


def test_parts_have_few_links_or_one_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(similarity, "_AT_ONCE", 4)
    starts = np.array([0, 3, 4, 13, 13, 15])  # rows of 3, 1, 9, 0 and 2

    found = [np.arange(5)[part].tolist() for part in in_parts(starts, np.arange(5))]

    assert found == [[0, 1], [2], [3, 4]]


@given(links, st.integers(1, 9), st.integers(1, 9))
def test_two_papers_connect_alike_in_parts_of_any_size(
    at_once: int, citations: list[tuple[int, int]], one: int, other: int
) -> None:
    graph = CitationGraph.build(citations, least=10)
    source = AncestorSource(graph, lambda _: {}, None, np.full(10, 2000.0))
    whole = connect(one, other, source)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(similarity, "_AT_ONCE", at_once)

        assert connect(one, other, source) == whole
