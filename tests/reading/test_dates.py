"""Dates decide where nothing else does: the month, the earliest of two, or none at all."""

from __future__ import annotations

import pytest
from papergraph.library import Library
from papergraph.models import PaperRecord
from tests.conftest import NOW
from tests.drawing import draw


@pytest.mark.parametrize(
    ("papers", "cites", "order"),
    [
        ("a:2010-02 b:2010-01 c:2009-12", "", "cba"),
        # of one month: the more cited first, then the title
        ("a:2010-01 b:2010-01 c:2010-01 x:2012-01 y:2012-01", "x>cb y>c", "cba"),
        ("a:2010-01 b:2010-01 c:2010-01", "", "abc"),
        # of one year, a month unknown: the cited one first
        ("a:2010 b:2010-03 c:2010-11", "b>ac", "abc"),
        ("a:2010 b:2010-03", "a>b", "ba"),
        ("a:2010 b:2010-11", "b>a", "ab"),
    ],
)
def test_an_order_without_words_goes_by_time(
    bare: Library, papers: str, cites: str, order: str
) -> None:
    drawing = draw(bare, papers, cites=cites)
    asked = sorted(order)

    assert drawing.order("".join(asked)) == drawing.order("".join(asked[::-1])) == order


@pytest.mark.parametrize(("dates", "order"), [(("2014-12", "2016-05"), "ab"), (("2016-05",), "ba")])
def test_of_two_dates_of_a_paper_the_earliest_counts(
    bare: Library, dates: tuple[str, ...], order: str
) -> None:
    drawing = draw(bare, "a b:2015-06")
    for place, date in enumerate(dates):
        record = PaperRecord(title="Paper A", source=f"source:{place}", published=date)
        bare.papers.put_record(drawing.numbers["a"], record, NOW)

    assert drawing.order("ba") == order


def test_papers_without_dates_stay_as_given(bare: Library) -> None:
    drawing = draw(bare, "a b c")

    assert drawing.order("cab") == "cab"


def test_what_is_younger_is_no_step_unless_somebody_says_so(bare: Library) -> None:
    papers = "a:2015-01 b:2012-01 x:2016-01 y:2016-01"
    drawing = draw(bare, papers, cites="b>a x>ab y>ab")

    assert drawing.steps("b") == "b"


def test_a_persons_word_outranks_the_dates(bare: Library) -> None:
    drawing = draw(bare, "a:2015-01 b:2012-01", says="b>a")

    assert drawing.steps("b") == "ab"
    assert drawing.order("ba") == "ab"
