"""What is known ends a path; who knows all of it is shown what came of it."""

from __future__ import annotations

import pytest
from papergraph.errors import InputError
from papergraph.library import Library
from tests.conftest import NOW
from tests.drawing import Drawing, draw


@pytest.fixture
def line(bare: Library) -> Drawing:
    """a <- b <- c <- d, as a curator says and as they cite."""
    papers = "a:2010-01 b:2011-01 c:2012-01 d:2013-01"
    return draw(bare, papers, cites="b>a c>b d>c", says="b>a c>b d>c")


@pytest.mark.parametrize(
    ("known", "steps"),
    [("", "abc"), ("a", "bc"), ("b", "c"), ("ab", "c"), ("abb", "c"), ("c", "c"), ("abc", "c")],
)
def test_a_path_starts_above_what_is_known(line: Drawing, known: str, steps: str) -> None:
    assert line.steps("c", known) == steps


@pytest.mark.parametrize("known", ["c", "abc"])
def test_who_knows_the_target_is_told_and_shown_what_came_of_it(line: Drawing, known: str) -> None:
    path = line.path("c", known)

    assert path.warnings == ("you already know Paper C; see what came of it",)
    assert "d" in line.next(known)


def test_who_knows_all_but_the_target_reads_it_and_then_what_follows(line: Drawing) -> None:
    assert line.steps("c", "ab") == "c"
    assert line.next("abc") == "d"


def test_who_knows_everything_has_nothing_left(line: Drawing) -> None:
    assert line.steps("d", "abcd") == "d"
    assert (line.next("abcd"), line.ready("abcd")) == ("", "")


@pytest.mark.parametrize(
    ("limit", "steps", "left"), [(1, "d", "c"), (2, "cd", "b"), (4, "abcd", ""), (99, "abcd", "")]
)
def test_a_budget_of_steps_counts_the_target_and_names_what_is_beyond(
    line: Drawing, limit: int, steps: str, left: str
) -> None:
    path = line.path("d", limit=limit)

    assert line.letters(step.paper for step in path.steps) == steps
    assert line.letters(paper for paper, _ in path.left_out) == left
    assert {reason for _, reason in path.left_out} <= {"beyond the number of steps"}


@pytest.mark.parametrize("budget", [{"limit": 0}, {"hours": 0.0}])
def test_a_budget_of_nothing_is_an_error(line: Drawing, budget: dict[str, float]) -> None:
    with pytest.raises(InputError, match=r"must be positive|of 1 or more"):
        line.path("d", **budget)


def test_the_target_is_read_though_it_takes_longer_than_there_is_time(line: Drawing) -> None:
    assert line.steps("d", hours=0.5) == "d"


def test_papers_named_twice_count_once(line: Drawing) -> None:
    assert line.steps("cc", "aa") == "bc"
    assert line.order("cacb") == "abc"
    assert line.next("abcabc") == "d"


def test_a_merged_paper_is_read_once_under_any_of_its_ids(bare: Library) -> None:
    drawing = draw(bare, "a:2010-01 b:2011-01 e:2010-01 c:2012-01", says="b>a b>e c>b")
    old, kept = drawing.numbers["e"], drawing.numbers["a"]

    bare.merge(old, kept, "test", NOW)

    assert drawing.steps("c") == "abc"
    assert drawing.steps("c", "e") == drawing.steps("c", "a") == "bc"
    assert drawing.order("eab") == "ab"
    assert drawing.chain("c") == "abc"
    assert "e" not in drawing.next("b")


def test_what_a_known_paper_is_inferred_to_need_is_its_base(bare: Library) -> None:
    #  k cites a to d, t all of them and e; p to s cite what goes together; nobody says anything
    papers = "a:2008-01 b:2008-06 c:2009-01 d:2009-05 k:2010-01 e:2011-01 t:2012-01"
    citing = "p:2014 q:2014 r:2014 s:2014"
    cites = "k>abcd t>kabcde p>abcdket q>abcdket r>ket s>ket"
    drawn = draw(bare, f"{papers} {citing}", cites=cites)

    assert drawn.steps("t") == "abcdket"
    assert drawn.steps("t", "k") == "et"
