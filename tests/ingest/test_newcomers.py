"""Texts that were read before a paper came say the same as texts read after."""

from __future__ import annotations

import pytest
from papergraph.ingest import ingest_review, link_newcomers
from papergraph.library import Library
from papergraph.models import PaperRecord

NOW = "2026-01-31T12:00:00Z"
TITLE = "Going Far With Rockets And Steam"
TEXT = f"Today I read {TITLE} again.\n"


def enter(library: Library, *titles: str) -> None:
    """Import papers of these titles in one go."""
    found = [
        (title, PaperRecord(title=title, source="corpus:steam", identifiers=(f"doi:10.1/{place}",)))
        for place, title in enumerate(titles)
    ]
    library.bulk.add_records("corpus:steam", found, NOW)


def named(library: Library, origin: str = "a.md") -> list[str]:
    cards = library.papers.get(library.writing.papers_in(origin))
    return sorted(card.title for card in cards.values())


def test_a_text_read_before_a_paper_came_is_linked_to_it() -> None:
    library = Library.open(None)
    ingest_review(library, TEXT.encode(), "a.md", now=NOW)
    ingest_review(library, b"Steam engines go far.", "b.md", now=NOW)
    enter(library, TITLE, "Coming Back With Parachutes From Far")
    assert named(library) == []

    linked = link_newcomers(library, NOW)

    assert (linked, named(library), named(library, "b.md")) == (1, [TITLE], [])


SAID = (
    "The authors propose steam for rockets; they train it for very long on all the data there is.\n"
)
BEE = PaperRecord(
    title=TITLE,
    source="corpus:steam",
    authors=("A. Bee", "B. Cee", "C. Dee"),
    year=2015,
    identifiers=("doi:10.1/bee",),
)


@pytest.mark.parametrize(
    "text",
    [
        "Steam was tamed by Bee et al. (2015).\n",
        "Steam was tamed before (Bee, Cee & Dee, 2015).\n",
        "Steam goes far [@bee2015going].\n",
        f"# {TITLE}\n\nSteam lets rockets go much farther than they did in all those years.\n",
        f"# Notes\n\n## 1. {TITLE} (Bee et al. 2015)\n\n{SAID}",
    ],
)
def test_a_text_is_linked_by_people_and_titles_as_if_the_paper_had_been_there(text: str) -> None:
    early, late = Library.open(None), Library.open(None)
    early.bulk.add_records("corpus:steam", [("bee", BEE)], NOW)
    for library in (late, early):
        ingest_review(library, text.encode(), "a.md", now=NOW)
    assert (named(early), named(late)) == ([TITLE], [])

    late.bulk.add_records("corpus:steam", [("bee", BEE)], NOW)

    assert [link_newcomers(late, NOW) for _ in range(2)] == [1, 0]
    assert named(late) == [TITLE]
    assert link_newcomers(early, NOW) == 0


def test_a_text_read_after_a_paper_came_is_not_read_again() -> None:
    library = Library.open(None)
    enter(library, TITLE)
    ingest_review(library, TEXT.encode(), "a.md", now=NOW)

    assert (named(library), link_newcomers(library, NOW)) == ([TITLE], 0)


def test_a_text_is_read_again_once_for_a_title_it_does_not_mean() -> None:
    library = Library.open(None)
    ingest_review(library, TEXT.lower().encode(), "a.md", now=NOW)
    enter(library, TITLE)

    assert [link_newcomers(library, NOW) for _ in range(2)] == [1, 0]
    assert named(library) == []


@pytest.mark.parametrize("steps", [1, 600])
def test_a_long_import_is_followed_like_a_short_one(steps: int) -> None:
    library = Library.open(None)
    ingest_review(library, TEXT.encode(), "a.md", now=NOW)
    for number in range(steps):  # the log of changes does not reach back so far
        enter(library, TITLE, *(f"Report {other} Of A Long Import" for other in (number,)))

    assert (link_newcomers(library, NOW), named(library)) == (1, [TITLE])
