"""Ratings: what readers think of papers, apart from whether they have read them."""

from __future__ import annotations

import pytest
from papergraph.library import Library
from papergraph.models import PaperRecord

NOW = "2026-01-01T00:00:00Z"


@pytest.fixture
def papers(bare: Library) -> list[int]:
    """Three papers in the bare library."""
    return [bare.papers.add(PaperRecord(title=t, source="starter"), NOW) for t in "abc"]


def test_a_rating_is_replaced_and_taken_away(bare: Library, papers: list[int]) -> None:
    bare.ratings.put(papers, 4.5, reader="me", now=NOW)
    bare.ratings.put(papers[:1], 2, reader="me", now=NOW)
    bare.ratings.put(papers[1:2], None, reader="me", now=NOW)

    assert bare.ratings.of("me") == {papers[0]: 2.0, papers[2]: 4.5}
    assert bare.ratings.of("other") == {}


def test_a_rating_is_no_state_and_leaves_the_shelf_alone(bare: Library, papers: list[int]) -> None:
    bare.ratings.put(papers, 3, reader="me", now=NOW)
    bare.states.put(papers[:1], "read", reader="me", now=NOW)

    assert [entry.paper for entry in bare.states.entries("me")] == papers[:1]
    bare.states.put(papers[:1], None, reader="me", now=NOW)
    assert len(bare.ratings.of("me")) == 3


def test_the_state_a_rating_ended_is_kept_until_it_is_told_otherwise(
    bare: Library, papers: list[int]
) -> None:
    saved, new, _ = papers
    bare.ratings.put(
        [saved, new], 3, reader="me", now=NOW, ended={saved: ("queued", NOW), new: None}
    )
    bare.ratings.put([saved], 4, reader="me", now=NOW)

    assert bare.ratings.ended(papers, reader="me") == {saved: ("queued", NOW), new: None}
    assert bare.ratings.ended(papers, reader="other") == {}
    bare.ratings.confirm([saved], reader="me")
    assert bare.ratings.ended(papers, reader="me") == {new: None}
    assert bare.ratings.of("me") == {saved: 4.0, new: 3.0}


def test_what_a_review_tells_is_replaced_as_a_whole(bare: Library, papers: list[int]) -> None:
    bare.ratings.put_told({papers[0]: 3, papers[1]: 4}, reader="review:a.md", now=NOW)
    bare.ratings.put_told({papers[2]: 1}, reader="review:a.md", now=NOW)

    assert bare.ratings.of("review:a.md") == {papers[2]: 1.0}


def test_a_rating_goes_with_its_paper_into_a_merge_and_out_again(
    bare: Library, papers: list[int]
) -> None:
    bare.ratings.put(papers[1:2], 5, reader="me", now=NOW)

    merge = bare.merge(papers[0], papers[1], "the same", NOW)
    assert bare.ratings.of("me") == {papers[0]: 5.0}
    bare.undo_merge(merge, NOW)
    assert bare.ratings.of("me") == {papers[1]: 5.0}


def test_a_rating_alone_looks_nothing_up(bare: Library, papers: list[int]) -> None:
    bare.ratings.put(papers[:1], 5, reader="me", now=NOW)
    bare.states.put(papers[1:2], "read", reader="me", now=NOW)

    assert bare.frontier.seed("crawl", NOW) == 1
