"""Known items come first: damaged titles, beginnings, an author and a year."""

from __future__ import annotations

import pytest
from papergraph.library import Library
from papergraph.models import PaperRecord
from papergraph.search import search_papers
from papergraph.search.known import titled_items
from tests.conftest import add_papers

TITLE = "Learning scale-free networks by dynamic node specific degree prior"


@pytest.fixture
def shelf(bare: Library) -> Library:
    """A paper to be found (number 1) among forty that share its words in their abstracts."""
    authors = ("Qingming Tang", "Siqi Sun")
    add_papers(bare, PaperRecord(title=TITLE, authors=authors, year=2015, source="starter"))
    add_papers(
        bare,
        *(
            PaperRecord(
                title=f"Networks {word} learning",
                abstract=f"Learning networks of a scale that is free. {TITLE[n:]}.",
                authors=("Ada Tang",),
                year=2010,
                source="starter",
            )
            for n, word in enumerate(["free", "node", "specific", "degree", "prior"] * 8)
        ),
    )
    return bare


@pytest.mark.parametrize(
    ("query", "why"),
    [
        (TITLE, "this is its title"),
        (TITLE.upper(), "this is its title"),
        ("Leraning scale-free networks by dynamic node specific degree prior", "otherwise"),
        ("Learning scale free netwoks by dynamc node specific degree priors", "otherwise"),
        ("Learning scale-free networks by", "beginning"),
        ("learning scale-free networks by dyn", "beginning"),
        ("prior degree specific node dynamic", "all these words"),
        ("tang 2015", "author and year"),
        ("Tang et al. 2015", "author and year"),
        ("Sun and Tang (2015)", "author and year"),
        ("tang 2016", "its year but for one"),
        ("Tang et al. 2014", "its year but for one"),
        ("p1", "this is its id"),
    ],
)
def test_the_paper_that_is_meant_comes_first(shelf: Library, query: str, why: str) -> None:
    best = search_papers(shelf, query).hits[0]

    assert best.paper.id == "p1"
    assert best.why[0].text.endswith(why) or why in best.why[0].text


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("yolov3 an improvement", ["yolov4 an improvement"]),
        ("", ["anything"]),
        ("learning", ["learning to see"]),
        ("something else", ["attention is all you need"]),
    ],
)
def test_what_is_not_meant_is_not_known(query: str, titles: list[str]) -> None:
    assert titled_items(query, dict(enumerate(titles))) == {}


def test_of_equal_papers_the_more_cited_stands_first(bare: Library) -> None:
    add_papers(bare, *(PaperRecord(title=f"Odd title {word}", source="starter") for word in "abcd"))
    source = bare.papers.add_source("starter", "curated", "2026-01-01T00:00:00Z", "")
    bare.citations.add([(1, 3), (2, 3), (4, 2)], source)

    found = search_papers(bare, "odd title")

    assert [hit.paper.id for hit in found.hits] == ["p3", "p2", "p1", "p4"]


def test_the_first_author_is_meant_before_the_others(bare: Library) -> None:
    written = [
        (("Bob Sun", "Ada Tang"), 2015),
        (("Ada Tang", "Bob Sun"), 2014),
        (("Ada Tang", "Eve Orr"), 2015),
        (("Eve Orr", "Ada Tang"), 2016),
    ]
    add_papers(
        bare,
        *(
            PaperRecord(title=f"Odd title {n}", authors=authors, year=year, source="starter")
            for n, (authors, year) in enumerate(written)
        ),
    )

    found = search_papers(bare, "Tang et al. 2015")

    assert [hit.paper.id for hit in found.hits] == ["p3", "p2", "p1", "p4"]
    assert found.hits[0].why[0].text == "this is its first author and year"


def test_the_year_asked_for_stands_before_the_one_beside_it(bare: Library) -> None:
    add_papers(
        bare,
        *(
            PaperRecord(
                title=f"Odd title {year}", authors=("Ada Tang",), year=year, source="starter"
            )
            for year in (2014, 2015, 2016, 2017)
        ),
    )

    found = search_papers(bare, "tang 2015")

    assert [hit.paper.id for hit in found.hits] == ["p2", "p1", "p3"]
