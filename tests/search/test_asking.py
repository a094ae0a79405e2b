"""The language of the search box: fields, phrases, words left out; all else is text."""

from __future__ import annotations

import pytest
from papergraph.library import Library
from papergraph.models import PaperRecord
from papergraph.search import search_papers
from papergraph.search.asking import read_query
from papergraph.search.filters import SearchFilter
from tests.conftest import NOW, HashingEmbedder, add_papers

PAPERS = (
    PaperRecord(
        title="Gradient methods for documents",
        abstract="Shared weights read digits.",
        authors=("Yann LeCun", "Yoshua Bengio"),
        year=1998,
        venue="Proceedings of the IEEE",
        source="starter",
    ),
    PaperRecord(
        title="Gradient flow in deep nets",
        abstract="Weights shared over time.",
        authors=("Yann Bengio", "Ada LeCun"),
        year=2015,
        venue="ICML",
        source="starter",
    ),
    PaperRecord(
        title="A survey of gradient tricks",
        abstract="Transformers and more.",
        authors=("Ada Byron",),
        year=2018,
        venue="Inter. Conf. on Machine Learning",
        kind="book",
        source="starter",
    ),
    PaperRecord(title="Gradient without a date", source="starter"),
)


@pytest.fixture
def shelf(bare: Library) -> Library:
    """Four papers about gradients, numbers 1 to 4; the second is read."""
    add_papers(bare, *PAPERS)
    bare.states.put([2], "read", reader="me", now=NOW)
    return bare


@pytest.mark.parametrize(
    ("query", "papers"),
    [
        ("gradient", {1, 2, 3, 4}),
        ("gradient year:2015", {2}),
        ("gradient year:1998..2015", {1, 2}),
        ("gradient year:2015..", {2, 3}),
        ("gradient YEAR:..2015", {1, 2}),
        ("gradient year:2018..1998", set()),
        ("gradient author:lecun", {1, 2}),
        ('gradient author:"yann lecun"', {1}),
        ('gradient author:"LeCun, Yann"', {1}),
        ("gradient author:yann author:yoshua", {1}),
        ("gradient venue:icml", {2}),
        ('venue:"machine learning" gradient', {3}),
        ("gradient venue:ieee", {1}),
        ("gradient kind:book", {3}),
        ("gradient state:read", {2}),
        ("gradient state:unread", {1, 3, 4}),
        ("gradient -survey", {1, 2, 4}),
        ("gradient -surveys", {1, 2, 4}),
        ('gradient "shared weights"', {1}),
        ('gradient -"shared weights"', {2, 3, 4}),
        ("gradient transf*", {3}),
        ("year:2015", {2}),
        ("author:lecun -flow", {1}),
        ("-gradient", set()),
        ("state:unread year:2000..", {3}),
        ("gradient author:nobody", set()),
    ],
)
@pytest.mark.parametrize("mode", ["hybrid", "words"])
def test_fields_leave_out_exactly(
    shelf: Library, embedder: HashingEmbedder, query: str, papers: set[int], mode: str
) -> None:
    from papergraph.embed import embed_papers

    embed_papers(shelf, embedder)

    found = search_papers(shelf, query, embedder=embedder, mode=mode)

    assert {hit.paper.id for hit in found.hits} == {f"p{number}" for number in papers}


@pytest.mark.parametrize(
    "query",
    [
        "title: weights",
        "http://year:2015",
        "a-b",
        "5 -3",
        "state-of-the-art",
        '""',
        "-",
        "*",
        "a* OR b*",
    ],
)
def test_what_is_no_field_stays_text(query: str) -> None:
    found = read_query(query)

    assert found.text == query
    assert found.papers == SearchFilter()
    assert not found.words.without


@pytest.mark.parametrize(
    ("query", "note"), [("year:abc", "write year:2015"), ("state:gone", "states are queued")]
)
def test_a_field_that_cannot_be_read_is_told(shelf: Library, query: str, note: str) -> None:
    (found,) = search_papers(shelf, query).notes

    assert note in found


def test_filters_of_the_face_and_of_the_query_both_hold(shelf: Library) -> None:
    found = search_papers(
        shelf, "gradient year:2015..", allowed=SearchFilter(year_to=2015, authors=("ada",))
    )

    assert [hit.paper.id for hit in found.hits] == ["p2"]


def test_a_known_item_that_is_filtered_out_is_not_shown(shelf: Library) -> None:
    found = search_papers(shelf, "Gradient flow in deep nets year:1998")

    assert "p2" not in {hit.paper.id for hit in found.hits}


@pytest.mark.parametrize(
    ("query", "text", "said"),
    [
        ("nets year:abc", "nets abc", "year:abc is searched as words"),
        ("year:..", "..", "year:.. is searched as words"),
        ("year:2018..2015", "", "ends before it begins"),
        ("state:lost nets", "lost nets", "state:lost is searched as words"),
        ("nets author:", "nets", "author: is passed over"),
        ("author: lecun", "lecun", "author: is passed over"),
        ('venue:"" nets', "nets", "venue: is passed over"),
        ('deep "shared weights', "deep shared weights", "a quote is not closed"),
        ('author:"Yann LeCun', "Yann LeCun", "a quote is not closed"),
        ('-"shared weights', "shared weights", "a quote is not closed"),
        ("vnue:icml nets", "vnue:icml nets", "did you mean venue:"),
        ("Authors:lecun", "Authors:lecun", "did you mean author:"),
        ("author:he OR author:sun", "OR", "OR is searched as a word"),
    ],
)
def test_what_cannot_be_used_is_searched_as_words_and_said(
    query: str, text: str, said: str
) -> None:
    question = read_query(query)

    assert question.text == text
    assert len(question.notes) == 1
    assert said in question.notes[0]


@pytest.mark.parametrize(
    "query",
    [
        'a 19" screen',
        "author:lecun",
        '"shared weights"',
        "A: B",
        "arxiv:1512.03385",
        "https://example.org",
        "to be OR not",
        "stage:two training",
    ],
)
def test_what_is_as_it_should_be_has_no_note(query: str) -> None:
    assert read_query(query).notes == ()


def test_an_unknown_kind_that_finds_nothing_is_said(shelf: Library) -> None:
    assert search_papers(shelf, "gradient kind:book").notes == ()
    assert "kinds are article" in search_papers(shelf, "gradient kind:poem").notes[0]
