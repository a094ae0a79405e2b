"""How two papers connect: each case a small graph, drawn as pairs (citing, cited)."""

from __future__ import annotations

import pytest
from papergraph.graph import connect
from papergraph.models import Claim
from tests.graph.facts import claim, dated, source

PAPERS = dated(*["2015-01"] * 9)
HUB = [(n, 9) for n in (5, 6, 7, 8)]


@pytest.mark.parametrize(
    ("citations", "claims", "chain"),
    [
        ([(1, 2)], [], [1, 2]),
        ([(2, 1)], [], [1, 2]),
        ([(1, 3), (3, 2)], [], [1, 3, 2]),
        ([(3, 1), (3, 2)], [], [1, 3, 2]),  # one paper cites both
        ([(1, 3), (2, 3)], [], [1, 3, 2]),  # both cite one paper
        ([(3, 1), (3, 2), (2, 4), (4, 1)], [], [1, 4, 2]),  # descent goes before company
        ([(1, 9), (2, 9), *HUB, (1, 3), (2, 3)], [], [1, 3, 2]),  # round what everybody cites
        ([(1, 1), (1, 2), (2, 1)], [], [1, 2]),  # cycles end
        ([], [claim(2, 1)], [1, 2]),  # somebody's word is a link
        ([(1, 3)], [claim(3, 2, stated=False)], []),  # the order of a list is none
        ([(1, 3), (4, 2)], [], []),
        ([], [], []),
    ],
)
def test_two_papers_connect(
    citations: list[tuple[int, int]], claims: list[Claim], chain: list[int]
) -> None:
    assert connect(1, 2, source(PAPERS, claims, citations)) == chain


def test_a_review_that_names_both_is_no_paper_of_the_chain() -> None:
    assert connect(1, 2, source(PAPERS, mentions=[(1, 1), (1, 2)])) == []


def test_a_paper_connects_with_itself_at_once() -> None:
    assert connect(1, 1, source(PAPERS, citations=[(1, 2)])) == [1]
