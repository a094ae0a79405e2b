"""Forefathers are remembered until something is written that speaks of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from papergraph.edit import edit_paper
from papergraph.library import Library
from papergraph.reading import strike_prerequisite
from papergraph.reading.remembered import Remembered
from tests.conftest import NOW
from tests.drawing import Drawing, draw


@pytest.fixture
def drawing(bare: Library) -> Drawing:
    return draw(bare, "a:2010-01 b:2011-01 c:2012-01 d:2013-01", says="c>b b>a", cites="d>ab")


def asked(drawing: Drawing, remembered: Remembered[list[str]], reader: str = "me") -> bool:
    """Is the library asked, or does memory answer?"""
    asks: list[int] = []

    def ask(number: int) -> list[str]:
        asks.append(number)
        return ["found"]

    assert remembered.of(drawing.library, reader)(drawing.numbers["a"], ask) == ["found"]
    return bool(asks)


def test_an_answer_is_looked_for_once(drawing: Drawing) -> None:
    remembered: Remembered[list[str]] = Remembered()

    assert [asked(drawing, remembered) for _ in range(3)] == [True, False, False]


@pytest.mark.parametrize(
    "write",
    [
        lambda one: one.strike("c", "b"),
        lambda one: edit_paper(one.library, one.ids("a")[0], {"title": "Another"}, now=NOW),
        lambda one: one.library.touch_graph(),
        lambda one: one.library.merge(one.numbers["a"], one.numbers["b"], "one", NOW),
    ],
    ids=["strike", "edit", "citations", "merge"],
)
def test_a_write_makes_it_ask_again(drawing: Drawing, write: Callable[[Drawing], object]) -> None:
    remembered: Remembered[list[str]] = Remembered()
    asked(drawing, remembered)

    write(drawing)

    assert asked(drawing, remembered)


def test_a_lineage_follows_what_the_reader_strikes_out(drawing: Drawing) -> None:
    assert drawing.chain("c") == "abc"

    strike_prerequisite(drawing.library, *drawing.ids("ba"), now=NOW)

    assert drawing.chain("c") == "bc"
