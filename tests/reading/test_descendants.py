"""A lineage names what its paper led to: what is said, and what the citations make likely."""

from __future__ import annotations

from papergraph.library import Library
from tests.drawing import draw

CITERS = "pqrstu"
DATES = "a:2010-01 b:2012-01 c:2009-01 " + " ".join(f"{letter}:2015" for letter in CITERS)


def test_who_is_said_to_follow_is_a_descendant(bare: Library) -> None:
    drawn = draw(bare, "a:2010 b:2011 c:2012", says="b>a c>b")

    found = drawn.lineage("a").descendants

    assert drawn.letters(link.paper for link in found) == "b"
    assert "a step further" in found[0].because[0].text


def test_a_younger_paper_cited_with_it_and_citing_it_is_one_too(bare: Library) -> None:
    together = " ".join(f"{letter}>abc" for letter in CITERS)
    drawn = draw(bare, DATES, cites=f"b>a {together}")

    found = drawn.lineage("a").descendants

    assert drawn.letters(link.paper for link in found)[0] == "b"
    assert "c" not in drawn.letters(link.paper for link in found)
    assert found[0].because


def test_what_the_reader_struck_out_is_none(bare: Library) -> None:
    drawn = draw(bare, "a:2010 b:2011", says="b>a")
    drawn.strike("b", "a")

    assert drawn.lineage("a").descendants == ()


def test_a_paper_nothing_follows_led_to_nothing(bare: Library) -> None:
    drawn = draw(bare, "a:2010 b:2011", says="b>a")

    assert drawn.lineage("b").descendants == ()
