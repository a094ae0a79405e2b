"""Circles of citations and of words: every answer ends, and says what is best read together."""

from __future__ import annotations

import pytest
from papergraph.library import Library
from tests.drawing import draw

PAPERS = "a:2010-01 b:2010-01 c:2010-01"
#  a <-> b          a -> c -> b -> a
CIRCLES = {"ab": "b>a a>b", "abc": "b>a c>b a>c"}


@pytest.mark.parametrize("form", ["cites", "says"])
@pytest.mark.parametrize("circle", CIRCLES)
def test_an_order_keeps_every_paper_of_a_circle_once_and_says_so(
    bare: Library, form: str, circle: str
) -> None:
    drawing = draw(bare, PAPERS, **{form: CIRCLES[circle]})

    ordered = drawing.ordered("cab")

    assert sorted(drawing.letters(ordered.order)) == ["a", "b", "c"]
    (warning,) = ordered.warnings
    names = [f"Paper {letter.upper()}" for letter in circle]
    assert warning.startswith(f"{', '.join(names[:-1])} and {names[-1]} are best read together: ")


@pytest.mark.parametrize("form", ["cites", "says"])
@pytest.mark.parametrize("budget", [{}, {"limit": 9}, {"hours": 100.0}])
def test_a_path_into_a_circle_ends_with_its_target(
    bare: Library, form: str, budget: dict[str, float]
) -> None:
    drawing = draw(bare, PAPERS, **{form: CIRCLES["ab"]})

    path = drawing.path("a", **budget)

    assert drawing.letters(step.paper for step in path.steps) == "ba"
    assert [list(step.together_with) for step in path.steps] == [
        drawing.ids("a"),
        drawing.ids("b"),
    ]


@pytest.mark.parametrize("target", ["a", "b", "c"])
def test_a_path_around_a_circle_of_three_holds_each_paper_once(bare: Library, target: str) -> None:
    drawing = draw(bare, PAPERS, says=CIRCLES["abc"])

    path = drawing.path(target)

    assert sorted(drawing.letters(step.paper for step in path.steps)) == ["a", "b", "c"]
    assert drawing.letters([path.steps[-1].paper]) == target
    assert all(len(step.together_with) == 2 for step in path.steps)


@pytest.mark.parametrize("form", ["cites", "says"])
@pytest.mark.parametrize("circle", CIRCLES)
def test_a_lineage_runs_around_a_circle_once(bare: Library, form: str, circle: str) -> None:
    drawing = draw(bare, PAPERS, **{form: CIRCLES[circle]})

    assert sorted(drawing.chain("a")) == list(circle)
    assert drawing.chain("a")[-1] == "a"


@pytest.mark.parametrize("form", ["cites", "says"])
@pytest.mark.parametrize("circle", CIRCLES)
def test_what_is_next_in_a_circle_is_the_rest_of_it(bare: Library, form: str, circle: str) -> None:
    drawing = draw(bare, PAPERS, **{form: CIRCLES[circle]})

    assert sorted(drawing.next("a")) == list(circle[1:])


def test_a_circle_of_two_is_ready_when_one_is_known(bare: Library) -> None:
    assert draw(bare, PAPERS, says=CIRCLES["ab"]).ready("a") == "b"


def test_papers_of_a_circle_keep_the_order_of_time(bare: Library) -> None:
    drawing = draw(bare, "a:2012-01 b:2010-01", cites=CIRCLES["ab"])

    assert drawing.order("ab") == "ba"


def test_a_circle_of_which_only_a_part_is_listed_is_none(bare: Library) -> None:
    assert draw(bare, PAPERS, cites=CIRCLES["abc"]).ordered("ab").warnings == ()


def test_a_struck_citation_opens_a_circle(bare: Library) -> None:
    drawing = draw(bare, PAPERS, cites=CIRCLES["ab"])

    drawing.strike("a", "b")

    assert drawing.ordered("ab").warnings == ()


@pytest.mark.parametrize("form", ["cites", "says"])
def test_a_paper_that_cites_itself_stands_alone(bare: Library, form: str) -> None:
    drawing = draw(bare, PAPERS, **{form: "a>a"})

    path = drawing.path("a")

    assert drawing.letters(step.paper for step in path.steps) == "a"
    assert path.steps[0].together_with == ()
    assert (drawing.chain("a"), drawing.next("a"), drawing.ready("a")) == ("a", "", "")
    assert drawing.ordered("ab").warnings == ()
