"""Papers near one paper: cited with it, citing the same, near by meaning, or all fused."""

from __future__ import annotations

import pytest
from papergraph.embed import embed_papers
from papergraph.errors import InputError, NotFoundError
from papergraph.library import Library
from papergraph.models import PaperRecord
from papergraph.search.similar import WAYS, similar_papers
from tests.conftest import NOW, HashingEmbedder, add_papers

TITLES = (
    *("Reading digits", "Reading letters", "Sorting parcels", "Weighing parcels"),
    *("A survey of post", "Another survey of post"),
)


@pytest.fixture
def post(bare: Library, embedder: HashingEmbedder) -> Library:
    """Surveys 5 and 6 cite 1 and 3; 6 also cites 2; papers 3 and 4 cite 2."""
    add_papers(bare, *(PaperRecord(title=title, source="starter") for title in TITLES))
    source = bare.papers.add_source("starter", "curated", NOW, "")
    pairs = [(5, 1), (5, 3), (6, 1), (6, 3), (6, 2), (3, 2), (4, 2)]
    bare.citations.add(pairs, source)
    bare.touch_graph()
    embed_papers(bare, embedder)
    return bare


@pytest.mark.parametrize(
    ("by", "first", "said"),
    [
        ("cocitation", "p3", "cited together by 2 of 2 papers and reviews here"),
        ("meaning", "p2", "near 'Reading digits' by meaning"),
    ],
)
def test_each_way_finds_its_papers_and_says_why(
    post: Library, embedder: HashingEmbedder, by: str, first: str, said: str
) -> None:
    hits = similar_papers(post, "p1", by=by, embedder=embedder)

    assert hits[0].paper.id == first
    assert hits[0].why[0].text == said


def test_coupling_counts_what_both_cite(post: Library) -> None:
    hits = similar_papers(post, "p5", by="coupling")

    assert [(hit.paper.id, hit.why[0].text) for hit in hits] == [
        ("p6", "cites 2 of the papers this one cites")
    ]


def test_all_ways_are_fused_with_all_reasons(post: Library, embedder: HashingEmbedder) -> None:
    hits = similar_papers(post, "Another survey of post", embedder=embedder)

    assert hits[0].paper.id == "p5"
    assert {reason.kind for reason in hits[0].why} == {"coupling", "embedding"}
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert hits[0].score == 1.0


@pytest.mark.parametrize("by", WAYS)
def test_a_paper_is_not_near_itself(post: Library, embedder: HashingEmbedder, by: str) -> None:
    for number in range(1, 7):
        found = similar_papers(post, f"p{number}", by=by, embedder=embedder)

        assert f"p{number}" not in {hit.paper.id for hit in found}


def test_without_vectors_meaning_finds_nothing(bare: Library, embedder: HashingEmbedder) -> None:
    add_papers(bare, PaperRecord(title="Alone", source="starter"))

    assert similar_papers(bare, "p1", by="meaning", embedder=embedder) == ()
    assert similar_papers(bare, "p1") == ()


def test_what_cannot_be_asked_is_an_error(post: Library) -> None:
    with pytest.raises(InputError, match="no way 'taste'"):
        similar_papers(post, "p1", by="taste")
    with pytest.raises(NotFoundError, match="no paper answers to 'qqzz'"):
        similar_papers(post, "qqzz")
