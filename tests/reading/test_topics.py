"""The main line of a topic goes through what papers about it rest on."""

from __future__ import annotations

import pytest
from papergraph.errors import InputError
from papergraph.library import Library
from papergraph.models import paper_id
from papergraph.reading import find_topic_lineage, strike_prerequisite
from tests.conftest import NOW
from tests.drawing import Drawing, draw

#   a <- b <- c are the landmarks, d branches off b; w x y z are about the topic
PAPERS = "a:2010-01 b:2011-01 c:2012-01 d:2012-02 w:2014 x:2014 y:2014 z:2014"
SAYS = "b>a c>b d>b"
CITES = "w>abcd x>abcd y>abcd z>abcd"


@pytest.fixture
def topic(bare: Library) -> Drawing:
    return draw(bare, PAPERS, says=SAYS, cites=CITES)


def test_the_line_is_the_landmarks_in_their_order(topic: Drawing) -> None:
    found = find_topic_lineage(topic.library, "drawing", topic.ids("wxyz"))

    assert topic.letters(link.paper for link in found.chain)[:2] == "ab"
    assert found.chain[-1].paper == found.target
    assert found.topic == "drawing"
    assert not found.warnings


def test_each_paper_of_the_line_says_why_it_follows(topic: Drawing) -> None:
    first, *others = find_topic_lineage(topic.library, "drawing", topic.ids("wxyz")).chain

    assert not first.because
    assert all("a step further" in link.because[0].text for link in others)


def test_what_is_not_on_the_line_branches_off_it(topic: Drawing) -> None:
    found = find_topic_lineage(topic.library, "drawing", topic.ids("wxyz"))

    on_line = topic.letters(link.paper for link in found.chain)
    branches = {topic.letters([b.origin]) + topic.letters([b.paper]) for b in found.branches}
    assert branches == ({"bd"} if on_line == "abc" else {"bc"})


def test_what_a_reader_struck_out_is_no_link(topic: Drawing) -> None:
    topic.strike("b", "a")

    found = find_topic_lineage(topic.library, "drawing", topic.ids("wxyz"))

    assert "ab" not in topic.letters(link.paper for link in found.chain)


def test_of_too_few_papers_the_line_is_that_of_the_best(topic: Drawing) -> None:
    found = find_topic_lineage(topic.library, "drawing", topic.ids("cw"))

    assert topic.letters(link.paper for link in found.chain) == "abc"
    assert found.warnings[0].startswith("only 2 papers fit 'drawing' here")


def test_papers_that_nothing_links_are_no_line(bare: Library) -> None:
    drawn = draw(bare, "a:2010 b:2011 c:2012 d:2013 e:2014")

    found = find_topic_lineage(bare, "drawing", drawn.ids("abcde"))

    assert drawn.letters(link.paper for link in found.chain) == "a"
    assert "nothing in this library says how" in found.warnings[0]


@pytest.mark.parametrize(("about", "limit"), [("", 5), ("abcd", 0)])
def test_a_topic_without_papers_or_parents_is_refused(
    topic: Drawing, about: str, limit: int
) -> None:
    with pytest.raises(InputError, match=r"none was given|of 1 or more"):
        find_topic_lineage(topic.library, "drawing", topic.ids(about), limit=limit)


GRAPHS = ("GIN", "GAT", "GCN", "GraphSAGE")


@pytest.mark.parametrize(
    "topic", ["Graph neural networks", "graph neural network", "neural graphs"]
)
def test_a_topic_of_a_curated_lineage_has_its_line(shared_starter: Library, topic: str) -> None:
    (wanted,) = (
        one for one in shared_starter.reviews.lineages() if one.title == "Graph neural networks"
    )

    found = find_topic_lineage(shared_starter, topic, GRAPHS)

    assert [link.paper.id for link in found.chain] == [paper_id(n) for n in wanted.chain]
    assert all(link.because for link in found.chain[1:])
    assert found.warnings == ("this is the curated lineage 'Graph neural networks'",)


@pytest.mark.parametrize("topic", ["graph drawing", "networks", "the", "!"])
def test_another_topic_has_a_line_of_its_own(shared_starter: Library, topic: str) -> None:
    found = find_topic_lineage(shared_starter, topic, GRAPHS)

    assert not any("curated lineage" in warning for warning in found.warnings)


def test_a_curated_line_with_a_step_struck_out_is_not_used(starter: Library) -> None:
    strike_prerequisite(starter, "GraphSAGE", "GCN", now=NOW)

    found = find_topic_lineage(starter, "graph neural networks", GRAPHS)

    assert not any("curated lineage" in warning for warning in found.warnings)
