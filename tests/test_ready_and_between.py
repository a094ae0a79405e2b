"""What is ready needs nothing unknown; what lies between two papers carries its evidence."""

from __future__ import annotations

from itertools import pairwise

import pytest
from papergraph.errors import InputError, NotFoundError
from papergraph.library import Library
from papergraph.models import PaperRecord
from papergraph.reading import add_prerequisite, find_connection, find_ready, strike_prerequisite
from tests.conftest import NOW, add_papers


@pytest.fixture
def told(bare: Library) -> Library:
    """Paper 3 needs 1 and 2, paper 4 needs 1, as the reader says; 5 stands alone."""
    add_papers(bare, *(PaperRecord(title=f"Paper {n}", source="starter") for n in range(1, 6)))
    for later, earlier in (("p3", "p1"), ("p3", "p2"), ("p4", "p1")):
        add_prerequisite(bare, later, earlier, now=NOW)
    return bare


def ready(library: Library, *known: str) -> list[str | None]:
    return [item.paper.id for item in find_ready(library, known)]


@pytest.mark.parametrize(
    ("known", "found"),
    [
        ([], []),
        (["p1"], ["p4"]),
        (["p2"], []),
        (["p1", "p2"], ["p3", "p4"]),
        (["p1", "p4"], []),
        (["p5"], []),
    ],
)
def test_ready_is_what_needs_nothing_unknown(
    told: Library, known: list[str], found: list[str]
) -> None:
    assert ready(told, *known) == found


def test_a_struck_prerequisite_makes_a_paper_ready(told: Library) -> None:
    strike_prerequisite(told, "p3", "p2", now=NOW)

    assert ready(told, "p1") == ["p3", "p4"]


def test_a_skipped_paper_is_not_ready(told: Library) -> None:
    told.states.put([4], "skipped", reader="me", now=NOW)

    assert ready(told, "p1") == []


def test_what_is_ready_says_on_what_it_rests(told: Library) -> None:
    (item,) = find_ready(told, ["p1"])

    assert (item.ready, item.missing, item.because[0].text) == (True, (), "you put it first")


@pytest.mark.parametrize("limit", [0, -1, 501])
def test_the_number_of_ready_papers_has_limits(told: Library, limit: int) -> None:
    with pytest.raises(InputError, match="from 1 to 500"):
        find_ready(told, ["p1"], limit=limit)


def test_every_link_between_two_papers_has_evidence(shared_starter: Library) -> None:
    found = find_connection(shared_starter, "AlexNet", "Faster R-CNN")

    assert (found.chain[0].paper, found.chain[-1].paper) == (found.start, found.end)
    assert all(link.because for link in found.chain[1:])
    for before, after in pairwise(found.chain):
        for item in after.because:
            names = (before.paper.name, after.paper.name)
            assert item.kind != "citation" or item.text in {
                f"{one} cites {other}" for one, other in (names, names[::-1])
            }


def test_papers_that_nothing_connects_say_so(told: Library) -> None:
    found = find_connection(told, "p1", "p5")

    assert found.chain == ()
    assert "Paper 1 and Paper 5" in found.warnings[0]


def test_an_unknown_paper_has_no_connection(told: Library) -> None:
    with pytest.raises(NotFoundError):
        find_connection(told, "p1", "p99")
