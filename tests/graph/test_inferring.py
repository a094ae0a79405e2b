"""What citations, titles and meaning alone say that is needed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from papergraph.graph import infer_needs
from tests.graph.facts import dated, source

# 4, 5 and 6 cite 1, 2 and the target 3; 7 to 12 cite 13
PAPERS = dated("2011-01", "2011-01", "2013-01", *["2014-01"] * 9, "2010-01")
CITATIONS = [(n, old) for n in (4, 5, 6) for old in (1, 2, 3)] + [(n, 13) for n in range(7, 13)]


@pytest.mark.parametrize("near", [1, 2])
def test_what_is_near_in_meaning_is_needed_more(near: int) -> None:
    def meaning(number: int, others: Sequence[int]) -> NDArray[np.float64]:
        assert number == 3
        return np.array([float(other == near) for other in others])

    found = infer_needs(3, source(PAPERS, (), CITATIONS, meaning=meaning), 10)

    assert [need.number for need in found] == [near, 3 - near]


def test_without_meaning_equal_papers_are_equal() -> None:
    one, other = infer_needs(3, source(PAPERS, (), CITATIONS), 10)

    assert one.need == other.need


def test_meaning_alone_makes_no_need() -> None:
    far = source(PAPERS, (), CITATIONS, meaning=lambda _, others: np.ones(len(others)))

    assert 13 not in {need.number for need in infer_needs(3, far, 10)}


@pytest.mark.parametrize(("cites", "expected"), [((), {2}), (((3, 1),), {1, 2})])
def test_a_paper_of_the_next_month_is_needed_only_if_it_is_cited(
    cites: tuple[tuple[int, int], ...], expected: set[int]
) -> None:
    papers = dated("2013-02", "2013-01", "2013-01", *["2014-01"] * 3)
    found = infer_needs(3, source(papers, (), [*CITATIONS[:9], *cites]), 10)

    assert {need.number for need in found} == expected
