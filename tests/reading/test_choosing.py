"""What is kept of a path's papers within a budget, and what is said of the others."""

from __future__ import annotations

import pytest
from papergraph.graph import Need, Parent
from papergraph.library import Library
from papergraph.reading import plan_reading
from papergraph.reading.choosing import Budget, choose_papers
from tests.drawing import draw
from tests.graph.facts import dated, source


def need(number: int, weight: float, by: int | None) -> Need:
    parent = Parent(
        number=number, score=weight, evidence=(), is_guess=False, is_said=True, is_generic=False
    )
    return Need(number=number, need=weight, needed_by=by, parent=parent if by else None)


# 3 is the target; 2 is needed for it, and 1 for 2 and by what adds up more than 2 itself
PAPERS = source(dated("2010-01", "2011-01", "2013-01", "2009-01"))
NEEDS = {3: need(3, 1.0, None), 2: need(2, 0.6, 3), 1: need(1, 0.7, 2), 4: need(4, 0.65, 1)}


@pytest.mark.parametrize(
    ("limit", "kept", "next_best"),
    [(1, [3], [2]), (2, [3, 2], [1]), (3, [3, 2, 1], [4]), (4, [3, 2, 1, 4], [])],
)
def test_what_adds_up_to_more_than_its_follower_comes_right_behind(
    limit: int, kept: list[int], next_best: list[int]
) -> None:
    chosen, left_out = choose_papers(NEEDS, PAPERS, (), (), Budget(limit=limit))

    assert chosen == kept
    assert [number for number, _ in left_out] == next_best


def test_a_limit_does_not_lose_what_the_whole_path_begins_with(shared_starter: Library) -> None:
    paths = [plan_reading(shared_starter, ["Stable Diffusion"], limit=n) for n in (None, 8)]
    whole, short = ({step.paper.name for step in path.steps} for path in paths)

    assert {"DDPM", "ADM"} <= whole & short


def test_one_citer_of_both_is_no_reason_to_read_where_no_number_is_asked_for(bare: Library) -> None:
    drawn = draw(bare, "a:2010 b:2011 t:2012 x:2014 y:2014 z:2015 w:2015", cites="x>abt y>bt z>w")

    assert drawn.steps("t") == "bt"
    assert drawn.steps("t", limit=5) == "abt"


@pytest.mark.parametrize("target", ["DPO", "BERT", "Stable Diffusion", "Faster R-CNN"])
def test_a_short_path_has_the_steps_of_the_whole_one_that_are_needed_most(
    shared_starter: Library, target: str
) -> None:
    whole, short = (plan_reading(shared_starter, [target], limit=n).steps for n in (None, 4))
    needs = {step.paper.id: step.need for step in whole}

    assert len(short) == 4
    assert {step.paper.id for step in short} <= set(needs)
    assert any(one.kind == "curated" for step in short for one in step.because)
