"""Words that name no paper are searched for, so that an error says what may be meant."""

from __future__ import annotations

import pytest
from papergraph.errors import AmbiguousError, NotFoundError
from papergraph.library import Library
from papergraph.matching import resolve_reference
from papergraph.models import PaperRecord
from papergraph.search import suggest_papers
from tests.conftest import add_papers


def refusal(library: Library, words: str) -> NotFoundError:
    with pytest.raises(NotFoundError) as refused:
        resolve_reference(words, library.catalogue)
    return refused.value


def test_what_a_search_finds_is_named(shared_starter: Library) -> None:
    told = suggest_papers(shared_starter, refusal(shared_starter, "skip-gram"))

    assert "a search for it finds: p" in str(told)
    assert 1 <= len(told.nearest) <= 3
    assert "Distributed Representations of Words" in told.nearest[0]
    assert told.asked == "skip-gram"


@pytest.mark.parametrize("words", ["zqxjkvbw", "arxiv:9912.99999", "p999999", "!!!"])
def test_where_nothing_is_found_the_error_stays(shared_starter: Library, words: str) -> None:
    error = refusal(shared_starter, words)

    assert suggest_papers(shared_starter, error) is error


def test_a_name_of_several_papers_is_not_searched_for(bare: Library) -> None:
    add_papers(bare, *(PaperRecord(title="One of two", year=y, source="s") for y in (2001, 2009)))
    error = refusal(bare, "One of two")

    assert isinstance(error, AmbiguousError)
    assert suggest_papers(bare, error) is error
