"""A path to a topic leads to the papers on which it rests, in an order that can be read."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from papergraph.errors import InputError
from papergraph.library import Library
from papergraph.models import ReadingPath
from papergraph.reading import plan_reading
from papergraph.search import papers_about
from tests.drawing import Drawing, draw

GANS = "generative adversarial networks"
#   a <- b <- c are the landmarks, t comes from another field; w x y z are about the topic
PAPERS = "a:2010-01 b:2011-01 c:2012-01 t:2009 w:2014 x:2014 y:2014 z:2014"
CITES = "w>abct x>abct y>abct z>abct"


@pytest.fixture
def topic(bare: Library) -> Drawing:
    drawn = draw(bare, PAPERS, says="b>a c>b", cites=CITES)
    point(drawn, "abcwxyz", towards=0)
    point(drawn, "t", towards=1)
    return drawn


def point(drawn: Drawing, letters: str, towards: int) -> None:
    """Give papers vectors that all point one way."""
    todo = [(drawn.numbers[letter], letter, "", b"") for letter in letters]
    drawn.library.vectors.put("model", todo, np.eye(4, dtype=np.float32)[[towards] * len(todo)])


def plan(drawn: Drawing, about: str = "wxyz", **asked: Any) -> ReadingPath:
    return plan_reading(drawn.library, [], topic="drawing", about=drawn.ids(about), **asked)


def gans(starter: Library, **asked: Any) -> ReadingPath:
    about = papers_about(starter, GANS, limit=150)
    return plan_reading(starter, [], topic=GANS, about=about, **asked)


def names(path: ReadingPath) -> list[str]:
    return [step.paper.name for step in path.steps]


def test_a_path_leads_to_what_papers_about_the_topic_rest_on(topic: Drawing) -> None:
    path = plan(topic)
    aims = [step for step in path.steps if step.paper in path.targets]

    assert topic.letters(step.paper for step in aims) == "abc"
    assert (path.topic, path.name) == ("drawing", "drawing")
    assert all("4 of 4 papers here about 'drawing' cite it" in str(s.because) for s in aims)


def test_a_paper_of_the_topic_names_the_next_that_builds_on_it(topic: Drawing) -> None:
    found = {topic.letters([step.paper]): step for step in plan(topic).steps}

    assert [found[letter].needed_by for letter in "abc"] == [*topic.ids("bc"), None]
    assert "a step further" in found["a"].because[0].text


def test_without_meaning_what_is_not_found_by_its_words_is_no_aim(bare: Library) -> None:
    drawn = draw(bare, PAPERS, says="b>a c>b", cites=CITES)

    assert drawn.letters(plan(drawn, "cwxyz").targets) == "c"


def test_of_few_papers_the_path_leads_to_these(topic: Drawing) -> None:
    path = plan(topic, "wx")

    assert topic.letters(path.targets) == "wx"
    assert path.steps[-1].because[0].text == "its words fit 'drawing'"


def test_a_budget_bounds_the_papers_of_a_topic_too(topic: Drawing) -> None:
    assert len(plan(topic, limit=2).steps) == 2
    assert len(plan(topic, hours=2.5).steps) == 1


def test_what_is_known_is_no_aim(topic: Drawing) -> None:
    path = plan(topic, known=topic.ids("b"))

    assert topic.letters(step.paper for step in path.steps) == "c"


def test_who_knows_all_of_a_topic_is_told(topic: Drawing) -> None:
    path = plan(topic, known=topic.ids("abc"))

    assert not path.steps
    assert path.warnings == ("you know all papers on which 'drawing' is found to rest here",)


def test_a_topic_without_papers_is_refused(topic: Drawing) -> None:
    with pytest.raises(InputError, match="a path needs a target"):
        plan(topic, "")
    with pytest.raises(InputError, match="a path needs a target"):
        plan_reading(topic.library, [], about=topic.ids("wxyz"))


def test_a_paper_and_a_topic_are_both_led_to(topic: Drawing) -> None:
    path = plan_reading(topic.library, topic.ids("t"), topic="drawing", about=topic.ids("wxyz"))

    assert topic.letters(step.paper for step in path.steps) == "tabc"


def test_the_curated_line_of_a_topic_is_where_its_path_leads(shared_starter: Library) -> None:
    path = gans(shared_starter)

    line = ["GAN", "DCGAN", "WGAN", "WGAN-GP", "ProGAN", "StyleGAN"]
    assert [name for name in names(path) if name in line] == line
    assert all(step.because for step in path.steps)
    gan = next(step for step in path.steps if step.paper.name == "GAN")
    assert any(one.where == "Generative adversarial networks" for one in gan.because)


def test_a_short_path_to_a_topic_has_the_landmarks_of_its_line(shared_starter: Library) -> None:
    path = gans(shared_starter, limit=3)

    assert len(path.steps) == len(path.targets) == 3
    assert "GAN" in names(path)


def test_a_target_that_is_older_than_what_others_need_comes_first(
    shared_starter: Library,
) -> None:
    found = names(plan_reading(shared_starter, ["GAN", "WGAN", "SAGAN"]))

    assert found.index("GAN") < found.index("WGAN") < found.index("SN-GAN") < found.index("SAGAN")
