"""Reading order: what must come first does, then older before newer; cycles give way."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from papergraph.graph import order_numbers
from papergraph.models import PaperFacts
from tests.graph.facts import dated, facts

months = st.none() | st.sampled_from(["2012-01", "2012-01", "2013-06", "2015-12"])
before_pairs = st.dictionaries(
    st.tuples(st.integers(1, 8), st.integers(1, 8)), st.floats(0.1, 5), max_size=20
)


@given(st.permutations(range(1, 9)), st.lists(months, min_size=8, max_size=8), before_pairs)
def test_a_paper_never_stands_before_its_prerequisite_unless_in_a_cycle(
    numbers: list[int], dates: list[str | None], before: dict[tuple[int, int], float]
) -> None:
    found = order_numbers(numbers, dated(*dates), before)

    place = {number: position for position, number in enumerate(found.order)}
    assert sorted(found.order) == list(range(1, 9))
    for earlier, later in before:
        in_cycle = later in found.together.get(earlier, ())
        assert earlier == later or place[earlier] < place[later] or in_cycle


@given(before_pairs)
def test_together_names_exactly_the_papers_of_cycles(
    before: dict[tuple[int, int], float],
) -> None:
    found = order_numbers(range(1, 9), dated(*["2012-01"] * 8), before)

    drawn = nx.DiGraph([pair for pair in before if pair[0] != pair[1]])
    knots = [knot for knot in nx.strongly_connected_components(drawn) if len(knot) > 1]
    assert found.together == {n: tuple(sorted(knot - {n})) for knot in knots for n in knot}


@given(st.permutations(range(1, 9)), before_pairs)
def test_the_order_given_makes_no_difference_to_dated_papers(
    numbers: list[int], before: dict[tuple[int, int], float]
) -> None:
    papers = dated(*(f"2012-{n:02}" for n in range(1, 9)))

    assert order_numbers(numbers, papers, before) == order_numbers(range(1, 9), papers, before)


def order(papers: dict[int, PaperFacts], *numbers: int, **options: object) -> tuple[int, ...]:
    return order_numbers(numbers, papers, options.pop("before", {}), **options).order


def test_older_papers_come_first() -> None:
    assert order(dated("2015-12", "2012-09", "2014-09"), 1, 2, 3) == (2, 3, 1)


def test_months_of_one_year_count() -> None:
    assert order(dated("2014-09", "2014-02", "2014-04"), 1, 2, 3) == (2, 3, 1)


def test_what_must_come_first_beats_the_date() -> None:
    papers = dated("2012-01", "2015-01")

    assert order(papers, 1, 2, before={(2, 1): 1.0}) == (2, 1)


def test_papers_of_one_month_stand_by_title() -> None:
    papers = {1: facts(1, "2014-09", title="b"), 2: facts(2, "2014-09", title="A")}

    assert order(papers, 1, 2) == (2, 1)


@pytest.mark.parametrize("given_order", [(1, 2), (2, 1)])
def test_papers_of_one_month_and_title_stand_as_given(given_order: tuple[int, int]) -> None:
    papers = {n: facts(n, "2014-09", title="Same") for n in (1, 2)}

    assert order(papers, *given_order) == given_order


def test_a_paper_without_a_date_stays_behind_the_one_before_it() -> None:
    # 2 has no date and was given after 1
    assert order(dated("2014-01", None, "2012-01"), 3, 1, 2) == (3, 1, 2)
    assert order(dated("2014-01", None, "2012-01"), 3, 2, 1) == (3, 2, 1)


def test_papers_without_any_dates_stay_as_given() -> None:
    papers = {n: facts(n) for n in (1, 2, 3)}

    assert order(papers, 3, 1, 2) == (3, 1, 2)


def test_the_target_comes_last_though_it_is_older() -> None:
    papers = dated("2012-01", "2014-01", "2015-01")

    assert order(papers, 1, 2, 3, last=[1]) == (2, 3, 1)


def test_the_lightest_pair_of_a_cycle_gives_way() -> None:
    # 1 before 2 is said three times, 2 before 1 once
    found = order_numbers([1, 2], dated("2014-01", "2012-01"), {(1, 2): 3.0, (2, 1): 1.0})

    assert found.order == (1, 2)
    assert found.together == {1: (2,), 2: (1,)}


def test_pairs_with_papers_of_other_lists_do_not_count() -> None:
    assert order(dated("2012-01", "2013-01"), 1, 2, before={(9, 1): 1.0, (2, 9): 1.0}) == (1, 2)


def test_an_empty_list_has_an_empty_order() -> None:
    assert order({}) == ()


def test_papers_without_facts_are_kept() -> None:
    assert order({}, 5, 4) == (5, 4)
