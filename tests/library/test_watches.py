"""What is followed, and what came new of it."""

from __future__ import annotations

import pytest
from papergraph.errors import NotFoundError
from papergraph.library import Library
from papergraph.models import PaperRecord

EARLY, LATE = "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"


def test_a_thing_is_followed_once_and_left_again(bare: Library) -> None:
    assert bare.watches.add("category", "cs.CV", EARLY)
    assert not bare.watches.add("category", "cs.CV", LATE)

    bare.watches.remove("category", "cs.CV")

    with pytest.raises(NotFoundError, match="followed are: nothing"):
        bare.watches.remove("category", "cs.CV")


def test_what_was_not_looked_at_for_longest_comes_first(bare: Library) -> None:
    for key in ("a", "b", "c"):
        bare.watches.add("category", key, EARLY)
    bare.watches.check("category", "a", LATE)
    bare.watches.check("category", "b", EARLY)

    assert [watch.key for watch in bare.watches.all("category")] == ["c", "b", "a"]


def test_news_of_a_paper_count_once(bare: Library) -> None:
    number = bare.papers.add(PaperRecord(title="News", source="starter"), EARLY)

    assert bare.watches.put_news({number: "cs.CV"}, EARLY) == 1
    assert bare.watches.put_news({number: "cs.CV"}, LATE) == 0
    assert bare.watches.news(EARLY) == {number: ["cs.CV"]}
