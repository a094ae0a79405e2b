"""What is new for a reader: citing papers, categories, nearness by meaning."""

from __future__ import annotations

import pytest
from papergraph.errors import InputError, NotFoundError
from papergraph.library import Library
from papergraph.models import PaperRecord
from papergraph.news import follow_category, list_categories, list_news, unfollow_category
from tests.conftest import HashingEmbedder

NOW = "2026-01-31T12:00:00Z"


@pytest.fixture
def followed(bare: Library) -> Library:
    """A library with one paper the reader has read, and two that came as news."""
    read, near, far = (
        bare.papers.add(PaperRecord(title=title, source="corpus:x", year=2026), NOW)
        for title in ("nets of deep nets", "deep nets and nets again", "soil of a wet field")
    )
    bare.states.put([read], "read", reader="me", now=NOW)
    bare.watches.put_news({far: "category cs.CV", near: "category cs.CV"}, NOW)
    return bare


def test_what_is_near_to_what_was_read_comes_first(followed: Library) -> None:
    found = list_news(followed, HashingEmbedder())

    assert [item.paper.title for item in found] == [
        "deep nets and nets again",
        "soil of a wet field",
    ]
    assert "near nets of deep nets by meaning" in found[0].because[0].text
    assert found[0].group == "New in cs.CV"


def test_a_paper_that_cites_what_was_read_outranks_one_as_near(followed: Library) -> None:
    citing = followed.papers.by_title("soil of a wet field")[0]
    read = followed.papers.by_title("nets of deep nets")[0]
    followed.citations.add([(citing, read)], followed.papers.add_source("s", "source", NOW))

    found = list_news(followed)

    assert (found[0].paper.title, found[0].group) == (
        "soil of a wet field",
        "Cites what you follow",
    )


def test_what_the_reader_marked_is_no_news(followed: Library) -> None:
    marked = followed.papers.by_title("soil of a wet field")
    followed.states.put(marked, "skipped", reader="me", now=NOW)

    assert [item.paper.title for item in list_news(followed)] == ["deep nets and nets again"]


def test_only_what_was_found_since_counts(followed: Library) -> None:
    assert list_news(followed, since="2026-02-01T00:00:00Z") == ()


def test_categories_are_followed_once_and_left_again(bare: Library) -> None:
    assert follow_category(bare, "cs.CV", now=NOW)
    assert not follow_category(bare, "cs.CV", now=NOW)
    assert list_categories(bare) == ("cs.CV",)

    unfollow_category(bare, "cs.CV")

    assert list_categories(bare) == ()
    with pytest.raises(NotFoundError, match=r"'cs.CV' is not followed; followed are: nothing"):
        unfollow_category(bare, "cs.CV")


@pytest.mark.parametrize("text", ["", "CV", "cs/CV", "cs.CV; rm", "https://arxiv.org/list/cs.CV"])
def test_what_is_no_category_is_refused(bare: Library, text: str) -> None:
    with pytest.raises(InputError, match="no category of arXiv"):
        follow_category(bare, text, now=NOW)
