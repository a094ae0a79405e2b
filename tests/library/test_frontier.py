"""The crawl's frontier: order, leases, waiting, and what the next crawl takes over."""

from __future__ import annotations

import pytest
from papergraph.library import FrontierItem, Library
from papergraph.models import PaperRecord

NOW, SOON, LATER = "2026-01-31T12:00:00Z", "2026-01-31T12:10:00Z", "2026-01-31T13:00:00Z"


@pytest.fixture
def papers(bare: Library) -> list[int]:
    """Three papers in a bare library."""
    return [
        bare.papers.add(PaperRecord(title=f"Paper number {n}", source="corpus:x"), NOW)
        for n in range(3)
    ]


def lease(library: Library, owner: str = "a", now: str = NOW, **limits: int) -> list[FrontierItem]:
    limits = {"most": 10, "deepest": 0, **limits}
    return library.frontier.lease("paper", owner=owner, until=SOON, now=now, **limits)


def test_shallow_papers_come_first_then_those_named_most(bare: Library, papers: list[int]) -> None:
    one, two, three = papers
    bare.frontier.add("paper", {one: 9.0}, depth=1, now=NOW)
    bare.frontier.add("paper", {two: 1.0, three: 4.0}, depth=0, now=NOW)

    assert [item.paper for item in lease(bare, deepest=1)] == [three, two, one]


def test_a_leased_paper_is_nobody_elses_until_the_lease_ends(
    bare: Library, papers: list[int]
) -> None:
    bare.frontier.add("paper", {papers[0]: 1.0}, depth=0, now=NOW)
    lease(bare)

    assert lease(bare, "b") == []
    assert [item.paper for item in lease(bare, "b", now=LATER)] == [papers[0]]


def test_a_dead_crawls_papers_are_taken_back(bare: Library, papers: list[int]) -> None:
    bare.frontier.add("paper", dict.fromkeys(papers, 1.0), depth=0, now=NOW)
    lease(bare)

    assert bare.frontier.owners() == ["a"]
    assert bare.frontier.release(["a"]) == 3
    assert len(lease(bare, "b")) == 3


def test_what_waits_is_not_leased_before_its_time(bare: Library, papers: list[int]) -> None:
    bare.frontier.add("paper", {papers[0]: 1.0}, depth=0, now=NOW)
    (item,) = lease(bare)
    bare.frontier.settle(item, "waiting", {"arxiv": "waiting"}, now=NOW, not_before=LATER)

    assert lease(bare) == []
    assert bare.frontier.next_ready("paper", 0) == LATER
    (again,) = lease(bare, now=LATER)
    assert (again.tries, again.answers) == (1, {"arxiv": "waiting"})


def test_a_paper_found_deeper_moves_up_when_a_review_names_it(
    bare: Library, papers: list[int]
) -> None:
    bare.frontier.add("paper", {papers[0]: 1.0}, depth=2, now=NOW)
    bare.frontier.add("paper", {papers[0]: 3.0}, depth=0, now=NOW)

    (item,) = lease(bare)

    assert (item.depth, item.priority) == (0, 3.0)


def test_only_papers_of_done_levels_make_the_next_level(bare: Library, papers: list[int]) -> None:
    one, two, three = papers
    source = bare.papers.add_source("source:s2", "source", NOW)
    bare.citations.add([(one, two), (one, three), (two, three)], source)
    bare.frontier.add("paper", {one: 1.0, two: 1.0}, depth=0, now=NOW)

    assert bare.frontier.deepen("paper", 1, NOW) == 1
    assert [(i.paper, i.priority) for i in lease(bare, deepest=1) if i.depth == 1] == [(three, 2.0)]


def test_a_merge_takes_the_frontier_and_the_lists_along_and_an_undo_gives_them_back(
    bare: Library, papers: list[int]
) -> None:
    one, two, _ = papers
    bare.frontier.add("paper", {two: 5.0}, depth=0, now=NOW)
    merge = bare.merge(one, two, "one work", NOW)
    moved = [item.paper for item in lease(bare)]
    bare.frontier.release(["a"])

    bare.undo_merge(merge, NOW)

    assert moved == [one]
    assert [item.paper for item in lease(bare)] == [two]
