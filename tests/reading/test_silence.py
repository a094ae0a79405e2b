"""Where the library says little or nothing, the answer says so and calls a guess a guess."""

from __future__ import annotations

import pytest
from papergraph.library import Library
from tests.drawing import Drawing, draw

# x, y and z cite a and b; b and c have no references of their own
#
#   a 2010   b 2011   c 2012      x y z 2015
#      ^------^--------------------+-+-+
CITED_TOGETHER = "a:2010-01 b:2011-01 c:2012-01 x:2015-01 y:2015-01 z:2015-01"
SHEEP = {
    "a": "Counting sheep in the hills by night",
    "b": "Counting sheep in the hills by satellite",
    "c": "Quantum gravity on a lattice",
    "d": "Counting sheep in the hills again",
}


@pytest.fixture
def cited(bare: Library) -> Drawing:
    return draw(bare, CITED_TOGETHER, cites="x>ab y>ab z>ab")


@pytest.mark.parametrize("budget", [{}, {"limit": 5}, {"hours": 30.0}])
def test_without_references_those_who_cite_both_lead_to_a_guess(
    cited: Drawing, budget: dict[str, float]
) -> None:
    path = cited.path("b", **budget)

    assert cited.letters(step.paper for step in path.steps) == "ab"
    assert path.steps[0].because[0].text.startswith("a guess from closeness: 3 of the 3 papers")
    assert path.warnings == ()


def test_without_references_somebodys_word_is_enough(bare: Library) -> None:
    drawing = draw(bare, "a:2010-01 b:2011-01", says="b>a")

    assert drawing.steps("b") == "ab"
    assert drawing.chain("b") == "ab"


@pytest.mark.parametrize("budget", [{}, {"limit": 5}, {"hours": 30.0}])
def test_a_target_that_nobody_speaks_of_says_that_there_is_no_evidence(
    cited: Drawing, budget: dict[str, float]
) -> None:
    path = cited.path("c", **budget)

    assert cited.letters(step.paper for step in path.steps) == "c"
    (warning,) = path.warnings
    assert warning.startswith("nothing in this library says what to read before Paper C:")


def test_a_lineage_that_nobody_speaks_of_says_so(cited: Drawing) -> None:
    lineage = cited.lineage("c")

    assert cited.letters(link.paper for link in lineage.chain) == "c"
    assert lineage.warnings == ("nothing in this library says what Paper C grew out of",)


@pytest.mark.parametrize(
    ("papers", "target", "known", "guessed"),
    [
        ("a:2010-01 b:2012-01 c:2009-01", "b", "", "a"),
        ("a:2010-01 b:2012-01 c:2009-01 d:2011-01", "b", "", "da"),
        ("a:2010-01 b:2012-01 c:2009-01 d:2011-01", "b", "d", "a"),
        ("a:2010-01 b:2012-01 c:2009-01", "a", "", ""),  # nothing older is near
        ("a:2010-01 b:2010-01", "b", "", ""),  # of one month, neither is older
        ("a b:2012-01", "b", "", ""),
        ("a:2010-01 b", "b", "", ""),
        ("a:2010-01 c:2012-01", "c", "", ""),
    ],
)
def test_beside_a_lonely_target_stand_older_papers_near_by_their_words(
    bare: Library, papers: str, target: str, known: str, guessed: str
) -> None:
    drawing = draw(bare, papers, titles=SHEEP)

    path = drawing.path(target, known)

    assert drawing.letters(step.paper for step in path.steps) == target
    assert sorted(drawing.letters(paper for paper, _ in path.left_out)) == sorted(guessed)
    assert all(reason.startswith("a guess from closeness") for _, reason in path.left_out)


def test_beside_a_path_that_leads_somewhere_nothing_is_guessed(bare: Library) -> None:
    drawing = draw(bare, "a:2010-01 b:2012-01 d:2011-01", titles=SHEEP, says="b>a")

    assert drawing.path("b").left_out == ()


#   a <- b <- c      k (known) stands apart
def test_what_is_known_elsewhere_leads_to_no_path(bare: Library) -> None:
    drawing = draw(bare, "a:2010-01 b:2011-01 c:2012-01 k:2010-01", says="b>a c>b")

    path = drawing.path("c", "k")

    assert drawing.letters(step.paper for step in path.steps) == "abc"
    assert path.warnings == ("nothing you know is connected to this path",)


#   a <- b, s       s is a survey or a textbook that cites a and is cited by b
@pytest.mark.parametrize("kind", ["survey", "textbook", "dataset", "software"])
def test_a_generic_work_is_named_beside_the_path_and_no_step(bare: Library, kind: str) -> None:
    drawing = draw(
        bare,
        "a:2010-01 s:2011-01 b:2012-01",
        cites="b>a b>s s>a",
        says="b>a b>s",
        kinds={"s": kind},
    )

    path = drawing.path("b")

    assert drawing.letters(step.paper for step in path.steps) == "ab"
    assert [(drawing.letters([p]), reason) for p, reason in path.left_out] == [
        ("s", "a data set, tool or survey: look it up when you meet it")
    ]


def test_a_survey_may_be_the_target(bare: Library) -> None:
    drawing = draw(bare, "a:2010-01 s:2011-01", says="s>a", kinds={"s": "survey"})

    assert drawing.steps("s") == "as"
