"""What papers about a topic cite more than others do comes first."""

from __future__ import annotations

from papergraph.graph import CitationGraph, find_landmarks

#  1 is cited by the papers about the topic, 2 by everybody, 3 by the others
ABOUT, OTHERS = [10, 11, 12, 13], [20, 21, 22, 23, 24, 25]
GRAPH = CitationGraph.build(
    [
        *((paper, 1) for paper in ABOUT),
        *((paper, 2) for paper in [*ABOUT, *OTHERS]),
        *((paper, 3) for paper in OTHERS),
    ]
)


def test_what_is_cited_there_more_than_elsewhere_comes_first() -> None:
    assert find_landmarks(GRAPH, ABOUT, 1) == [1]


def test_what_only_others_cite_is_no_landmark() -> None:
    assert 3 not in find_landmarks(GRAPH, ABOUT, 20)


def test_papers_that_rest_on_nothing_in_common_are_the_landmarks() -> None:
    graph = CitationGraph.build([(10, 1), (11, 2), (12, 3)])

    assert find_landmarks(graph, ABOUT, 20) == ABOUT


def test_a_library_of_one_topic_has_landmarks() -> None:
    graph = CitationGraph.build([(paper, cited) for paper in ABOUT for cited in (1, 2)])

    assert find_landmarks(graph, ABOUT, 2) == [1, 2]


def test_papers_that_cite_those_about_the_topic_speak_of_it_too() -> None:
    graph = CitationGraph.build(
        [
            *((n, 5) for n in (30, 31, 32)),
            *((n, 1) for n in (30, 31, 32)),
            (40, 2),
            (41, 2),
            (42, 2),
        ]
    )

    assert find_landmarks(graph, [5], 2)[0] in {1, 5}
    assert 2 not in find_landmarks(graph, [5], 3)


def test_a_paper_beyond_the_graph_is_kept() -> None:
    assert find_landmarks(GRAPH, [999], 3) == [999]
