"""The arrays say the same as a networkx graph of the same citations."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from papergraph.graph import CitationGraph, cocited_with, coupled_with, open_snapshot

pairs = st.lists(
    st.tuples(st.integers(1, 12), st.integers(1, 12)).filter(lambda pair: pair[0] != pair[1]),
    max_size=50,
    unique=True,
)


@given(pairs)
def test_the_arrays_hold_the_same_edges_as_networkx(citations: list[tuple[int, int]]) -> None:
    graph, drawn = CitationGraph.build(citations), nx.DiGraph(citations)

    for number in drawn:
        assert graph.references_of(number).tolist() == sorted(drawn.successors(number))
        assert graph.citers_of(number).tolist() == sorted(drawn.predecessors(number))
    assert len(graph.references) == drawn.number_of_edges()


def test_a_paper_younger_than_the_graph_is_not_taken_for_a_review() -> None:
    graph = CitationGraph.build([(2, 1)], [(1, 1), (1, 2)])  # a review, which has the number 4

    assert graph.papers == 3
    assert (graph.references_of(4).tolist(), graph.citers_of(4).tolist()) == ([], [])
    assert graph.citers_of(1).tolist() == [2, 4]


@given(pairs)
def test_arrays_of_pairs_in_any_order_make_one_graph(
    citations: list[tuple[int, int]],
) -> None:
    given_first = np.array(citations, dtype=np.int64).reshape(-1, 2)
    ascending = np.array(sorted(citations), dtype=np.int32, order="F").reshape(-1, 2)

    graphs = [CitationGraph.build(edges, [(3, 1)]) for edges in (given_first, ascending, citations)]

    for part in ("reference_starts", "references", "citer_starts", "citers", "sizes"):
        one, *others = (getattr(graph, part).tolist() for graph in graphs)
        assert others == [one, one]


@given(pairs)
def test_co_citation_is_counted_as_by_hand(citations: list[tuple[int, int]]) -> None:
    graph = CitationGraph.build(citations)

    for number in range(1, 13):
        citers = {a for a, b in citations if b == number}
        expected = {
            other: shared
            for other in range(1, 13)
            if other != number and (shared := sum((citer, other) in citations for citer in citers))
        }
        found = cocited_with(graph, number)
        assert dict(zip(found.numbers.tolist(), found.together.tolist(), strict=True)) == expected
        assert found.citers == len(citers)


@given(pairs)
def test_coupling_is_counted_as_by_hand(citations: list[tuple[int, int]]) -> None:
    graph = CitationGraph.build(citations)

    for number in range(1, 13):
        cited = {b for a, b in citations if a == number}
        expected = {
            other: shared
            for other in range(1, 13)
            if other != number and (shared := sum((other, b) in citations for b in cited))
        }
        numbers, counts = coupled_with(graph, number)
        assert dict(zip(numbers.tolist(), counts.tolist(), strict=True)) == expected


@given(pairs, st.integers(1, 12))
def test_saved_arrays_are_opened_equal(
    tmp_path_factory: pytest.TempPathFactory, citations: list[tuple[int, int]], review: int
) -> None:
    graph = CitationGraph.build(citations, [(review, 1), (review, 2)])
    folder = tmp_path_factory.mktemp("graph") / "graph-1"

    graph.save(folder)

    again = CitationGraph.open(folder)
    for part in ("reference_starts", "references", "citer_starts", "citers", "sizes"):
        assert np.array_equal(getattr(again, part), getattr(graph, part))


def test_an_empty_graph_answers_with_nothing() -> None:
    graph = CitationGraph.build([])

    assert graph.references_of(1).tolist() == []
    assert graph.citers_of(-1).tolist() == []
    assert cocited_with(graph, 1).numbers.tolist() == []
    assert coupled_with(graph, 1)[0].tolist() == []


def test_reviews_cite_but_are_no_papers() -> None:
    # papers 1 -> 2; reviews 1 and 7 name papers 2 and 3
    graph = CitationGraph.build([(1, 2)], [(1, 2), (7, 2), (7, 3)])

    assert graph.papers == 4
    assert graph.citers_of(2).tolist() == [1, 5, 11]
    assert graph.citing_count == 3
    assert cocited_with(graph, 2).numbers.tolist() == [3]
    assert coupled_with(graph, 1)[0].tolist() == []


def test_a_citer_with_few_references_says_more() -> None:
    # 10 cites 1 2; 11 cites 1 3 4 5 6: both companions are shared once
    graph = CitationGraph.build([(10, 1), (10, 2), *((11, n) for n in (1, 3, 4, 5, 6))])

    found = cocited_with(graph, 1)

    assert found.numbers.tolist()[0] == 2
    assert found.weights[0] == pytest.approx(1 / np.log(4))


def test_a_snapshot_is_built_once_for_each_version(tmp_path: Path) -> None:
    loads: list[int] = []

    def load() -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        loads.append(1)
        return [(1, 2)], []

    for version in (1, 1, 2, 2):
        assert open_snapshot(tmp_path, version, load).references_of(1).tolist() == [2]

    assert len(loads) == 2
    assert [folder.name for folder in tmp_path.iterdir()] == ["graph-2"]


def test_a_broken_snapshot_is_built_again(tmp_path: Path) -> None:
    (tmp_path / "graph-1").mkdir()
    (tmp_path / "graph-1" / "references.npy").write_bytes(b"broken")

    for _ in range(2):
        graph = open_snapshot(tmp_path, 1, lambda: ([(1, 2)], []))

        assert graph.references_of(1).tolist() == [2]


def test_a_folder_that_cannot_be_written_is_no_error() -> None:
    graph = open_snapshot(Path("/proc/papergraph"), 1, lambda: ([(1, 2)], []))

    assert graph.references_of(1).tolist() == [2]
