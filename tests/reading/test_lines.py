"""The line between two papers is told with its reasons; a path from what is known keeps to it."""

from __future__ import annotations

import pytest
from papergraph.errors import InputError, NotFoundError
from papergraph.library import Library
from papergraph.models import Lineage
from papergraph.reading import find_lineage
from tests.drawing import Drawing, draw

PAPERS = "a:2010-01 b:2011-01 c:2012-01 d:2013-01"
CITING = "efghi"  # cite a, b and d together
OTHERS = "jklmnopqrstuvwxy"  # cite z, so that this is no chance


def drawn(bare: Library, cites: str) -> Drawing:
    papers = f"{PAPERS} {' '.join(f'{letter}:2015-01' for letter in CITING + OTHERS)} z:2009-01"
    together = " ".join(f"{letter}>{cited}" for letter in CITING for cited in "abd")
    apart = " ".join(f"{letter}>z" for letter in OTHERS)
    return draw(bare, papers, cites=f"{together} {apart} {cites}")


@pytest.fixture
def company(bare: Library) -> Drawing:
    """a, b and d are cited together."""
    return drawn(bare, "d>b")


def line(drawing: Drawing, start: str, target: str) -> Lineage:
    first, last = drawing.ids((start, target))
    return find_lineage(drawing.library, last, start=first)


def test_a_line_leads_from_one_paper_to_the_other(company: Drawing) -> None:
    found = line(company, "a", "d")

    assert company.letters(link.paper for link in found.chain) == "abd"
    assert (found.start, found.target) == (found.chain[0].paper, found.chain[-1].paper)
    assert found.title == "The line from Paper A to Paper D"
    assert found.as_json()["from"]["id"] == company.ids("a")[0]


def test_every_link_of_a_line_has_its_reasons(company: Drawing) -> None:
    first, *links = line(company, "a", "d").chain

    assert first.because == ()
    for link in links:
        texts = [item.text for item in link.because]
        assert any("papers and reviews here that cite" in text for text in texts), texts
    assert any(item.text == "Paper D cites Paper B" for item in links[-1].because)


def test_where_no_line_leads_the_usual_one_is_told(company: Drawing) -> None:
    found = line(company, "c", "d")

    assert found.start is None
    assert company.letters(link.paper for link in found.chain)[-1] == "d"
    assert "nothing here leads from Paper C to Paper D" in found.warnings[0]


def test_a_line_leads_to_the_younger_paper(company: Drawing) -> None:
    with pytest.raises(InputError, match="ask from Paper A to Paper D"):
        line(company, "d", "a")


def test_a_line_has_two_ends(company: Drawing) -> None:
    with pytest.raises(InputError, match="both are Paper A"):
        line(company, "a", "a")


def test_the_ends_of_a_line_are_in_the_library(company: Drawing) -> None:
    with pytest.raises(NotFoundError):
        find_lineage(company.library, "p1", start="p999")


def test_a_path_keeps_to_the_line_from_what_is_known(bare: Library) -> None:
    """b and c are needed alike for d; b is cited with what is known, c is not."""
    with_c = " ".join(f"{letter}>{cited}" for letter in OTHERS[:8] for cited in "cd")
    found = drawn(bare, f"{with_c} d>b d>c d>a")

    assert found.steps("d", "a", limit=2) == "bd"
