"""The line between two papers: each case a small graph, drawn by what is cited together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count, product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papergraph.graph import AncestorSource, find_line
from papergraph.models import Claim
from tests.graph.facts import claim, dated, facts, source

YEARS = ("2011-01", "2012-01", "2013-01", "2014-01", "2015-01", "2016-01")
ENDS = (1, 6)  # the oldest of six papers, and the youngest


def cited_by(groups: Iterable[tuple[Sequence[int], int]]) -> Iterator[tuple[int, int]]:
    """Citations by so many papers each of which cites all of a group, and by many of others."""
    citing = count(10)
    for group, times in groups:
        for _ in range(times):
            number = next(citing)
            yield from ((number, cited) for cited in group)
    yield from ((number, 9) for number in range(500, 800))  # chance is small where many cite


def drawn(
    *groups: tuple[Sequence[int], int], claims: Iterable[Claim] = (), **changed: object
) -> AncestorSource:
    papers = dated(*YEARS) | {9: facts(9, "2010-01")}
    if changed:
        papers[3] = facts(3, YEARS[2], **changed)
    return source(papers, claims, cited_by(groups))


@pytest.mark.parametrize(
    ("groups", "line"),
    [
        ([([1, 6], 9)], [1, 6]),  # nothing stands between
        ([([1, 3, 6], 9)], [1, 3, 6]),
        ([([1, 3], 9), ([3, 6], 9)], [1, 3, 6]),
        ([([1, 2, 4, 6], 9)], [1, 2, 4, 6]),  # in the order of their dates
        ([([1, 2, 6], 9), ([1, 2, 4, 6], 3)], [1, 2, 6]),  # what is weak makes it no longer
        ([([1, 6], 9), ([1, 2], 9)], [1, 6]),  # what belongs to one end alone is not on the line
        ([([1, 6], 9), ([1, 2, 6], 2)], [1, 6]),  # nor is what few cite with both
        ([([1, 9, 6], 9)], [1, 6]),  # what is older than both is not between them
        ([([1], 9), ([6], 9)], []),
        ([], []),
    ],
)
def test_a_line_goes_through_what_is_cited_with_both_ends(
    groups: list[tuple[list[int], int]], line: list[int]
) -> None:
    assert find_line(*ENDS, drawn(*groups)) == line


@pytest.mark.parametrize(("most", "length"), [(2, 2), (3, 3), (5, 5), (6, 6), (9, 6)])
def test_a_line_has_at_most_so_many_papers(most: int, length: int) -> None:
    assert len(find_line(*ENDS, drawn(([1, 2, 3, 4, 5, 6], 30)), most)) == length


@pytest.mark.parametrize(
    ("claims", "line"),
    [
        ([claim(6, 1)], [1, 6]),
        ([claim(6, 4), claim(4, 1)], [1, 4, 6]),
        ([claim(6, 4), claim(4, 2), claim(2, 1)], [1, 2, 4, 6]),
        ([claim(6, 4, "compares"), claim(4, 1)], []),
        ([claim(6, 4, stated=False), claim(4, 1)], []),
        ([claim(6, 4), claim(4, 2)], []),  # it does not reach the other end
        ([claim(6, 6), claim(6, 4), claim(4, 6), claim(4, 1)], [1, 4, 6]),  # circles end
    ],
)
def test_a_line_follows_what_people_say(claims: list[Claim], line: list[int]) -> None:
    assert find_line(*ENDS, drawn(claims=claims)) == line


def test_what_people_say_goes_before_company() -> None:
    told = [claim(6, 4), claim(4, 1)]

    assert find_line(*ENDS, drawn(([1, 2, 6], 6), claims=told), 3) == [1, 4, 6]


def test_a_tool_is_on_no_line() -> None:
    groups = [([1, 3, 5, 6], 9)]

    assert find_line(*ENDS, drawn(*groups)) == [1, 3, 5, 6]
    assert find_line(*ENDS, drawn(*groups, kind="dataset")) == [1, 5, 6]


def test_what_a_reader_struck_out_is_no_link() -> None:
    plain = drawn(([1, 3, 6], 9))
    struck = AncestorSource(
        plain.graph, lambda ns: plain.facts(list(ns)), None, plain.dates, ((), [(6, 3), (6, 1)])
    )

    assert find_line(*ENDS, struck) == []


@pytest.mark.parametrize("number", [1, 6, 300])
def test_no_line_leads_from_a_paper_to_itself(number: int) -> None:
    assert find_line(number, number, drawn(([1, 3, 6], 9))) == []


def test_a_paper_outside_the_graph_has_no_line() -> None:
    papers = dated(*YEARS)

    assert find_line(1, 6, source(papers)) == []


@given(
    st.lists(
        st.tuples(st.lists(st.integers(1, 6), min_size=2, unique=True), st.integers(1, 9)),
        max_size=6,
    ),
    st.integers(2, 6),
)
def test_every_line_is_in_order_and_between_its_ends(
    groups: list[tuple[list[int], int]], most: int
) -> None:
    line = find_line(*ENDS, drawn(*groups), most)

    assert line == sorted(set(line))
    assert not line or ((line[0], line[-1]) == ENDS and len(line) <= most)


def test_a_hub_is_not_on_every_line() -> None:
    citing = range(10, 130)
    everything = [(n, 3) for n in citing]  # everybody cites 3
    both = [(n, cited) for n, cited in product(citing[:8], (1, 4, 6))]
    found = source(
        dated(*YEARS), citations=[*everything, *both, *((n, 9) for n in range(500, 520))]
    )

    assert find_line(*ENDS, found) == [1, 4, 6]
