"""Two papers found to be one: nothing is lost, old ids answer, and it can be undone."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import pytest
from papergraph.errors import InputError, NotFoundError
from papergraph.ingest import forget_review, ingest_review
from papergraph.library import Library
from papergraph.models import PaperRecord

NOW = "2026-01-01T00:00:00Z"


def two_papers(library: Library) -> tuple[int, int]:
    """A preprint and its published version, stored apart, with what hangs on them."""
    preprint = library.papers.add(
        PaperRecord(
            title="Going Far With Rockets",
            source="import:a",
            identifiers=("arxiv:1512.00001",),
            nicknames=("RocketNet",),
        ),
        NOW,
    )
    published = library.papers.add(
        PaperRecord(
            title="Going far with rockets",
            source="import:a",
            year=2016,
            identifiers=("doi:10.1000/rockets",),
        ),
        NOW,
    )
    other = library.papers.add(PaperRecord(title="Rockets before", source="import:a"), NOW)
    source = library.papers.add_source("import:a", "import", NOW)
    library.citations.add([(published, other), (other, preprint)], source)
    library.states.put([published], "read", reader="me", now=NOW)
    library.refresh_texts([preprint, published, other])
    return preprint, published


def test_the_survivor_has_all_that_both_had(bare: Library) -> None:
    preprint, published = two_papers(bare)

    bare.merge(published, preprint, "same rocket", NOW)

    paper = bare.papers.get([preprint])[preprint]
    assert paper.identifiers == ("arxiv:1512.00001", "doi:10.1000/rockets")
    assert (paper.year, paper.state) == (2016, "read")
    assert (paper.references_here, paper.citations_here) == (1, 1)


def test_the_old_id_answers_with_the_survivor(bare: Library) -> None:
    preprint, published = two_papers(bare)

    bare.merge(preprint, published, "same rocket", NOW)

    assert bare.catalogue.by_number(published) == preprint
    assert bare.papers.by_title("Going far with rockets") == [preprint]


def test_undo_gives_back_two_papers_as_they_were(
    bare: Library, dump: Callable[[Library], object]
) -> None:
    preprint, published = two_papers(bare)
    before = bare.papers.get([preprint, published])
    pairs = bare.citations.all_pairs()
    merge = bare.merge(preprint, published, "same rocket", NOW)

    bare.undo_merge(merge, NOW)

    assert bare.papers.get([preprint, published]) == before
    assert bare.citations.all_pairs() == pairs
    assert bare.check() == []


def test_a_merge_is_undone_once(bare: Library) -> None:
    merge = bare.merge(*two_papers(bare), "same rocket", NOW)
    bare.undo_merge(merge, NOW)

    with pytest.raises(NotFoundError):
        bare.undo_merge(merge, NOW)


@pytest.mark.parametrize("pair", [(1, 1), (1, 999)])
def test_what_is_not_two_papers_is_refused(bare: Library, pair: tuple[int, int]) -> None:
    two_papers(bare)

    with pytest.raises(InputError, match="not two papers"):
        bare.merge(*pair, "why not", NOW)


def test_a_relation_between_the_two_goes_and_comes_back(bare: Library) -> None:
    text = (
        b"## [RocketNet: Going Far With Rockets](https://arxiv.org/abs/1512.00001)\n\nFar.\n\n"
        b"## [SteamNet: Going Far With Steam](https://arxiv.org/abs/1612.00002)\n\n"
        b"SteamNet builds on RocketNet.\n"
    )
    ingest_review(bare, text, "a.md", now=NOW)
    one, two = (
        bare.papers.by_identifier([f"arxiv:{n}"])[f"arxiv:{n}"]
        for n in ("1512.00001", "1612.00002")
    )
    said = bare.reviews.relations_of([one, two])

    merge = bare.merge(one, two, "a mistake", NOW)
    assert bare.reviews.relations_of([one, two]) == []
    bare.undo_merge(merge, NOW)

    assert bare.reviews.relations_of([one, two]) == said


REVIEWS = {
    "arxiv.md": b"- [Going Far With Rockets And Steam](https://arxiv.org/abs/1512.00001) (2015)\n",
    "doi.md": b"- [Going Far With Rockets And Steam](https://doi.org/10.1000/rockets) (2016)\n",
    "title.md": b"- Ann Bee, Going Far With Rockets And Steam, ICML 2016\n",
}


@pytest.mark.parametrize("names", list(permutations(REVIEWS)))
def test_preprint_and_publication_are_one_in_any_order(
    bare: Library, names: tuple[str, ...]
) -> None:
    for name in names:
        ingest_review(bare, REVIEWS[name], name, now=NOW)

    assert bare.papers.count() == 1
    paper = next(
        iter(bare.papers.get(bare.papers.by_title("Going Far With Rockets And Steam")).values())
    )
    assert paper.identifiers == ("arxiv:1512.00001", "doi:10.1000/rockets")


def test_forgetting_the_last_review_of_a_merged_paper_leaves_nothing(bare: Library) -> None:
    for name, text in REVIEWS.items():
        ingest_review(bare, text, name, now=NOW)

    for name in REVIEWS:
        forget_review(bare, name)

    assert bare.papers.count() == 0
    assert bare.check() == []
