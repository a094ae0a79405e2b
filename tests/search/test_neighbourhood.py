"""The neighbourhood of papers: what is near and why, prior and derivative works, odd libraries."""

from __future__ import annotations

import pytest
from papergraph.embed import embed_papers
from papergraph.errors import InputError, NotFoundError
from papergraph.models import PaperRecord
from papergraph.search.neighbourhood import find_neighbourhood
from tests.conftest import HashingEmbedder

NOW = "2026-01-31T12:00:00Z"


def fill(library, titles, pairs):
    """A library of these papers, with citations by place; their ids."""
    source = library.papers.add_source("corpus:x", "corpus", NOW)
    numbers = [library.papers.add(PaperRecord(title=t, source="corpus:x"), NOW) for t in titles]
    library.citations.add([(numbers[a], numbers[b]) for a, b in pairs], source)
    library.refresh_texts(numbers)
    library.touch_graph()
    return [f"p{number}" for number in numbers]


def names(found):
    return [node.paper.title for node in found.nodes]


def test_a_paper_alone_is_its_own_neighbourhood_with_a_warning(bare):
    fill(bare, ["Alone"], [])

    found = find_neighbourhood(bare, ["Alone"])

    assert names(found) == ["Alone"]
    assert (found.edges, found.prior_works, found.derivative_works) == ((), (), ())
    assert "no model" in found.warnings[0]


def test_what_cites_the_same_is_near_and_what_all_cite_is_prior_work(bare):
    ids = fill(
        bare, ["A one", "B two", "Old root", "Survey of all"], [(0, 2), (1, 2), (3, 0), (3, 1)]
    )

    found = find_neighbourhood(bare, ["A one"], limit=2)

    assert names(found) == ["A one", "B two"]
    assert {reason.kind for reason in found.nodes[1].because} == {"cocitation", "coupling"}
    assert [(work.paper.id, work.shared) for work in found.prior_works] == [(ids[2], 2)]
    assert [(work.paper.id, work.shared) for work in found.derivative_works] == [(ids[3], 2)]
    assert [(edge.one, edge.other, edge.cites) for edge in found.edges] == [(ids[0], ids[1], False)]


def test_an_edge_with_a_citation_runs_from_citing_to_cited(bare):
    ids = fill(bare, ["A one", "B two", "Root"], [(0, 2), (1, 2), (1, 0)])

    found = find_neighbourhood(bare, ["A one"], limit=2)

    assert [(edge.one, edge.other, edge.cites) for edge in found.edges] == [(ids[1], ids[0], True)]


def test_meaning_finds_what_no_citation_tells(bare):
    fill(bare, ["Reading of graphs", "Graphs and reading", "Cooking"], [])
    embedder = HashingEmbedder()
    embed_papers(bare, embedder)

    found = find_neighbourhood(bare, ["Reading of graphs"], embedder=embedder, limit=2)

    assert names(found) == ["Reading of graphs", "Graphs and reading"]
    assert found.nodes[1].because[0].kind == "embedding"
    assert not found.nodes[1].because[0].stated


def test_a_second_seed_brings_its_own_neighbours_and_stands_once(starter):
    one = find_neighbourhood(starter, ["ResNet"])
    both = find_neighbourhood(starter, ["ResNet", "BERT", "ResNet"])

    assert len(one.nodes) == len(both.nodes) == 40
    assert [paper.name for paper in both.seeds] == ["ResNet", "BERT"]
    assert set(names(both)) - set(names(one))
    assert all(node.because for node in both.nodes if not node.is_seed)
    assert not {work.paper.id for work in both.prior_works} & {n.paper.id for n in both.nodes}


@pytest.mark.parametrize(
    ("seeds", "error"),
    [([], InputError), (["ResNet"] * 21, InputError), (["no such paper qq"], NotFoundError)],
)
def test_seeds_that_cannot_be_are_refused(starter, seeds, error):
    with pytest.raises(error):
        find_neighbourhood(starter, seeds)


def test_the_limit_counts_the_seeds(starter):
    assert len(find_neighbourhood(starter, ["ResNet"], limit=1).nodes) == 1
    assert len(find_neighbourhood(starter, ["ResNet"], limit=7).nodes) == 7
