"""Drawings put time on the line, and tell apart what is said and what is inferred."""

from __future__ import annotations

import re

import pytest
from papergraph.app.quoting import Segment, mark_words, repaired_segments
from papergraph.app.review_pages import review_lines
from papergraph.app.timeline import Link, draw_timeline
from papergraph.app.wording import web_url
from papergraph.models import Evidence, Paper

SAID = (Evidence(kind="review", text="b extends a", stated=True),)
GUESS = (Evidence(kind="cocitation", text="often cited together"),)


def paper(number, published):
    year = int(published[:4]) if published else None
    return Paper(id=f"p{number}", title=f"Paper {number}", year=year, published=published)


def test_pills_stand_in_the_order_of_time():
    old, middle, new = paper(1, "1998-11"), paper(2, "2012-12"), paper(3, "2013-03")
    links = [
        Link(earlier=old, later=middle, because=SAID),
        Link(earlier=middle, later=new, because=GUESS),
    ]
    drawing = draw_timeline(new, [old, middle, new], links)

    places = {pill.paper.id: pill.x for pill in drawing.pills}
    assert places["p1"] < places["p2"] < places["p3"]
    assert [edge.is_said for edge in drawing.edges] == [True, False]
    assert [ruler.is_gap for ruler in drawing.years] == [False, True, False, False]


def test_an_edge_goes_over_the_pills_between_its_ends():
    chain = [paper(1, "2012-12"), paper(2, "2013-11"), paper(3, "2014-09"), paper(4, "2015-12")]
    pairs = [(0, 1), (1, 2), (2, 3), (0, 3)]
    links = [Link(earlier=chain[one], later=chain[other], because=SAID) for one, other in pairs]
    drawing = draw_timeline(chain[-1], chain, links)
    tops = {pill.top for pill in drawing.pills}
    highest = [min(map(float, re.findall(r"[ C]-?\d+ (-?\d+)", e.path))) for e in drawing.edges]

    assert len(tops) == 1
    assert [height < min(tops) for height in highest] == [False, False, False, True]


def test_pills_of_one_time_do_not_touch():
    target = paper(1, "2015-06")
    others = [paper(number, "2014-06") for number in range(2, 9)]
    links = [Link(earlier=other, later=target, because=SAID) for other in others]
    drawing = draw_timeline(target, [target], links)

    boxes = [(pill.left, pill.right, pill.top, pill.bottom) for pill in drawing.pills]
    for place, (left, right, top, bottom) in enumerate(boxes):
        for other in boxes[place + 1 :]:
            assert right < other[0] or other[1] < left or bottom < other[2] or other[3] < top
    assert max(pill.right for pill in drawing.pills) <= drawing.width
    assert max(pill.bottom for pill in drawing.pills) <= drawing.height


def test_papers_without_a_date_are_in_the_table_only():
    target, undated = paper(1, "2015-06"), paper(2, None)
    links = [Link(earlier=undated, later=target, because=SAID)]

    assert draw_timeline(target, [target], links) is None


def test_words_are_marked_whole_and_in_any_case():
    found = mark_words([Segment(text="Net nets NET")], ["net"])

    assert [(part.text, part.is_marked) for part in found] == [
        ("Net", True), (" nets ", False), ("NET", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("repaired", "original", "changed"),
    [
        ("uses R-CNN now", "uses r-id98 now", [("R-CNN", "r-id98")]),
        ("it’s", "it‚Äôs", [("’", "‚Äô")]),
        ("the same", "the same", []),
        ("the same", None, []),
    ],
)
def test_repaired_words_keep_their_source(repaired, original, changed):
    found = repaired_segments(repaired, original)

    assert "".join(part.text for part in found) == repaired
    kept = [(part.text, part.original) for part in found if part.original]
    assert len(kept) == len(changed)
    assert all(
        words in part[0] or part[0] in words for part, (words, _) in zip(kept, changed, strict=True)
    )


def test_a_review_keeps_every_line_with_its_number():
    lines = review_lines("one\n\n three  \n", [])

    assert [(line.number, "".join(s.text for s in line.segments)) for line in lines] == [
        (1, "one"), (2, ""), (3, " three"), (4, ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("https://me:secret@example.org/a", "https://example.org/a"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//example.org", None),
        ("https://exa\u202emple.org", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_addresses_are_linked(address, shown):
    assert web_url(address) == shown
